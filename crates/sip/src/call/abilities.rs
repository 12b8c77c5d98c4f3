//! What we say that we can do.

use rsipstack::sip::Request;

use super::leg::Call;
use super::message::{self, header};
use super::session_timer;
use crate::settings::Rel100;

impl Call {
    /// What we can do, and the session timer that we would like, in an INVITE or UPDATE of ours.
    pub(super) fn put_abilities(&self, request: &mut Request, least: u32) {
        let headers = &mut request.headers;
        headers.push(header("Allow", crate::core::ALLOW));
        let supported = message::SUPPORTED
            .into_iter()
            .filter(|option| match *option {
                "timer" => session_timer::used(&self.endpoint),
                "100rel" => self.endpoint.rel100 != Rel100::No,
                _ => true,
            });
        headers.push(header(
            "Supported",
            supported.collect::<Vec<_>>().join(", "),
        ));
        if !session_timer::used(&self.endpoint) {
            return;
        }
        let (interval, least) = match self.timer {
            Some(timer) => (timer.request(), least),
            None => {
                let (interval, least) = session_timer::wanted(&self.endpoint, least);
                (interval.to_string(), least)
            }
        };
        headers.push(header("Session-Expires", interval));
        headers.push(header(
            "Min-SE",
            session_timer::wanted(&self.endpoint, least).1.to_string(),
        ));
    }
}
