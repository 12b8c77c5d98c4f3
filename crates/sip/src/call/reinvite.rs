//! Changing what a call is in the middle of it: INVITE and UPDATE inside the dialog, from both sides
//! (RFC 3261, 14; RFC 3311), and the session timer that they keep (RFC 4028).

use std::time::Duration;

use rsipstack::sip::{Headers, Method, Request, Response};
use switch::Party;
use switch::signal::Signal;

use super::examine::{Refusal, timer, unknown_extensions, wrong_content};
use super::hands::Hands;
use super::identity;
use super::leg::{Call, Phase, What};
use super::message::{self, Asked, header, names};
use super::moments::Due;
use super::session_timer::{self, SessionTimer};
use crate::wire::ClientTransaction;

/// Something that we want to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// The session timer wants to hear of us.
    Refresh,
    /// They are to know whom they talk with.
    Connected,
    /// They are to know what we want of the sound.
    Describe,
    /// The same without a new INVITE, where they take UPDATE.
    DescribeByUpdate,
}

/// What was asked of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    wish: Wish,
    /// Whether it has an offer of ours.
    offered: bool,
    /// Whether it is an INVITE.
    invite: bool,
    /// The least session timer that they asked for.
    least: u32,
}

impl Call {
    // --- ours

    /// Does it as soon as nothing else is being changed.
    pub(super) fn wish(&mut self, hands: &mut Hands<'_, '_>, wish: Wish) {
        if !self.wishes.contains(&wish) {
            self.wishes.push(wish);
        }
        self.next_wish(hands);
    }

    /// Begins what is wished for next, if nothing else goes on.
    pub(super) fn next_wish(&mut self, hands: &mut Hands<'_, '_>) {
        if !self.is_up() || self.change.is_some() || self.accepted.is_some() {
            return;
        }
        if self.is_waiting(Due::Glare) || self.wishes.is_empty() {
            return;
        }
        let wish = self.wishes.remove(0);
        self.ask(hands, wish, 0);
    }

    fn ask(&mut self, hands: &mut Hands<'_, '_>, wish: Wish, least: u32) {
        // Who does not know the answer's time takes an offer in an INVITE.
        let invite = wish == Wish::Describe || !self.takes_update;
        let describes = invite || wish == Wish::DescribeByUpdate;
        let method = if invite {
            Method::Invite
        } else {
            Method::Update
        };
        let mut request = self.request(hands, method);
        self.put_abilities(&mut request, least);
        self.put_connected(&mut request.headers);
        let mut offered = false;
        if let Some(sound) = self.sound.as_mut().filter(|_| describes) {
            offered = true;
            let offer = sound.exchange.offer();
            message::put(
                &mut request.headers,
                &mut request.body,
                "application/sdp",
                offer,
            );
        }
        self.change = Some(Change {
            wish,
            offered,
            invite,
            least,
        });
        let what = if invite { What::Reinvite } else { What::Update };
        self.send(hands, what, request);
    }

    /// A final answer to an INVITE or UPDATE of ours inside the dialog.
    pub(super) fn changed(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ClientTransaction,
        response: &Response,
    ) {
        let code = response.status_code.code();
        let Some(change) = self.change.take() else {
            // We hung up meanwhile. The ACK is owed all the same.
            if (200..300).contains(&code) && message::sequence_method(&response.headers) == "INVITE"
            {
                self.acknowledge(hands, transaction, message::sequence(&response.headers));
            }
            return;
        };
        if (200..300).contains(&code) {
            return self.change_taken(hands, transaction, change, response);
        }
        if let Some(sound) = self.sound.as_mut().filter(|_| change.offered) {
            sound.exchange.withdraw();
        }
        match code {
            491 => {
                // RFC 3261, 14.1: whose Call-ID it is waits longer.
                let tens = match self.dialog.ours {
                    true => 210 + hands.dice.below(191),
                    false => hands.dice.below(201),
                };
                self.wishes.insert(0, change.wish);
                let after = Duration::from_millis(u64::from(tens) * 10);
                self.wait(hands, Due::Glare, after);
                return;
            }
            // RFC 3261, 12.2.1.2: there is no dialog any more, or nobody in it.
            408 | 481 => return self.lost(hands, code),
            405 | 501 if !change.invite => {
                self.takes_update = false;
                return self.ask(hands, change.wish, change.least);
            }
            422 => {
                let least = session_timer::their_least(&response.headers);
                // Once: whoever raises it each time is not to be asked for ever.
                if least > change.least && change.least == 0 {
                    if let Some(timer) = &mut self.timer {
                        timer.interval = timer.interval.max(least);
                    }
                    return self.ask(hands, change.wish, least);
                }
            }
            _ => {}
        }
        self.next_wish(hands);
    }

    fn change_taken(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ClientTransaction,
        change: Change,
        response: &Response,
    ) {
        let headers = &response.headers;
        self.dialog.retarget(headers);
        if change.invite {
            self.acknowledge(hands, transaction, message::sequence(headers));
        }
        if change.offered {
            let body = message::description(headers, &response.body);
            let taken = match (&mut self.sound, body) {
                (Some(sound), Some(body)) => sound.exchange.answered(body).is_ok(),
                (Some(sound), None) => {
                    sound.exchange.withdraw();
                    false
                }
                (None, _) => false,
            };
            if taken {
                self.agree(hands);
            }
        }
        match session_timer::answered(headers, &self.endpoint) {
            Some(timer) => self.run_timer(hands, timer),
            None if self.timer.is_some() => self.stop_timer(hands),
            None => {}
        }
        self.next_wish(hands);
    }

    /// A request of ours inside the dialog stays without an answer: there is nobody any more.
    pub(super) fn change_unanswered(&mut self, hands: &mut Hands<'_, '_>) {
        if self.change.take().is_some() {
            self.lost(hands, 408);
        }
    }

    /// They are to know whom they talk with.
    pub(super) fn connect(&mut self, hands: &mut Hands<'_, '_>, party: &Party) {
        let wanted = self.endpoint.send_pai || self.endpoint.send_rpid;
        if !wanted || !self.endpoint.send_connected_line {
            return;
        }
        if self.connected.as_ref() == Some(party) {
            return;
        }
        self.connected = Some(party.clone());
        match &self.phase {
            // While it rings, it is told as soon as it is answered.
            Phase::Up | Phase::Calling(_) => self.wish(hands, Wish::Connected),
            // The next answer says it.
            Phase::Arriving(_) if self.endpoint.rpid_immediate => self.ring(hands),
            _ => {}
        }
    }

    /// Says whom they talk with.
    pub(super) fn put_connected(&self, headers: &mut Headers) {
        if let Some(party) = &self.connected {
            let (host, ours) = (self.host(), self.dialog.ours);
            identity::assert(party, &self.endpoint, &host, ours, headers);
        }
    }

    // --- theirs

    /// An INVITE of theirs inside the dialog.
    pub(super) fn reinvited(
        &mut self,
        hands: &mut Hands<'_, '_>,
        asked: &Asked,
        request: &Request,
    ) {
        match &self.phase {
            Phase::Up => {}
            // RFC 3261, 14.2: the first one is not answered yet, be it theirs or ours.
            Phase::Arriving(_) => return self.later(hands, asked),
            Phase::Calling(_) => return self.reply(hands, asked, 491),
            Phase::Ending(_) | Phase::Over => return self.reply(hands, asked, 481),
        }
        // RFC 3261, 14.2: one of ours is under way, or theirs before is not acknowledged.
        let crossing = self.change.is_some_and(|ours| ours.invite || ours.offered);
        if crossing || self.accepted.is_some() {
            return self.reply(hands, asked, 491);
        }
        let timer = match self.examine(request) {
            Ok(timer) => timer,
            Err(refusal) => return self.refuse_change(hands, asked, refusal),
        };
        let offer = message::description(&request.headers, &request.body);
        let body = match (offer, &mut self.sound) {
            (Some(offer), Some(sound)) => match sound.exchange.answer(offer) {
                Ok(answer) => Some(answer),
                Err(_) => return self.refuse_change(hands, asked, Refusal(488, Vec::new())),
            },
            (None, Some(sound)) => Some(sound.exchange.offer()),
            (_, None) => None,
        };
        self.dialog.retarget(&request.headers);
        let mut response = self.full_answer(asked, 200);
        self.put_connected(&mut response.headers);
        if let Some(body) = body {
            message::put(
                &mut response.headers,
                &mut response.body,
                "application/sdp",
                body,
            );
        }
        self.keep_timer(hands, timer, &mut response);
        self.accept(hands, asked, response, offer.is_none());
        if offer.is_some() {
            self.agree(hands);
        }
        self.hear_whom_now(hands, &request.headers);
    }

    /// An UPDATE of theirs (RFC 3311).
    pub(super) fn updated(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, request: &Request) {
        let offer = message::description(&request.headers, &request.body);
        let open = self
            .sound
            .as_ref()
            .is_some_and(|sound| sound.exchange.is_open());
        match &self.phase {
            Phase::Ending(_) | Phase::Over => return self.reply(hands, asked, 481),
            // RFC 3311, 5.2: offers may not cross, nor one come before the last is answered.
            _ if offer.is_some() && open => return self.reply(hands, asked, 491),
            Phase::Arriving(arriving) if offer.is_some() && !arriving.reliably.described => {
                return self.later(hands, asked);
            }
            _ => {}
        }
        let timer = match self.examine(request) {
            Ok(timer) => timer,
            Err(refusal) => return self.refuse_change(hands, asked, refusal),
        };
        let body = match (offer, &mut self.sound) {
            (Some(offer), Some(sound)) => match sound.exchange.answer(offer) {
                Ok(answer) => Some(answer),
                Err(_) => return self.refuse_change(hands, asked, Refusal(488, Vec::new())),
            },
            _ => None,
        };
        self.dialog.retarget(&request.headers);
        let mut response = self.full_answer(asked, 200);
        let described = body.is_some();
        if let Phase::Calling(calling) = &mut self.phase {
            calling.changed |= described;
        }
        if let Some(body) = body {
            message::put(
                &mut response.headers,
                &mut response.body,
                "application/sdp",
                body,
            );
        }
        if self.is_up() {
            self.keep_timer(hands, timer, &mut response);
        }
        self.respond(hands, asked, response);
        if described {
            self.agree(hands);
        }
        self.hear_whom_now(hands, &request.headers);
    }

    fn examine(&self, request: &Request) -> Result<Option<SessionTimer>, Refusal> {
        unknown_extensions(&request.headers, &self.endpoint)?;
        wrong_content(&request.headers, &request.body)?;
        timer(&request.headers, &self.endpoint)
    }

    fn refuse_change(
        &mut self,
        hands: &mut Hands<'_, '_>,
        asked: &Asked,
        Refusal(code, more): Refusal,
    ) {
        let mut response = asked.answer(code);
        response.headers.extend(more);
        self.respond(hands, asked, response);
    }

    /// 500: not now (RFC 3261, 14.2).
    fn later(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked) {
        let seconds = hands.dice.below(11).to_string();
        let more = vec![header("Retry-After", seconds)];
        self.refuse_change(hands, asked, Refusal(500, more));
    }

    fn hear_whom_now(&mut self, hands: &mut Hands<'_, '_>, headers: &Headers) {
        let trusted = self.endpoint.trust_connected_line;
        if let Some(party) = identity::asserted(headers, &self.endpoint).filter(|_| trusted) {
            self.signal(hands, Signal::Connected(party));
        }
        if names(headers, "Allow", "UPDATE") {
            self.takes_update = true;
        }
    }
}
