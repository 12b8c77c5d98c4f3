//! Proving who we are, where a request of ours is answered 401 or 407.

use rsipstack::sip::{Header, Request, Response};

use super::hands::Hands;
use super::leg::Sent;
use super::message::values;
use crate::digest;
use crate::settings::{Auth, Endpoint};

/// A request is sent with a proof this often: once, and once more where the nonce was stale.
const MAX_PROOFS: u8 = 2;

/// The request with what its challenge asks for, and how often it was sent so; `None` where we cannot.
pub(super) fn of(
    hands: &mut Hands<'_, '_>,
    endpoint: &Endpoint,
    sent: &Sent,
    response: &Response,
) -> Option<(Request, u8)> {
    if sent.proofs == MAX_PROOFS {
        return None;
    }
    let settings = hands.cx.settings;
    let auths: Vec<&Auth> = endpoint
        .outbound_auth
        .iter()
        .filter_map(|name| settings.auths.get(name))
        .map(|auth| &**auth)
        .collect();
    let code = response.status_code.code();
    let challenge = match code {
        401 => "WWW-Authenticate",
        _ => "Proxy-Authenticate",
    };
    let mut request = (**sent.request.as_ref()?).clone();
    let credentials = digest::answer(
        code,
        values(&response.headers, challenge),
        &auths,
        &settings.global.default_auth_algorithms_uac,
        &request.method.to_string(),
        &crate::uri::text(&request.uri),
        &hands.dice.tag(),
    )?;
    let old = |header: &Header| header.name().eq_ignore_ascii_case(credentials.header);
    request.headers.retain(|header| !old(header));
    let proof = super::message::header(credentials.header, &*credentials.value);
    request.headers.push(proof);
    Some((request, sent.proofs + 1))
}
