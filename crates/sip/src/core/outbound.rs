//! Requests of our own outside of calls: how they are made, sent and proved.

use std::sync::Arc;

use rsipstack::sip::headers::make_header;
use rsipstack::sip::{Header, Headers, Method, Request, Response, Version};
use switch::Text;

use super::{Asked, Core, What};
use crate::carrier::message::cseq;
use crate::contacts::Contact;
use crate::digest;
use crate::settings::Auth;
use crate::uri;
use crate::wire::{Target, ToWire, Transport, Unanswered};

pub(super) use super::register::Outbound;

impl Core {
    /// Sends a request whose answer is waited for.
    pub(super) fn ask(&mut self, what: What, request: Request, target: Target) {
        let asked = Asked {
            what,
            request: Box::new(request),
            target,
            proved: false,
            at: self.now,
        };
        self.send(asked);
    }

    /// Sends a request again with an answer to the challenge that it met.
    pub(super) fn ask_again(&mut self, mut asked: Asked, proof: digest::Credentials) {
        let number = cseq(&asked.request.headers).map_or(1, |(number, _)| number) + 1;
        let method = asked.request.method;
        for header in asked.request.headers.iter_mut() {
            if let Header::CSeq(value) = header {
                *value = format!("{number} {method}").into();
            }
        }
        asked
            .request
            .headers
            .push(make_header(proof.header, proof.value));
        asked.proved = true;
        self.send(asked);
    }

    /// Answers a challenge, where we have something to answer it with.
    pub(super) fn prove(
        &mut self,
        asked: &Asked,
        response: &Response,
    ) -> Option<digest::Credentials> {
        let names: Vec<Text> = match &asked.what {
            What::Qualify(contact) => {
                let contact = self.contacts.get(*contact)?;
                if !self.settings.aors.get(&contact.aor)?.authenticate_qualify {
                    return None;
                }
                let endpoint = self.endpoint_of(contact);
                self.settings
                    .endpoints
                    .get(&endpoint)?
                    .outbound_auth
                    .clone()
            }
            What::Register(name) => self.settings.registrations.get(name)?.outbound_auth.clone(),
            What::Notify(number) => {
                let endpoint = self.subscriptions.endpoint(*number)?;
                self.settings
                    .endpoints
                    .get(&endpoint)?
                    .outbound_auth
                    .clone()
            }
            What::Alone(endpoint) => self.settings.endpoints.get(endpoint)?.outbound_auth.clone(),
        };
        let auths: Vec<Arc<Auth>> = names
            .iter()
            .filter_map(|name| self.settings.auths.get(name).cloned())
            .collect();
        let auths: Vec<&Auth> = auths.iter().map(|auth| &**auth).collect();
        let code = response.status_code.code();
        let challenges = response.headers.iter().filter_map(|header| match header {
            Header::WwwAuthenticate(value) if code == 401 => Some(value.value()),
            Header::ProxyAuthenticate(value) if code == 407 => Some(value.value()),
            _ => None,
        });
        let seed = self.draw();
        digest::answer(
            code,
            challenges,
            &auths,
            &self.settings.global.default_auth_algorithms_uac,
            &asked.request.method.to_string(),
            &uri::text(&asked.request.uri),
            &seed,
        )
    }

    /// A request outside of any dialog, with everything but its body. `endpoint` may be empty.
    pub(super) fn request_to(
        &mut self,
        method: Method,
        to: &str,
        endpoint: &str,
        target: &Target,
        routes: &[Text],
    ) -> Option<Request> {
        let uri = uri::parse(to)?;
        let terms = self.settings.endpoints.get(endpoint).cloned();
        let local = self.flows.toward(target, &uri)?;
        let user = match &terms {
            Some(endpoint) if !endpoint.from_user.is_empty() => endpoint.from_user.clone(),
            _ => self.settings.global.default_from_user.clone(),
        };
        let host = match &terms {
            Some(endpoint) if !endpoint.from_domain.is_empty() => endpoint.from_domain.to_string(),
            _ => crate::carrier::host(local.local.ip()),
        };
        let tag = self.tag();
        let contact = self.contact_uri(&user, &local);
        let mut headers = Headers(Vec::with_capacity(16));
        for route in routes {
            headers.push(Header::Route((&**route).into()));
        }
        headers.push(Header::MaxForwards(
            self.settings.global.max_forwards.to_string().into(),
        ));
        headers.push(Header::From(
            format!("<sip:{user}@{host}>;tag={tag}").into(),
        ));
        headers.push(Header::To(format!("<{to}>").into()));
        headers.push(Header::Contact(format!("<{contact}>").into()));
        headers.push(Header::CallId(self.draw().into()));
        headers.push(Header::CSeq(format!("1 {method}").into()));
        headers.push(Header::UserAgent(
            (&*self.settings.global.user_agent).into(),
        ));
        Some(Request {
            method,
            uri,
            version: Version::V2,
            headers,
            body: Vec::new(),
        })
    }

    /// Our own address on a flow, for `Contact`.
    pub(super) fn contact_uri(&self, user: &str, flow: &crate::wire::Flow) -> String {
        let (scheme, suffix) = match flow.transport {
            Transport::Udp => ("sip", ""),
            Transport::Tcp => ("sip", ";transport=TCP"),
            Transport::Tls => ("sips", ";transport=TLS"),
            Transport::Ws => ("sip", ";transport=ws"),
            Transport::Wss => ("sip", ";transport=ws"),
        };
        let at = match user {
            "" => String::new(),
            user => format!("{user}@"),
        };
        format!("{scheme}:{at}{}{suffix}", self.flows.shown(flow))
    }

    /// The way to a contact: where requests go and through which proxies.
    pub(super) fn way_to(&self, contact: &Contact, endpoint: &str) -> (Target, Vec<Text>) {
        let endpoint = self.settings.endpoints.get(endpoint);
        super::reach::way(&self.settings, contact, endpoint.map(|e| &**e))
    }

    fn send(&mut self, mut asked: Asked) {
        asked.at = self.now;
        if let What::Qualify(id) = asked.what {
            self.qualify_sent(id);
        }
        if self.asked.len() >= crate::limits::CLIENT_TRANSACTIONS {
            return self.answered(asked, Err(&Unanswered::NotSent(String::new())));
        }
        let transaction = self.out.next_transaction();
        self.out.wire.push(ToWire::Request {
            transaction,
            request: asked.request.clone(),
            target: asked.target.clone(),
        });
        self.asked.insert(transaction, asked);
    }
}
