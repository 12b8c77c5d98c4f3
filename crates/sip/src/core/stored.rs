//! Contacts that outlive the process: in the key database, as Asterisk writes them.

use std::net::SocketAddr;
use std::time::Duration;

use engine::Input;
use engine::request::{Request, Responder};
use serde_json::Value;
use switch::{Text, Time};

use super::{Back, Core};
use crate::contacts::{Contact, Registered, first_status};

/// The family; a key is a contact's name.
pub(super) const FAMILY: &str = "registrar/contact";

impl Core {
    /// Asks for what is stored.
    pub(super) fn restore(&mut self) {
        let back = self.back.clone();
        let reply = Responder::new(move |entries| back(Back::Stored(entries)));
        let ask = Request::DatabaseTree(format!("/{FAMILY}").into(), reply);
        self.out.engine.push(Input::Request(ask));
    }

    /// Takes what was stored.
    pub(super) fn restored(&mut self, entries: &[(Text, Text)]) {
        for (key, value) in entries {
            let name = key.rsplit('/').next().unwrap_or("");
            let Some(aor) = name.split(";@").next().filter(|aor| !aor.is_empty()) else {
                continue;
            };
            let Some(aor) = self.settings.aors.get(aor).cloned() else {
                continue;
            };
            let Some(contact) = read(&aor.name, value, first_status(aor.qualify_frequency)) else {
                continue;
            };
            let over = contact
                .registered
                .as_ref()
                .is_none_or(|how| how.until <= self.now || how.bound);
            let known = self.contacts.find(&aor.name, &contact.uri);
            if over || known.is_some_and(|c| c.registered.is_some()) {
                continue;
            }
            let id = self.contacts.add(contact);
            self.contact_came(id);
        }
        self.sweep_later();
    }

    /// Stores a contact that registered.
    pub(super) fn store(&mut self, contact: &Contact) {
        let (Some(how), Some(aor)) = (&contact.registered, self.settings.aors.get(&contact.aor))
        else {
            return;
        };
        let yes = |on: bool| if on { "yes" } else { "no" };
        let value = object(&[
            ("via_addr", &how.via.ip().to_string()),
            (
                "qualify_timeout",
                &format!("{:.6}", aor.qualify_timeout.as_secs_f64()),
            ),
            ("qualify_2xx_only", yes(aor.qualify_2xx_only)),
            ("call_id", &how.call_id),
            ("reg_server", ""),
            ("prune_on_boot", yes(how.bound)),
            ("path", &joined(&how.path)),
            ("endpoint", &how.endpoint),
            ("via_port", &how.via.port().to_string()),
            ("authenticate_qualify", yes(aor.authenticate_qualify)),
            ("uri", &contact.uri),
            (
                "qualify_frequency",
                &aor.qualify_frequency.as_secs().to_string(),
            ),
            ("user_agent", &how.user_agent),
            ("expiration_time", &how.until.seconds().to_string()),
            ("outbound_proxy", &aor.outbound_proxy),
        ]);
        self.out.engine.push(Input::Request(Request::DatabasePut(
            FAMILY.into(),
            contact.name().into(),
            value.into(),
            Responder::ignore(),
        )));
    }
}

/// Proxies as one text.
pub(super) fn joined(path: &[Text]) -> String {
    let parts: Vec<&str> = path.iter().map(|one| &**one).collect();
    parts.join(",")
}

/// A JSON object whose members keep their order.
fn object(members: &[(&str, &str)]) -> String {
    let text = |s: &str| Value::from(s).to_string();
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!("{}:{}", text(name), text(value)))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn read(aor: &Text, value: &str, status: crate::contacts::Status) -> Option<Contact> {
    let stored: Value = serde_json::from_str(value).ok()?;
    let text = |name: &str| stored.get(name).and_then(Value::as_str).unwrap_or("");
    let uri = text("uri");
    crate::uri::parse(uri)?;
    let via = SocketAddr::new(
        text("via_addr").parse().ok()?,
        text("via_port").parse().ok()?,
    );
    Some(Contact {
        id: 0,
        aor: aor.clone(),
        uri: uri.into(),
        registered: Some(Registered {
            endpoint: text("endpoint").into(),
            until: Time(
                text("expiration_time")
                    .parse::<u64>()
                    .ok()?
                    .saturating_mul(1_000_000),
            ),
            call_id: text("call_id").into(),
            said: uri.into(),
            user_agent: text("user_agent").into(),
            path: text("path")
                .split(',')
                .filter(|p| !p.is_empty())
                .map(Text::from)
                .collect(),
            via,
            q: 1000,
            flow: None,
            bound: text("prune_on_boot") == "yes",
        }),
        status,
        round_trip: Duration::ZERO,
    })
}
