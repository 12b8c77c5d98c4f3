//! What can happen to a call, and which part of it that is for.

use rsipstack::sip::{Method, Request, Response};
use switch::Cause;
use switch::signal::Order;

use super::hands::Hands;
use super::leg::{Call, Phase, What, respond};
use super::message::{self, Asked};
use super::moments::Due;
use super::refer::Wanted;
use super::reinvite::Wish;
use super::{causes, outgoing, proof};
use crate::core::needs_rport;
use crate::wire::{ClientTransaction, Flow, ServerTransaction, ToWire, Unanswered};

impl Call {
    /// A request of theirs in the dialog.
    pub(super) fn requested(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ServerTransaction,
        request: &Request,
        flow: Flow,
        wanted: Option<Wanted>,
    ) {
        let asked = Asked::of(transaction, request, &self.dialog.local_tag);
        // RFC 3261, 12.2.2: what was overtaken is refused.
        if asked.sequence <= self.dialog.their_sequence {
            return self.reply(hands, &asked, 500);
        }
        self.dialog.their_sequence = asked.sequence;
        self.dialog.came_by(flow);
        if self.endpoint.force_rport && needs_rport(request, &flow) {
            hands.cx.out.wire.push(ToWire::ForceRport(transaction));
        }
        self.heard(hands);
        match request.method {
            Method::Bye => self.ended(hands, &asked, request),
            Method::Invite => self.reinvited(hands, &asked, request),
            Method::Update => self.updated(hands, &asked, request),
            Method::PRack => self.pracked(hands, &asked, request),
            Method::Info => self.informed(hands, &asked, request),
            Method::Message => self.written(hands, &asked, request),
            Method::Notify => self.notified(hands, &asked, request),
            Method::Refer => match wanted {
                Some(wanted) => self.referred(hands, &asked, request, wanted),
                None => self.reply(hands, &asked, 500),
            },
            Method::Options => {
                let response = self.full_answer(&asked, 200);
                self.respond(hands, &asked, response);
            }
            _ => {
                let mut response = asked.answer(405);
                response
                    .headers
                    .push(message::header("Allow", crate::core::ALLOW));
                self.respond(hands, &asked, response);
            }
        }
    }

    /// BYE of theirs (RFC 3261, 15.1.2).
    fn ended(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, request: &Request) {
        self.reply(hands, asked, 200);
        let cause = causes::told(&request.headers);
        match &self.phase {
            // Until it is answered finally, our INVITE goes on.
            Phase::Calling(_) => return,
            Phase::Arriving(arriving) => {
                let transaction = arriving.asked.transaction;
                let response = arriving.asked.answer(487);
                hands.index.invites.remove(&transaction);
                respond(hands.cx, transaction, response);
                self.part(hands, cause.or(Some(Cause::INTERWORKING)), "487");
            }
            _ => {
                self.referral_ends(hands);
                self.part(hands, cause, "");
            }
        }
        self.phase = Phase::Over;
    }

    /// An answer to a request of ours.
    pub(super) fn responded(
        &mut self,
        hands: &mut Hands<'_, '_>,
        number: ClientTransaction,
        response: &Response,
    ) {
        let Some(sent) = self.sent(number) else {
            return;
        };
        let what = sent.what;
        let code = response.status_code.code();
        if what == What::Invite {
            return self.invite_answered(hands, number, response);
        }
        if code < 200 {
            return;
        }
        let sent = sent.clone();
        if what == What::Reinvite && sent.request.is_none() {
            return self.acknowledge_again(hands, number);
        }
        if what != What::Reinvite || code >= 300 {
            self.done(hands, number);
        }
        if matches!(code, 401 | 407) {
            let again = proof::of(hands, &self.endpoint, &sent, response);
            if let Some((mut request, proofs)) = again {
                self.dialog.sequence += 1;
                outgoing::renumber(&mut request, self.dialog.sequence);
                self.send_again(hands, what, request, proofs);
                return;
            }
        }
        match what {
            What::Reinvite | What::Update => self.changed(hands, number, response),
            What::Bye => self.phase = Phase::Over,
            What::Refer => self.refer_answered(hands, response),
            What::Probe => self.probed(hands, code),
            // RFC 3261, 12.2.1.2: there is no dialog any more.
            What::Minor if code == 481 => self.lost(hands, code),
            What::Minor | What::News | What::Stray | What::Invite => {}
        }
    }

    /// A request of ours has no answer.
    pub(super) fn unanswered(
        &mut self,
        hands: &mut Hands<'_, '_>,
        number: ClientTransaction,
        why: &Unanswered,
    ) {
        let Some(what) = self.sent(number).map(|sent| sent.what) else {
            return;
        };
        let answered = self.sent(number).is_some_and(|sent| sent.request.is_none());
        if answered {
            return;
        }
        self.done(hands, number);
        match what {
            What::Invite => self.invite_unanswered(hands, why),
            What::Reinvite | What::Update => self.change_unanswered(hands),
            What::Bye => self.phase = Phase::Over,
            What::Refer => {
                self.referral_forgotten(hands);
                self.lost(hands, 408);
            }
            What::Minor | What::Probe => self.lost(hands, 408),
            What::News | What::Stray => {}
        }
    }

    /// An order of the engine.
    pub(super) fn ordered(&mut self, hands: &mut Hands<'_, '_>, order: &Order) {
        match order {
            Order::Ringing => self.ring(hands),
            Order::Progress => self.provisional(hands, 183),
            Order::Answer => self.answer(hands),
            Order::Busy => self.refuse(hands, 486, None),
            Order::Congestion => self.refuse(hands, 503, None),
            Order::Hangup(cause) => self.hangup_ordered(hands, *cause),
            Order::DigitBegin(digit) => self.digit(hands, *digit, None),
            Order::DigitEnd(digit, span) => self.digit(hands, *digit, Some(*span)),
            Order::Text(text) => self.write(hands, text),
            Order::Hold(_) => self.hold(hands, true),
            Order::Unhold => self.hold(hands, false),
            Order::Connected(party) => self.connect(hands, party),
            Order::Transfer(to) => self.transfer(hands, to),
            Order::Attach { name, value } => self.attach(name, value),
            Order::Notify { content, .. } => self.notify_far_end(hands, content),
            Order::Set { name, value } => self.set(hands, name, value),
            // 100 was said when the INVITE came; sound is not ours.
            _ => {}
        }
    }

    /// The engine is done with the channel.
    fn hangup_ordered(&mut self, hands: &mut Hands<'_, '_>, cause: Cause) {
        let code = causes::code(cause);
        match &self.phase {
            Phase::Arriving(_) => {
                let told = (cause != Cause::UNKNOWN).then_some(cause);
                let code = self.refusal.unwrap_or(code);
                self.refuse(hands, code, told);
            }
            Phase::Calling(_) => {
                self.part(hands, None, &code.to_string());
                self.give_up(hands, cause);
            }
            Phase::Up => {
                self.part(hands, None, "");
                self.hang_up(hands, cause);
            }
            Phase::Ending(_) | Phase::Over => {}
        }
    }

    /// The far end is put on hold, where it wants to know (`moh_passthrough`): music is played here
    /// otherwise.
    fn hold(&mut self, hands: &mut Hands<'_, '_>, held: bool) {
        if !self.endpoint.moh_passthrough {
            return;
        }
        if let Some(sound) = &mut self.sound {
            sound.exchange.hold(held);
            self.wish(hands, Wish::Describe);
        }
    }

    /// A moment has come.
    pub(super) fn due(&mut self, hands: &mut Hands<'_, '_>, due: Due) {
        match due {
            Due::AcceptAgain => self.accept_again(hands),
            Due::AcceptEnd => self.never_acked(hands),
            Due::ReliableAgain => self.say_reliably_again(hands),
            Due::ReliableEnd => self.never_pracked(hands),
            Due::Refresh => self.wish(hands, Wish::Refresh),
            Due::Expiry => self.lost(hands, 408),
            Due::Glare => self.next_wish(hands),
            Due::GiveUp => self.phase = Phase::Over,
            Due::Probe => self.probe(hands),
            Due::Vanished => self.vanished(hands),
            Due::Remind => self.remind(hands),
            Due::Nowhere => self.found_nobody(hands),
            Due::Referral => self.referral_forgotten(hands),
            Due::Forgotten => self.refuse(hands, 500, None),
        }
    }
}
