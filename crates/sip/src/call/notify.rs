//! NOTIFY inside a call that nobody subscribed to: what phones take for orders, such as `check-sync`.

use rsipstack::sip::Method;
use switch::signal::Notification;

use super::hands::Hands;
use super::leg::{Call, What};
use super::message::{self, header, value};
use super::set::warn;
use crate::directory::{self, Notify, NotifyTarget};

impl Call {
    /// Sends a NOTIFY in the dialog.
    pub(super) fn notify_far_end(&mut self, hands: &mut Hands<'_, '_>, content: &Notification) {
        if !self.is_up() {
            return warn(hands, "NOTIFY: the call is not answered".into());
        }
        let Some(pairs) = directory::lines(hands.cx.settings, content) else {
            return warn(
                hands,
                format!("NOTIFY: pjsip_notify.conf has no {content:?}"),
            );
        };
        let to = NotifyTarget::Uri(self.dialog.target.as_str().into());
        let Notify { headers, body, .. } = Notify::of(to, pairs);
        for (name, value) in &headers {
            self.attach(name, value);
        }
        let mut request = self.request(hands, Method::Notify);
        if value(&request.headers, "Subscription-State").is_none() {
            let state = header("Subscription-State", "terminated");
            request.headers.push(state);
        }
        if !body.is_empty() {
            let kind = headers
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("Content-Type"));
            let kind = kind.map_or("text/plain", |(_, kind)| kind);
            let body = text::to_bytes(&body).into_owned();
            message::put(&mut request.headers, &mut request.body, kind, body);
        }
        self.send(hands, What::News, request);
    }
}
