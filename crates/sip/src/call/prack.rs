//! Provisional answers that arrive for sure (RFC 3262).

use std::time::Duration;

use rsipstack::sip::{Method, Request, Response};

use super::hands::{Dice, Hands};
use super::leg::{Call, Phase, What};
use super::message::{self, Asked, header, names, value};
use super::moments::{Due, T1, T2};

/// Ours, to an INVITE of theirs.
pub(super) struct Reliably {
    /// Whether provisional answers are to be sent so.
    pub(super) wanted: bool,
    /// Number of the last one; 0 for none.
    sequence: u32,
    waiting: Option<Waiting>,
    /// What is to be said once the PRACK is there.
    pub(super) next: Option<u16>,
    /// Whether one with a description has arrived.
    pub(super) described: bool,
}

struct Waiting {
    response: Response,
    again: Duration,
    described: bool,
}

impl Reliably {
    pub(super) fn new(wanted: bool) -> Reliably {
        Reliably {
            wanted,
            sequence: 0,
            waiting: None,
            next: None,
            described: false,
        }
    }

    /// Whether a PRACK has yet to come.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether what waits for it has a description.
    pub(super) fn describing(&self) -> bool {
        self.waiting
            .as_ref()
            .is_some_and(|waiting| waiting.described)
    }

    /// Gives an answer its number, and keeps it until its PRACK.
    pub(super) fn number(&mut self, response: &mut Response, dice: &mut Dice, described: bool) {
        self.sequence = match self.sequence {
            // RFC 3262, 3: the first is chosen by chance, from 1 to 2**31 - 1; room for more is kept.
            0 => dice.below(1 << 30) + 1,
            last => last + 1,
        };
        response.headers.push(header("Require", "100rel"));
        response
            .headers
            .push(header("RSeq", self.sequence.to_string()));
        self.waiting = Some(Waiting {
            response: response.clone(),
            again: T1,
            described,
        });
    }

    /// Whether a PRACK with this number is for what waits; nothing waits any more if so.
    fn arrived(&mut self, sequence: u32) -> bool {
        let fits = self.sequence == sequence;
        match self.waiting.take_if(|_| fits) {
            Some(waiting) => {
                self.described |= waiting.described;
                true
            }
            None => false,
        }
    }
}

impl Call {
    /// A PRACK of theirs (RFC 3262, 3).
    pub(super) fn pracked(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, request: &Request) {
        let Phase::Arriving(arriving) = &mut self.phase else {
            return self.reply(hands, asked, 481);
        };
        let mut words = value(&request.headers, "RAck")
            .unwrap_or_default()
            .split_ascii_whitespace();
        let (sequence, invite) = (number(words.next()), number(words.next()));
        let known = invite == arriving.asked.sequence && arriving.reliably.arrived(sequence);
        if !known {
            return self.reply(hands, asked, 481);
        }
        let next = arriving.reliably.next.take();
        let answer_wanted = arriving.answer_wanted;
        self.forget(hands, Due::ReliableAgain);
        self.forget(hands, Due::ReliableEnd);
        let mut response = asked.answer(200);
        let body = message::description(&request.headers, &request.body);
        if let (Some(body), Some(sound)) = (body, &mut self.sound) {
            // An answer to our offer, or an offer of theirs.
            match sound.exchange.is_open() {
                true => {
                    let _ = sound.exchange.answered(body);
                }
                false => match sound.exchange.answer(body) {
                    Ok(answer) => message::put(
                        &mut response.headers,
                        &mut response.body,
                        "application/sdp",
                        answer,
                    ),
                    Err(_) => response = asked.answer(488),
                },
            }
        }
        self.respond(hands, asked, response);
        self.agree(hands);
        if let Some(code) = next {
            self.provisional(hands, code);
        }
        if answer_wanted {
            self.answer(hands);
        }
    }

    /// A reliable answer is said again.
    pub(super) fn say_reliably_again(&mut self, hands: &mut Hands<'_, '_>) {
        let Phase::Arriving(arriving) = &mut self.phase else {
            return;
        };
        let Some(waiting) = &mut arriving.reliably.waiting else {
            return;
        };
        // RFC 3262, 3: the interval is doubled, without T2's cap.
        waiting.again = (waiting.again * 2).min(T2 * 8);
        let (again, response) = (waiting.again, waiting.response.clone());
        super::leg::respond(hands.cx, arriving.asked.transaction, response);
        self.wait(hands, Due::ReliableAgain, again);
    }

    /// No PRACK came: the INVITE is refused (RFC 3262, 3).
    pub(super) fn never_pracked(&mut self, hands: &mut Hands<'_, '_>) {
        self.refuse(hands, 504, None);
    }

    /// A provisional answer of theirs that wants to be acknowledged. Whether it is news: one that comes
    /// again, or out of turn, is not (RFC 3262, 4).
    pub(super) fn prack(&mut self, hands: &mut Hands<'_, '_>, response: &Response) -> bool {
        let headers = &response.headers;
        if !names(headers, "Require", "100rel") {
            return true;
        }
        let tag = super::dialog::tag_of(value(headers, "To").unwrap_or_default());
        let sequence = number(value(headers, "RSeq"));
        let Phase::Calling(calling) = &mut self.phase else {
            return true;
        };
        let invite = calling.sequence;
        let room = calling.reliable.len() < super::outgoing::MAX_FORKS;
        match calling.reliable.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, last)) if sequence != last.wrapping_add(1) => return false,
            Some((_, last)) => *last = sequence,
            None if room => calling.reliable.push((tag, sequence)),
            None => return false,
        }
        let mut request = self.dialog.request(Method::PRack, hands.cx.settings);
        request
            .headers
            .push(header("RAck", format!("{sequence} {invite} INVITE")));
        self.send(hands, What::Minor, request);
        true
    }
}

fn number(text: Option<&str>) -> u32 {
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(0)
}
