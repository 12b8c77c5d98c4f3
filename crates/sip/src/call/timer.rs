//! The session timer of a call at work.

use rsipstack::sip::Response;

use super::examine::put_timer;
use super::hands::Hands;
use super::leg::Call;
use super::moments::Due;
use super::session_timer::SessionTimer;

impl Call {
    /// The session timer runs from now on.
    pub(super) fn run_timer(&mut self, hands: &mut Hands<'_, '_>, timer: SessionTimer) {
        self.timer = Some(timer);
        self.forget(hands, Due::Refresh);
        if timer.ours {
            self.wait(hands, Due::Refresh, timer.refresh());
        }
        self.wait(hands, Due::Expiry, timer.expiry());
    }

    /// No session timer runs any more.
    pub(super) fn stop_timer(&mut self, hands: &mut Hands<'_, '_>) {
        self.timer = None;
        self.forget(hands, Due::Refresh);
        self.forget(hands, Due::Expiry);
    }

    /// What a change of theirs says of the timer is in force, and in the answer.
    pub(super) fn keep_timer(
        &mut self,
        hands: &mut Hands<'_, '_>,
        timer: Option<SessionTimer>,
        response: &mut Response,
    ) {
        match timer {
            Some(timer) => {
                put_timer(response, timer);
                self.run_timer(hands, timer);
            }
            None => self.stop_timer(hands),
        }
    }
}
