//! BYE of ours (RFC 3261, 15), and calls that come to an end by themselves.

use rsipstack::sip::Method;
use switch::Cause;

use super::causes;
use super::hands::Hands;
use super::leg::{Call, Phase, What};
use super::message::header;
use super::moments::{Due, PATIENCE};

impl Call {
    /// We hang up: BYE, now or, where a 2xx of ours has no ACK yet, after that (RFC 3261, 15).
    pub(super) fn hang_up(&mut self, hands: &mut Hands<'_, '_>, cause: Cause) {
        self.forget(hands, Due::Refresh);
        self.forget(hands, Due::Expiry);
        self.forget(hands, Due::Glare);
        self.forget(hands, Due::Probe);
        self.forget(hands, Due::Referral);
        self.referral = None;
        self.change = None;
        self.wishes.clear();
        if self.accepted.is_some() {
            self.phase = Phase::Ending(Some(cause));
            return;
        }
        self.bye(hands, cause);
    }

    /// Says BYE.
    pub(super) fn bye(&mut self, hands: &mut Hands<'_, '_>, cause: Cause) {
        let mut request = self.request(hands, Method::Bye);
        let suppressed = self.endpoint.suppress_q850_reason_headers;
        if let Some(reason) = causes::reason(cause).filter(|_| !suppressed) {
            request.headers.push(header("Reason", reason));
        }
        self.send(hands, What::Bye, request);
        self.phase = Phase::Ending(None);
        // The carrier says when the BYE is not answered; this is for one that does not.
        self.wait(hands, Due::GiveUp, PATIENCE * 2);
    }

    /// The far end is gone: the engine is told, and it is said good-bye to whoever may still listen.
    pub(super) fn lost(&mut self, hands: &mut Hands<'_, '_>, code: u16) {
        if !self.is_up() {
            return;
        }
        self.part(hands, Some(Cause(102)), &code.to_string());
        self.hang_up(hands, Cause(102));
    }

    /// There will be no sound: a call that nobody hears is none.
    pub(super) fn cut(&mut self, hands: &mut Hands<'_, '_>) {
        let cause = causes::cause(488);
        match &self.phase {
            Phase::Arriving(_) => self.refuse(hands, 488, None),
            Phase::Calling(_) => {
                self.part(hands, Some(cause), "488");
                self.give_up(hands, cause);
            }
            Phase::Up => {
                self.part(hands, Some(cause), "488");
                self.hang_up(hands, cause);
            }
            Phase::Ending(_) | Phase::Over => {}
        }
    }
}
