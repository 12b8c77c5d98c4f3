//! Bytes to messages. A request that cannot be read brings the answer that it gets.
//!
//! rsipstack's types, not its reader: that one stops at the first line that is not UTF-8 and goes on with
//! half a message, takes a body shorter than `Content-Length` for whole, has no words for a method that it
//! does not know and tells nobody what was wrong.

use rsipstack::sip::headers::make_header;
use rsipstack::sip::{
    Header, Headers, HeadersExt, Method, Request, Response, Scheme, StatusCode, Version,
};

use super::via;
use crate::limits::{HEADERS, MESSAGE};
use crate::uri;

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A request.
    Request(Box<Request>),
    /// An answer.
    Response(Box<Response>),
}

/// What cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Malformed {
    /// What is wrong with it.
    pub why: &'static str,
    /// What its sender is told, where that can be told: with the `Via` lines that came.
    pub answer: Option<Box<Response>>,
}

/// Reads one message, which fills a datagram or was cut out of a stream by `frame`.
///
/// # Errors
/// What is wrong with it, and the answer, where it is a request that has a `Via` to answer to.
pub fn parse(bytes: &[u8]) -> Result<Message, Malformed> {
    if bytes.len() > MESSAGE {
        return Err(silent("it is too long"));
    }
    let (head, body) = split(bytes);
    let mut lines = Lines(head);
    let start = lines.next().unwrap_or_default();
    let mut fault = None;
    let headers = headers(lines, &mut fault);
    let Some(body) = body else {
        return Err(bad(&headers, 400, "Missing end of headers"));
    };
    let start = text::decode(start);
    if let Some(rest) = start.strip_prefix("SIP/") {
        return response(rest, headers, body, fault).ok_or(silent("it is no answer"));
    }
    request(&start, headers, body, fault)
}

fn request(
    start: &str,
    headers: Headers,
    body: &[u8],
    fault: Option<&'static str>,
) -> Result<Message, Malformed> {
    let refuse = |headers: &Headers, code, why| {
        // An ACK is never answered.
        match start.starts_with("ACK ") {
            true => Err(silent(why)),
            false => Err(bad(headers, code, why)),
        }
    };
    let Some((method, address)) = start.split_once(' ') else {
        return Err(silent("it has no request line"));
    };
    let Some((address, version)) = address.rsplit_once(' ') else {
        return refuse(&headers, 400, "Bad Request-Line");
    };
    if !version.eq_ignore_ascii_case("SIP/2.0") {
        return match version
            .get(..4)
            .is_some_and(|v| v.eq_ignore_ascii_case("SIP/"))
        {
            true => refuse(&headers, 505, "Version Not Supported"),
            false => refuse(&headers, 400, "Bad Request-Line"),
        };
    }
    if let Some(why) = fault {
        return refuse(&headers, 400, why);
    }
    if let Some(why) = lacks(&headers) {
        return refuse(&headers, 400, why);
    }
    let Some(body) = cut(&headers, body) else {
        return refuse(&headers, 400, "Bad Content-Length");
    };
    let Some(uri) = uri::parse(address) else {
        return refuse(&headers, 400, "Bad Request-URI");
    };
    if !uri.headers.is_empty() {
        // A Request-URI has none (RFC 3261, 19.1.1).
        return refuse(&headers, 400, "Bad Request-URI");
    }
    let Some((_, named)) = cseq(&headers) else {
        return refuse(&headers, 400, "Bad CSeq");
    };
    if named != method {
        return refuse(&headers, 400, "CSeq names another method");
    }
    // rsipstack has a closed list of methods; methods are told apart by case (RFC 3261, 7.1).
    let Some(method) = Method::all().into_iter().find(|m| m.to_string() == method) else {
        return refuse(&headers, 501, "Not Implemented");
    };
    if let Some(Scheme::Other(scheme)) = &uri.scheme
        && !scheme.eq_ignore_ascii_case("tel")
    {
        return refuse(&headers, 416, "Unsupported URI Scheme");
    }
    if headers.iter().any(|h| match h {
        Header::MaxForwards(hops) => hops.value().parse::<u8>().is_err(),
        _ => false,
    }) {
        return refuse(&headers, 400, "Bad Max-Forwards");
    }
    Ok(Message::Request(Box::new(Request {
        method,
        uri,
        version: Version::V2,
        headers,
        body: body.to_vec(),
    })))
}

fn response(
    start: &str,
    headers: Headers,
    body: &[u8],
    fault: Option<&'static str>,
) -> Option<Message> {
    let rest = start.strip_prefix("2.0 ")?;
    let (code, reason) = rest.split_once(' ').unwrap_or((rest, ""));
    let code: u16 = code.parse().ok()?;
    if !(100..700).contains(&code) || fault.is_some() || lacks(&headers).is_some() {
        return None;
    }
    cseq(&headers)?;
    let body = cut(&headers, body)?.to_vec();
    let status_code = StatusCode::try_from((code, reason)).ok()?;
    let wire_reason = (reason != status_code.text()).then(|| reason.to_owned());
    Some(Message::Response(Box::new(Response {
        status_code,
        wire_reason,
        version: Version::V2,
        headers,
        body,
    })))
}

/// Number and method of `CSeq`. The number is below 2^31 (RFC 3261, 8.1.1.5).
pub fn cseq(headers: &Headers) -> Option<(u32, &str)> {
    let value = headers.iter().find_map(|h| match h {
        Header::CSeq(value) => Some(value.value()),
        _ => None,
    })?;
    let (number, method) = value.split_once([' ', '\t'])?;
    let number: u32 = number.parse().ok()?;
    (number < 1 << 31).then(|| (number, method.trim()))
}

/// What every message must have, once (RFC 3261, 8.1.1), and it has not.
fn lacks(headers: &Headers) -> Option<&'static str> {
    let (mut from, mut to, mut call, mut cseq, mut vias) = (0, 0, 0, 0, 0);
    let mut lengths = 0;
    for header in headers.iter() {
        match header {
            Header::From(value) => {
                from += 1;
                if !names(value.value()) {
                    return Some("Bad From");
                }
            }
            Header::To(value) => {
                to += 1;
                if !names(value.value()) {
                    return Some("Bad To");
                }
            }
            Header::CallId(value) => {
                call += 1;
                if value.value().is_empty() {
                    return Some("Bad Call-ID");
                }
            }
            Header::CSeq(_) => cseq += 1,
            Header::ContentLength(_) => lengths += 1,
            Header::Via(value) => {
                vias += 1;
                if vias == 1 && via::parse(value.value()).is_none() {
                    return Some("Bad Via");
                }
            }
            _ => {}
        }
    }
    match (from, to, call, cseq) {
        (1, 1, 1, 1) if vias > 0 && lengths < 2 => None,
        (0, ..) => Some("Missing From"),
        (_, 0, ..) => Some("Missing To"),
        (_, _, 0, _) => Some("Missing Call-ID"),
        (.., 0) => Some("Missing CSeq"),
        _ if vias == 0 => Some("Missing Via"),
        _ => Some("Header given twice"),
    }
}

fn names(value: &str) -> bool {
    uri::name_addr(value).is_some_and(|parts| match parts.address.split_once(':') {
        Some(("sip" | "sips" | "SIP" | "SIPS", _)) => uri::parse(parts.address).is_some(),
        Some((scheme, rest)) => !scheme.is_empty() && !rest.is_empty(),
        None => false,
    })
}

/// The body, as long as `Content-Length` says; what follows it in a datagram is ignored (RFC 3261, 18.3).
fn cut<'a>(headers: &Headers, body: &'a [u8]) -> Option<&'a [u8]> {
    let length = headers.iter().find_map(|h| match h {
        Header::ContentLength(value) => Some(value.value()),
        _ => None,
    });
    match length {
        Some(length) => body.get(..length.parse().ok()?),
        None => Some(body),
    }
}

/// The bytes before and after the first empty line; no body where there is no such line.
fn split(bytes: &[u8]) -> (&[u8], Option<&[u8]>) {
    match memchr::memmem::find(bytes, b"\r\n\r\n") {
        Some(at) => (&bytes[..at], Some(&bytes[at + 4..])),
        None => match memchr::memmem::find(bytes, b"\n\n") {
            Some(at) => (&bytes[..at], Some(&bytes[at + 2..])),
            None => (bytes, None),
        },
    }
}

fn headers(lines: Lines<'_>, fault: &mut Option<&'static str>) -> Headers {
    let mut found = Headers(Vec::with_capacity(16));
    let mut pending: Option<(&str, String)> = None;
    for line in lines {
        if let Some(b' ' | b'\t') = line.first() {
            // A line that begins with a blank goes on with the one before (RFC 3261, 7.3.1).
            if let Some((_, value)) = &mut pending {
                value.push(' ');
                value.push_str(text::decode(line).trim());
            }
            continue;
        }
        if let Some((name, value)) = pending.take() {
            push(&mut found, name, value);
        }
        if found.len() >= HEADERS {
            *fault = Some("Too many headers");
            return found;
        }
        let parts = memchr::memchr(b':', line).map(|at| (&line[..at], &line[at + 1..]));
        let name = parts
            .and_then(|(name, _)| std::str::from_utf8(name).ok())
            .map(str::trim_end);
        match (name, parts) {
            (Some(name), Some((_, value))) if !name.is_empty() && name.bytes().all(token) => {
                pending = Some((name, text::decode(value).trim().to_owned()));
            }
            _ => *fault = Some("Bad header line"),
        }
    }
    if let Some((name, value)) = pending {
        push(&mut found, name, value);
    }
    found
}

fn push(headers: &mut Headers, name: &str, value: String) {
    // The short forms that rsipstack does not know (RFC 3903, 3841, 6665).
    let name = match name {
        "u" | "U" => "Allow-Events",
        "a" | "A" => "Accept-Contact",
        "d" | "D" => "Request-Disposition",
        "j" | "J" => "Reject-Contact",
        name => name,
    };
    headers.push(make_header(name, value));
}

fn token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

/// Lines without their ends.
struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let (line, rest) = match memchr::memchr(b'\n', self.0) {
            Some(at) => (&self.0[..at], &self.0[at + 1..]),
            None => (self.0, &[][..]),
        };
        self.0 = rest;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

fn silent(why: &'static str) -> Malformed {
    Malformed { why, answer: None }
}

/// An answer to what could not be read: with as much of it as came through.
fn bad(headers: &Headers, code: u16, why: &'static str) -> Malformed {
    // Without a `Via` it is nobody's; with one that makes no sense the answer goes where it came from.
    if !headers.iter().any(|h| matches!(h, Header::Via(_))) {
        return silent(why);
    }
    let mut kept: Vec<Header> = Vec::new();
    for header in headers.iter() {
        let single = |k: &Header| std::mem::discriminant(k) == std::mem::discriminant(header);
        match header {
            Header::Via(_) => kept.push(header.clone()),
            Header::From(_) | Header::To(_) | Header::CallId(_) | Header::CSeq(_)
                if !kept.iter().any(single) =>
            {
                kept.push(header.clone());
            }
            _ => {}
        }
    }
    let status_code = StatusCode::try_from((code, why)).unwrap_or(StatusCode::BadRequest);
    Malformed {
        why,
        answer: Some(Box::new(Response {
            wire_reason: (status_code.text() != why).then(|| why.to_owned()),
            status_code,
            version: Version::V2,
            headers: Headers(kept),
            body: Vec::new(),
        })),
    }
}

/// Value of a header by name, the first of them.
pub fn value<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|h| h.name().eq_ignore_ascii_case(name))
        .map(Header::value)
}

/// `Call-ID` of a request; empty where there is none, which [`parse`] lets not pass.
pub fn call_id(request: &Request) -> &str {
    request.call_id_header().map_or("", |id| id.value())
}
