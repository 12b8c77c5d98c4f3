//! Mailboxes (RFC 3842): who subscribed is told what waits, and the phones of an endpoint with `mailboxes`
//! without asking.

use std::collections::HashMap;
use std::sync::Arc;

use engine::Input;
use engine::request::{Request as Engine, Responder};
use rsipstack::sip::{Header, Method};
use switch::mailbox::Mailbox;
use switch::{Text, Time};

use super::{Back, Core, What};
use crate::contacts::{Contact, endpoints_of};
use crate::cx::Timer;
use crate::settings::{Aor, Endpoint};
use crate::uri;

/// The event package.
pub(super) const PACKAGE: &str = "message-summary";

/// The form of what is told.
pub(super) const SUMMARY: &str = "application/simple-message-summary";

/// What waits in each mailbox, once the engine has said it.
pub(super) type Waiting = Option<HashMap<Text, Mailbox>>;

impl Core {
    /// Asks the engine what waits.
    pub(super) fn ask_mailboxes(&mut self) {
        let back = self.back.clone();
        let reply = Responder::new(move |all| back(Back::Mailboxes(all)));
        let ask = Engine::Mailboxes(reply);
        self.out.engine.push(Input::Request(ask));
    }

    /// The engine says what waits: the phones that are there already learn it.
    pub(super) fn mailboxes_are(&mut self, all: Vec<(Text, Mailbox)>) {
        self.mailboxes = Some(all.into_iter().collect());
        if self.settings.global.mwi_disable_initial_unsolicited {
            return;
        }
        let settings = Arc::clone(&self.settings);
        for endpoint in settings.endpoints.values() {
            self.tell_endpoint(endpoint, None);
        }
    }

    /// Something else waits in a mailbox.
    pub fn mailbox_changed(&mut self, now: Time, name: &Text, mailbox: Mailbox) {
        self.now = now;
        // What the engine is yet to say of all includes it.
        let Some(known) = &mut self.mailboxes else {
            return;
        };
        match mailbox == Mailbox::default() {
            true => known.remove(name),
            false => known.insert(name.clone(), mailbox),
        };
        for number in self.subscriptions.to_mailbox(name) {
            self.subscribed_mailbox_changed(number, name);
        }
        let settings = Arc::clone(&self.settings);
        for endpoint in settings.endpoints.values() {
            if endpoint.mailboxes.contains(name) {
                self.tell_endpoint(endpoint, Some(name));
            }
        }
    }

    /// A phone came, or began anew: it does not know what waits. It is told when its registration is answered.
    pub(super) fn tell_newcomer(&mut self, contact: &Contact) {
        let told = |endpoint: &Arc<Endpoint>| !endpoint.mailboxes.is_empty();
        if self.mailboxes.is_some() && endpoints_of(&self.settings, &contact.aor).any(told) {
            self.out.at(self.now, Timer::Mailboxes(contact.id));
        }
    }

    /// The time has come to tell a phone that came.
    pub(super) fn newcomer_due(&mut self, contact: u64) {
        let Some(contact) = self.contacts.get(contact).cloned() else {
            return;
        };
        let settings = Arc::clone(&self.settings);
        for endpoint in endpoints_of(&settings, &contact.aor) {
            for (_, mailbox) in self.unasked(endpoint, None) {
                self.tell_waiting(endpoint, &contact, mailbox);
            }
        }
    }

    /// What waits in several mailboxes together.
    pub(super) fn waiting(&self, names: &[Text]) -> Mailbox {
        let known = self.mailboxes.as_ref();
        let counted = names.iter().filter_map(|name| known?.get(name).copied());
        counted.fold(Mailbox::default(), |sum, one| sum + one)
    }

    /// The mailboxes that somebody subscribes to, with the address of record's name: those of one address of
    /// record, or of all that the endpoint has where none is named.
    pub(super) fn mailboxes_of(
        &self,
        user: &str,
        endpoint: &Endpoint,
    ) -> Option<(Text, Vec<Text>)> {
        let aor = |name: &Text| self.settings.aors.get(name);
        let named = self.settings.aors.get(user);
        let own = endpoint.aors.iter().filter_map(aor);
        let aors: Vec<&Arc<Aor>> = match named {
            Some(named) => vec![named],
            None => own.collect(),
        };
        let first = aors.first().map(|aor| aor.name.clone())?;
        let all = aors.iter().flat_map(|aor| aor.mailboxes.iter().cloned());
        let all: Vec<Text> = all.collect();
        (!all.is_empty()).then_some((first, all))
    }

    /// Tells all phones of an endpoint, of one mailbox or of all that it has.
    fn tell_endpoint(&mut self, endpoint: &Endpoint, changed: Option<&Text>) {
        let told = self.unasked(endpoint, changed);
        if told.is_empty() {
            return;
        }
        let contacts = endpoint.aors.iter().flat_map(|aor| self.contacts.of(aor));
        let there = contacts.filter(|contact| contact.is_reachable());
        let there: Vec<Contact> = there.cloned().collect();
        for contact in &there {
            for (_, mailbox) in &told {
                self.tell_waiting(endpoint, contact, *mailbox);
            }
        }
    }

    /// What an endpoint is told without asking: all of its mailboxes as one, or (`aggregate_mwi=no`) each.
    /// Nothing where its subscription takes the place of that.
    fn unasked(&self, endpoint: &Endpoint, changed: Option<&Text>) -> Vec<(Text, Mailbox)> {
        let subscribed = endpoint.mwi_subscribe_replaces_unsolicited
            && self.subscriptions.has_mailboxes(&endpoint.name);
        if endpoint.mailboxes.is_empty() || self.mailboxes.is_none() || subscribed {
            return Vec::new();
        }
        if endpoint.aggregate_mwi {
            return vec![(Text::default(), self.waiting(&endpoint.mailboxes))];
        }
        let each = endpoint.mailboxes.iter();
        let each = each.filter(|name| changed.is_none_or(|changed| changed == *name));
        each.map(|name| (name.clone(), self.waiting(std::slice::from_ref(name))))
            .collect()
    }

    fn tell_waiting(&mut self, endpoint: &Endpoint, contact: &Contact, mailbox: Mailbox) {
        let (target, routes) = self.way_to(contact, &endpoint.name);
        let made = self.request_to(
            Method::Notify,
            &contact.uri,
            &endpoint.name,
            &target,
            &routes,
        );
        let Some(mut request) = made else { return };
        let mut host = String::new();
        for header in request.headers.iter_mut() {
            if let Header::From(from) = header
                && let Some(named) = uri::name_addr(from.value())
                && let Some(mut address) = uri::parse(named.address)
            {
                host = address.host_with_port.to_string();
                if !endpoint.mwi_from_user.is_empty() {
                    address.auth = Some(rsipstack::sip::Auth {
                        user: endpoint.mwi_from_user.to_string(),
                        password: None,
                    });
                    *from = format!("<{address}>{}", named.params).into();
                }
            }
        }
        let account = self.account(&endpoint.voicemail_extension, &host);
        request.headers.push(Header::Event(PACKAGE.into()));
        let state = Header::SubscriptionState("active".into());
        request.headers.push(state);
        request.headers.push(Header::ContentType(SUMMARY.into()));
        request.body = summary(account.as_deref(), mailbox).into_bytes();
        self.ask(What::Alone(endpoint.name.clone()), request, target);
    }

    /// The address that messages are heard at, where pjsip.conf names one.
    pub(super) fn account(&self, extension: &str, host: &str) -> Option<String> {
        let extension = match extension {
            "" => &*self.settings.global.default_voicemail_extension,
            extension => extension,
        };
        (!extension.is_empty()).then(|| format!("sip:{extension}@{host}"))
    }
}

/// What waits, in the words of RFC 3842, 5.2.
pub(super) fn summary(account: Option<&str>, mailbox: Mailbox) -> String {
    let waits = if mailbox.new > 0 { "yes" } else { "no" };
    let account = account.map(|account| format!("Message-Account: {account}\r\n"));
    format!(
        "Messages-Waiting: {waits}\r\n{}Voice-Message: {}/{} (0/0)\r\n",
        account.unwrap_or_default(),
        mailbox.new,
        mailbox.old
    )
}
