//! Digits and texts as messages of SIP: INFO (RFC 6086, and what phones said before it) and MESSAGE.

use std::time::Duration;

use engine::FromChannel;
use rsipstack::sip::{Method, Request};
use switch::Text;
use switch::signal::Signal;

use super::hands::Hands;
use super::leg::{Call, What};
use super::message::{self, Asked, header};
use crate::limits;

/// How long a digit is where nobody says.
const USUAL: Duration = Duration::from_millis(250);

/// No key is held longer.
const LONGEST: Duration = Duration::from_secs(10);

impl Call {
    /// An INFO of theirs.
    pub(super) fn informed(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, request: &Request) {
        let digit = match message::content(&request.headers, &request.body) {
            Some((kind, body)) if kind == "application/dtmf-relay" => relay(&text::decode(body)),
            Some((kind, body)) if kind == "application/dtmf" => plain(&text::decode(body)),
            // RFC 6086, 4.2.2: one without a body asks for nothing.
            None => return self.reply(hands, asked, 200),
            Some(_) => {
                let mut response = asked.answer(415);
                let known = "application/dtmf-relay, application/dtmf";
                response.headers.push(header("Accept", known));
                return self.respond(hands, asked, response);
            }
        };
        let Some((digit, span)) = digit else {
            return self.reply(hands, asked, 400);
        };
        self.reply(hands, asked, 200);
        match digit {
            '!' => {}
            digit => {
                self.tell(hands, FromChannel::DigitBegin(digit));
                self.tell(hands, FromChannel::DigitEnd(digit, span));
            }
        }
    }

    /// A MESSAGE of theirs inside the call.
    pub(super) fn written(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, request: &Request) {
        match message::content(&request.headers, &request.body) {
            Some((_, body)) if body.len() > limits::TEXT => self.reply(hands, asked, 413),
            Some((kind, body)) if kind.starts_with("text/") => {
                let text = Text::from(&*text::decode(body));
                self.reply(hands, asked, 200);
                self.signal(hands, Signal::Text(text));
            }
            Some(_) => {
                let mut response = asked.answer(415);
                response.headers.push(header("Accept", "text/plain"));
                self.respond(hands, asked, response);
            }
            None => self.reply(hands, asked, 200),
        }
    }

    /// A digit for the far end: its beginning, or (with a span) its end.
    pub(super) fn digit(&mut self, hands: &mut Hands<'_, '_>, digit: char, span: Option<Duration>) {
        let Some(sound) = &self.sound else {
            return;
        };
        let digits = sound.exchange.agreed().map(|agreed| agreed.digits);
        if digits != Some(media::session::Digits::Signalled) {
            return hands.cx.sound.digit(sound.session, digit, span);
        }
        // INFO says a digit at once: when it is over and its length known.
        let Some(span) = span.filter(|_| self.is_up()) else {
            return;
        };
        let mut request = self.request(hands, Method::Info);
        let span = if span.is_zero() { USUAL } else { span };
        let body = format!("Signal={digit}\r\nDuration={}\r\n", span.as_millis());
        let kind = "application/dtmf-relay";
        message::put(
            &mut request.headers,
            &mut request.body,
            kind,
            body.into_bytes(),
        );
        self.send(hands, What::Minor, request);
    }

    /// A text for the far end.
    pub(super) fn write(&mut self, hands: &mut Hands<'_, '_>, text: &str) {
        if !self.is_up() {
            return;
        }
        let mut request = self.request(hands, Method::Message);
        let body = text::to_bytes(text).into_owned();
        message::put(
            &mut request.headers,
            &mut request.body,
            "text/plain;charset=UTF-8",
            body,
        );
        self.send(hands, What::Minor, request);
    }
}

/// `Signal=5`, `Duration=160`.
fn relay(body: &str) -> Option<(char, Duration)> {
    let line = |name: &str| {
        body.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let digit = one(line("Signal")?)?;
    let span = line("Duration").and_then(|ms| ms.parse().ok());
    let span = span.map_or(USUAL, Duration::from_millis).min(LONGEST);
    Some((digit, span))
}

fn plain(body: &str) -> Option<(char, Duration)> {
    Some((one(body.trim())?, USUAL))
}

/// A digit, as a character or as the number of its event (RFC 4733, 3.2).
fn one(word: &str) -> Option<char> {
    match word {
        "10" => return Some('*'),
        "11" => return Some('#'),
        "12" | "13" | "14" | "15" => {
            let number: u32 = word.parse().ok()?;
            return char::from_u32(u32::from('A') + number - 12);
        }
        "16" => return Some('!'),
        _ => {}
    }
    let mut chars = word.chars();
    let digit = chars.next()?.to_ascii_uppercase();
    let known = digit.is_ascii_digit() || "*#ABCD!".contains(digit);
    (known && chars.next().is_none()).then_some(digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_info_are_read() {
        let span = Duration::from_millis(160);
        assert_eq!(relay("Signal=5\r\nDuration=160\r\n"), Some(('5', span)));
        assert_eq!(relay("Signal= *\r\nDuration= 160"), Some(('*', span)));
        assert_eq!(relay("signal=11"), Some(('#', USUAL)));
        assert_eq!(relay("Signal=d\nDuration=99999999"), Some(('D', LONGEST)));
        assert_eq!(relay("Duration=160"), None);
        assert_eq!(plain("7\r\n"), Some(('7', USUAL)));
        assert_eq!(plain(""), None);
        assert_eq!(plain("77"), None);
    }
}
