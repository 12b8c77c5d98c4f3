//! Ways: how an endpoint, a contact or an address is reached, and our own side of it.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};

use engine::Input;
use rsipstack::sip::{Param, Scheme, Uri};
use switch::{Text, Time};

use super::Core;
use crate::call::{self, far_end};
use crate::carrier::host;
use crate::contacts::{Contact, Contacts};
use crate::directory::Directory;
use crate::limits::NAMES;
use crate::settings::{self, Endpoint, Settings};
use crate::uri;
use crate::wire::{Flow, Target, Transport};

/// A place where we listen.
#[derive(Debug, Clone)]
pub struct Place {
    /// What pjsip.conf says of it.
    pub settings: Arc<settings::Transport>,
    /// Where it listens in truth.
    pub local: SocketAddr,
}

/// Which of our own addresses leads to somebody; `None` where there is no way.
pub type Toward = Arc<dyn Fn(IpAddr) -> Option<IpAddr> + Send + Sync>;

/// Our own side of whatever leaves.
#[derive(Clone, Default)]
pub struct Flows {
    places: Vec<Place>,
    toward: Option<Toward>,
    /// Where hosts were found last.
    names: Arc<RwLock<HashMap<String, IpAddr>>>,
}

impl Flows {
    /// Of these places.
    pub fn new(places: Vec<Place>) -> Flows {
        Flows {
            places,
            ..Flows::default()
        }
    }

    /// Knows of the same hosts as others.
    pub fn knowing(mut self, others: &Flows) -> Flows {
        self.names = Arc::clone(&others.names);
        self
    }

    /// A host was found: what is said of ourselves there is right from now on.
    pub fn learn(&self, host: &str, address: IpAddr) {
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        if names.len() as u64 >= NAMES {
            names.clear();
        }
        names.insert(host.to_ascii_lowercase(), address);
    }

    fn known(&self, host: &str) -> Option<IpAddr> {
        let names = self.names.read().unwrap_or_else(PoisonError::into_inner);
        names.get(&host.to_ascii_lowercase()).copied()
    }

    /// The ways that there are to a host that has to be looked up: transports, and whether by IPv6.
    pub(crate) fn ways(&self, name: &str) -> Vec<(Transport, bool)> {
        let named = |place: &&Place| name.is_empty() || &*place.settings.name == name;
        let way = |place: &Place| (place.settings.protocol, place.local.is_ipv6());
        self.places.iter().filter(named).map(way).collect()
    }

    /// Asks this for our own address where a place listens on all of them.
    pub fn asking(mut self, toward: Toward) -> Flows {
        self.toward = Some(toward);
        self
    }

    /// The flow that a request to an address takes. Its far side is unspecified where that has to be
    /// looked up.
    pub fn toward(&self, target: &Target, uri: &Uri) -> Option<Flow> {
        let name = match target {
            Target::Flow(flow) => return Some(*flow),
            Target::Named { transport } => transport,
        };
        let transport = transport_of(uri);
        let address = literal(uri).or_else(|| self.known(&uri.host().to_string()));
        let place = self.place(name, transport, address)?;
        let transport = place.settings.protocol;
        let port = uri
            .host_with_port
            .port
            .map_or(default_port(transport), |p| p.0);
        let unknown = match place.local {
            SocketAddr::V4(_) => IpAddr::from([0; 4]),
            SocketAddr::V6(_) => IpAddr::from([0; 16]),
        };
        let remote = SocketAddr::new(address.unwrap_or(unknown), port);
        Some(Flow {
            transport,
            local: self.concrete(place.local, remote.ip()),
            remote,
        })
    }

    /// The flow to a server that a look-up found.
    pub fn found(&self, name: &str, transport: Transport, remote: SocketAddr) -> Option<Flow> {
        let fits = |place: &&Place| {
            place.settings.protocol == transport
                && place.local.is_ipv4() == remote.is_ipv4()
                && (name.is_empty() || &*place.settings.name == name)
        };
        let place = self.places.iter().find(fits)?;
        Some(Flow {
            transport,
            local: self.concrete(place.local, remote.ip()),
            remote,
        })
    }

    /// Our own address as somebody on a flow sees it, with the port.
    pub fn shown(&self, flow: &Flow) -> String {
        let place = self.places.iter().find(|place| {
            place.settings.protocol == flow.transport && place.local.port() == flow.local.port()
        });
        let outside = place
            .map(|place| &place.settings)
            .filter(|s| !s.external_signaling_address.is_empty())
            .filter(|s| !s.local_net.is_empty() && s.is_outside(flow.remote.ip()));
        match outside {
            Some(s) => {
                let port = match s.external_signaling_port {
                    0 => flow.local.port(),
                    port => port,
                };
                format!("{}:{port}", s.external_signaling_address)
            }
            None => format!("{}:{}", host(flow.local.ip()), flow.local.port()),
        }
    }

    /// An address of ours with which somebody can do something, where a place listens on all.
    pub fn concrete(&self, local: SocketAddr, remote: IpAddr) -> SocketAddr {
        if !local.ip().is_unspecified() {
            return local;
        }
        // Where nothing is known yet, most are where the default route leads. Nothing is sent there.
        let remote = match remote {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from([192, 0, 2, 1]),
            IpAddr::V6(ip) if ip.is_unspecified() => {
                Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into()
            }
            known => known,
        };
        let found = self.toward.as_ref().and_then(|toward| toward(remote));
        SocketAddr::new(found.unwrap_or(local.ip()), local.port())
    }

    fn place(
        &self,
        name: &str,
        transport: Option<Transport>,
        address: Option<IpAddr>,
    ) -> Option<&Place> {
        if !name.is_empty() {
            return self
                .places
                .iter()
                .find(|place| &*place.settings.name == name);
        }
        let family =
            |place: &&Place| address.is_none_or(|to| to.is_ipv4() == place.local.is_ipv4());
        let wanted = transport.unwrap_or(Transport::Udp);
        let mut fit = self.places.iter().filter(family);
        fit.clone()
            .find(|place| place.settings.protocol == wanted)
            // Without a wish any will do.
            .or_else(|| fit.next().filter(|_| transport.is_none()))
    }
}

/// The address that a URI names, where it is one.
pub(crate) fn literal(uri: &Uri) -> Option<IpAddr> {
    let host = uri.host().to_string();
    host.trim_matches(['[', ']']).parse().ok()
}

/// The transport that a URI asks for.
pub(crate) fn transport_of(uri: &Uri) -> Option<Transport> {
    let secure = uri.scheme == Some(Scheme::Sips);
    let named = uri.params.iter().find_map(|param| match param {
        Param::Transport(transport) => Some(transport.to_string()),
        _ => None,
    });
    match named.as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("tls") => Some(Transport::Tls),
        Some("tcp") if secure => Some(Transport::Tls),
        Some("tcp") => Some(Transport::Tcp),
        Some("ws") if secure => Some(Transport::Wss),
        Some("ws") => Some(Transport::Ws),
        Some("wss") => Some(Transport::Wss),
        Some("udp") => Some(Transport::Udp),
        _ if secure => Some(Transport::Tls),
        _ => None,
    }
}

/// The port where nobody names one.
pub(crate) fn default_port(transport: Transport) -> u16 {
    match transport {
        Transport::Udp | Transport::Tcp => 5060,
        Transport::Tls => 5061,
        Transport::Ws => 80,
        Transport::Wss => 443,
    }
}

/// What calls know of who is where.
pub(super) struct View<'a> {
    pub(super) now: Time,
    pub(super) settings: &'a Settings,
    pub(super) contacts: &'a Contacts,
    pub(super) directory: &'a Directory,
    pub(super) flows: &'a Flows,
}

impl View<'_> {
    fn at(&self, uri: String, routes: Vec<Text>, target: Target) -> Option<call::Place> {
        let next = match routes.first().and_then(|r| uri::name_addr(r)) {
            Some(proxy) => uri::parse(proxy.address)?,
            None => uri::parse(&uri)?,
        };
        let flow = self.flows.toward(&target, &next)?;
        Some(call::Place {
            uri,
            routes: routes.iter().map(ToString::to_string).collect(),
            target,
            flow,
        })
    }
}

impl call::Reach for View<'_> {
    fn endpoint(&self, name: &str) -> Option<Arc<Endpoint>> {
        let endpoint = self.settings.endpoints.get(name)?;
        (!self.directory.in_maintenance(name)).then(|| Arc::clone(endpoint))
    }

    fn contact(&self, endpoint: &Endpoint) -> Option<call::Place> {
        let contact = self.contacts.best(&endpoint.aors, self.now)?;
        let (target, routes) = way(self.settings, contact, Some(endpoint));
        self.at(contact.uri.to_string(), routes, target)
    }

    fn place(&self, endpoint: &Endpoint, uri: &str) -> Option<call::Place> {
        // An address that somebody registered is reached the way that they came.
        let known = endpoint
            .aors
            .iter()
            .find_map(|aor| self.contacts.find(aor, uri));
        let (target, routes) = match known {
            Some(contact) => way(self.settings, contact, Some(endpoint)),
            None => (
                Target::Named {
                    transport: endpoint.transport.to_string(),
                },
                proxies(&endpoint.outbound_proxy),
            ),
        };
        self.at(uri.to_owned(), routes, target)
    }
}

/// The way to a contact: where requests go, and through which proxies.
pub(super) fn way(
    settings: &Settings,
    contact: &Contact,
    endpoint: Option<&Endpoint>,
) -> (Target, Vec<Text>) {
    let aor = settings.aors.get(&contact.aor);
    let named = Target::Named {
        transport: match endpoint.map_or("", |e| &*e.transport) {
            "" => symmetric(settings, contact),
            named => named.to_owned(),
        },
    };
    let proxy = endpoint
        .map(|e| &e.outbound_proxy)
        .filter(|proxy| !proxy.is_empty())
        .or(aor.map(|aor| &aor.outbound_proxy))
        .map_or_else(Vec::new, proxies);
    let Some(how) = &contact.registered else {
        return (named, proxy);
    };
    if !how.path.is_empty() {
        // RFC 3327, 5.3: the path is the way, over the connection that it came by.
        let target = how.flow.filter(|_| how.bound).map_or(named, Target::Flow);
        return (target, how.path.clone());
    }
    let rewritten = endpoint.is_some_and(|e| e.rewrite_contact);
    match how.flow {
        Some(flow) if how.bound || rewritten => (Target::Flow(flow), proxy),
        _ => (named, proxy),
    }
}

/// The transport by which somebody registered, where those are to be called by it; empty otherwise.
fn symmetric(settings: &Settings, contact: &Contact) -> String {
    let flow = contact
        .registered
        .as_ref()
        .and_then(|how| how.flow.as_ref());
    let came = flow.and_then(|flow| settings.listens(flow));
    let symmetric = came.filter(|transport| transport.symmetric_transport);
    symmetric.map_or(String::new(), |transport| transport.name.to_string())
}

pub(super) fn proxies(text: &Text) -> Vec<Text> {
    uri::split_unquoted(text, ',')
        .map(|one| match one.starts_with('<') {
            true => one.into(),
            false => format!("<{one}>").into(),
        })
        .collect()
}

impl Core {
    /// Names the engine all endpoints that can be called, and where those are that can be reached.
    pub(super) fn tell_devices(&mut self) {
        let settings = Arc::clone(&self.settings);
        let devices = settings.endpoints.values().map(|e| far_end(e)).collect();
        self.out.engine.push(Input::Devices("PJSIP", devices));
        for endpoint in settings.endpoints.values() {
            let contacts = self.reached(endpoint);
            self.out.engine.push(Input::Reach {
                technology: "PJSIP",
                device: endpoint.name.clone(),
                contacts,
            });
        }
    }
}
