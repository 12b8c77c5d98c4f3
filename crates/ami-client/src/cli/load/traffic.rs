//! The bytes that a measurement sends.

use std::io::Write;

/// A byte that nothing but what is to be counted has: once in each.
pub(super) const MARK: u8 = b'~';

/// Digits of a time stamp: nanoseconds since the measurement began, for 300 years.
pub(super) const STAMP_DIGITS: usize = 19;

/// What an event is long for a listener, in bytes.
pub(super) const EVENT_SIZE: usize = 350;

/// The head that a switch gives the event, by which the request is shorter or longer than the event.
const EVENT_HEAD: &str = "Event: UserEvent\r\nPrivilege: user,all\r\n";
const REQUEST_HEAD: &str = "Action: UserEvent\r\n";

/// The lines of request and event alike up to the stamp, and from the stamp to the filling.
const NAME: &str = "UserEvent: Load\r\nSent: ~";
const FILLING: &str = "\r\nText: ";
const END: &str = "\r\n\r\n";

/// Appends a request for an event that carries a time stamp.
pub(super) fn stamped(nanoseconds: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(REQUEST_HEAD.as_bytes());
    body(nanoseconds, out);
}

/// Appends an event as a listener gets it, in the current dialect.
pub(super) fn event(nanoseconds: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(EVENT_HEAD.as_bytes());
    body(nanoseconds, out);
}

fn body(nanoseconds: u64, out: &mut Vec<u8>) {
    const FIXED: usize = EVENT_HEAD.len() + NAME.len() + STAMP_DIGITS + FILLING.len() + END.len();
    const { assert!(FIXED < EVENT_SIZE) };
    out.extend_from_slice(NAME.as_bytes());
    // Writing to a vector does not fail.
    let _ = write!(out, "{nanoseconds:0width$}", width = STAMP_DIGITS);
    out.extend_from_slice(FILLING.as_bytes());
    out.resize(out.len() + EVENT_SIZE - FIXED, b'x');
    out.extend_from_slice(END.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::load::count;

    #[test]
    fn an_event_has_its_size_and_one_mark() {
        let mut out = Vec::new();
        event(u64::MAX / 10, &mut out);
        assert_eq!(out.len(), EVENT_SIZE);
        assert_eq!(count::marks(&out), 1);
    }

    #[test]
    fn a_request_is_one_packet() {
        let mut out = Vec::new();
        stamped(7, &mut out);
        let mut input = out.as_slice();
        let mut decoder = ami::Decoder::new();
        let packet = decoder.decode(&mut input).unwrap().unwrap();
        assert_eq!(packet.get("Sent"), "~0000000000000000007");
        assert!(input.is_empty() && decoder.is_idle());
    }
}
