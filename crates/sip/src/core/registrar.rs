//! REGISTER (RFC 3261, 10.3): who can be found where.

// Long because RFC 3261, 10.3 is one procedure.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rsipstack::sip::{Header, Request, Response, StatusCode};
use switch::Text;
use switch::fact::Incident;

use super::{Core, date};
use crate::carrier::message::{call_id, value};
use crate::contacts::{Contact, Registered, first_status};
use crate::cx::Timer;
use crate::limits::{CONTACTS, CONTACTS_AT_ONCE};
use crate::reply;
use crate::settings::{Aor, Endpoint};
use crate::uri::{self, split_unquoted};
use crate::wire::{Flow, ServerTransaction, Transport};

/// What a phone asks for one of its contacts.
struct Asked {
    /// The address as it wrote it.
    said: String,
    /// The address that it is found at.
    uri: String,
    /// How long; zero to be forgotten.
    expires: Duration,
    q: u16,
}

impl Core {
    /// A REGISTER of an endpoint that was let in.
    pub(super) fn registrar(
        &mut self,
        transaction: ServerTransaction,
        request: &Request,
        flow: Flow,
        endpoint: &Arc<Endpoint>,
    ) {
        let Some(aor) = self.aor_of(request, endpoint) else {
            let what = Incident::NotSupported("registrar_requested_aor_not_found".into());
            self.attempt(&endpoint.name, request, flow, what);
            return self.refuse(transaction, request, StatusCode::NotFound);
        };
        if aor.max_contacts == 0 {
            let what = Incident::NotSupported("registrar_attempt_without_configured_aors".into());
            self.attempt(&endpoint.name, request, flow, what);
            return self.refuse(transaction, request, StatusCode::Forbidden);
        }
        let done = match self.asked_contacts(request, flow, endpoint, &aor) {
            Err(answer) => return self.respond(transaction, *answer),
            Ok(None) => self.forget_all(&aor.name),
            Ok(Some(asked)) => self.bind(request, flow, endpoint, &aor, &asked),
        };
        if let Err(code) = done {
            return self.refuse(transaction, request, code);
        }
        let answer = self.bindings(request, &aor);
        self.respond(transaction, answer);
    }

    /// The address of record that `To` names, one of the endpoint's.
    fn aor_of(&self, request: &Request, endpoint: &Endpoint) -> Option<Arc<Aor>> {
        let to = uri::name_addr(value(&request.headers, "To")?)?;
        let address = uri::parse(to.address)?;
        let user = address.user().map(uri::unescape).unwrap_or_default();
        let user = match self.settings.global.ignore_uri_user_options {
            true => user.split(';').next().unwrap_or(&user).to_owned(),
            false => user,
        };
        let host = address.host().to_string();
        let alias = self.settings.domain_aliases.get(host.as_str());
        let mut names = vec![format!("{user}@{host}")];
        names.extend(alias.map(|domain| format!("{user}@{domain}")));
        names.push(user);
        let name = names
            .iter()
            .find_map(|name| endpoint.aors.iter().find(|aor| &***aor == name.as_str()))?;
        self.settings.aors.get(name).cloned()
    }

    /// What the request's `Contact` lines ask for; `None` for `*`, which is all of them gone.
    fn asked_contacts(
        &mut self,
        request: &Request,
        flow: Flow,
        endpoint: &Endpoint,
        aor: &Aor,
    ) -> Result<Option<Vec<Asked>>, Box<Response>> {
        let tag = self.tag();
        let refuse = |code| Err(Box::new(reply::to(request, code, &tag)));
        let overall = value(&request.headers, "Expires").map(|v| v.parse::<u32>().ok());
        let mut asked: Vec<Asked> = Vec::new();
        let mut star = false;
        let lines = request.headers.iter().filter_map(|h| match h {
            Header::Contact(value) => Some(value.value()),
            _ => None,
        });
        for part in lines.flat_map(|line| split_unquoted(line, ',')) {
            if part == "*" {
                star = true;
                continue;
            }
            let Some(parts) = uri::name_addr(part) else {
                return refuse(StatusCode::BadRequest);
            };
            let Some(address) = uri::parse(parts.address) else {
                return refuse(StatusCode::BadRequest);
            };
            let wanted = match parts.param("expires") {
                Some(own) => own.parse::<u32>().ok(),
                None => overall.flatten(),
            };
            let expires = match wanted.map(|s| Duration::from_secs(s.into())) {
                None => aor.default_expiration,
                Some(span) if span.is_zero() => span,
                Some(span) if span < aor.minimum_expiration => {
                    let mut answer = reply::to(request, StatusCode::IntervalTooBrief, &tag);
                    let least = aor.minimum_expiration.as_secs().to_string();
                    answer.headers.push(Header::MinExpires(least.into()));
                    return Err(Box::new(answer));
                }
                Some(span) => span.min(aor.maximum_expiration),
            };
            let uri = match endpoint.rewrite_contact {
                true => rewritten(&address, flow),
                false => parts.address.to_owned(),
            };
            if let Some(host) = host_address(&uri)
                && !self.settings.contact_may_be(endpoint, host)
            {
                return refuse(StatusCode::Forbidden);
            }
            asked.push(Asked {
                said: parts.address.to_owned(),
                uri,
                expires,
                q: parts.param("q").map_or(1000, weight),
            });
            if asked.len() > CONTACTS_AT_ONCE {
                return refuse(StatusCode::RequestEntityTooLarge);
            }
        }
        match star {
            // `*` stands alone, and only to take all back (RFC 3261, 10.2.2).
            true if asked.is_empty() && overall == Some(Some(0)) => Ok(None),
            true => refuse(StatusCode::BadRequest),
            false => Ok(Some(asked)),
        }
    }

    fn forget_all(&mut self, aor: &str) -> Result<(), StatusCode> {
        let all: Vec<u64> = self
            .contacts
            .of(aor)
            .filter(|contact| contact.registered.is_some())
            .map(|contact| contact.id)
            .collect();
        for id in all {
            self.forget(id);
        }
        Ok(())
    }

    fn bind(
        &mut self,
        request: &Request,
        flow: Flow,
        endpoint: &Endpoint,
        aor: &Aor,
        asked: &[Asked],
    ) -> Result<(), StatusCode> {
        self.make_room(aor, asked)?;
        for one in asked {
            let known = self
                .contacts
                .find(&aor.name, &one.uri)
                .filter(|contact| contact.registered.is_some())
                .map(|contact| contact.id);
            if one.expires.is_zero() {
                known.inspect(|id| self.forget(*id));
                continue;
            }
            let registered = Registered {
                endpoint: endpoint.name.clone(),
                until: self.now + one.expires,
                call_id: call_id(request).into(),
                said: one.said.as_str().into(),
                user_agent: value(&request.headers, "User-Agent").unwrap_or("").into(),
                path: path(request, aor),
                via: via_address(request, flow),
                q: one.q,
                flow: Some(flow),
                bound: flow.transport != Transport::Udp,
            };
            match known {
                Some(id) => self.refreshed(id, registered),
                None => {
                    let id = self.contacts.add(Contact {
                        id: 0,
                        aor: aor.name.clone(),
                        uri: one.uri.as_str().into(),
                        registered: Some(registered),
                        status: first_status(aor.qualify_frequency),
                        round_trip: Duration::ZERO,
                    });
                    self.contact_came(id);
                }
            }
        }
        self.sweep_later();
        Ok(())
    }

    /// Takes old contacts away where the new ones would be too many.
    fn make_room(&mut self, aor: &Aor, asked: &[Asked]) -> Result<(), StatusCode> {
        let most = (aor.max_contacts as usize).min(CONTACTS);
        let mut kept: Vec<(bool, u64)> = self
            .contacts
            .of(&aor.name)
            .filter(|c| c.registered.is_some() && !asked.iter().any(|a| *a.uri == *c.uri))
            .map(|c| (c.is_reachable(), c.id))
            .collect();
        let wanted = asked.iter().filter(|one| !one.expires.is_zero()).count();
        if wanted == 0 || kept.len() + wanted <= most {
            return Ok(());
        }
        if wanted > most {
            return Err(StatusCode::Forbidden);
        }
        let over = kept.len() + wanted - most;
        match (aor.remove_existing, aor.remove_unavailable) {
            // Those that do not answer go first, then the oldest.
            (true, true) => kept.sort_unstable(),
            (true, false) => kept.sort_unstable_by_key(|(_, id)| *id),
            (false, true) => {
                kept.retain(|(reachable, _)| !reachable);
                if kept.len() < over {
                    return Err(StatusCode::Forbidden);
                }
            }
            (false, false) => return Err(StatusCode::Forbidden),
        }
        for (_, id) in kept.into_iter().take(over) {
            self.forget(id);
        }
        Ok(())
    }

    fn refreshed(&mut self, id: u64, registered: Registered) {
        let Some(contact) = self.contacts.get_mut(id) else {
            return;
        };
        // A phone keeps its Call-ID until it is started anew (RFC 3261, 10.2).
        let same = |before: &Registered| before.call_id == registered.call_id;
        let anew = !contact.registered.as_ref().is_some_and(same);
        contact.registered = Some(registered);
        let contact = contact.clone();
        if anew {
            self.tell_newcomer(&contact);
        }
        self.store(&contact);
        self.show(&contact);
        if self
            .settings
            .global
            .send_contact_status_on_update_registration
        {
            self.contact_is(&contact, "Updated");
        }
    }

    /// The answer: what there is now (RFC 3261, 10.3, the last step).
    fn bindings(&mut self, request: &Request, aor: &Aor) -> Response {
        let mut answer = reply::to(request, StatusCode::OK, &self.tag());
        for contact in self.contacts.of(&aor.name) {
            let (said, left) = match &contact.registered {
                Some(how) => (&how.said, how.until.since(self.now).as_secs()),
                None => continue,
            };
            answer
                .headers
                .push(Header::Contact(format!("<{said}>;expires={left}").into()));
        }
        for proxy in path(request, aor) {
            answer.headers.push(Header::Path((&*proxy).into()));
        }
        let date = date::written(self.now);
        answer.headers.push(Header::Date(date.into()));
        answer
    }

    /// Takes contacts away whose time is over.
    pub(super) fn sweep(&mut self) {
        self.sweeping = false;
        let over: Vec<u64> = self
            .contacts
            .all()
            .filter(|c| {
                c.registered
                    .as_ref()
                    .is_some_and(|how| how.until <= self.now)
            })
            .map(|contact| contact.id)
            .collect();
        for id in over {
            self.forget(id);
        }
        self.sweep_later();
    }

    pub(super) fn sweep_later(&mut self) {
        let any = self
            .contacts
            .all()
            .any(|contact| contact.registered.is_some());
        if any && !self.sweeping {
            let every = self.settings.global.contact_expiration_check_interval;
            self.sweeping = true;
            self.out.at(
                self.now + every.max(Duration::from_secs(1)),
                Timer::Contacts,
            );
        }
    }

    /// A connection is gone, and what can be reached only over it with it.
    pub(super) fn contacts_closed(&mut self, flow: &Flow) {
        let gone: Vec<u64> = self
            .contacts
            .all()
            .filter(|contact| {
                contact.registered.as_ref().is_some_and(|how| {
                    how.bound
                        && how.flow.is_some_and(|f| {
                            f.remote == flow.remote && f.transport == flow.transport
                        })
                })
            })
            .map(|contact| contact.id)
            .collect();
        for id in gone {
            self.forget(id);
        }
    }
}

/// `Path` of a request, the first proxy first, where the address of record keeps it.
fn path(request: &Request, aor: &Aor) -> Vec<Text> {
    if !aor.support_path {
        return Vec::new();
    }
    request
        .headers
        .iter()
        .filter_map(|header| match header {
            Header::Path(value) => Some(value.value()),
            _ => None,
        })
        .flat_map(|value| split_unquoted(value, ','))
        .map(Text::from)
        .collect()
}

/// What `Via` says of where a request came from: its host where that is an address, else where it came
/// from in truth.
fn via_address(request: &Request, flow: Flow) -> SocketAddr {
    let top = value(&request.headers, "Via").and_then(crate::carrier::sent_by);
    top.unwrap_or(flow.remote)
}

/// An address with host and port of where the request came from in truth.
fn rewritten(address: &rsipstack::sip::Uri, flow: Flow) -> String {
    let mut address = address.clone();
    address.host_with_port = flow.remote.into();
    address
        .params
        .retain(|p| !matches!(p, rsipstack::sip::Param::Transport(_)));
    let mut text = uri::text(&address);
    match flow.transport {
        Transport::Udp => {}
        Transport::Tcp => text.push_str(";transport=TCP"),
        Transport::Tls => text.push_str(";transport=TLS"),
        Transport::Ws | Transport::Wss => text.push_str(";transport=ws"),
    }
    text
}

fn host_address(uri: &str) -> Option<std::net::IpAddr> {
    let host = uri::parse(uri)?.host().to_string();
    host.trim_matches(['[', ']']).parse().ok()
}

/// `0.7` as 700.
fn weight(q: &str) -> u16 {
    let (whole, part) = q.split_once('.').unwrap_or((q, ""));
    let whole: u16 = whole.parse().unwrap_or(0);
    let part: u16 = format!("{part:0<3.3}").parse().unwrap_or(0);
    (whole.min(1) * 1000 + part).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights() {
        for (text, value) in [
            ("1", 1000),
            ("1.0", 1000),
            ("0.7", 700),
            ("0.05", 50),
            ("0", 0),
            ("x", 0),
        ] {
            assert_eq!(weight(text), value, "{text}");
        }
    }
}
