//! Who can be reached, and where.

use ami::event::pjsip::{ContactStatus, PeerStatus, PjsipMaintenanceStatus, Registry};
use switch::fact::Fact;

use crate::rendered::Rendered;

pub(super) fn tell(fact: &Fact, out: &mut Rendered) {
    match fact {
        Fact::PeerChanged(change) => {
            let address = change
                .address
                .map(|address| address.ip().to_canonical().to_string());
            out.event(&PeerStatus {
                channel_type: change.technology,
                peer: &change.peer,
                peer_status: change.status,
                cause: (!change.cause.is_empty()).then_some(&*change.cause),
                address: address.as_deref(),
                port: change.address.map(|address| address.port().into()),
                time: change.round_trip.map(|span| figure(span.as_millis())),
            });
        }
        Fact::ContactChanged(change) => out.event(&ContactStatus {
            uri: &change.uri,
            contact_status: change.status,
            aor: &change.aor,
            endpoint_name: &change.endpoint,
            roundtrip_usec: figure(change.round_trip.as_micros()),
        }),
        Fact::RegistryChanged(change) => out.event(&Registry {
            channel_type: change.technology,
            username: &change.username,
            domain: &change.domain,
            status: change.status,
            cause: (!change.cause.is_empty()).then_some(&*change.cause),
        }),
        Fact::MaintenanceChanged { device, on, .. } => out.event(&PjsipMaintenanceStatus {
            endpoint: device,
            status: if *on { "enabled" } else { "disabled" },
        }),
        _ => {}
    }
}

fn figure(count: u128) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
