//! Messages to bytes.

use std::io::Write;

use rsipstack::sip::{Header, Headers, Request, Response};

use crate::uri;

/// A request's bytes, with `vias` in front of its own headers.
pub(crate) fn request(request: &Request, vias: &[String]) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024 + request.body.len());
    line(
        &mut out,
        format_args!("{} {} SIP/2.0\r\n", request.method, uri::text(&request.uri)),
    );
    rest(&mut out, vias, &request.headers, &request.body);
    out
}

/// An answer's bytes, with `vias` in front of its own headers.
pub(crate) fn response(response: &Response, vias: &[String]) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024 + response.body.len());
    let reason = match &response.wire_reason {
        Some(reason) => reason,
        None => response.status_code.text(),
    };
    line(
        &mut out,
        format_args!("SIP/2.0 {} {reason}\r\n", response.status_code.code()),
    );
    rest(&mut out, vias, &response.headers, &response.body);
    out
}

fn rest(out: &mut Vec<u8>, vias: &[String], headers: &Headers, body: &[u8]) {
    for via in vias {
        header(out, "Via", via);
    }
    for each in headers.iter() {
        if !matches!(each, Header::ContentLength(_) | Header::Via(_)) {
            header(out, each.name(), each.value());
        }
    }
    line(out, format_args!("Content-Length: {}\r\n\r\n", body.len()));
    out.extend_from_slice(body);
}

fn header(out: &mut Vec<u8>, name: &str, value: &str) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    // A value that came from a caller's name or a variable must not begin a line of its own.
    match value.contains(['\r', '\n']) {
        true => text::encode(&value.replace(['\r', '\n'], " "), out),
        false => text::encode(value, out),
    }
    out.extend_from_slice(b"\r\n");
}

fn line(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing into memory does not fail.
    let _ = out.write_fmt(text);
}
