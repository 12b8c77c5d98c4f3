use ami::action::pjsip::PjsipShowRegistrationsInbound;
use ami::event::pjsip::{InboundRegistrationDetail, InboundRegistrationDetailComplete};

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_registrations_inbound(
    cx: &Cx<'_>,
    _: PjsipShowRegistrationsInbound,
) -> Reply {
    let directory = cx.host.sip();
    let settings = directory.settings();
    let mut list = cx.list("Following are Events for each Inbound registration");
    // The aors of endpoints: nobody registers with others.
    for name in settings
        .endpoints
        .values()
        .flat_map(|endpoint| &endpoint.aors)
    {
        let Some(aor) = settings.aors.get(name) else {
            continue;
        };
        list.item(&InboundRegistrationDetail {
            object_type: "aor",
            object_name: name,
            options: &shown::aor_lines(aor, &shown::fixed(aor), "Contact"),
            contacts: &shown::contacts(&directory, &settings, name),
        });
    }
    let items = list.count();
    list.complete(&InboundRegistrationDetailComplete { items })
}
