use ami::action::pjsip::PjsipShowEndpoint;
use ami::event::pjsip::{
    AorDetail, AuthDetail, EndpointDetail, EndpointDetailComplete, IdentifyDetail, TransportDetail,
};
use ami::refusal::pjsip as refusal;
use sip::directory::Directory;
use sip::settings::{Endpoint, Settings};

use super::shown::{self, Devices};
use crate::action::Cx;
use crate::reply::{List, Reply};

pub(super) async fn pjsip_show_endpoint(
    cx: &Cx<'_>,
    action: PjsipShowEndpoint,
) -> Result<Reply, Reply> {
    if action.endpoint.is_empty() {
        return Err(Reply::error(refusal::ENDPOINT_MISSING));
    }
    let directory = cx.host.sip();
    let settings = directory.settings();
    let endpoint = shown::named(&settings, &action.endpoint)
        .ok_or_else(|| Reply::error(refusal::no_endpoint(&action.endpoint)))?;
    let devices = Devices::read(cx).await?;
    let mut list = cx.list("Following are Events for each object associated with the Endpoint");
    list.item(&EndpointDetail {
        object_type: "endpoint",
        object_name: &endpoint.name,
        options: &shown::lines(endpoint.fields()),
        device_state: devices.words(&directory, endpoint),
        active_channels: devices.channels(&endpoint.name),
    });
    transport(&mut list, &settings, endpoint);
    for name in endpoint.auth.iter().chain(&endpoint.outbound_auth) {
        if let Some(auth) = settings.auths.get(name) {
            list.item(&AuthDetail {
                object_type: "auth",
                object_name: name,
                options: &shown::lines(auth.fields()),
                endpoint_name: Some(&endpoint.name),
            });
        }
    }
    aors(&mut list, &directory, &settings, endpoint);
    identifies(&mut list, &settings, endpoint);
    let items = list.count();
    Ok(list.complete(&EndpointDetailComplete { items }))
}

fn transport(list: &mut List<'_>, settings: &Settings, endpoint: &Endpoint) {
    let transport = settings.transport(&endpoint.transport);
    if let Some(transport) = transport.filter(|_| !endpoint.transport.is_empty()) {
        list.item(&TransportDetail {
            object_type: "transport",
            object_name: &transport.name,
            options: &shown::lines(transport.fields()),
            endpoint_name: &endpoint.name,
        });
    }
}

fn aors(list: &mut List<'_>, directory: &Directory, settings: &Settings, endpoint: &Endpoint) {
    for name in &endpoint.aors {
        let Some(aor) = settings.aors.get(name) else {
            continue;
        };
        let registered = shown::registered(directory, name).len();
        let total = registered + aor.contact.len();
        list.item(&AorDetail {
            object_type: "aor",
            object_name: name,
            options: &shown::aor_lines(aor, &shown::fixed(aor), "Contacts"),
            total_contacts: u64::try_from(total).unwrap_or_default(),
            contacts_registered: u64::try_from(registered).unwrap_or_default(),
            endpoint_name: &endpoint.name,
        });
        for contact in directory.contacts_of(name) {
            shown::contact_status(list, &contact, aor);
        }
    }
}

fn identifies(list: &mut List<'_>, settings: &Settings, endpoint: &Endpoint) {
    for identify in &settings.identifies {
        if identify.endpoint == endpoint.name {
            list.item(&IdentifyDetail {
                object_type: "identify",
                object_name: &identify.name,
                options: &shown::lines(identify.fields()),
                endpoint_name: &endpoint.name,
            });
        }
    }
}
