//! `type = auth`: how somebody proves who they are, or we do.

use std::time::Duration;

use switch::Text;

use super::option::Takes::*;
use super::option::{Object, Opt, row, words};

/// A proof of identity. Each field is the option of its name.
#[derive(Debug, Clone, Default)]
pub struct Auth {
    /// Its name: the section's.
    pub name: Text,
    /// What is known of the secret.
    pub auth_type: AuthType,
    /// The user's name.
    pub username: Text,
    /// The secret, where `auth_type` is [`AuthType::Userpass`].
    pub password: Text,
    /// Hexadecimal MD5 of `username:realm:password`, where `auth_type` is [`AuthType::Md5`].
    pub md5_cred: Text,
    /// Such hashes of several algorithms, where `auth_type` is [`AuthType::Digest`].
    pub password_digest: Vec<(Algorithm, Text)>,
    /// The realm; empty for `default_realm` in challenges of ours, for any in those of others.
    pub realm: Text,
    /// How long a nonce is good for.
    pub nonce_lifetime: Duration,
    /// Algorithms that we challenge with; those of the globals where nothing is said.
    pub supported_algorithms_uas: Vec<Algorithm>,
    /// Algorithms that we answer challenges with; those of the globals where nothing is said.
    pub supported_algorithms_uac: Vec<Algorithm>,
    pub(crate) shown: Vec<Text>,
}

/// What is known of a secret (`auth_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AuthType {
    /// The secret itself.
    #[default]
    Userpass,
    /// Its MD5, with user and realm.
    Md5,
    /// Its hashes by several algorithms, with user and realm.
    Digest,
}

/// An algorithm of digests (RFC 7616, RFC 8760).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// `MD5`
    Md5,
    /// `SHA-256`
    Sha256,
}

impl Algorithm {
    /// Its name in headers.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Sha256 => "SHA-256",
        }
    }

    /// The algorithm of a name, in any case.
    pub fn parse(name: &str) -> Option<Algorithm> {
        [Algorithm::Md5, Algorithm::Sha256]
            .into_iter()
            .find(|one| one.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// Reads names with commas between.
pub(super) fn algorithms(value: &str) -> Result<Vec<Algorithm>, String> {
    words(value)
        .map(|word| {
            Algorithm::parse(word)
                .ok_or_else(|| format!("no algorithm {word} here, only MD5 and SHA-256"))
        })
        .collect()
}

/// Names as they are shown.
pub(super) fn names(algorithms: &[Algorithm]) -> String {
    let names: Vec<&str> = algorithms.iter().map(|one| one.name()).collect();
    names.join(",")
}

impl Object for Auth {
    const OPTIONS: &'static [Opt<Auth>] = &[
        row("oauth_secret", "OauthSecret", "", IdleText),
        row("password_digest", "PasswordDigest", "", Other(put_digest)),
        row(
            "supported_algorithms_uas",
            "SupportedAlgorithmsUas",
            "",
            Other(put_uas),
        ),
        row("refresh_token", "RefreshToken", "", IdleText),
        row("username", "Username", "", Text(|a| &mut a.username)),
        row("md5_cred", "Md5Cred", "", Text(|a| &mut a.md5_cred)),
        row("realm", "Realm", "", Text(|a| &mut a.realm)),
        row(
            "auth_type",
            "AuthType",
            "userpass",
            Word(&["userpass", "md5", "digest"], |a, word| {
                a.auth_type = match word {
                    "md5" => AuthType::Md5,
                    "digest" => AuthType::Digest,
                    _ => AuthType::Userpass,
                };
            }),
        ),
        row("password", "Password", "", Text(|a| &mut a.password)),
        row(
            "supported_algorithms_uac",
            "SupportedAlgorithmsUac",
            "",
            Other(put_uac),
        ),
        row(
            "nonce_lifetime",
            "NonceLifetime",
            "32",
            Seconds(|a| &mut a.nonce_lifetime),
        ),
        row("oauth_clientid", "OauthClientid", "", IdleText),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }

    fn named(&mut self, name: Text) {
        self.name = name;
    }

    fn lacks(&self) -> Option<&'static str> {
        match self.auth_type {
            _ if self.username.is_empty() => Some("an auth needs username"),
            AuthType::Md5 if self.md5_cred.len() != 32 => {
                Some("auth_type md5 needs md5_cred, 32 digits")
            }
            AuthType::Digest if self.password_digest.is_empty() => {
                Some("auth_type digest needs password_digest")
            }
            _ => None,
        }
    }
}

/// `MD5:hash`, one a line.
fn put_digest(auth: &mut Auth, value: &str) -> Result<String, String> {
    for entry in words(value) {
        let (name, hash) = entry.split_once(':').unwrap_or((entry, ""));
        let algorithm = Algorithm::parse(name)
            .ok_or_else(|| format!("no algorithm {name} here, only MD5 and SHA-256"))?;
        let digits = match algorithm {
            Algorithm::Md5 => 32,
            Algorithm::Sha256 => 64,
        };
        if hash.len() != digits || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(format!(
                "{} has {digits} hexadecimal digits",
                algorithm.name()
            ));
        }
        auth.password_digest
            .push((algorithm, hash.to_ascii_lowercase().into()));
    }
    let shown = auth.password_digest.iter();
    let shown: Vec<String> = shown
        .map(|(one, hash)| format!("{}:{hash}", one.name()))
        .collect();
    Ok(shown.join(","))
}

fn put_uas(auth: &mut Auth, value: &str) -> Result<String, String> {
    auth.supported_algorithms_uas = algorithms(value)?;
    Ok(names(&auth.supported_algorithms_uas))
}

fn put_uac(auth: &mut Auth, value: &str) -> Result<String, String> {
    auth.supported_algorithms_uac = algorithms(value)?;
    Ok(names(&auth.supported_algorithms_uac))
}
