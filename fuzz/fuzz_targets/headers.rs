//! The parts of a message that are taken to pieces: addresses and the parameters of digest.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rsipstack::sip::{Header, Headers, Method, Request, Version};
use sip::digest::{self, Nonces, Params, Verdict};
use sip::settings::Auth;
use sip::uri;
use switch::Time;

fuzz_target!(|input: &[u8]| {
    let value = text::decode(input);
    if let Some(address) = uri::parse(&value) {
        // What we say of an address that we read can be read again, and is the same then.
        let said = uri::text(&address);
        let again = uri::parse(&said).map(|again| uri::text(&again));
        assert_eq!(again.as_deref(), Some(&*said), "{value}");
    }
    if let Some(parts) = uri::name_addr(&value) {
        assert!(value.contains(parts.address));
        let _ = (parts.param("tag"), parts.param("expires"), parts.param("q"));
    }
    let joined: Vec<&str> = uri::split_unquoted(&value, ',').collect();
    assert!(joined.iter().all(|part| value.contains(part)));
    let _ = uri::unescape(&value);

    if Params::read(&value).is_some() {
        let mut nonces = Nonces::new(7);
        let mut auth = Auth::default();
        auth.username = "alice".into();
        auth.password = "secret".into();
        let Some(uri) = uri::parse("sip:100@192.0.2.1") else {
            return;
        };
        let request = Request {
            method: Method::Register,
            uri,
            version: Version::V2,
            headers: Headers(vec![Header::Authorization((&*value).into())]),
            body: Vec::new(),
        };
        // Nobody proves anything without the secret.
        let verdict = digest::verify(
            &mut nonces,
            Time(0),
            &request,
            &[&value],
            &auth,
            "asterisk",
            &[],
        );
        assert!(!matches!(verdict, Verdict::Good | Verdict::Stale));
        let auths = [&auth];
        let _ = digest::answer(
            401,
            [&*value].into_iter(),
            &auths,
            &[],
            "REGISTER",
            "sip:x",
            "seed",
        );
    }
});
