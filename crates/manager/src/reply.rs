//! What a handler gives back: the bytes of a reply, but for its ActionID.

use ami::encode::{self, Value};
use ami::{Event, reply};

/// A reply, and the items of a list behind it. A handler never sees the socket: the session puts the
/// ActionID in and writes it where its turn is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    response: &'static str,
    /// The lines after the ActionID.
    body: Vec<u8>,
    /// Whole packets that follow.
    items: Vec<u8>,
}

impl Reply {
    /// `Response: Success` with this message.
    pub fn success(message: impl AsRef<str>) -> Reply {
        Reply::fields().line("Message", message.as_ref())
    }

    /// `Response: Error` with this message.
    pub fn error(message: impl AsRef<str>) -> Reply {
        Reply::new("Error").line("Message", message.as_ref())
    }

    /// `Response: Success`, for a reply of lines without a message.
    pub fn fields() -> Reply {
        Reply::new("Success")
    }

    /// `Response: Goodbye`, which only Logoff gives.
    pub fn goodbye(message: &str) -> Reply {
        Reply::new("Goodbye").line("Message", message)
    }

    /// Any word after `Response`.
    pub fn new(response: &'static str) -> Reply {
        // Most bodies are a line or two.
        Reply {
            response,
            body: Vec::with_capacity(64),
            items: Vec::new(),
        }
    }

    /// No bytes at all: whoever made it has nothing to say.
    pub fn silence() -> Reply {
        Reply::new("")
    }

    /// One more line.
    #[must_use]
    pub fn line<V: Value + ?Sized>(mut self, key: &str, value: &V) -> Reply {
        encode::line(&mut self.body, key, value);
        self
    }

    /// A line of bytes that are not to be escaped: the old dialect's `Command` prints lines without keys.
    /// The caller answers for what stands in it.
    #[must_use]
    pub fn raw(mut self, bytes: &[u8]) -> Reply {
        self.body.extend_from_slice(bytes);
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.response == "Error"
    }

    /// Appends the bytes of the whole.
    pub fn write(&self, action_id: &str, out: &mut Vec<u8>) {
        if self.response.is_empty() {
            return;
        }
        // What is left open here is finished by the body, which has its line ends.
        let _ = reply::Reply::new(out, self.response, action_id);
        out.extend_from_slice(&self.body);
        encode::end(out);
        out.extend_from_slice(&self.items);
    }
}

/// So that a handler may use `?` and return `Result<Reply, Reply>`, or just a `Reply`.
impl<E: Into<Reply>> From<Result<Reply, E>> for Reply {
    fn from(outcome: Result<Reply, E>) -> Reply {
        outcome.unwrap_or_else(Into::into)
    }
}

/// A list being made: `EventList: start`, items, completion. Made by `Cx::list`.
#[derive(Debug)]
pub struct List<'a> {
    action_id: &'a str,
    reply: Reply,
    count: usize,
}

impl<'a> List<'a> {
    /// A list whose reply begins with `response` and has this message.
    pub fn new(response: &'static str, message: &str, action_id: &'a str) -> List<'a> {
        let reply = Reply::new(response)
            .line("EventList", "start")
            .line("Message", message);
        List {
            action_id,
            reply,
            count: 0,
        }
    }

    /// Adds an item.
    pub fn item<E: Event>(&mut self, item: &E) {
        item.write_item(&mut self.reply.items, self.action_id);
        self.count += 1;
    }

    /// How many items there are, for `ListItems`.
    pub fn len(&self) -> usize {
        self.count
    }

    /// How many items there are, as `ListItems` prints it.
    pub fn count(&self) -> u64 {
        self.count as u64
    }

    /// Whether there is no item yet.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Ends the list with its completion event, made of the number of items.
    pub fn complete<E: Event>(mut self, complete: &E) -> Reply {
        complete.write_item(&mut self.reply.items, self.action_id);
        self.reply
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(reply: &Reply, action_id: &str) -> String {
        let mut out = Vec::new();
        reply.write(action_id, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_action_id_stands_right_behind_the_response() {
        assert_eq!(
            written(&Reply::success("Channel Hungup"), "7"),
            "Response: Success\r\nActionID: 7\r\nMessage: Channel Hungup\r\n\r\n"
        );
        assert_eq!(
            written(&Reply::error("Permission denied"), ""),
            "Response: Error\r\nMessage: Permission denied\r\n\r\n"
        );
        assert_eq!(
            written(&Reply::fields().line("Events", "On"), ""),
            "Response: Success\r\nEvents: On\r\n\r\n"
        );
        assert_eq!(written(&Reply::silence(), "7"), "");
    }
}
