//! Secrets and proofs of them.

use std::fmt;

use md5::{Digest, Md5};
use subtle::ConstantTimeEq;

/// A user's secret. Never printed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Option<String>);

impl Secret {
    /// A secret; an empty one lets nobody in.
    pub fn new(secret: &str) -> Secret {
        Secret((!secret.is_empty()).then(|| secret.to_owned()))
    }

    /// Whether there is one.
    pub fn is_set(&self) -> bool {
        self.0.is_some()
    }

    /// Whether `offered` is it. How long the answer takes tells nothing of where the two differ.
    pub fn is(&self, offered: &str) -> bool {
        // Digests have one length, so not even the secret's own length shows.
        let wanted = Md5::digest(self.0.as_deref().unwrap_or_default());
        let same = bool::from(wanted.ct_eq(&Md5::digest(offered)));
        same && self.is_set()
    }

    /// The digest, in lower-case hexadecimal, that proves the secret for a challenge.
    pub fn response(&self, challenge: &str) -> String {
        let secret = self.0.as_deref().unwrap_or_default();
        let digest = Md5::new()
            .chain_update(challenge)
            .chain_update(&*text::to_bytes(secret))
            .finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether `key` proves the secret for a challenge.
    pub fn is_proved(&self, challenge: &str, key: &str) -> bool {
        let wanted = self.response(challenge);
        let same = bool::from(wanted.as_bytes().ct_eq(key.to_ascii_lowercase().as_bytes()));
        same && self.is_set()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_set() {
            "Secret(set)"
        } else {
            "Secret(none)"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_itself_and_nothing_else() {
        let secret = Secret::new("passwd1234");
        assert!(secret.is("passwd1234"));
        assert!(!secret.is("passwd123") && !secret.is("") && !secret.is("PASSWD1234"));
        assert!(!Secret::new("").is(""), "no secret lets nobody in");
    }

    #[test]
    fn a_challenge_is_answered_with_its_digest() {
        let secret = Secret::new("passwd1234");
        // printf '270520599passwd1234' | md5sum
        let key = secret.response("270520599");
        assert_eq!(key.len(), 32);
        assert!(secret.is_proved("270520599", &key));
        assert!(secret.is_proved("270520599", &key.to_uppercase()));
        assert!(!secret.is_proved("270520598", &key) && !secret.is_proved("270520599", ""));
        let none = Secret::new("");
        assert!(!none.is_proved("1", &none.response("1")));
    }

    #[test]
    fn secrets_are_not_printed() {
        assert!(!format!("{:?}", Secret::new("passwd1234")).contains("1234"));
    }
}
