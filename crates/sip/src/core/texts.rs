//! MESSAGE (RFC 3428), and NOTIFY that nobody subscribed to.

use std::sync::Arc;

use engine::Input;
use engine::message::{self, Reception};
use engine::request::Responder;
use rsipstack::sip::headers::make_header;
use rsipstack::sip::{Header, Method, Request, StatusCode};
use switch::Text;
use switch::signal::Notification;

use super::{Back, Core, What, gate, reach};
use crate::call::attached::is_header_name;
use crate::call::identity;
use crate::carrier::message::value;
use crate::directory::{self, Message, Notify, NotifyTarget};
use crate::limits::TEXT;
use crate::reply;
use crate::settings::Endpoint;
use crate::wire::{Flow, ServerTransaction, Target};

impl Core {
    /// A text came: the dialplan says whether it has a place for it.
    pub(super) fn message_in(
        &mut self,
        transaction: ServerTransaction,
        request: Request,
        flow: Flow,
        endpoint: &Arc<Endpoint>,
    ) {
        let plain = value(&request.headers, "Content-Type").is_none_or(|kind| {
            kind.split(';')
                .next()
                .unwrap_or("")
                .trim()
                .eq_ignore_ascii_case("text/plain")
        });
        let refusal = match plain {
            _ if request.body.len() > TEXT => Some(StatusCode::RequestEntityTooLarge),
            false => Some(StatusCode::UnsupportedMediaType),
            true => None,
        };
        if let Some(code) = refusal {
            let mut answer = reply::to(&request, code, &self.tag());
            if !plain {
                answer.headers.push(Header::Accept("text/plain".into()));
            }
            return self.respond(transaction, answer);
        }
        let context = match &endpoint.message_context {
            context if context.is_empty() => &endpoint.context,
            context => context,
        };
        let incoming = message::Incoming {
            context: context.clone(),
            exten: Text::from(identity::extension(&request, &self.settings)),
            message: read(&request, flow),
        };
        let back = Arc::clone(&self.back);
        let request = Box::new(request);
        let reply = Responder::new(move |reception| {
            back(Back::Text(transaction, request, reception));
        });
        self.out
            .engine
            .push(Input::Message(Box::new(incoming), reply));
    }

    /// The dialplan has said what became of a text.
    pub(super) fn message_taken(
        &mut self,
        transaction: ServerTransaction,
        request: &Request,
        reception: Reception,
    ) {
        let code = match reception {
            // RFC 3428, 7: it is not known yet what becomes of it.
            Reception::Taken => StatusCode::Accepted,
            Reception::NoExtension => StatusCode::NotFound,
            Reception::Refused => StatusCode::ServiceUnavailable,
        };
        self.refuse(transaction, request, code);
    }

    /// Sends a text.
    pub(super) fn message_out(&mut self, message: Message) {
        let places = self.places(&message.to);
        let mut sent = false;
        for (endpoint, uri, target, routes) in places {
            let made = self.request_to(Method::Message, &uri, &endpoint, &target, &routes);
            let Some(mut request) = made else { continue };
            request
                .headers
                .retain(|header| !matches!(header, Header::Contact(_)));
            for header in request.headers.iter_mut() {
                match header {
                    Header::From(from) if !message.from.is_empty() => {
                        let tag = self.draw_tag(from.value());
                        *from =
                            format!("{};tag={tag}", bracketed(&message.from, from.value())).into();
                    }
                    Header::To(to) if !message.to_header.is_empty() => {
                        *to = bracketed(&message.to_header, to.value()).into();
                    }
                    _ => {}
                }
            }
            let mut kind = "text/plain";
            for (name, value) in &message.headers {
                match () {
                    () if name.eq_ignore_ascii_case("Content-Type") => kind = value,
                    () if is_ours(name) => {}
                    () => request.headers.push(make_header(name, value.to_string())),
                }
            }
            request.headers.push(Header::ContentType(kind.into()));
            request.body = text::to_bytes(&message.body).into_owned();
            self.ask(What::Alone(endpoint), request, target);
            sent = true;
            // A text goes to one place.
            break;
        }
        message.reply.send(sent);
    }

    /// Sends a NOTIFY that nobody subscribed to.
    pub(super) fn notify_alone(&mut self, notify: &Notify) {
        let places = match &notify.to {
            NotifyTarget::Endpoint(name) => self.places(name),
            NotifyTarget::Uri(uri) => self.places(uri),
        };
        if places.is_empty() {
            let to = &notify.to;
            tracing::warn!(target: "sip", "NOTIFY: {to:?} is nowhere to be reached");
        }
        for (endpoint, uri, target, routes) in places {
            let made = self.request_to(Method::Notify, &uri, &endpoint, &target, &routes);
            let Some(mut request) = made else { continue };
            let said = |name: &str| {
                notify
                    .headers
                    .iter()
                    .any(|(n, _)| n.eq_ignore_ascii_case(name))
            };
            if !said("Subscription-State") {
                request
                    .headers
                    .push(Header::SubscriptionState("terminated".into()));
            }
            for (name, value) in &notify.headers {
                if !is_header_name(name) {
                    tracing::warn!(target: "sip", "NOTIFY: {name:?} is no header's name, it is left out");
                    continue;
                }
                request.headers.push(make_header(name, value.to_string()));
            }
            request.body = text::to_bytes(&notify.body).into_owned();
            self.ask(What::Alone(endpoint), request, target);
        }
    }

    /// A NOTIFY to somebody else than the far end of the channel that it was ordered for.
    pub(super) fn notify_of(&mut self, to: &Text, content: &Notification) {
        match directory::lines(&self.settings, content) {
            Some(pairs) => {
                let to = NotifyTarget::Uri(to.clone());
                self.notify_alone(&Notify::of(to, pairs));
            }
            None => tracing::warn!(target: "sip", "NOTIFY: pjsip_notify.conf has no {content:?}"),
        }
    }

    /// Where somebody is whom an order names: an endpoint, `endpoint/uri` or an address, each with
    /// `pjsip:` before it or not.
    fn places(&self, to: &str) -> Vec<(Text, String, Target, Vec<Text>)> {
        let to = to.strip_prefix("pjsip:").unwrap_or(to);
        let to = to.strip_prefix("PJSIP/").unwrap_or(to);
        let by = |endpoint: &Endpoint, uri: &str| {
            let target = Target::Named {
                transport: endpoint.transport.to_string(),
            };
            let routes = reach::proxies(&endpoint.outbound_proxy);
            (endpoint.name.clone(), uri.to_owned(), target, routes)
        };
        if let Some(endpoint) = self.settings.endpoints.get(to) {
            return endpoint
                .aors
                .iter()
                .flat_map(|aor| self.contacts.of(aor))
                .filter(|contact| contact.is_reachable())
                .map(|contact| {
                    let (target, routes) = reach::way(&self.settings, contact, Some(endpoint));
                    (
                        endpoint.name.clone(),
                        contact.uri.to_string(),
                        target,
                        routes,
                    )
                })
                .collect();
        }
        if let Some((name, uri)) = to.split_once('/')
            && let Some(endpoint) = self.settings.endpoints.get(name)
        {
            return vec![by(endpoint, uri)];
        }
        if let Some((name, _)) = to.split_once('@')
            && let Some(endpoint) = self.settings.endpoints.get(name)
        {
            return self.places(&endpoint.name.clone());
        }
        let bare = to.trim_start_matches('<').trim_end_matches('>');
        let default = &self.settings.global.default_outbound_endpoint;
        match self.settings.endpoints.get(default) {
            Some(endpoint) if crate::uri::parse(bare).is_some() => vec![by(endpoint, bare)],
            _ => Vec::new(),
        }
    }

    fn draw_tag(&self, from: &str) -> String {
        crate::uri::name_addr(from)
            .and_then(|parts| parts.param("tag").map(str::to_owned))
            .unwrap_or_default()
    }
}

/// The text as the dialplan has it.
fn read(request: &Request, flow: Flow) -> message::Message {
    let address = |name| {
        let named = crate::uri::name_addr(value(&request.headers, name)?)?;
        Some((named.name, named.address.to_owned()))
    };
    let (_, to) = address("To").unwrap_or_default();
    let from = match address("From").unwrap_or_default() {
        (name, from) if name.is_empty() => format!("<{from}>"),
        (name, from) => {
            let name = name.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{name}\" <{from}>")
        }
    };
    let mut message = message::Message::default();
    message.to = match to.strip_prefix("sip:") {
        Some(rest) => format!("pjsip:{rest}").into(),
        None => to.into(),
    };
    message.from = from.into();
    message.body = Text::from(&*text::decode(&request.body));
    message.came_with("PJSIP_RECVADDR".into(), flow.remote.to_string().into());
    message.came_with("PJSIP_TRANSPORT".into(), gate::word(flow.transport).into());
    for header in request.headers.iter() {
        message.came_with(header.name().into(), header.value().into());
    }
    message
}

/// Whether a header of a message is the message's own, so that nobody else may set it.
fn is_ours(name: &str) -> bool {
    const OURS: [&str; 14] = [
        "Authorization",
        "Call-ID",
        "Contact",
        "Content-Length",
        "CSeq",
        "From",
        "Max-Forwards",
        "PJSIP_RECVADDR",
        "PJSIP_TRANSPORT",
        "Proxy-Authorization",
        "Record-Route",
        "Route",
        "To",
        "Via",
    ];
    OURS.iter().any(|ours| ours.eq_ignore_ascii_case(name))
}

/// An address as a header has it; a bare word is the user at the host of `like`.
fn bracketed(text: &str, like: &str) -> String {
    if text.contains('<') {
        return text.to_owned();
    }
    let text = text.strip_prefix("pjsip:").unwrap_or(text);
    if crate::uri::parse(text).is_some() {
        return format!("<{text}>");
    }
    let host = crate::uri::name_addr(like)
        .and_then(|parts| crate::uri::parse(parts.address))
        .map_or_else(
            || "invalid".to_owned(),
            |uri| uri.host_with_port.to_string(),
        );
    format!("<sip:{text}@{host}>")
}
