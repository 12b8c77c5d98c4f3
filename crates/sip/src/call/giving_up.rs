//! An INVITE of ours that comes to nothing without an answer: CANCEL, and silence.

use switch::Cause;

use super::causes;
use super::hands::Hands;
use super::leg::{Call, Phase};
use super::moments::{Due, PATIENCE};
use crate::wire::{ToWire, Unanswered};

impl Call {
    /// Nobody answered the INVITE.
    pub(super) fn invite_unanswered(&mut self, hands: &mut Hands<'_, '_>, why: &Unanswered) {
        if !matches!(self.phase, Phase::Calling(_)) {
            return;
        }
        let code = match why {
            Unanswered::Timeout => 408,
            Unanswered::NotSent(_) => 503,
        };
        self.phase = Phase::Over;
        self.part(hands, Some(causes::cause(code)), &code.to_string());
    }

    /// We hang up before they answered: CANCEL.
    pub(super) fn give_up(&mut self, hands: &mut Hands<'_, '_>, cause: Cause) {
        let Phase::Calling(calling) = &mut self.phase else {
            return;
        };
        if std::mem::replace(&mut calling.given_up, true) {
            // Nobody was called.
            self.phase = Phase::Over;
            return;
        }
        let transaction = calling.transaction;
        let suppressed = self.endpoint.suppress_q850_reason_headers;
        let reason = causes::reason(cause).filter(|_| !suppressed);
        hands.cx.out.wire.push(ToWire::Cancel {
            transaction,
            reason: reason.unwrap_or_default(),
        });
        self.forget(hands, Due::Vanished);
        self.wait(hands, Due::GiveUp, PATIENCE * 2);
    }

    /// Nothing more was heard of a phone that rang.
    pub(super) fn vanished(&mut self, hands: &mut Hands<'_, '_>) {
        self.part(hands, Some(causes::cause(408)), "408");
        self.give_up(hands, Cause::NO_RESPONSE);
    }

    /// Nobody was found to be called.
    pub(super) fn found_nobody(&mut self, hands: &mut Hands<'_, '_>) {
        self.phase = Phase::Over;
        self.part(hands, Some(Cause::UNREGISTERED), "");
    }
}
