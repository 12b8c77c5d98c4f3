use std::time::Duration;

use rsipstack::sip::{Method, Request};
use switch::Time;

use super::*;
use crate::uri;

const NOW: Time = Time(1_795_418_195_000_000);

fn auth() -> Auth {
    Auth {
        username: "6001".into(),
        password: "alice-pass".into(),
        nonce_lifetime: Duration::from_secs(32),
        ..Auth::default()
    }
}

fn register() -> Request {
    Request {
        method: Method::Register,
        uri: uri::parse("sip:127.0.0.1:5060").unwrap(),
        version: Default::default(),
        headers: Default::default(),
        body: Vec::new(),
    }
}

/// What somebody who knows `auth` answers to a challenge, with a count of their own.
fn prove(auth: &Auth, challenge: &str, count: &str) -> String {
    let Params(mut params) = Params::read(challenge).unwrap();
    let algorithm = Params(params.clone()).algorithm().unwrap();
    params.retain(|(name, _)| name != "qop");
    for (name, value) in [
        ("username", &*auth.username),
        ("uri", "sip:127.0.0.1:5060"),
        ("qop", "auth"),
        ("nc", count),
        ("cnonce", "abc"),
    ] {
        params.push((name.to_owned(), value.to_owned()));
    }
    let params = Params(params);
    let secret = secret_hash(auth, algorithm, params.get("realm")).unwrap();
    let answer = response(algorithm, &secret, &params, "REGISTER", &[]).unwrap();
    let list: Vec<String> = params
        .0
        .iter()
        .map(|(n, v)| format!("{n}=\"{v}\""))
        .collect();
    format!("Digest {}, response=\"{answer}\"", list.join(", "))
}

fn judge(nonces: &mut Nonces, at: Time, proof: &str) -> Verdict {
    let both = [Algorithm::Sha256, Algorithm::Md5];
    verify(
        nonces,
        at,
        &register(),
        &[proof],
        &auth(),
        "asterisk",
        &both,
    )
}

/// RFC 7616, 3.9.1: both algorithms.
#[test]
fn the_examples_of_the_rfc() {
    let user = Auth {
        username: "Mufasa".into(),
        password: "Circle of Life".into(),
        ..Auth::default()
    };
    let params = Params::read(
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", \
         nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, \
         cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth",
    )
    .unwrap();
    for (algorithm, expected) in [
        (Algorithm::Md5, "8ca523f5e9506fed4657c9700eebdbec"),
        (
            Algorithm::Sha256,
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        ),
    ] {
        let secret = secret_hash(&user, algorithm, "http-auth@example.org").unwrap();
        let answer = response(algorithm, &secret, &params, "GET", &[]).unwrap();
        assert_eq!(answer, expected);
    }
}

#[test]
fn counts_go_up_in_hexadecimal() {
    let mut nonces = Nonces::new(7);
    let offered = challenges(&mut nonces, NOW, "asterisk", &[Algorithm::Md5], false);
    for count in ["00000001", "00000009", "0000000a", "00000010", "000000ff"] {
        let proof = prove(&auth(), &offered[0], count);
        assert_eq!(judge(&mut nonces, NOW, &proof), Verdict::Good, "{count}");
    }
    for count in ["000000ff", "00000001", "00000000", "xyz", ""] {
        let proof = prove(&auth(), &offered[0], count);
        assert_eq!(judge(&mut nonces, NOW, &proof), Verdict::Stale, "{count}");
    }
}

#[test]
fn a_nonce_lives_as_long_as_it_says() {
    let mut nonces = Nonces::new(7);
    let offered = challenges(&mut nonces, NOW, "asterisk", &[Algorithm::Sha256], false);
    let proof = prove(&auth(), &offered[0], "00000001");
    let late = NOW + Duration::from_secs(33);
    assert_eq!(judge(&mut nonces, late, &proof), Verdict::Stale);
    let last = NOW + Duration::from_secs(32);
    assert_eq!(judge(&mut nonces, last, &proof), Verdict::Good);
    // One that somebody made up is no better, with the right secret too.
    let made_up = offered[0].replace("/", "/0");
    let proof = prove(&auth(), &made_up, "00000001");
    assert_eq!(judge(&mut nonces, NOW, &proof), Verdict::Stale);
}

#[test]
fn wrong_secrets_and_users_are_wrong() {
    let mut nonces = Nonces::new(7);
    let offered = challenges(&mut nonces, NOW, "asterisk", &[Algorithm::Md5], false);
    let mut wrong = auth();
    wrong.password = "wrong-pass".into();
    let proof = prove(&wrong, &offered[0], "00000001");
    assert!(matches!(judge(&mut nonces, NOW, &proof), Verdict::Wrong(_)));
    let mut other = auth();
    other.username = "6002".into();
    let proof = prove(&other, &offered[0], "00000001");
    assert!(matches!(judge(&mut nonces, NOW, &proof), Verdict::Wrong(_)));
    // A wrong answer does not use the count up.
    let proof = prove(&auth(), &offered[0], "00000001");
    assert_eq!(judge(&mut nonces, NOW, &proof), Verdict::Good);
    assert_eq!(judge(&mut nonces, NOW, "Basic abc"), Verdict::None);
    let elsewhere = proof.replace("asterisk", "elsewhere");
    assert_eq!(judge(&mut nonces, NOW, &elsewhere), Verdict::None);
}

#[test]
fn our_own_answers_are_good() {
    let mut nonces = Nonces::new(7);
    for algorithm in [Algorithm::Md5, Algorithm::Sha256] {
        let offered = challenges(&mut nonces, NOW, "asterisk", &[algorithm], false);
        let proof = answer(
            401,
            offered.iter().map(String::as_str),
            &[&auth()],
            &[],
            "REGISTER",
            "sip:127.0.0.1:5060",
            "seed",
        )
        .unwrap();
        assert_eq!(proof.header, "Authorization");
        assert_eq!(judge(&mut nonces, NOW, &proof.value), Verdict::Good);
    }
}

#[test]
fn counts_do_not_pile_up() {
    let mut nonces = Nonces::new(7);
    for second in 0..200 {
        let at = NOW + Duration::from_secs(second);
        let offered = challenges(&mut nonces, at, "asterisk", &[], false);
        let proof = prove(&auth(), &offered[0], "00000001");
        assert_eq!(judge(&mut nonces, at, &proof), Verdict::Good);
    }
    assert!(nonces.len() <= 66, "{}", nonces.len());
}
