//! What is wrong with a request, before anything is done for it (RFC 3261, 8.2).

use rsipstack::sip::{Header, Headers, Request, Response};

use super::message::{self, header, names};
use super::session_timer::{self, SessionTimer};
use crate::settings::{Endpoint, Rel100};

/// Why an INVITE is refused before anybody hears of it: a code, and what tells more.
pub(super) struct Refusal(pub(super) u16, pub(super) Vec<Header>);

/// What an INVITE may go on with.
pub(super) struct Taken {
    pub(super) timer: Option<SessionTimer>,
    pub(super) reliable: bool,
}

/// Looks an INVITE over.
pub(super) fn examine(request: &Request, endpoint: &Endpoint) -> Result<Taken, Refusal> {
    let headers = &request.headers;
    unknown_extensions(headers, endpoint)?;
    if message::contact(headers).is_none() {
        return Err(Refusal(400, Vec::new()));
    }
    wrong_content(headers, &request.body)?;
    let timer = timer(headers, endpoint)?;
    let can = names(headers, "Supported", "100rel");
    let must = names(headers, "Require", "100rel");
    let reliable = match endpoint.rel100 {
        Rel100::No => false,
        Rel100::Yes => must,
        Rel100::PeerSupported => must || can,
        Rel100::Required if !must && !can => {
            return Err(Refusal(421, vec![header("Require", "100rel")]));
        }
        Rel100::Required => true,
    };
    Ok(Taken { timer, reliable })
}

/// 420 where they insist on something that we do not know (RFC 3261, 8.2.2.3).
pub(super) fn unknown_extensions(headers: &Headers, endpoint: &Endpoint) -> Result<(), Refusal> {
    let known = |option: &str| match option {
        "100rel" => endpoint.rel100 != Rel100::No,
        "timer" => session_timer::used(endpoint),
        option => message::SUPPORTED.contains(&option),
    };
    let unknown: Vec<&str> = message::elements(headers, "Require")
        .filter(|option| !known(&option.to_ascii_lowercase()))
        .collect();
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(Refusal(
            420,
            vec![header("Unsupported", unknown.join(", "))],
        )),
    }
}

/// 415 where the body is not a description (RFC 3261, 8.2.3).
pub(super) fn wrong_content(headers: &Headers, body: &[u8]) -> Result<(), Refusal> {
    let coded = message::value(headers, "Content-Encoding")
        .is_some_and(|coding| !coding.trim().eq_ignore_ascii_case("identity"));
    match message::content(headers, body) {
        Some(_) if coded => Err(Refusal(415, vec![header("Accept-Encoding", "identity")])),
        Some((kind, _)) if kind != "application/sdp" => {
            Err(Refusal(415, vec![header("Accept", "application/sdp")]))
        }
        _ => Ok(()),
    }
}

/// The session timer that an INVITE or UPDATE asks for.
pub(super) fn timer(
    headers: &Headers,
    endpoint: &Endpoint,
) -> Result<Option<SessionTimer>, Refusal> {
    match session_timer::asked(headers, endpoint) {
        session_timer::Asked::None => Ok(None),
        session_timer::Asked::Runs(timer) => Ok(Some(timer)),
        session_timer::Asked::TooSmall(least) => {
            Err(Refusal(422, vec![header("Min-SE", least.to_string())]))
        }
        session_timer::Asked::Needed => Err(Refusal(421, vec![header("Require", "timer")])),
    }
}

/// What a session timer adds to a 2xx of ours (RFC 4028, 9).
pub(super) fn put_timer(response: &mut Response, timer: SessionTimer) {
    response
        .headers
        .push(header("Session-Expires", timer.answer()));
    if !timer.ours {
        response.headers.push(header("Require", "timer"));
    }
}
