//! Answering an action.
//!
//! Clients read replies by position: `Response` first, then the `ActionID` they sent, if they sent one,
//! then `Message`, with nothing between. A [`Reply`] can be written in no other order.

use crate::encode::{self, Value};

/// A reply being written; [`Reply::end`] finishes it.
#[derive(Debug)]
#[must_use = "a reply without its empty line swallows the next packet"]
pub struct Reply<'a> {
    out: &'a mut Vec<u8>,
}

impl<'a> Reply<'a> {
    /// `Response: Success`.
    pub fn success(out: &'a mut Vec<u8>, action_id: &str) -> Self {
        Self::new(out, "Success", action_id)
    }

    /// `Response: Error` with its message.
    pub fn error(out: &'a mut Vec<u8>, action_id: &str, message: &str) -> Self {
        Self::new(out, "Error", action_id).line("Message", message)
    }

    /// `Response: Goodbye`, which only Logoff gives.
    pub fn goodbye(out: &'a mut Vec<u8>, action_id: &str, message: &str) -> Self {
        Self::new(out, "Goodbye", action_id).line("Message", message)
    }

    /// The beginning of a list: `EventList: start`, then the message, which contains `follow` because
    /// PAMI and perl-AMI take the reply for a list by that.
    pub fn list(out: &'a mut Vec<u8>, action_id: &str, message: &str) -> Self {
        Self::success(out, action_id)
            .line("EventList", "start")
            .line("Message", message)
    }

    /// Any other word after `Response`, such as the old dialect's `Follows`.
    pub fn new(out: &'a mut Vec<u8>, response: &str, action_id: &str) -> Self {
        encode::line(out, "Response", response);
        if !action_id.is_empty() {
            encode::line(out, "ActionID", action_id);
        }
        Self { out }
    }

    /// `Message`, which belongs right after the beginning.
    pub fn message(self, message: &str) -> Self {
        self.line("Message", message)
    }

    /// One more line.
    pub fn line<V: Value + ?Sized>(self, key: &str, value: &V) -> Self {
        encode::line(self.out, key, value);
        self
    }

    /// The empty line.
    pub fn end(self) {
        encode::end(self.out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_fixed() {
        let mut out = Vec::new();
        Reply::success(&mut out, "one").line("Ping", "Pong").end();
        Reply::error(&mut out, "", "Permission denied").end();
        Reply::list(&mut out, "1", "Channels will follow").end();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "Response: Success\r\nActionID: one\r\nPing: Pong\r\n\r\n\
             Response: Error\r\nMessage: Permission denied\r\n\r\n\
             Response: Success\r\nActionID: 1\r\nEventList: start\r\nMessage: Channels will follow\r\n\r\n"
        );
    }
}
