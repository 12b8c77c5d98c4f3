use ami::action::pjsip::PjsipShowEndpoints;
use ami::event::pjsip::{EndpointList, EndpointListComplete};
use ami::refusal::pjsip as refusal;

use super::shown::{self, Devices};
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn pjsip_show_endpoints(
    cx: &Cx<'_>,
    _: PjsipShowEndpoints,
) -> Result<Reply, Reply> {
    let directory = cx.host.sip();
    let settings = directory.settings();
    if settings.endpoints.is_empty() {
        return Err(Reply::error(refusal::NO_ENDPOINTS));
    }
    let devices = Devices::read(cx).await?;
    let mut list = cx.list("A listing of Endpoints follows, presented as EndpointList events");
    for endpoint in settings.endpoints.values() {
        let contacts = endpoint.aors.iter();
        let contacts: String = contacts
            .map(|aor| shown::contacts(&directory, &settings, aor))
            .collect();
        list.item(&EndpointList {
            object_type: "endpoint",
            object_name: &endpoint.name,
            transport: &endpoint.transport,
            aor: &endpoint.aors.join(","),
            auths: &endpoint.auth.join(","),
            outbound_auths: &endpoint.outbound_auth.join(","),
            contacts: &contacts,
            device_state: devices.words(&directory, endpoint),
            active_channels: devices.channels(&endpoint.name),
        });
    }
    let items = list.count();
    Ok(list.complete(&EndpointListComplete { items }))
}
