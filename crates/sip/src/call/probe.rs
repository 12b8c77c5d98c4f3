//! Whether the far end of a quiet call is still there. Where no session timer runs (RFC 4028), a phone that
//! lost its power would leave its call for ever: it is asked now and then (RFC 3261, 11).

use std::time::Duration;

use rsipstack::sip::Method;

use super::hands::Hands;
use super::leg::{Call, What};
use super::moments::Due;

/// How long a far end may say nothing before it is asked. Together with the 32 seconds in which it may
/// answer, a dead call is gone in less than four minutes.
const QUIET: Duration = Duration::from_secs(180);

impl Call {
    /// Something was heard of the far end.
    pub(super) fn heard(&mut self, hands: &mut Hands<'_, '_>) {
        if self.is_up() {
            self.wait(hands, Due::Probe, QUIET);
        }
    }

    /// Nothing was heard of the far end for long.
    pub(super) fn probe(&mut self, hands: &mut Hands<'_, '_>) {
        if !self.is_up() {
            return;
        }
        if self.timer.is_some() {
            return self.heard(hands);
        }
        let request = self.dialog.request(Method::Options, hands.cx.settings);
        self.send(hands, What::Probe, request);
    }

    /// It answered. Whatever it says, it is there, unless it knows of no call.
    pub(super) fn probed(&mut self, hands: &mut Hands<'_, '_>, code: u16) {
        match code {
            408 | 481 => self.lost(hands, code),
            _ => self.heard(hands),
        }
    }
}
