//! What we ask of others, and whether they know it.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use rsipstack::sip::Request;
use switch::Time;

use super::{Params, md5_hex, response, same, secret_hash};
use crate::limits::NONCES;
use crate::settings::{Algorithm, Auth};

/// Nonces that were given out. They carry their own proof; only the counts of those in use are kept.
pub struct Nonces {
    secret: u64,
    given: u64,
    /// The last count of a nonce.
    counts: HashMap<String, u32>,
    /// The same in order of age.
    order: VecDeque<(Time, String)>,
}

/// What a request's proof is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It has none.
    None,
    /// It knows the secret.
    Good,
    /// It knows the secret but not a nonce that is still good: it is asked again, with `stale=true`.
    Stale,
    /// It does not know it.
    Wrong(Box<Wrong>),
}

/// A proof that is none, for the security event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The nonce that it used.
    pub challenge: String,
    /// What it answered.
    pub response: String,
}

impl Nonces {
    /// `secret` is what nonces are made with: nobody outside may guess it.
    pub fn new(secret: u64) -> Nonces {
        Nonces {
            secret,
            given: 0,
            counts: HashMap::new(),
            order: VecDeque::new(),
        }
    }

    /// A new one: the second it was made in, a stroke, 32 hexadecimal digits. No two are alike, so that
    /// the counts of two phones never meet.
    pub fn make(&mut self, now: Time, realm: &str) -> String {
        self.given += 1;
        let seconds = now.seconds();
        let own = half(&md5_hex(&format!("{}:{}", self.secret, self.given)));
        let proof = self.proof(seconds, &own, realm);
        format!("{seconds}/{own}{proof}")
    }

    /// Whether it is one of ours and young enough.
    fn is_good(&self, now: Time, nonce: &str, realm: &str, life: Duration) -> bool {
        let Some((seconds, rest)) = nonce.split_once('/') else {
            return false;
        };
        let (Ok(made), Some(own), Some(proof)) =
            (seconds.parse::<u64>(), rest.get(..16), rest.get(16..))
        else {
            return false;
        };
        let age = now.seconds().checked_sub(made);
        same(proof, &self.proof(made, own, realm)) && age.is_some_and(|age| age <= life.as_secs())
    }

    /// Takes a count: whether it is higher than all before.
    fn count(&mut self, now: Time, nonce: &str, count: u32, life: Duration) -> bool {
        while let Some((made, _)) = self.order.front()
            && (self.counts.len() >= NONCES || now.since(*made) > life * 2)
        {
            if let Some((_, old)) = self.order.pop_front() {
                self.counts.remove(&old);
            }
        }
        match self.counts.get_mut(nonce) {
            Some(last) if count <= *last => false,
            Some(last) => {
                *last = count;
                true
            }
            None => {
                self.counts.insert(nonce.to_owned(), count);
                self.order.push_back((now, nonce.to_owned()));
                count > 0
            }
        }
    }

    /// How many counts are kept.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    fn proof(&self, seconds: u64, own: &str, realm: &str) -> String {
        half(&md5_hex(&format!(
            "{}:{seconds}:{own}:{realm}",
            self.secret
        )))
    }
}

fn half(hash: &str) -> String {
    hash.get(..16).unwrap_or_default().to_owned()
}

/// The values of `WWW-Authenticate`, the algorithm that is liked best first.
pub fn challenges(
    nonces: &mut Nonces,
    now: Time,
    realm: &str,
    algorithms: &[Algorithm],
    stale: bool,
) -> Vec<String> {
    let nonce = nonces.make(now, realm);
    let opaque = half(&md5_hex(&nonce));
    let algorithms = match algorithms {
        [] => &[Algorithm::Md5],
        some => some,
    };
    let one = |algorithm: &Algorithm| {
        format!(
            "Digest realm=\"{realm}\",nonce=\"{nonce}\",opaque=\"{opaque}\",algorithm={},qop=\"auth\"{}",
            algorithm.name(),
            if stale { ",stale=true" } else { "" },
        )
    };
    algorithms.iter().map(one).collect()
}

/// What a request's proof (the values of its `Authorization`) is worth against what an auth knows.
pub fn verify(
    nonces: &mut Nonces,
    now: Time,
    request: &Request,
    proofs: &[&str],
    auth: &Auth,
    realm: &str,
    algorithms: &[Algorithm],
) -> Verdict {
    let ours = proofs
        .iter()
        .filter_map(|value| Params::read(value))
        .find(|params| params.get("realm") == realm);
    let Some(params) = ours else {
        return Verdict::None;
    };
    let algorithms = match algorithms {
        [] => &[Algorithm::Md5],
        some => some,
    };
    let known = params
        .algorithm()
        .filter(|algorithm| algorithms.contains(algorithm));
    // Whoever names another user is worked out all the same: how long it takes tells nothing.
    let expected = known.and_then(|algorithm| {
        let secret = secret_hash(auth, algorithm, realm)?;
        response(
            algorithm,
            &secret,
            &params,
            &request.method.to_string(),
            &request.body,
        )
    });
    let right_user = params.get("username") == &*auth.username;
    let right = expected
        .is_some_and(|expected| same(&expected, &params.get("response").to_ascii_lowercase()));
    let nonce = params.get("nonce");
    if !(right && right_user) {
        return Verdict::Wrong(Box::new(Wrong {
            challenge: nonce.to_owned(),
            response: params.get("response").to_owned(),
        }));
    }
    if !nonces.is_good(now, nonce, realm, auth.nonce_lifetime) {
        return Verdict::Stale;
    }
    if params.get("qop").is_empty() {
        return Verdict::Good;
    }
    // Eight hexadecimal digits (RFC 7616, 3.4).
    match u32::from_str_radix(params.get("nc"), 16) {
        Ok(count) if nonces.count(now, nonce, count, auth.nonce_lifetime) => Verdict::Good,
        _ => Verdict::Stale,
    }
}
