//! Bytes off a socket into packets.

use std::fmt;

use memchr::memchr;

use crate::Packet;
use crate::limits::Limits;

/// Splits a stream of bytes into packets, wherever the network cut it.
///
/// A line ends with CRLF or LF alone, a packet with an empty line; an empty line where no packet was begun
/// gives an empty packet. A line without a colon, or with nothing before it, is skipped. Blanks around key
/// and value go. What passes a limit makes an [`Overflow`] of the whole packet, and decoding goes on after
/// its empty line.
///
/// Between packets a decoder owns no memory but itself, so an idle session is cheap.
#[derive(Debug)]
pub struct Decoder {
    limits: &'static Limits,
    /// The beginning of a line whose end has not come, at most one byte longer than a line may be.
    partial: Vec<u8>,
    /// The headers of a packet whose end has not come.
    packet: Packet,
    /// Bytes of that packet's finished lines.
    size: usize,
    /// The limit that the packet has passed; the rest of it is not kept.
    passed: Option<Limit>,
    /// Inside a line that was too long: everything up to its end is dropped.
    in_long_line: bool,
    /// Whether the old dialect's `Response: Follows` has a meaning.
    replies: bool,
    /// Inside the output of a command in the old dialect, where lines are no headers.
    in_output: bool,
}

/// What ends the output of a command in the old dialect.
const END_OF_OUTPUT: &str = "--END COMMAND--";

impl Decoder {
    /// A decoder for what clients send.
    pub const fn new() -> Self {
        Self::with_limits(&Limits::REQUEST)
    }

    /// A decoder for what switches send to clients.
    ///
    /// In the old dialect a command's output stands in its reply as it is. Each of its lines, empty ones
    /// too, becomes a header `Output`, so both dialects read alike.
    pub const fn for_replies() -> Self {
        let mut decoder = Self::with_limits(&Limits::REPLY);
        decoder.replies = true;
        decoder
    }

    /// A decoder with limits of its own.
    pub const fn with_limits(limits: &'static Limits) -> Self {
        Self {
            limits,
            partial: Vec::new(),
            packet: Packet::new(),
            size: 0,
            passed: None,
            in_long_line: false,
            replies: false,
            in_output: false,
        }
    }

    /// Takes the next packet off the front of `input`, which keeps what comes after it. `None` when the
    /// input is used up; whatever was unfinished is kept for the next call.
    pub fn decode(&mut self, input: &mut &[u8]) -> Option<Result<Packet, Overflow>> {
        loop {
            let Some(at) = memchr(b'\n', input) else {
                self.keep(input);
                *input = &[];
                return None;
            };
            let (line, rest) = input.split_at(at);
            *input = rest.get(1..).unwrap_or_default();
            if let Some(item) = self.line_ended(line) {
                return Some(item);
            }
        }
    }

    /// Whether the stream may stop here without cutting a packet in two.
    pub fn is_idle(&self) -> bool {
        self.partial.is_empty() && self.size == 0
    }

    fn keep(&mut self, input: &[u8]) {
        if self.in_long_line {
            return;
        }
        // One byte more than a line may have: it can turn out to be the CR of the line end.
        if self.partial.len() + input.len() > self.limits.line + 1 {
            self.in_long_line = true;
            self.partial = Vec::new();
            self.pass(Limit::Line);
        } else {
            self.partial.extend_from_slice(input);
        }
    }

    /// The bytes of `line` complete a line; a packet comes of it if the line is empty.
    fn line_ended(&mut self, line: &[u8]) -> Option<Result<Packet, Overflow>> {
        if self.in_long_line {
            self.in_long_line = false;
            return None;
        }
        if self.partial.is_empty() {
            return self.line(line);
        }
        let mut whole = std::mem::take(&mut self.partial);
        whole.extend_from_slice(line);
        self.line(&whole)
    }

    fn line(&mut self, line: &[u8]) -> Option<Result<Packet, Overflow>> {
        let content = line.strip_suffix(b"\r").unwrap_or(line);
        if content.is_empty() && !self.in_output {
            return Some(self.packet_ended());
        }
        if content.len() > self.limits.line {
            // Not counted for the packet: in pieces it would not be either.
            self.pass(Limit::Line);
            return None;
        }
        self.size = self.size.saturating_add(line.len() + 1);
        if self.size > self.limits.packet {
            self.pass(Limit::Packet);
        }
        if self.in_output {
            self.output(&text::decode(content));
        } else if let Some((key, value)) = header(&text::decode(content)) {
            self.header(key, value);
            self.in_output =
                self.replies && self.passed.is_none() && self.output_begins(key, value);
        }
        None
    }

    fn header(&mut self, key: &str, value: &str) {
        if self.passed.is_some() {
            // The refusal can only be matched to its request by the ActionID, even if that comes late.
            if self.packet.is_empty() && key.eq_ignore_ascii_case("ActionID") {
                self.packet.push(key, value);
            }
        } else if self.packet.len() == self.limits.headers {
            self.pass(Limit::Headers);
            self.header(key, value);
        } else {
            self.packet.push(key, value);
        }
    }

    fn output_begins(&self, key: &str, value: &str) -> bool {
        key.eq_ignore_ascii_case("Privilege")
            && value == "Command"
            && self.packet.iter().next() == Some(("Response", "Follows"))
    }

    /// One line of a command's output in the old dialect.
    fn output(&mut self, line: &str) {
        // The ActionID comes after the privilege, and the end may follow the last line without a break.
        let is_first =
            self.packet.find("Output").is_none() && self.packet.find("ActionID").is_none();
        if let Some(id) = line.strip_prefix("ActionID: ").filter(|_| is_first) {
            self.header("ActionID", id);
        } else if let Some(last) = line.strip_suffix(END_OF_OUTPUT) {
            self.in_output = false;
            if !last.is_empty() {
                self.header("Output", last);
            }
        } else {
            self.header("Output", line);
        }
    }

    fn pass(&mut self, limit: Limit) {
        if self.passed.is_none() {
            self.passed = Some(limit);
            let packet = std::mem::take(&mut self.packet);
            if let Some(id) = packet.find("ActionID") {
                self.packet.push("ActionID", id);
            }
        }
        self.in_output = false;
        // The packet has begun, even if no line of it was ever finished.
        self.size = self.size.max(1);
    }

    fn packet_ended(&mut self) -> Result<Packet, Overflow> {
        self.size = 0;
        let packet = std::mem::take(&mut self.packet);
        match self.passed.take() {
            None => Ok(packet),
            Some(limit) => Err(Overflow {
                limit,
                most: limit.of(self.limits),
                action_id: packet.get("ActionID").to_owned(),
            }),
        }
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

/// Key and value of a line, without the blanks around them.
fn header(line: &str) -> Option<(&str, &str)> {
    let colon = memchr(b':', line.as_bytes())?;
    let (key, value) = line.split_at_checked(colon)?;
    let key = trim(key);
    (!key.is_empty()).then(|| (key, trim(value.get(1..).unwrap_or_default())))
}

/// Blanks are what Asterisk takes for such: space and every control character.
fn trim(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

/// A packet that was dropped because it passed a limit. Displays as the message of the refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overflow {
    /// Which limit.
    pub limit: Limit,
    /// How much it allows, in bytes or headers.
    pub most: usize,
    /// The packet's ActionID, or empty.
    pub action_id: String,
}

impl fmt::Display for Overflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = self.most;
        match self.limit {
            Limit::Line => write!(f, "Line too long: the limit is {most} bytes"),
            Limit::Packet => write!(f, "Packet too large: the limit is {most} bytes"),
            Limit::Headers => write!(f, "Too many headers: the limit is {most}"),
        }
    }
}

impl std::error::Error for Overflow {}

/// What a packet can have too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bytes in a line.
    Line,
    /// Bytes in all.
    Packet,
    /// Headers.
    Headers,
}

impl Limit {
    const fn of(self, limits: &Limits) -> usize {
        match self {
            Self::Line => limits.line,
            Self::Packet => limits.packet,
            Self::Headers => limits.headers,
        }
    }
}

#[cfg(test)]
mod tests;
