//! Fingerprints of certificates (RFC 8122).

use std::fmt::{self, Write};

use sha2::{Digest, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq;

/// The hash of a certificate, as SDP says it: `sha-256 4A:AD:B9:…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    hash: Hash,
    octets: Vec<u8>,
}

/// The hashes that we know. SHA-1 and older ones prove nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn name(self) -> &'static str {
        match self {
            Hash::Sha256 => "sha-256",
            Hash::Sha384 => "sha-384",
            Hash::Sha512 => "sha-512",
        }
    }

    fn of(self, certificate: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha256 => Sha256::digest(certificate).to_vec(),
            Hash::Sha384 => Sha384::digest(certificate).to_vec(),
            Hash::Sha512 => Sha512::digest(certificate).to_vec(),
        }
    }
}

impl Fingerprint {
    /// The fingerprint of a certificate in DER.
    pub fn new(certificate: &[u8]) -> Fingerprint {
        Fingerprint {
            hash: Hash::Sha256,
            octets: Hash::Sha256.of(certificate),
        }
    }

    /// Reads the value of `a=fingerprint`; `None` where it is none, or of a hash that we do not know.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let (name, digits) = text.trim().split_once(' ')?;
        let hash = [Hash::Sha256, Hash::Sha384, Hash::Sha512]
            .into_iter()
            .find(|hash| hash.name().eq_ignore_ascii_case(name))?;
        let octet = |pair: &str| match pair.len() {
            2 => u8::from_str_radix(pair, 16).ok(),
            _ => None,
        };
        let octets: Vec<u8> = digits.trim().split(':').map(octet).collect::<Option<_>>()?;
        let right = octets.len() == hash.of(&[]).len();
        right.then_some(Fingerprint { hash, octets })
    }

    /// Whether it is that of this certificate.
    pub fn is_of(&self, certificate: &[u8]) -> bool {
        self.hash.of(certificate).ct_eq(&self.octets).into()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.hash.name())?;
        for (n, octet) in self.octets.iter().enumerate() {
            f.write_char(if n == 0 { ' ' } else { ':' })?;
            write!(f, "{octet:02X}")?;
        }
        Ok(())
    }
}
