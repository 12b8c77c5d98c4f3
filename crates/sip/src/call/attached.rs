//! Headers that the dialplan attaches to the next message.

use super::leg::Call;
use super::message::header;

/// Headers that may be attached for the next message: more would not fit a datagram.
const MAX_ATTACHED: usize = 64;

/// Headers that a message is made of.
const OWN: [&str; 9] = [
    "Via",
    "From",
    "To",
    "Call-ID",
    "CSeq",
    "Route",
    "Max-Forwards",
    "Content-Type",
    "Content-Length",
];

impl Call {
    /// Attaches a header to the next message. What a message is made of cannot be attached, nor what is no
    /// header at all.
    pub(super) fn attach(&mut self, name: &str, value: &str) {
        if !is_header_name(name) || self.attached.len() == MAX_ATTACHED {
            return;
        }
        let header = header(name, value);
        let is_own = |own: &&str| own.eq_ignore_ascii_case(header.name());
        if !OWN.iter().any(is_own) {
            self.attached.push(header);
        }
    }
}

/// Whether a header may have this name: a token (RFC 3261, 25.1).
pub(crate) fn is_header_name(name: &str) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "-.!%*_+`'~".contains(c);
    !name.is_empty() && name.chars().all(token)
}
