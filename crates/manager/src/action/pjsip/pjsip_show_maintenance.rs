use ami::action::pjsip::PjsipShowMaintenance;
use ami::event::pjsip::{PjsipMaintenanceStatus, PjsipMaintenanceStatusComplete};
use ami::refusal::pjsip as refusal;

use super::shown;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_maintenance(
    cx: &Cx<'_>,
    action: PjsipShowMaintenance,
) -> Result<Reply, Reply> {
    let directory = cx.host.sip();
    let settings = directory.settings();
    let endpoints = match action.endpoint.as_str() {
        "" => settings.endpoints.values().collect(),
        name => vec![
            shown::named(&settings, name)
                .ok_or_else(|| Reply::error(refusal::no_endpoint(name)))?,
        ],
    };
    let mut list = cx.list("Maintenance status events follow");
    for endpoint in endpoints {
        let on = directory.in_maintenance(&endpoint.name);
        list.item(&PjsipMaintenanceStatus {
            endpoint: &endpoint.name,
            status: if on { "enabled" } else { "disabled" },
        });
    }
    let items = list.count();
    Ok(list.complete(&PjsipMaintenanceStatusComplete { items }))
}
