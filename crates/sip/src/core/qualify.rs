//! Contacts that are asked by OPTIONS whether they are there.

use std::time::Duration;

use rsipstack::sip::{Method, Response};
use switch::Time;

use super::{Core, What};
use crate::contacts::Status;
use crate::cx::Timer;

impl Core {
    /// A contact is new: it is asked soon.
    pub(super) fn qualify_first(&mut self, id: u64) {
        let most = self.settings.global.max_initial_qualify_time;
        let fixed = self
            .contacts
            .get(id)
            .is_some_and(|c| c.registered.is_none());
        let wait = match most.is_zero() || !fixed {
            true => Duration::ZERO,
            // Spread over the time allowed, so that ten thousand are not asked at once.
            false => most.mul_f64((id % 997) as f64 / 997.0),
        };
        match wait.is_zero() {
            true => self.qualify_due(id),
            false => self.out.at(self.now + wait, Timer::Qualify(id)),
        }
    }

    /// Begins to ask those whose settings say so now, and leaves off with others.
    pub(super) fn configure_qualify(&mut self) {
        let changed: Vec<(u64, bool)> = self
            .contacts
            .all()
            .filter_map(|contact| {
                let aor = self.settings.aors.get(&contact.aor)?;
                let wanted = !aor.qualify_frequency.is_zero();
                (wanted != (contact.status != Status::NonQualified)).then_some((contact.id, wanted))
            })
            .collect();
        for (id, wanted) in changed {
            if let Some(contact) = self.contacts.get_mut(id) {
                contact.status = if wanted {
                    Status::Unknown
                } else {
                    Status::NonQualified
                };
                let contact = contact.clone();
                self.show(&contact);
                self.tell_reach(&contact.aor);
            }
            if wanted {
                self.qualify_first(id);
            }
        }
    }

    /// Asks all contacts of an endpoint now, those too that are not asked of themselves.
    pub(super) fn qualify_endpoint(&mut self, endpoint: &str) {
        let Some(endpoint) = self.settings.endpoints.get(endpoint) else {
            return;
        };
        let ids: Vec<u64> = endpoint
            .aors
            .iter()
            .flat_map(|aor| self.contacts.of(aor))
            .map(|contact| contact.id)
            .collect();
        for id in ids {
            self.ask_contact(id);
        }
    }

    /// A contact's turn has come.
    pub(super) fn qualify_due(&mut self, id: u64) {
        let Some(contact) = self.contacts.get(id) else {
            return;
        };
        let every = match self.settings.aors.get(&contact.aor) {
            Some(aor) if !aor.qualify_frequency.is_zero() => aor.qualify_frequency,
            _ => return,
        };
        self.ask_contact(id);
        self.out.at(self.now + every, Timer::Qualify(id));
    }

    fn ask_contact(&mut self, id: u64) {
        if self.asking.contains_key(&id) {
            return;
        }
        let Some(contact) = self.contacts.get(id).cloned() else {
            return;
        };
        let endpoint = self.endpoint_of(&contact);
        let (target, routes) = self.way_to(&contact, &endpoint);
        let request = self.request_to(Method::Options, &contact.uri, &endpoint, &target, &routes);
        if let Some(request) = request {
            self.ask(What::Qualify(id), request, target);
        }
    }

    /// A contact was asked, or asked again with a proof.
    pub(super) fn qualify_sent(&mut self, id: u64) {
        self.asking.insert(id, self.now);
        let aor = self
            .contacts
            .get(id)
            .and_then(|c| self.settings.aors.get(&c.aor));
        let patience = aor.map_or(Duration::ZERO, |aor| aor.qualify_timeout);
        if !patience.is_zero() {
            self.out.at(self.now + patience, Timer::Late(id, self.now));
        }
    }

    /// A contact has had its time to answer.
    pub(super) fn qualify_late(&mut self, id: u64, asked: Time) {
        self.qualified(id, asked, None);
    }

    /// A contact answered, or did not.
    pub(super) fn qualified(&mut self, id: u64, asked: Time, answer: Option<&Response>) {
        // What comes late, or of a question before the last, is no news.
        if self.asking.get(&id) != Some(&asked) {
            return;
        }
        self.asking.remove(&id);
        let Some(contact) = self.contacts.get(id) else {
            return;
        };
        let aor = self.settings.aors.get(&contact.aor);
        let took = self.now.since(asked);
        let in_time =
            aor.is_none_or(|aor| aor.qualify_timeout.is_zero() || took <= aor.qualify_timeout);
        let only_2xx = aor.is_some_and(|aor| aor.qualify_2xx_only);
        let good = answer.is_some_and(|a| !only_2xx || (200..300).contains(&a.status_code.code()));
        let status = match good && in_time {
            true => Status::Reachable,
            false => Status::Unreachable,
        };
        let was = contact.status;
        let aor = contact.aor.clone();
        let before = self.reachable(&aor);
        let Some(contact) = self.contacts.get_mut(id) else {
            return;
        };
        contact.status = status;
        contact.round_trip = match status {
            Status::Reachable => took,
            _ => Duration::ZERO,
        };
        let contact = contact.clone();
        self.show(&contact);
        if was == status {
            return;
        }
        if before != self.reachable(&aor) || was == Status::Unknown {
            self.tell_reach(&aor);
            self.peers_are(&aor);
        }
        self.contact_is(&contact, status.word());
    }
}
