//! A dialog (RFC 3261, 12): who the two sides are and how requests go between them.

use std::net::SocketAddr;

use rsipstack::sip::{Header, Headers, Method, Request, Response, Uri, Version};

use super::message::{elements, header, sequence, value};
use crate::settings::{Endpoint, Settings};
use crate::uri;
use crate::wire::{Flow, Target, Transport};

/// One side's view of it, ours.
#[derive(Debug, Clone)]
pub(super) struct Dialog {
    pub(super) call_id: String,
    /// We, as `From` of our requests says, with our tag.
    pub(super) local: String,
    pub(super) local_tag: String,
    /// They, as `To` of our requests says, with their tag where it is known.
    pub(super) remote: String,
    /// Empty while they have not said it.
    pub(super) remote_tag: String,
    /// Number of our last request.
    pub(super) sequence: u32,
    /// Number of their last request; 0 for none.
    pub(super) their_sequence: u32,
    /// Where they are.
    pub(super) target: String,
    /// What their INVITE asked for; empty where it was ours.
    pub(super) asked: String,
    /// Proxies on the way, the nearest first.
    pub(super) routes: Vec<String>,
    /// Where our requests go.
    pub(super) way: Target,
    /// What that is chosen by.
    pub(super) ways: Ways,
    /// From where.
    pub(super) here: SocketAddr,
    /// Where we are, as `Contact` says.
    pub(super) contact: String,
    /// Whether the `Call-ID` is ours: it decides who waits longer after both asked at once.
    pub(super) ours: bool,
}

/// The ways to a far end: the one that its messages come by, and the one that addresses tell.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    /// How its last request came; `None` where none has.
    pub(super) flow: Option<Flow>,
    /// Whether that counts whatever addresses say: a connection, or an endpoint that does not know its own
    /// address (`rewrite_contact`).
    pub(super) flow_counts: bool,
    /// The transport that is used otherwise.
    pub(super) transport: String,
}

impl Ways {
    /// Those to somebody who is reached by a flow.
    pub(super) fn by(flow: &Flow, endpoint: &Endpoint, settings: &Settings) -> Ways {
        let name = super::place::transport_name(settings, flow.transport, flow.local);
        Ways {
            flow: Some(*flow),
            flow_counts: endpoint.rewrite_contact || flow.transport != Transport::Udp,
            transport: name,
        }
    }

    /// The way to whoever is next.
    fn to(&self, next: &str) -> Target {
        let same = |flow: &Flow| self.flow_counts || literal(next) == Some(flow.remote);
        match self.flow.filter(|flow| same(flow)) {
            Some(flow) => Target::Flow(flow),
            None => Target::Named {
                transport: self.transport.clone(),
            },
        }
    }
}

/// The socket that an address names without a look-up.
pub(super) fn literal(address: &str) -> Option<SocketAddr> {
    let address = uri::parse(address)?;
    let ip = address.host().to_string();
    let ip = ip.trim_matches(['[', ']']).parse().ok()?;
    let port = address.host_with_port.port.map_or(5060, |port| port.0);
    Some(SocketAddr::new(ip, port))
}

impl Dialog {
    /// The dialog that an INVITE of theirs makes (RFC 3261, 12.1.1).
    pub(super) fn incoming(
        request: &Request,
        flow: &Flow,
        ways: Ways,
        tag: String,
        contact: String,
    ) -> Dialog {
        let text = |name| value(&request.headers, name).unwrap_or_default().to_owned();
        let remote = text("From");
        let mut dialog = Dialog {
            call_id: text("Call-ID"),
            local: format!("{};tag={tag}", text("To")),
            local_tag: tag,
            remote_tag: tag_of(&remote),
            remote,
            sequence: 0,
            their_sequence: sequence(&request.headers),
            target: super::message::contact(&request.headers).unwrap_or_default(),
            asked: request.uri.to_string(),
            routes: elements(&request.headers, "Record-Route")
                .map(str::to_owned)
                .collect(),
            way: Target::Flow(*flow),
            ways,
            here: flow.local,
            contact,
            ours: false,
        };
        dialog.find_way();
        dialog
    }

    /// Takes what an answer to our INVITE says of the dialog (RFC 3261, 12.1.2).
    pub(super) fn learn(&mut self, response: &Response) {
        let headers = &response.headers;
        if let Some(to) = value(headers, "To") {
            self.remote = to.to_owned();
            self.remote_tag = tag_of(to);
        }
        self.routes = elements(headers, "Record-Route")
            .map(str::to_owned)
            .collect();
        self.routes.reverse();
        self.retarget(headers);
    }

    /// They are elsewhere now, where a `Contact` says so (RFC 3261, 12.2).
    pub(super) fn retarget(&mut self, headers: &Headers) {
        if let Some(contact) = super::message::contact(headers) {
            self.target = contact;
        }
        self.find_way();
    }

    /// An INVITE that made no dialog goes to another address, the way that it went at first.
    pub(super) fn redirect(&mut self, address: String, invite: &mut Request) {
        let to = value(&invite.headers, "To").unwrap_or_default();
        self.remote = to.to_owned();
        self.remote_tag = tag_of(&self.remote);
        self.routes = elements(&invite.headers, "Route")
            .map(str::to_owned)
            .collect();
        self.ways.flow_counts = false;
        self.target = address;
        self.find_way();
        invite.uri = self::address(&self.target);
    }

    /// A request of theirs came this way.
    pub(super) fn came_by(&mut self, flow: Flow) {
        if self.ways.flow != Some(flow) {
            self.ways.flow = Some(flow);
            self.find_way();
        }
    }

    /// Our requests go to the first proxy, or to where they are.
    fn find_way(&mut self) {
        let first = self.routes.first().and_then(|route| uri::name_addr(route));
        let next = first.map_or(&*self.target, |named| named.address);
        self.way = self.ways.to(next);
    }

    /// The next request of ours.
    pub(super) fn request(&mut self, method: Method, settings: &Settings) -> Request {
        self.sequence += 1;
        self.numbered(method, self.sequence, settings)
    }

    /// The ACK of a 2xx (RFC 3261, 13.2.2.4): the INVITE's number, no transaction.
    pub(super) fn ack(&self, sequence: u32, settings: &Settings) -> Request {
        self.numbered(Method::Ack, sequence, settings)
    }

    fn numbered(&self, method: Method, sequence: u32, settings: &Settings) -> Request {
        let mut headers = Headers(Vec::with_capacity(16));
        headers.push(header("From", &self.local));
        headers.push(header("To", &self.remote));
        headers.push(header("Call-ID", &self.call_id));
        headers.push(header("CSeq", format!("{sequence} {method}")));
        let target = self.route(&mut headers);
        if has_contact(method) {
            headers.push(header("Contact", &self.contact));
        }
        headers.push(header(
            "Max-Forwards",
            settings.global.max_forwards.to_string(),
        ));
        headers.push(header("User-Agent", &*settings.global.user_agent));
        Request {
            method,
            uri: address(&target),
            version: Version::V2,
            headers,
            body: Vec::new(),
        }
    }

    /// Puts the route in, and says what the request's address is (RFC 3261, 12.2.1.1).
    fn route(&self, headers: &mut Headers) -> String {
        let address = |route: &str| uri::name_addr(route).map(|named| named.address.to_owned());
        let first = self.routes.first().and_then(|route| address(route));
        let strict = first.filter(|first| {
            let params = first.find(';').map_or("", |at| &first[at..]);
            uri::param(params, "lr").is_none()
        });
        let skipped = usize::from(strict.is_some());
        let route = |route: &String| Header::Route(route.clone().into());
        headers.extend(self.routes.iter().skip(skipped).map(route).collect());
        match strict {
            Some(first) => {
                headers.push(header("Route", format!("<{}>", self.target)));
                first
            }
            None => self.target.clone(),
        }
    }
}

/// An address as it stands in a request. Writing escapes the user, so that it may not be escaped before.
fn address(text: &str) -> Uri {
    let mut address = uri::parse(text).unwrap_or_default();
    if let Some(auth) = &mut address.auth {
        auth.user = uri::unescape(&auth.user);
    }
    address
}

/// The tag in a `From` or `To`; empty for none.
pub(super) fn tag_of(value: &str) -> String {
    let named = uri::name_addr(value);
    let tag = named.as_ref().and_then(|named| named.param("tag"));
    tag.unwrap_or_default().to_owned()
}

fn has_contact(method: Method) -> bool {
    matches!(
        method,
        Method::Invite | Method::Update | Method::Refer | Method::Subscribe | Method::Notify
    )
}
