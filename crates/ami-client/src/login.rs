//! Proving who one is.

use std::fmt::Write;

use md5::{Digest, Md5};

/// A user, the secret, and how to prove it.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    pub(crate) username: String,
    pub(crate) secret: String,
    pub(crate) method: Method,
    pub(crate) events: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Plain,
    Md5,
}

impl Login {
    /// Sends the secret itself. Every switch takes it, and everybody on the way can read it.
    pub fn plain(username: &str, secret: &str) -> Self {
        Self::new(username, secret, Method::Plain)
    }

    /// Answers a challenge with the MD5 sum of challenge and secret, so that the secret does not travel.
    pub fn md5(username: &str, secret: &str) -> Self {
        Self::new(username, secret, Method::Md5)
    }

    /// Chooses the events to be sent: `on`, `off`, or permission classes with commas between. Without it
    /// the switch sends all that the user may see.
    #[must_use]
    pub fn events(mut self, mask: &str) -> Self {
        mask.clone_into(&mut self.events);
        self
    }

    fn new(username: &str, secret: &str, method: Method) -> Self {
        Self {
            username: username.to_owned(),
            secret: secret.to_owned(),
            method,
            events: String::new(),
        }
    }
}

/// Without the secret, which would end up in somebody's log.
impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login")
            .field("username", &self.username)
            .field("method", &self.method)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}

/// The answer to a challenge: the MD5 sum of challenge and secret in hexadecimal.
pub(crate) fn key(challenge: &str, secret: &str) -> String {
    let mut md5 = Md5::new();
    md5.update(text::to_bytes(challenge));
    md5.update(text::to_bytes(secret));
    md5.finalize()
        .iter()
        .fold(String::with_capacity(32), |mut key, byte| {
            let _ = write!(key, "{byte:02x}");
            key
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_sum_of_challenge_and_secret() {
        // `printf '123456789passwd1234' | md5sum`
        assert_eq!(
            key("123456789", "passwd1234"),
            "6db3293467e3f2e2a2ac0171816edd60"
        );
    }

    #[test]
    fn the_secret_is_not_printed() {
        let printed = format!("{:?}", Login::md5("admin", "passwd1234"));
        assert!(printed.contains("admin") && !printed.contains("passwd1234"));
    }
}
