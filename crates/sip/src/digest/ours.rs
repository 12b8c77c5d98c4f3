//! What others ask of us.

use super::{Params, md5_hex, response, secret_hash};
use crate::settings::{Algorithm, Auth};

/// An answer to a challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// `Authorization` or `Proxy-Authorization`.
    pub header: &'static str,
    /// Its value.
    pub value: String,
}

/// Answers a challenge.
///
/// `challenges` are the values of `WWW-Authenticate` (code 401) or `Proxy-Authenticate` (407). `seed` makes
/// the client's nonce: it must not come twice. `None` where there is no auth for any of the realms, or no
/// algorithm in common.
pub fn answer<'a>(
    code: u16,
    challenges: impl IntoIterator<Item = &'a str>,
    auths: &[&Auth],
    default_algorithms: &[Algorithm],
    method: &str,
    uri: &str,
    seed: &str,
) -> Option<Credentials> {
    challenges.into_iter().find_map(|value| {
        let challenge = Params::read(value)?;
        let realm = challenge.get("realm");
        let auth = auths
            .iter()
            .find(|auth| &*auth.realm == realm)
            .or_else(|| auths.iter().find(|auth| matches!(&*auth.realm, "" | "*")))?;
        let algorithm = challenge.algorithm()?;
        let allowed = match auth.supported_algorithms_uac.as_slice() {
            [] => default_algorithms,
            some => some,
        };
        if !allowed.is_empty() && !allowed.contains(&algorithm) {
            return None;
        }
        let qops = challenge.get("qop");
        let qop = match qops
            .split(',')
            .any(|one| one.trim().eq_ignore_ascii_case("auth"))
        {
            true => "auth",
            false if qops.is_empty() => "",
            false => return None,
        };
        let secret = secret_hash(auth, algorithm, realm)?;
        let cnonce = md5_hex(seed);
        let mut params = vec![
            ("username", &*auth.username, true),
            ("realm", realm, true),
            ("nonce", challenge.get("nonce"), true),
            ("uri", uri, true),
        ];
        if !qop.is_empty() {
            params.push(("qop", qop, false));
            params.push(("nc", "00000001", false));
            params.push(("cnonce", &cnonce, true));
        }
        let owned = Params(
            params
                .iter()
                .map(|(name, value, _)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        );
        let response = response(algorithm, &secret, &owned, method, &[])?;
        params.push(("response", &response, true));
        params.push(("algorithm", algorithm.name(), false));
        if !challenge.get("opaque").is_empty() {
            params.push(("opaque", challenge.get("opaque"), true));
        }
        let written: Vec<String> = params
            .iter()
            .map(|(name, value, quoted)| match quoted {
                true => format!(
                    "{name}=\"{}\"",
                    value.replace('\\', "\\\\").replace('"', "\\\"")
                ),
                false => format!("{name}={value}"),
            })
            .collect();
        Some(Credentials {
            header: if code == 407 {
                "Proxy-Authorization"
            } else {
                "Authorization"
            },
            value: format!("Digest {}", written.join(", ")),
        })
    })
}
