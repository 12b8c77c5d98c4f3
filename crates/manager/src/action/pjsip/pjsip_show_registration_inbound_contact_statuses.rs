use ami::action::pjsip::PjsipShowRegistrationInboundContactStatuses;
use ami::event::pjsip::ContactStatusDetailComplete;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_registration_inbound_contact_statuses(
    cx: &Cx<'_>,
    _: PjsipShowRegistrationInboundContactStatuses,
) -> Reply {
    let directory = cx.host.sip();
    let settings = directory.settings();
    let mut list = cx.list("Following are ContactStatusEvents for each Inbound registration");
    for contact in directory.contacts() {
        if let Some(aor) = settings.aors.get(&contact.aor).filter(|_| !contact.fixed) {
            shown::contact_status(&mut list, &contact, aor);
        }
    }
    let items = list.count();
    list.complete(&ContactStatusDetailComplete { items })
}
