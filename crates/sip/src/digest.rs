//! Digest authentication (RFC 7616, RFC 8760): both sides.

mod ours;
mod theirs;

use std::fmt::Write;

use md5::{Digest as _, Md5};
use sha2::Sha256;

use crate::settings::{Algorithm, Auth, AuthType};
use crate::uri::split_unquoted;

pub use ours::{Credentials, answer};
pub use theirs::{Nonces, Verdict, challenges, verify};

/// A `WWW-Authenticate` or `Authorization`: its parameters, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads the header's value; `None` where it is of another scheme than Digest.
    pub fn read(value: &str) -> Option<Params> {
        let (scheme, rest) = value.trim().split_once([' ', '\t'])?;
        if !scheme.eq_ignore_ascii_case("Digest") {
            return None;
        }
        let parts = split_unquoted(rest, ',').filter_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim();
            let bare = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
            let value = match bare {
                Some(bare) if bare.contains('\\') => unescape(bare),
                Some(bare) => bare.to_owned(),
                None => value.to_owned(),
            };
            Some((name.trim().to_ascii_lowercase(), value))
        });
        Some(Params(parts.collect()))
    }

    /// A parameter; empty where it is not there.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// The algorithm that it names: MD5 where it names none, `None` where it is not one of ours.
    pub fn algorithm(&self) -> Option<Algorithm> {
        match self.get("algorithm") {
            "" => Some(Algorithm::Md5),
            name => Algorithm::parse(name),
        }
    }
}

/// The hash of user, realm and secret (`HA1`); `None` where the auth has none of this algorithm.
fn secret_hash(auth: &Auth, algorithm: Algorithm, realm: &str) -> Option<String> {
    match auth.auth_type {
        AuthType::Userpass => Some(hash(algorithm, &[&auth.username, realm, &auth.password])),
        AuthType::Md5 => (algorithm == Algorithm::Md5 && !auth.md5_cred.is_empty())
            .then(|| auth.md5_cred.to_ascii_lowercase()),
        AuthType::Digest => auth
            .password_digest
            .iter()
            .find(|(one, _)| *one == algorithm)
            .map(|(_, hash)| hash.to_string()),
    }
}

/// What a request has to answer (RFC 7616, 3.4.1).
fn response(
    algorithm: Algorithm,
    secret: &str,
    params: &Params,
    method: &str,
    body: &[u8],
) -> Option<String> {
    let request = match params.get("qop") {
        "auth-int" => {
            let body = hash_bytes(algorithm, body);
            hash(algorithm, &[method, params.get("uri"), &body])
        }
        "" | "auth" => hash(algorithm, &[method, params.get("uri")]),
        _ => return None,
    };
    let nonce = params.get("nonce");
    Some(match params.get("qop") {
        "" => hash(algorithm, &[secret, nonce, &request]),
        qop => hash(
            algorithm,
            &[
                secret,
                nonce,
                params.get("nc"),
                params.get("cnonce"),
                qop,
                &request,
            ],
        ),
    })
}

/// Hexadecimal hash of the parts with colons between.
fn hash(algorithm: Algorithm, parts: &[&str]) -> String {
    hash_bytes(algorithm, &text::to_bytes(&parts.join(":")))
}

fn hash_bytes(algorithm: Algorithm, bytes: &[u8]) -> String {
    match algorithm {
        Algorithm::Md5 => hex(&Md5::digest(bytes)),
        Algorithm::Sha256 => hex(&Sha256::digest(bytes)),
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string does not fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// MD5 of a text, in hexadecimal digits: what names contacts and makes nonces.
pub(crate) fn md5_hex(text: &str) -> String {
    hash(Algorithm::Md5, &[text])
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn same(a: &str, b: &str) -> bool {
    let differ = a
        .bytes()
        .zip(b.bytes())
        .fold(0, |differ, (a, b)| differ | (a ^ b));
    a.len() == b.len() && std::hint::black_box(differ) == 0
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
