//! Where we are, as the far end has to be told: `Contact`, and the address of sound.

use std::net::{IpAddr, SocketAddr};

use crate::settings::{Endpoint, Settings, Transport as Listening};
use crate::wire::Transport;

/// An address as a host in addresses of SIP.
pub(super) fn host(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

/// `Contact`: where we are seen by somebody there.
pub(super) fn contact(
    settings: &Settings,
    user: &str,
    transport: Transport,
    here: SocketAddr,
    there: Option<IpAddr>,
) -> String {
    let listening = listening(settings, transport, here);
    let outside = listening.filter(|l| is_outside(l, there));
    let shown = outside.filter(|l| !l.external_signaling_address.is_empty());
    let name = match shown {
        Some(l) => l.external_signaling_address.to_string(),
        None => host(here.ip()),
    };
    let port = match outside.map(|l| l.external_signaling_port) {
        Some(port) if port != 0 => port,
        _ => here.port(),
    };
    let user = match user.is_empty() {
        true => String::new(),
        false => format!("{}@", super::identity::escape(user)),
    };
    format!("<sip:{user}{name}:{port}{}>", parameter(transport))
}

/// Where sound is listened for, and where we say that it is.
pub(super) fn sound(
    settings: &Settings,
    endpoint: &Endpoint,
    transport: Transport,
    here: SocketAddr,
    there: Option<IpAddr>,
) -> (IpAddr, IpAddr) {
    let bound = endpoint
        .media_address
        .filter(|_| endpoint.bind_rtp_to_media_address)
        .unwrap_or(here.ip());
    let external = listening(settings, transport, here)
        .filter(|l| is_outside(l, there))
        .and_then(|l| l.external_media_address.parse().ok());
    (bound, endpoint.media_address.or(external).unwrap_or(bound))
}

/// The transport's name in pjsip.conf; empty where it has none.
pub(super) fn transport_name(
    settings: &Settings,
    transport: Transport,
    here: SocketAddr,
) -> String {
    listening(settings, transport, here).map_or_else(String::new, |l| l.name.to_string())
}

/// `;transport=` where it is not datagrams.
fn parameter(transport: Transport) -> &'static str {
    match transport {
        Transport::Udp => "",
        Transport::Tcp => ";transport=tcp",
        Transport::Tls => ";transport=tls",
        Transport::Ws => ";transport=ws",
        Transport::Wss => ";transport=wss",
    }
}

fn listening(settings: &Settings, transport: Transport, here: SocketAddr) -> Option<&Listening> {
    let fits = |l: &&std::sync::Arc<Listening>| l.protocol == transport;
    let same = |l: &&std::sync::Arc<Listening>| l.address().port() == here.port();
    let mut all = settings.transports.iter().filter(fits);
    let exact = all.clone().find(same);
    exact.or_else(|| all.next()).map(|l| &**l)
}

fn is_outside(listening: &Listening, there: Option<IpAddr>) -> bool {
    // Without `local_net` nobody is outside, as the field has it.
    !listening.local_net.is_empty()
        && there.is_some_and(|ip| !listening.local_net.iter().any(|net| net.holds(ip)))
}
