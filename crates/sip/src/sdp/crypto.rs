//! Keys of SRTP in descriptions (RFC 4568).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use media::session::Credentials;
use sha2::{Digest, Sha256};

/// Key and salt of the suites that we know are so long together (RFC 4568, 6.2).
const KEY: usize = 30;

const LONG_TAG: &str = "AES_CM_128_HMAC_SHA1_80";
const SHORT_TAG: &str = "AES_CM_128_HMAC_SHA1_32";

/// What our keys of a dialog come of: two keys' worth of chance, one a suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secret(pub [u8; 2 * KEY]);

impl Secret {
    /// The key for a suite.
    pub(super) fn key(&self, suite: &str) -> Vec<u8> {
        let half = match suite == SHORT_TAG {
            true => KEY..,
            false => 0..,
        };
        self.0[half].iter().take(KEY).copied().collect()
    }

    /// What we are known by in checks: another name and password each time that the search begins anew. RFC
    /// 8445, 5.3 wants 24 bits of chance in the one and 128 in the other; letters and digits, `+` and `/`.
    pub(super) fn credentials(&self, generation: u32) -> Credentials {
        let hash = Sha256::new()
            .chain_update(b"ice")
            .chain_update(self.0)
            .chain_update(generation.to_be_bytes())
            .finalize();
        let (user, password) = hash.split_at(6);
        Credentials {
            user: STANDARD_NO_PAD.encode(user),
            password: STANDARD_NO_PAD.encode(&password[..18]),
        }
    }

    /// `a=crypto` values of an offer, the best first.
    pub(super) fn offer(&self, short_first: bool) -> Vec<String> {
        let suites = match short_first {
            true => [SHORT_TAG, LONG_TAG],
            false => [LONG_TAG, SHORT_TAG],
        };
        (1..)
            .zip(suites)
            .map(|(tag, suite)| self.line(tag, suite))
            .collect()
    }

    /// The `a=crypto` value that takes one of theirs.
    pub(super) fn answer(&self, theirs: &Crypto) -> String {
        self.line(theirs.tag, &theirs.suite)
    }

    fn line(&self, tag: u32, suite: &str) -> String {
        format!("{tag} {suite} inline:{}", STANDARD.encode(self.key(suite)))
    }
}

/// An `a=crypto` of theirs.
#[derive(Debug, Clone)]
pub(super) struct Crypto {
    tag: u32,
    pub(super) suite: String,
    pub(super) key: Vec<u8>,
}

impl Crypto {
    /// Reads `1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:32`.
    pub(super) fn read(text: &str) -> Option<Crypto> {
        let mut words = text.split_ascii_whitespace();
        let tag = words.next()?.parse().ok()?;
        let suite = words.next()?.to_owned();
        let key = words.next()?.strip_prefix("inline:")?;
        let key = key.split(['|', ';']).next()?;
        let key = STANDARD
            .decode(key)
            .or_else(|_| STANDARD_NO_PAD.decode(key))
            .ok()?;
        // Session parameters change how packets look; those that may be left unread are marked
        // (RFC 4568, 6.3.7).
        let plain = words.all(|word| word.starts_with('-'));
        plain.then_some(Crypto { tag, suite, key })
    }

    /// Whether we know the suite, and the key is one of its.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.suite.as_str(), LONG_TAG | SHORT_TAG) && self.key.len() == KEY
    }
}
