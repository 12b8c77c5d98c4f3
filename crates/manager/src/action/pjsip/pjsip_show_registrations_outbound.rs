use ami::action::pjsip::PjsipShowRegistrationsOutbound;
use ami::event::pjsip::{
    AuthDetail, OutboundRegistrationDetail, OutboundRegistrationDetailComplete,
};
use sip::directory::Registered;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_registrations_outbound(
    cx: &Cx<'_>,
    _: PjsipShowRegistrationsOutbound,
) -> Reply {
    let directory = cx.host.sip();
    let settings = directory.settings();
    let now = cx.host.now();
    let mut list = cx.list("Following are Events for each Outbound registration");
    let (mut registered, mut not_registered) = (0, 0);
    for (name, registration) in &settings.registrations {
        let live = directory.registration(name);
        let status = live
            .as_ref()
            .map_or(Registered::Unregistered, |live| live.status);
        let next = live.and_then(|live| live.next);
        let next = next.map_or(0, |next| next.0.saturating_sub(now.0) / 1_000_000);
        match status {
            Registered::Registered => registered += 1,
            _ => not_registered += 1,
        }
        list.item(&OutboundRegistrationDetail {
            object_type: "registration",
            object_name: name,
            options: &shown::lines(registration.fields()),
            status: status.word(),
            next_reg: next,
        });
        for name in &registration.outbound_auth {
            if let Some(auth) = settings.auths.get(name) {
                list.item(&AuthDetail {
                    object_type: "auth",
                    object_name: name,
                    options: &shown::lines(auth.fields()),
                    endpoint_name: None,
                });
            }
        }
    }
    list.complete(&OutboundRegistrationDetailComplete {
        items: registered + not_registered,
        registered,
        not_registered,
    })
}
