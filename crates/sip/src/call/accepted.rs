//! A 2xx of ours, until its ACK comes (RFC 3261, 13.3.1.4).

use rsipstack::sip::{Request, Response};
use switch::Cause;

use super::hands::Hands;
use super::leg::{Accepted, Call, Phase, respond};
use super::message::{self, Asked};
use super::moments::{Due, PATIENCE, T1, T2};

impl Call {
    /// Says a 2xx of an INVITE, until its ACK comes.
    pub(super) fn accept(
        &mut self,
        hands: &mut Hands<'_, '_>,
        asked: &Asked,
        response: Response,
        offered: bool,
    ) {
        self.accepted = Some(Accepted {
            transaction: asked.transaction,
            response: response.clone(),
            sequence: asked.sequence,
            again: T1,
            offered,
        });
        self.respond(hands, asked, response);
        self.wait(hands, Due::AcceptAgain, T1);
        self.wait(hands, Due::AcceptEnd, PATIENCE);
    }

    /// The ACK of a 2xx of ours.
    pub(super) fn acked(&mut self, hands: &mut Hands<'_, '_>, request: &Request) {
        let sequence = message::sequence(&request.headers);
        let Some(accepted) = self.accepted.take_if(|known| known.sequence == sequence) else {
            return;
        };
        self.forget(hands, Due::AcceptAgain);
        self.forget(hands, Due::AcceptEnd);
        if let Phase::Ending(Some(cause)) = self.phase {
            return self.bye(hands, cause);
        }
        if accepted.offered {
            let body = message::description(&request.headers, &request.body);
            let taken = match (&mut self.sound, body) {
                (Some(sound), Some(body)) => sound.exchange.answered(body).is_ok(),
                (Some(sound), None) => {
                    sound.exchange.withdraw();
                    sound.exchange.agreed().is_some()
                }
                (None, _) => true,
            };
            if !taken {
                // Nobody can talk: RFC 3261, 13.2.2.4 asks no less of the other side.
                self.part(hands, Some(Cause(58)), "488");
                return self.hang_up(hands, Cause(58));
            }
            self.agree(hands);
        }
        self.next_wish(hands);
    }

    /// A 2xx of ours is said again (RFC 3261, 13.3.1.4).
    pub(super) fn accept_again(&mut self, hands: &mut Hands<'_, '_>) {
        if let Some(accepted) = &mut self.accepted {
            accepted.again = (accepted.again * 2).min(T2);
            let (transaction, again) = (accepted.transaction, accepted.again);
            respond(hands.cx, transaction, accepted.response.clone());
            self.wait(hands, Due::AcceptAgain, again);
        }
    }

    /// No ACK came: the call is ended (RFC 3261, 13.3.1.4).
    pub(super) fn never_acked(&mut self, hands: &mut Hands<'_, '_>) {
        self.accepted = None;
        self.forget(hands, Due::AcceptAgain);
        match self.phase {
            Phase::Ending(Some(cause)) => self.bye(hands, cause),
            _ => self.lost(hands, 408),
        }
    }
}
