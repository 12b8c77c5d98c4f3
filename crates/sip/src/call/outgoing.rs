//! An INVITE of ours, until it is answered (RFC 3261, 13.2).

use engine::FromChannel;
use rsipstack::sip::{Method, Request, Response};
use switch::signal::Signal;
use switch::{Cause, Party, Text};

use super::dialog::tag_of;
use super::hands::Hands;
use super::incoming::kept;
use super::leg::{Call, Phase, Sent, What};
use super::message::{self, header, names, value};
use super::moments::{Due, RINGS};
use super::session_timer;
use super::{causes, identity, proof};
use crate::sdp::Exchange;
use crate::settings::{Rel100, Timers, codecs};
use crate::wire::{ClientTransaction, ToWire};

/// Dialogs that one INVITE may make: a proxy that forks further than this is broken.
pub(super) const MAX_FORKS: usize = 16;

/// How often an INVITE is sent anew because its session timer was too short.
const MAX_INTERVALS: u8 = 3;

/// An INVITE that has no final answer.
pub(super) struct Calling {
    pub(super) transaction: ClientTransaction,
    pub(super) sequence: u32,
    /// Nobody waits for it any more.
    pub(super) given_up: bool,
    /// Reliable provisional answers by the tag of the dialog: the last number.
    pub(super) reliable: Vec<(String, u32)>,
    /// Our offer, as it went out: each dialog answers it for itself.
    offer: Option<Exchange>,
    /// How often it was sent with another session timer, and the least that they asked for.
    intervals: (u8, u32),
    /// Whether an UPDATE changed what an answer before the last had agreed on: that of the 2xx is old then.
    pub(super) changed: bool,
    /// Who sent the call on, and why.
    diverted: Option<(Party, Text)>,
    /// Addresses that sent it elsewhere.
    pub(super) been: Vec<String>,
    /// Whether the engine was told of ringing and of sound.
    told: [bool; 2],
}

impl Calling {
    /// Nothing was sent yet; `given_up` where there is nobody to send it to.
    pub(super) fn new(given_up: bool) -> Calling {
        Calling {
            transaction: ClientTransaction(0),
            sequence: 0,
            given_up,
            reliable: Vec::new(),
            offer: None,
            intervals: (0, 0),
            changed: false,
            diverted: None,
            been: Vec::new(),
            told: [false; 2],
        }
    }
}

impl Call {
    /// Somebody sent the call on that is about to go out.
    pub(super) fn was_diverted(&mut self, by: Option<(Party, Text)>) {
        if let Phase::Calling(calling) = &mut self.phase {
            calling.diverted = by;
        }
    }

    /// Offers what suits whoever calls, as far as the endpoint has it (`outgoing_call_offer_pref`).
    pub(super) fn offer_for(&mut self, formats: &str) {
        let theirs = codecs::read_list(formats);
        let offer = self.endpoint.outgoing_call_offer_pref;
        if let Some(sound) = &mut self.sound {
            sound
                .exchange
                .set_codecs(offer.of(&self.endpoint.allow, &theirs));
        }
    }

    /// Sends the INVITE.
    pub(super) fn invite(&mut self, hands: &mut Hands<'_, '_>) {
        let least = match &self.phase {
            Phase::Calling(calling) if !calling.given_up => calling.intervals.1,
            _ => return,
        };
        let mut request = self.request(hands, Method::Invite);
        self.put_abilities(&mut request, least);
        if self.endpoint.rel100 == Rel100::Required {
            request.headers.push(header("Require", "100rel"));
        }
        if self.endpoint.timers == Timers::Required {
            request.headers.push(header("Require", "timer"));
        }
        let (caller, host) = (self.connected.clone().unwrap_or_default(), self.host());
        identity::assert(&caller, &self.endpoint, &host, true, &mut request.headers);
        if let Phase::Calling(calling) = &self.phase
            && let Some((from, reason)) = &calling.diverted
        {
            identity::divert(from, reason, &self.endpoint, &host, &mut request.headers);
        }
        if let Some(sound) = &mut self.sound {
            let offer = sound.exchange.offer();
            message::put(
                &mut request.headers,
                &mut request.body,
                "application/sdp",
                offer,
            );
        }
        self.send_invite(hands, request, 0);
    }

    pub(super) fn send_invite(&mut self, hands: &mut Hands<'_, '_>, request: Request, proofs: u8) {
        let sequence = message::sequence(&request.headers);
        let transaction = self.send_again(hands, What::Invite, request, proofs);
        let offer = self.sound.as_ref().map(|sound| sound.exchange.clone());
        if let Phase::Calling(calling) = &mut self.phase {
            calling.transaction = transaction;
            calling.sequence = sequence;
            calling.offer = offer;
        }
    }

    /// An answer to the INVITE.
    pub(super) fn invite_answered(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ClientTransaction,
        response: &Response,
    ) {
        let code = response.status_code.code();
        if code < 200 && !self.has_given_up() {
            self.wait(hands, Due::Vanished, RINGS);
        }
        match code {
            100 => {}
            101..200 => self.alerted(hands, code, response),
            200..300 => self.put_through(hands, transaction, response),
            401 | 407 | 422 if !self.has_given_up() => {
                let sent = self.sent(transaction).cloned();
                self.done(hands, transaction);
                let again = sent.and_then(|sent| match code {
                    422 => self.longer(&sent, response),
                    _ => proof::of(hands, &self.endpoint, &sent, response),
                });
                match again {
                    Some((mut request, proofs)) => {
                        self.dialog.sequence += 1;
                        renumber(&mut request, self.dialog.sequence);
                        self.send_invite(hands, request, proofs);
                    }
                    None => self.turned_down(hands, transaction, code, response),
                }
            }
            300..=399 if !self.has_given_up() => {
                let sent = self.sent(transaction).cloned();
                self.done(hands, transaction);
                if !self.redirected(hands, sent, response) {
                    self.turned_down(hands, transaction, code, response);
                }
            }
            _ => {
                self.done(hands, transaction);
                self.turned_down(hands, transaction, code, response);
            }
        }
    }

    /// The INVITE again, with a session timer that they take (RFC 4028, 7.3).
    fn longer(&mut self, sent: &Sent, response: &Response) -> Option<(Request, u8)> {
        let Phase::Calling(calling) = &mut self.phase else {
            return None;
        };
        let least = session_timer::their_least(&response.headers);
        if calling.given_up || calling.intervals.0 == MAX_INTERVALS || least <= calling.intervals.1
        {
            return None;
        }
        calling.intervals = (calling.intervals.0 + 1, least);
        let (interval, least) = session_timer::wanted(&self.endpoint, least);
        let mut request = (**sent.request.as_ref()?).clone();
        for (name, value) in [("Session-Expires", interval), ("Min-SE", least)] {
            request
                .headers
                .retain(|old| !old.name().eq_ignore_ascii_case(name));
            request.headers.push(header(name, value.to_string()));
        }
        Some((request, sent.proofs))
    }

    fn has_given_up(&self) -> bool {
        !matches!(&self.phase, Phase::Calling(calling) if !calling.given_up)
    }

    /// 101 to 199.
    fn alerted(&mut self, hands: &mut Hands<'_, '_>, code: u16, response: &Response) {
        match &self.phase {
            Phase::Calling(calling) if !calling.given_up => {}
            _ => return,
        }
        let headers = &response.headers;
        let tag = tag_of(value(headers, "To").unwrap_or_default());
        if !tag.is_empty() {
            self.dialog.learn(response);
            self.takes_update |= names(headers, "Allow", "UPDATE");
        }
        if !self.prack(hands, response) {
            return;
        }
        let described = message::description(headers, &response.body);
        let has_sound = described.is_some_and(|body| self.take_answer(body));
        if has_sound {
            self.agree(hands);
        }
        self.hear_whom(hands, response);
        let Phase::Calling(calling) = &mut self.phase else {
            return;
        };
        let told = calling.told;
        let progress = match code {
            183 => has_sound || !self.endpoint.ignore_183_without_sdp,
            _ => has_sound,
        };
        calling.told = [told[0] || code == 180, told[1] || progress];
        if code == 180 {
            self.signal(hands, Signal::Ringing);
        }
        if progress && !told[1] {
            self.signal(hands, Signal::Progress);
        }
    }

    /// Takes an answer to the offer of our INVITE; each of its dialogs has its own.
    fn take_answer(&mut self, body: &[u8]) -> bool {
        let Phase::Calling(calling) = &self.phase else {
            return false;
        };
        let (Some(offer), Some(sound)) = (&calling.offer, &mut self.sound) else {
            return false;
        };
        let mut exchange = offer.clone();
        let good = exchange.answered(body).is_ok();
        if good {
            // The dialplan may have changed its mind since the offer.
            exchange.set_dtmf(self.endpoint.dtmf_mode);
            if let Some(codecs) = &self.media_offer {
                exchange.set_codecs(codecs.clone());
            }
            sound.exchange = exchange;
        }
        good
    }

    /// A 2xx: they answered, or we hung up too late.
    fn put_through(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ClientTransaction,
        response: &Response,
    ) {
        let headers = &response.headers;
        let tag = tag_of(value(headers, "To").unwrap_or_default());
        let Phase::Calling(calling) = &self.phase else {
            return self.another(hands, transaction, response, &tag);
        };
        let (sequence, given_up, changed) = (
            calling.sequence,
            calling.given_up,
            calling.changed && tag == self.dialog.remote_tag,
        );
        self.dialog.learn(response);
        self.forget(hands, Due::GiveUp);
        self.forget(hands, Due::Vanished);
        self.takes_update = names(headers, "Allow", "UPDATE");
        self.acknowledge(hands, transaction, sequence);
        let described = message::description(headers, &response.body);
        let good = match described {
            Some(body) if !changed => self.take_answer(body),
            _ => self
                .sound
                .as_ref()
                .is_some_and(|s| s.exchange.agreed().is_some()),
        };
        self.phase = Phase::Up;
        if given_up {
            return self.bye(hands, Cause::NORMAL);
        }
        if !good {
            // RFC 3261, 13.2.2.4: an answer that we cannot take is acknowledged, and the call ended.
            self.part(hands, Some(causes::cause(488)), "488");
            return self.bye(hands, Cause(58));
        }
        self.agree(hands);
        self.tell(hands, FromChannel::Headers(kept(headers)));
        self.hear_whom(hands, response);
        self.signal(hands, Signal::Answer);
        self.heard(hands);
        if let Some(timer) = session_timer::answered(headers, &self.endpoint) {
            self.run_timer(hands, timer);
        }
        self.next_wish(hands);
    }

    /// A 2xx after the first: the same again, or another fork's, which is ended (RFC 3261, 13.2.2.4).
    fn another(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ClientTransaction,
        response: &Response,
        tag: &str,
    ) {
        if tag == self.dialog.remote_tag {
            return self.acknowledge_again(hands, transaction);
        }
        let mut stray = self.dialog.clone();
        stray.sequence = message::sequence(&response.headers);
        stray.learn(response);
        let settings = hands.cx.settings;
        hands.cx.out.wire.push(ToWire::Ack {
            request: Box::new(stray.ack(stray.sequence, settings)),
            target: stray.way.clone(),
        });
        let bye = stray.request(Method::Bye, settings);
        self.send(hands, What::Stray, bye);
    }

    /// A 2xx came again: so does its ACK.
    pub(super) fn acknowledge_again(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ClientTransaction,
    ) {
        let known = self.acknowledged.as_ref();
        if let Some(known) = known.filter(|known| known.transaction == transaction) {
            hands.cx.out.wire.push(ToWire::Ack {
                request: Box::new(known.request.clone()),
                target: self.dialog.way.clone(),
            });
        }
    }

    /// A final answer that is none to talk on.
    fn turned_down(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ClientTransaction,
        code: u16,
        response: &Response,
    ) {
        match &self.phase {
            Phase::Calling(calling) if calling.transaction == transaction => {}
            _ => return,
        }
        self.phase = Phase::Over;
        let cause = causes::told(&response.headers).unwrap_or_else(|| causes::cause(code));
        self.part(hands, Some(cause), &code.to_string());
    }

    /// A trusted far end says who it is.
    fn hear_whom(&mut self, hands: &mut Hands<'_, '_>, response: &Response) {
        if !self.endpoint.trust_connected_line {
            return;
        }
        if let Some(party) = identity::asserted(&response.headers, &self.endpoint) {
            self.signal(hands, Signal::Connected(party));
        }
    }
}

/// Gives a request that is sent again its new number.
pub(super) fn renumber(request: &mut Request, sequence: u32) {
    let method = request.method;
    for header in request.headers.iter_mut() {
        if let rsipstack::sip::Header::CSeq(value) = header {
            value.replace(format!("{sequence} {method}"));
        }
    }
}
