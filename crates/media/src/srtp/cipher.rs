//! AES in counter mode and HMAC-SHA1, with keys that come of a master key.

use aes::cipher::consts::U16;
use aes::cipher::{
    BlockCipher, BlockEncryptMut, BlockSizeUser, InnerIvInit, KeyInit, StreamCipher,
};
use aes::{Aes128, Aes256};
use ctr::{Ctr128BE, CtrCore};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// The purposes that keys are derived for (RFC 3711, 4.3.1 and 4.3.2): encryption, signature, salt.
pub(super) struct Label;

impl Label {
    pub(super) const SOUND: [u8; 3] = [0, 1, 2];
    pub(super) const REPORTS: [u8; 3] = [3, 4, 5];
}

/// Keys of one direction, of sound or of reports.
pub(super) struct Keyed {
    cipher: Aes128,
    signer: Hmac<Sha1>,
    salt: [u8; 14],
}

impl std::fmt::Debug for Keyed {
    /// Keys are for nobody's eyes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyed").finish_non_exhaustive()
    }
}

impl Keyed {
    /// Derives them, once for all packets: the rate of derivation is always zero (RFC 4568, 6.3.1).
    pub(super) fn derive(key: &[u8; 16], salt: &[u8; 14], labels: [u8; 3]) -> Keyed {
        let master = Aes128::new(key.into());
        let [encryption, signature, salting] = labels;
        let key: [u8; 16] = stream(&master, salt, encryption);
        let sign: [u8; 20] = stream(&master, salt, signature);
        Keyed {
            cipher: Aes128::new(&key.into()),
            signer: <Hmac<Sha1> as Mac>::new_from_slice(&sign)
                .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length")),
            salt: stream(&master, salt, salting),
        }
    }

    /// Encrypts what is open, decrypts what is not (RFC 3711, 4.1.1).
    pub(super) fn apply(&self, ssrc: u32, index: u64, sound: &mut [u8]) {
        let mut block = [0; 16];
        block[..14].copy_from_slice(&self.salt);
        xor(&mut block[4..8], &ssrc.to_be_bytes());
        xor(&mut block[8..14], &index.to_be_bytes()[2..]);
        key_stream(&self.cipher, block).apply_keystream(sound);
    }

    /// Signs a packet with what stands behind it unsent.
    pub(super) fn sign(&self, packet: &[u8], unsent: &[u8]) -> [u8; 20] {
        let mut signer = self.signer.clone();
        signer.update(packet);
        signer.update(unsent);
        signer.finalize().into_bytes().into()
    }

    /// Whether the beginning of a packet's signature is this one.
    pub(super) fn is_signed(&self, packet: &[u8], unsent: &[u8], tag: &[u8]) -> bool {
        let right = self.sign(packet, unsent);
        bool::from(right[..tag.len()].ct_eq(tag))
    }
}

/// The beginning of the key stream that a purpose has.
fn stream<const LENGTH: usize>(master: &Aes128, salt: &[u8; 14], label: u8) -> [u8; LENGTH] {
    let mut derived = [0; LENGTH];
    key_stream(master, labelled(salt, label)).apply_keystream(&mut derived);
    derived
}

/// The same of a master key of either length, into `derived`; `None` where it has another.
pub(super) fn derive(key: &[u8], salt: &[u8; 14], label: u8, derived: &mut [u8]) -> Option<()> {
    let block = labelled(salt, label);
    derived.fill(0);
    match key.len() {
        16 => key_stream(&Aes128::new_from_slice(key).ok()?, block).apply_keystream(derived),
        32 => key_stream(&Aes256::new_from_slice(key).ok()?, block).apply_keystream(derived),
        _ => return None,
    }
    Some(())
}

fn labelled(salt: &[u8; 14], label: u8) -> [u8; 16] {
    let mut block = [0; 16];
    block[..14].copy_from_slice(salt);
    block[7] ^= label;
    block
}

fn key_stream<C>(cipher: &C, block: [u8; 16]) -> Ctr128BE<&C>
where
    C: BlockCipher + BlockEncryptMut + BlockSizeUser<BlockSize = U16>,
    for<'a> &'a C: BlockEncryptMut + BlockCipher + BlockSizeUser<BlockSize = U16>,
{
    Ctr128BE::from_core(CtrCore::inner_iv_init(cipher, &block.into()))
}

fn xor(into: &mut [u8], with: &[u8]) {
    for (octet, with) in into.iter_mut().zip(with) {
        *octet ^= with;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
        let pairs = digits.chunks(2).map(|pair| str::from_utf8(pair).unwrap());
        pairs
            .map(|pair| u8::from_str_radix(pair, 16).unwrap())
            .collect()
    }

    #[test]
    fn rfc_3711_b_3_keys_are_derived() {
        let key: [u8; 16] = hex("E1F97A0D3E018BE0D64FA32C06DE4139").try_into().unwrap();
        let salt = hex("0EC675AD498AFEEBB6960B3AABE6").try_into().unwrap();
        let master = Aes128::new(&key.into());
        let cipher: [u8; 16] = stream(&master, &salt, 0);
        assert_eq!(cipher.to_vec(), hex("C61E7A93744F39EE10734AFE3FF7A087"));
        let salting: [u8; 14] = stream(&master, &salt, 2);
        assert_eq!(salting.to_vec(), hex("30CBBC08863D8C85D49DB34A9AE1"));
        let signature: [u8; 20] = stream(&master, &salt, 1);
        assert_eq!(
            signature.to_vec(),
            hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")
        );
    }

    #[test]
    fn rfc_3711_b_2_the_key_stream_is_the_standards() {
        let keyed = Keyed {
            cipher: Aes128::new_from_slice(&hex("2B7E151628AED2A6ABF7158809CF4F3C")).unwrap(),
            signer: <Hmac<Sha1> as Mac>::new_from_slice(&[]).unwrap(),
            salt: hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD").try_into().unwrap(),
        };
        let mut sound = [0; 48];
        keyed.apply(0, 0, &mut sound);
        let expected = "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB \
            41E95B3BB0A2E8DD477901E4FCA894C0";
        assert_eq!(sound.to_vec(), hex(expected));
    }
}
