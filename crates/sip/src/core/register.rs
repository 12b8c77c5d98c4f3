//! Registrations of our own with others (RFC 3261, 10.2).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rsipstack::sip::headers::make_header;
use rsipstack::sip::{Header, HeadersExt, Method, Param, Request, Response, Uri};
use switch::fact::{Fact, RegistryChange};
use switch::{Text, Time};

use super::{Asked, Core, What, reach};
use crate::carrier::message::{cseq, value};
use crate::cx::Timer;
use crate::directory;
use crate::directory::Registered as How;
use crate::settings::{Endpoint, Registration};
use crate::uri::{self, split_unquoted};
use crate::wire::{Flow, Target, Unanswered};

/// Registrations of ours.
#[derive(Debug, Default)]
pub(super) struct Outbound {
    count: u64,
    by_name: BTreeMap<Text, State>,
}

#[derive(Debug)]
struct State {
    /// Its number, for timers: a new one with each change, so that old timers find nothing.
    number: u64,
    settings: Arc<Registration>,
    how: How,
    /// `Call-ID` and `From` tag stay the same for a registration's whole life (RFC 3261, 10.2).
    call_id: String,
    tag: String,
    cseq: u32,
    tries: u32,
    /// What requests from there are told by, where `line` says so.
    line: String,
    /// Whether what is under way takes it back.
    leaving: bool,
}

impl Core {
    /// Begins those that are new and takes back those that are gone or changed.
    pub(super) fn configure_registrations(&mut self) {
        let wanted = self.settings.registrations.clone();
        let old: Vec<Text> = self
            .outbound
            .by_name
            .iter()
            .filter(|(name, state)| {
                wanted.get(*name).is_none_or(|now| {
                    now.client_uri != state.settings.client_uri
                        || now.server_uri != state.settings.server_uri
                        || now.contact_user != state.settings.contact_user
                })
            })
            .map(|(name, _)| name.clone())
            .collect();
        for name in old {
            self.unregister(&name);
            self.outbound.by_name.remove(&name);
            self.directory.remove_registration(&name);
        }
        for (name, settings) in &wanted {
            if let Some(state) = self.outbound.by_name.get_mut(name) {
                state.settings = Arc::clone(settings);
                continue;
            }
            self.outbound.count += 1;
            let number = self.outbound.count;
            let state = State {
                number,
                settings: Arc::clone(settings),
                how: How::Unregistered,
                call_id: self.draw(),
                tag: self.draw(),
                line: self.draw(),
                cseq: 0,
                tries: 0,
                leaving: false,
            };
            self.outbound.by_name.insert(name.clone(), state);
            let most = settings.max_random_initial_delay;
            let part = u64::from_str_radix(self.draw().get(..8).unwrap_or("0"), 16).unwrap_or(0);
            let wait = most.mul_f64((part % 1000) as f64 / 1000.0);
            self.registration_in(name, wait);
        }
    }

    /// Registers at once.
    pub(super) fn register_now(&mut self, name: &str) {
        if let Some(state) = self.outbound.by_name.get_mut(name) {
            state.tries = 0;
            let name = Text::from(name);
            self.registration_in(&name, Duration::ZERO);
        }
    }

    /// Takes a registration back.
    pub(super) fn unregister(&mut self, name: &str) {
        let Some(state) = self.outbound.by_name.get_mut(name) else {
            return;
        };
        self.outbound.count += 1;
        state.number = self.outbound.count;
        if state.how == How::Registered {
            state.how = How::Stopping;
            self.send_register(name, Duration::ZERO);
        } else {
            state.how = How::Stopped;
        }
        self.show_registration(name, None);
    }

    pub(super) fn unregister_all(&mut self) {
        let names: Vec<Text> = self.outbound.by_name.keys().cloned().collect();
        for name in names {
            self.unregister(&name);
        }
    }

    /// A registration's turn has come.
    pub(super) fn registration_due(&mut self, number: u64) {
        let found = self
            .outbound
            .by_name
            .iter()
            .find(|(_, state)| state.number == number)
            .map(|(name, state)| (name.clone(), state.settings.expiration));
        if let Some((name, expiration)) = found {
            self.send_register(&name, expiration.max(Duration::from_secs(1)));
        }
    }

    /// A REGISTER of ours was answered, or was not.
    pub(super) fn registered(
        &mut self,
        name: &str,
        asked: &Asked,
        how: Result<(&Response, Flow), &Unanswered>,
    ) {
        let answered = asked.request.call_id_header().map_or("", |id| id.value());
        let number = cseq(&asked.request.headers).map_or(0, |(number, _)| number);
        let Some(state) = self.outbound.by_name.get_mut(name) else {
            return;
        };
        if state.call_id != answered {
            return;
        }
        state.cseq = state.cseq.max(number);
        if state.leaving {
            state.leaving = false;
            if state.how == How::Stopping {
                state.how = How::Stopped;
                self.registry(name, "Unregistered", "");
                self.show_registration(name, None);
            }
            return;
        }
        let settings = Arc::clone(&state.settings);
        let code = how.map_or(408, |(response, _)| response.status_code.code());
        match (how, code) {
            (Ok((response, _)), 200..300) => {
                state.tries = 0;
                let first = state.how != How::Registered;
                state.how = How::Registered;
                let span = granted(response, &asked.request, settings.expiration);
                if first {
                    self.registry(name, "Registered", "");
                }
                let name = Text::from(name);
                self.registration_in(&name, before(span));
            }
            (Ok((response, _)), 423) => {
                let least = value(&response.headers, "Min-Expires").and_then(|v| v.parse().ok());
                let least = Duration::from_secs(least.unwrap_or(3600).clamp(1, 86_400));
                match least > settings.expiration && state.tries == 0 {
                    true => {
                        state.tries += 1;
                        self.send_register(name, least);
                    }
                    false => self.refused(name, code, &settings, settings.fatal_retry_interval),
                }
            }
            (_, 401 | 407) if settings.auth_rejection_permanent => {
                self.refused(name, code, &settings, Duration::ZERO);
            }
            (_, 403) => self.refused(name, code, &settings, settings.forbidden_retry_interval),
            (_, 401 | 407 | 408 | 480 | 500..600) => {
                self.refused(name, code, &settings, settings.retry_interval);
            }
            _ => self.refused(name, code, &settings, settings.fatal_retry_interval),
        }
    }

    fn refused(&mut self, name: &str, code: u16, settings: &Registration, wait: Duration) {
        let Some(state) = self.outbound.by_name.get_mut(name) else {
            return;
        };
        state.tries = state.tries.saturating_add(1);
        let more = settings.max_retries == 0 || state.tries <= settings.max_retries;
        state.how = How::Rejected;
        // Longer each time, up to an hour: a server that is down is not to be met by all at once.
        let doubled = wait.saturating_mul(1 << state.tries.saturating_sub(1).min(6));
        let wait = doubled.min(Duration::from_secs(3600).max(wait));
        self.registry(name, "Rejected", &code.to_string());
        match more && !wait.is_zero() {
            true => {
                let name = Text::from(name);
                self.registration_in(&name, wait);
            }
            false => self.show_registration(name, None),
        }
    }

    fn registration_in(&mut self, name: &Text, wait: Duration) {
        self.outbound.count += 1;
        let number = self.outbound.count;
        if let Some(state) = self.outbound.by_name.get_mut(name) {
            state.number = number;
        }
        let at = self.now + wait;
        self.show_registration(name, Some(at));
        self.out.at(at, Timer::Registration(number));
    }

    fn send_register(&mut self, name: &str, span: Duration) {
        let Some(state) = self.outbound.by_name.get_mut(name) else {
            return;
        };
        state.cseq += 1;
        state.leaving = span.is_zero();
        let settings = Arc::clone(&state.settings);
        let (call_id, tag, number) = (state.call_id.clone(), state.tag.clone(), state.cseq);
        let line = match settings.line {
            true => format!(";line={}", state.line),
            false => String::new(),
        };
        let target = Target::Named {
            transport: settings.transport.to_string(),
        };
        let routes = reach::proxies(&settings.outbound_proxy);
        let request = self.request_to(Method::Register, &settings.server_uri, "", &target, &routes);
        let flow = uri::parse(&settings.server_uri).and_then(|to| self.flows.toward(&target, &to));
        let (Some(mut request), Some(flow)) = (request, flow) else {
            return self.refused(name, 503, &settings, settings.retry_interval);
        };
        let user = match &*settings.contact_user {
            "" => "s",
            user => user,
        };
        let contact = format!(
            "<{}{line}>{}",
            self.contact_uri(user, &flow),
            settings.contact_header_params
        );
        for header in request.headers.iter_mut() {
            match header {
                Header::From(from) => *from = format!("<{}>;tag={tag}", settings.client_uri).into(),
                Header::To(to) => *to = format!("<{}>", settings.client_uri).into(),
                Header::CallId(id) => *id = call_id.as_str().into(),
                Header::CSeq(cseq) => *cseq = format!("{number} REGISTER").into(),
                Header::Contact(own) => *own = contact.as_str().into(),
                Header::UserAgent(agent) if !settings.user_agent.is_empty() => {
                    *agent = (&*settings.user_agent).into();
                }
                _ => {}
            }
        }
        request
            .headers
            .push(Header::Expires(span.as_secs().to_string().into()));
        if settings.support_path {
            request
                .headers
                .push(make_header("Supported", "path".to_owned()));
        }
        self.ask(What::Register(name.into()), request, target);
    }

    /// The endpoint whose registration a request comes back to: its token is in the address that was called,
    /// or in `To`.
    pub(super) fn by_line(&self, request: &Request) -> Option<Arc<Endpoint>> {
        let to = value(&request.headers, "To").and_then(uri::name_addr);
        let to = to.and_then(|parts| uri::parse(parts.address));
        let token = line_of(&request.uri).or_else(|| line_of(to.as_ref()?))?;
        let mut all = self
            .outbound
            .by_name
            .values()
            .filter(|state| state.settings.line);
        let state = all.find(|state| state.line == token)?;
        self.settings
            .endpoints
            .get(&state.settings.endpoint)
            .cloned()
    }

    fn registry(&mut self, name: &str, status: &'static str, cause: &str) {
        let Some(state) = self.outbound.by_name.get(name) else {
            return;
        };
        let change = RegistryChange {
            technology: "PJSIP",
            username: state.settings.client_uri.clone(),
            domain: state.settings.server_uri.clone(),
            status,
            cause: cause.into(),
        };
        self.saw(Fact::RegistryChanged(Box::new(change)));
    }

    fn show_registration(&mut self, name: &str, next: Option<Time>) {
        if let Some(state) = self.outbound.by_name.get(name) {
            self.directory.put_registration(directory::Registration {
                name: name.into(),
                status: state.how,
                next,
            });
        }
    }
}

/// The token of a registration in an address.
fn line_of(address: &Uri) -> Option<String> {
    address.params.iter().find_map(|param| match param {
        Param::Other(name, Some(value)) if name.to_string() == "line" => Some(value.to_string()),
        _ => None,
    })
}

/// How long the other side lets our contact live.
fn granted(response: &Response, request: &rsipstack::sip::Request, asked: Duration) -> Duration {
    let contacts = |headers: &rsipstack::sip::Headers| -> Vec<String> {
        headers
            .iter()
            .filter_map(|h| match h {
                Header::Contact(value) => Some(value.value().to_owned()),
                _ => None,
            })
            .collect()
    };
    let own = contacts(&request.headers);
    let own = own
        .first()
        .and_then(|line| uri::name_addr(line))
        .map(|parts| parts.address);
    let lines = contacts(&response.headers);
    let all: Vec<_> = lines
        .iter()
        .flat_map(|line| split_unquoted(line, ','))
        .filter_map(uri::name_addr)
        .collect();
    let ours = all
        .iter()
        .find(|parts| Some(parts.address) == own)
        .or(all.first());
    ours.and_then(|parts| parts.param("expires")?.parse().ok())
        .or_else(|| value(&response.headers, "Expires")?.parse().ok())
        .map_or(asked, Duration::from_secs)
}

/// When a registration is sent again: some seconds before its end.
fn before(span: Duration) -> Duration {
    let early = Duration::from_secs(20).min(span / 5);
    (span - early).max(Duration::from_secs(1))
}
