//! Who sends a request, and whether they are let in.

use std::sync::Arc;

use rsipstack::sip::{Header, Method, Request, StatusCode};
use switch::Text;
use switch::fact::{Attempt, Fact, Incident};

use super::{Core, Hosts};
use crate::carrier::message::{call_id, value};
use crate::carrier::via;
use crate::digest::{self, Params, Verdict};
use crate::reply;
use crate::settings::{Auth, Endpoint, IdentifyBy, Settings};
use crate::uri;
use crate::wire::{Flow, ServerTransaction, ToWire, Transport};

/// Whether answers to a request would go elsewhere than where it came from, as it stands.
pub(crate) fn needs_rport(request: &Request, flow: &Flow) -> bool {
    let asks = |top: via::Via<'_>| uri::param(top.params, "rport").is_some();
    flow.transport == Transport::Udp
        && !value(&request.headers, "Via")
            .and_then(via::parse)
            .is_some_and(asks)
}

impl Core {
    /// Finds out who sends a request outside of any dialog. `None` where they are not let in; then the
    /// answer is on its way. Whoever is unknown is answered like one with a wrong secret, by the same
    /// steps and after the same time.
    pub(super) fn admit(
        &mut self,
        transaction: ServerTransaction,
        request: &Request,
        flow: Flow,
    ) -> Option<Arc<Endpoint>> {
        let settings = Arc::clone(&self.settings);
        let from = flow.remote.ip().to_canonical();
        for list in &settings.acls {
            if !settings.lets_in(&list.acl, &list.rules, from) {
                let what = Incident::RefusedAddress(list.name.clone());
                self.attempt(&from_user(request), request, flow, what);
                self.refuse(transaction, request, StatusCode::Forbidden);
                return None;
            }
        }
        let found = self
            .by_line(request)
            .or_else(|| identify(&settings, &self.hosts, request, &flow));
        // Whoever is unknown is treated as most are that are known.
        if found.as_ref().is_none_or(|endpoint| endpoint.force_rport) && needs_rport(request, &flow)
        {
            self.out.wire.push(ToWire::ForceRport(transaction));
        }
        if let Some(endpoint) = &found
            && !settings.lets_in(&endpoint.acl, &[], from)
        {
            let what = Incident::RefusedAddress(endpoint.acl.first().cloned().unwrap_or_default());
            self.attempt(&endpoint.name, request, flow, what);
            self.refuse(transaction, request, StatusCode::Forbidden);
            return None;
        }
        let auths: Vec<Arc<Auth>> = match &found {
            Some(endpoint) => {
                let open = endpoint.auth.is_empty()
                    || (request.method == Method::Options
                        && endpoint.allow_unauthenticated_options);
                if open {
                    return found;
                }
                let named = endpoint.auth.iter();
                named
                    .filter_map(|n| settings.auths.get(n).cloned())
                    .collect()
            }
            None => {
                self.attempt(&from_user(request), request, flow, Incident::UnknownAccount);
                Vec::new()
            }
        };
        self.prove_it(transaction, request, flow, found, &auths)
    }

    fn prove_it(
        &mut self,
        transaction: ServerTransaction,
        request: &Request,
        flow: Flow,
        found: Option<Arc<Endpoint>>,
        auths: &[Arc<Auth>],
    ) -> Option<Arc<Endpoint>> {
        // A user whom nobody is: their secret is as good as any, and wrong.
        let nobody = Arc::new(Auth {
            username: from_user(request),
            password: self.draw().into(),
            nonce_lifetime: std::time::Duration::from_secs(32),
            ..Auth::default()
        });
        let auths = match (&found, auths) {
            (Some(_), [_, ..]) => auths,
            _ => std::slice::from_ref(&nobody),
        };
        let proofs: Vec<&str> = request
            .headers
            .iter()
            .filter_map(|header| match header {
                Header::Authorization(value) => Some(value.value()),
                _ => None,
            })
            .collect();
        let settings = Arc::clone(&self.settings);
        let realm_of = |auth: &Auth| match &*auth.realm {
            "" => settings.global.default_realm.clone(),
            _ => auth.realm.clone(),
        };
        let algorithms_of = |auth: &Auth| match auth.supported_algorithms_uas.is_empty() {
            true => settings.global.default_auth_algorithms_uas.clone(),
            false => auth.supported_algorithms_uas.clone(),
        };
        let mut worst = Verdict::None;
        for auth in auths {
            let (realm, algorithms) = (realm_of(auth), algorithms_of(auth));
            let verdict = digest::verify(
                &mut self.nonces,
                self.now,
                request,
                &proofs,
                auth,
                &realm,
                &algorithms,
            );
            match (&verdict, &found) {
                (Verdict::Good, Some(endpoint)) => {
                    self.held.good(flow.remote.ip());
                    let name = endpoint.name.clone();
                    self.attempt(&name, request, flow, Incident::LetIn { with_secret: true });
                    return found;
                }
                (Verdict::None, _) => {}
                _ => worst = verdict,
            }
        }
        let account: Text = match &found {
            Some(endpoint) => endpoint.name.clone(),
            None => "<unknown>".into(),
        };
        let stale = worst == Verdict::Stale;
        let what = match worst {
            Verdict::Wrong(wrong) => Incident::WrongResponse {
                challenge: wrong.challenge.into(),
                response: wrong.response.into(),
                expected: Text::default(),
            },
            _ => Incident::Challenged(Text::default()),
        };
        self.attempt(&account, request, flow, what);
        let mut answer = reply::to(request, StatusCode::Unauthorized, &self.tag());
        let mut realms: Vec<Text> = Vec::new();
        for auth in auths {
            let realm = realm_of(auth);
            if realms.contains(&realm) {
                continue;
            }
            let algorithms = algorithms_of(auth);
            let values = digest::challenges(&mut self.nonces, self.now, &realm, &algorithms, stale);
            for value in values {
                answer.headers.push(Header::WwwAuthenticate(value.into()));
            }
            realms.push(realm);
        }
        self.hold(transaction, answer, flow.remote.ip());
        None
    }

    /// A security event.
    pub(super) fn attempt(&mut self, account: &str, request: &Request, flow: Flow, what: Incident) {
        self.saw(Fact::Attempted(Box::new(Attempt {
            service: "PJSIP",
            account: account.into(),
            session: call_id(request).into(),
            transport: word(flow.transport),
            local: flow.local,
            remote: flow.remote,
            what,
        })));
    }
}

/// The word of a transport in events.
pub(super) fn word(transport: Transport) -> &'static str {
    match transport {
        Transport::Udp => "UDP",
        Transport::Tcp => "TCP",
        Transport::Tls => "TLS",
        Transport::Ws => "WS",
        Transport::Wss => "WSS",
    }
}

/// The endpoint that a request comes from, by the ways that `endpoint_identifier_order` names.
fn identify(
    settings: &Settings,
    hosts: &Hosts,
    request: &Request,
    flow: &Flow,
) -> Option<Arc<Endpoint>> {
    let domain = || {
        settings
            .listens(flow)
            .map_or("", |transport| &*transport.domain)
    };
    settings
        .global
        .endpoint_identifier_order
        .iter()
        .find_map(|way| match &**way {
            "ip" => by_list(settings, |identify| {
                let from = flow.remote.ip().to_canonical();
                let named = |host| hosts.get(host).is_some_and(|all| all.contains(&from));
                identify.masks.iter().any(|mask| mask.holds(from))
                    || identify.hosts.iter().any(named)
            }),
            "header" => by_list(settings, |identify| {
                identify
                    .match_header
                    .as_ref()
                    .is_some_and(|(name, pattern)| {
                        let mut all = request.headers.iter();
                        let named = |h: &&Header| h.name().eq_ignore_ascii_case(name);
                        all.any(|h| named(&h) && pattern.fits(h.value()))
                    })
            }),
            "request_uri" => by_list(settings, |identify| {
                let wanted = identify.match_request_uri.as_ref();
                wanted.is_some_and(|pattern| pattern.fits(&uri::text(&request.uri)))
            }),
            "username" => {
                let (user, host) = from_parts(request)?;
                by_name(settings, &user, &host, domain(), IdentifyBy::Username)
            }
            "auth_username" => {
                let proof = value(&request.headers, "Authorization").and_then(Params::read)?;
                let (_, host) = from_parts(request)?;
                by_name(
                    settings,
                    proof.get("username"),
                    &host,
                    domain(),
                    IdentifyBy::AuthUsername,
                )
            }
            "anonymous" => {
                let host = from_parts(request).map_or(String::new(), |(_, host)| host);
                let at = |domain: &str| {
                    settings
                        .endpoints
                        .get(format!("anonymous@{domain}").as_str())
                };
                at(&host)
                    .or_else(|| at(domain()))
                    .or_else(|| settings.endpoints.get("anonymous"))
                    .cloned()
            }
            _ => None,
        })
}

fn by_list(
    settings: &Settings,
    is_it: impl Fn(&crate::settings::Identify) -> bool,
) -> Option<Arc<Endpoint>> {
    settings
        .identifies
        .iter()
        .filter(|identify| is_it(identify))
        .find_map(|identify| settings.endpoints.get(&identify.endpoint).cloned())
}

/// `domain` is the one of the transport that it came by.
fn by_name(
    settings: &Settings,
    user: &str,
    host: &str,
    domain: &str,
    way: IdentifyBy,
) -> Option<Arc<Endpoint>> {
    let user = match settings.global.ignore_uri_user_options {
        true => user.split(';').next().unwrap_or(user),
        false => user,
    };
    let alias = settings
        .domain_aliases
        .get(host)
        .map_or(host, |domain| domain);
    let names = [
        format!("{user}@{host}"),
        format!("{user}@{alias}"),
        format!("{user}@{domain}"),
        user.to_owned(),
    ];
    let multi = !settings.global.disable_multi_domain;
    names
        .iter()
        .skip(if multi { 0 } else { 3 })
        .find_map(|name| settings.endpoints.get(name.as_str()))
        .filter(|endpoint| endpoint.identify_by.contains(&way))
        .cloned()
}

/// User and host of `From`.
fn from_parts(request: &Request) -> Option<(String, String)> {
    let from = uri::name_addr(value(&request.headers, "From")?)?;
    let address = uri::parse(from.address)?;
    let user = address.user().map(uri::unescape).unwrap_or_default();
    Some((user, address.host().to_string()))
}

fn from_user(request: &Request) -> Text {
    from_parts(request).map_or_else(Text::default, |(user, _)| user.into())
}
