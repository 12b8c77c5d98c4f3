//! Answers, made of the requests that they answer.

use rsipstack::sip::{Header, Headers, Request, Response, StatusCode, Version};

use crate::uri;

/// An answer with what RFC 3261 (8.2.6.2) takes over from the request. `tag` goes to `To` where that has
/// none; empty for none. `Via` is the carrier's.
pub fn to(request: &Request, code: StatusCode, tag: &str) -> Response {
    let mut headers = Headers(Vec::with_capacity(12));
    for header in request.headers.iter() {
        match header {
            Header::From(_) | Header::CallId(_) | Header::CSeq(_) => headers.push(header.clone()),
            Header::Timestamp(_) if code == StatusCode::Trying => headers.push(header.clone()),
            Header::To(value) => headers.push(Header::To(match tag {
                "" => value.clone(),
                _ if tagged(value.value()) => value.clone(),
                tag => format!("{};tag={tag}", value.value()).into(),
            })),
            _ => {}
        }
    }
    Response {
        status_code: code,
        wire_reason: None,
        version: Version::V2,
        headers,
        body: Vec::new(),
    }
}

/// The tag of `To`, where it has one.
pub fn to_tag(headers: &Headers) -> Option<&str> {
    headers.iter().find_map(|h| match h {
        Header::To(value) => tag(value.value()),
        _ => None,
    })
}

/// The tag of `From`, where it has one.
pub fn from_tag(headers: &Headers) -> Option<&str> {
    headers.iter().find_map(|h| match h {
        Header::From(value) => tag(value.value()),
        _ => None,
    })
}

fn tagged(value: &str) -> bool {
    tag(value).is_some()
}

fn tag(value: &str) -> Option<&str> {
    // What follows the address is a slice of the value: no need of the name before it.
    let params = match value.rfind('>') {
        Some(at) => &value[at + 1..],
        None => value.find(';').map_or("", |at| &value[at..]),
    };
    uri::param(params, "tag").filter(|tag| !tag.is_empty())
}
