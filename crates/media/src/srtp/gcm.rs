//! AES in Galois/counter mode, which encrypts and signs at once (RFC 7714).

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes128Gcm, Aes256Gcm};

/// Octets of the signature.
pub(super) const TAG: usize = 16;

/// Octets of the salt.
pub(super) const SALT: usize = 12;

/// Keys of one direction, of sound or of reports.
pub(super) struct Gcm {
    cipher: Cipher,
    salt: [u8; SALT],
}

enum Cipher {
    Aes128(Aes128Gcm),
    Aes256(Aes256Gcm),
}

impl Gcm {
    /// Keys as they were derived; `None` where the length is none of theirs.
    pub(super) fn new(key: &[u8], salt: [u8; SALT]) -> Option<Gcm> {
        let cipher = match key.len() {
            16 => Cipher::Aes128(Aes128Gcm::new_from_slice(key).ok()?),
            32 => Cipher::Aes256(Aes256Gcm::new_from_slice(key).ok()?),
            _ => return None,
        };
        Some(Gcm { cipher, salt })
    }

    /// Encrypts in place and signs, together with what is only `shown`. `None` where it is too long.
    pub(super) fn seal(
        &self,
        ssrc: u32,
        index: u64,
        shown: &[u8],
        text: &mut [u8],
    ) -> Option<[u8; TAG]> {
        let nonce = self.nonce(ssrc, index).into();
        let sealed = match &self.cipher {
            Cipher::Aes128(cipher) => cipher.encrypt_inout_detached(&nonce, shown, text.into()),
            Cipher::Aes256(cipher) => cipher.encrypt_inout_detached(&nonce, shown, text.into()),
        };
        sealed.ok().map(Into::into)
    }

    /// Checks the signature, and decrypts in place where it is right.
    pub(super) fn open(
        &self,
        ssrc: u32,
        index: u64,
        shown: &[u8],
        text: &mut [u8],
        tag: [u8; TAG],
    ) -> bool {
        let nonce = self.nonce(ssrc, index).into();
        let (text, tag) = (text.into(), tag.into());
        match &self.cipher {
            Cipher::Aes128(cipher) => cipher.decrypt_inout_detached(&nonce, shown, text, &tag),
            Cipher::Aes256(cipher) => cipher.decrypt_inout_detached(&nonce, shown, text, &tag),
        }
        .is_ok()
    }

    /// RFC 7714, 8.1 and 9.1: two zero octets, the source, the packet's number in 48 bits; with the salt.
    fn nonce(&self, ssrc: u32, index: u64) -> [u8; SALT] {
        let mut nonce = self.salt;
        let source = ssrc.to_be_bytes();
        let number = index.to_be_bytes();
        for (octet, with) in nonce[2..].iter_mut().zip(source.iter().chain(&number[2..])) {
            *octet ^= with;
        }
        nonce
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::hex;
    use super::*;

    #[test]
    fn rfc_7714_16_1_1_a_packet_is_sealed_as_the_standard_has_it() {
        let salt: [u8; SALT] = hex("517569642070726f2071756f").try_into().unwrap();
        let key: Vec<u8> = (0..16).collect();
        let gcm = Gcm::new(&key, salt).unwrap();
        let shown = hex("8040f17b8041f8d35501a0b2");
        let text = b"Gallia est omnis divisa in partes tres";
        let mut sealed = text.to_vec();
        let tag = gcm.seal(0x5501_a0b2, 0xf17b, &shown, &mut sealed).unwrap();
        sealed.extend(tag);
        let expected = "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b\
            36de3adf8833899d7f27beb16a9152cf765ee4390cce";
        assert_eq!(sealed, hex(expected));
        let (text_again, tag) = sealed.split_at_mut(text.len());
        let tag: [u8; TAG] = (&*tag).try_into().unwrap();
        assert!(gcm.open(0x5501_a0b2, 0xf17b, &shown, text_again, tag));
        assert_eq!(text_again, text);
    }
}
