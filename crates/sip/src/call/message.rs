//! Reading headers, and making answers.

use rsipstack::sip::headers::make_header;
use rsipstack::sip::{Header, Headers, Request, Response, StatusCode};

use crate::uri::{self, split_unquoted};
use crate::wire::ServerTransaction;

/// Extensions that we know.
pub(super) const SUPPORTED: [&str; 4] = ["100rel", "timer", "replaces", "norefersub"];

/// A header's value; the first where it comes several times.
pub(super) fn value<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    values(headers, name).next()
}

/// All values of a header, line by line.
pub(super) fn values<'a>(headers: &'a Headers, name: &str) -> impl Iterator<Item = &'a str> {
    headers
        .iter()
        .filter(move |header| header.name().eq_ignore_ascii_case(name))
        .map(Header::value)
}

/// All elements of a header that is a list.
pub(super) fn elements<'a>(headers: &'a Headers, name: &str) -> impl Iterator<Item = &'a str> {
    values(headers, name).flat_map(|value| split_unquoted(value, ','))
}

/// Whether a list names something.
pub(super) fn names(headers: &Headers, header: &str, what: &str) -> bool {
    elements(headers, header).any(|element| element.eq_ignore_ascii_case(what))
}

/// The number in `CSeq`; 0 where there is none that can be read.
pub(super) fn sequence(headers: &Headers) -> u32 {
    value(headers, "CSeq")
        .and_then(|value| value.split_ascii_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// The method in `CSeq`.
pub(super) fn sequence_method(headers: &Headers) -> &str {
    value(headers, "CSeq")
        .and_then(|value| value.split_ascii_whitespace().nth(1))
        .unwrap_or_default()
}

/// The address in `Contact`.
pub(super) fn contact(headers: &Headers) -> Option<String> {
    let first = elements(headers, "Contact").next()?;
    let named = uri::name_addr(first)?;
    uri::parse(named.address).map(|_| named.address.to_owned())
}

/// A header of ours.
pub(super) fn header(name: &str, value: impl Into<String>) -> Header {
    make_header(name, value.into())
}

/// A body of a type.
pub(super) fn content<'a>(headers: &'a Headers, body: &'a [u8]) -> Option<(String, &'a [u8])> {
    if body.is_empty() {
        return None;
    }
    let kind = value(headers, "Content-Type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    Some((kind.to_ascii_lowercase(), body))
}

/// The description in a message, if it has one.
pub(super) fn description<'a>(headers: &'a Headers, body: &'a [u8]) -> Option<&'a [u8]> {
    content(headers, body)
        .filter(|(kind, _)| kind == "application/sdp")
        .map(|(_, body)| body)
}

/// A request of theirs, as far as its answers need it.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) transaction: ServerTransaction,
    pub(super) sequence: u32,
    base: Response,
    routes: Vec<Header>,
}

impl Asked {
    /// Remembers a request; answers have this tag in `To` where it has none.
    pub(super) fn of(transaction: ServerTransaction, request: &Request, tag: &str) -> Asked {
        let route = |header: &&Header| matches!(header, Header::RecordRoute(_));
        Asked {
            transaction,
            sequence: sequence(&request.headers),
            base: crate::reply::to(request, StatusCode::OK, tag),
            routes: request.headers.iter().filter(route).cloned().collect(),
        }
    }

    /// An answer to it.
    pub(super) fn answer(&self, code: u16) -> Response {
        let mut answer = self.base.clone();
        answer.status_code = StatusCode::from(code);
        // Answers that make a dialog tell its route (RFC 3261, 12.1.1).
        if (101..300).contains(&code) {
            answer.headers.extend(self.routes.clone());
        }
        answer
    }
}

/// Puts a body into an answer or a request.
pub(super) fn put(headers: &mut Headers, body: &mut Vec<u8>, kind: &str, content: Vec<u8>) {
    headers.push(header("Content-Type", kind));
    *body = content;
}
