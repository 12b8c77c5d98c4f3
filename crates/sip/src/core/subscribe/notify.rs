//! NOTIFY in the dialog of a subscription: one after the other.

use rsipstack::sip::{Header, Headers, Method, Request, Version};
use switch::{Text, Time};

use super::body::Shown;
use super::list::{Counted, EVENT_LIST, Parts};
use super::{Core, Subscription};
use crate::core::What;
use crate::directory::{self, Role};
use crate::uri;
use crate::wire::Target;

impl Core {
    /// Tells a subscriber how things stand, or that it was the last time. Where it has not answered the
    /// last NOTIFY yet it is told after that.
    pub(in crate::core) fn notify(&mut self, number: u64) {
        let now = self.now;
        let Some(counted) = self.counted(number) else {
            return;
        };
        let Some(one) = self.subscriptions.all.get_mut(&number) else {
            return;
        };
        if one.telling {
            one.again = true;
            return;
        }
        one.telling = true;
        one.ours += 1;
        let state = match one.over {
            Some(why) => format!("terminated;reason={why}"),
            None => format!("active;expires={}", one.until.since(now).as_secs()),
        };
        let Parts { kind, body } = one.parts(&counted);
        one.version += 1;
        let is_list = one.list.is_some();
        let (flow, exten, remote) = (one.flow, one.exten.clone(), one.remote.clone());
        let mut headers = Headers(Vec::with_capacity(16));
        for route in &one.routes {
            headers.push(Header::Route((&**route).into()));
        }
        headers.push(Header::MaxForwards("70".into()));
        headers.push(Header::From(one.from.as_str().into()));
        headers.push(Header::To(one.to.as_str().into()));
        headers.push(Header::CallId((&*one.call_id).into()));
        headers.push(Header::CSeq(format!("{} NOTIFY", one.ours).into()));
        headers.push(Header::Event(one.event.as_str().into()));
        headers.push(Header::SubscriptionState(state.into()));
        headers.push(Header::ContentType(kind.into()));
        if is_list {
            headers.push(Header::Require(EVENT_LIST.into()));
        }
        let contact = self.contact_uri(&exten, &flow);
        headers.push(Header::Contact(format!("<{contact}>").into()));
        headers.push(Header::UserAgent(
            (&*self.settings.global.user_agent).into(),
        ));
        let Some(uri) = uri::parse(&remote) else {
            return self.drop_subscription(number);
        };
        let request = Request {
            method: Method::Notify,
            uri,
            version: Version::V2,
            headers,
            body: body.into_bytes(),
        };
        self.ask(What::Notify(number), request, Target::Flow(flow));
        self.show_subscription(number);
    }

    /// What waits in the mailboxes of a subscription, of each item where it is about a list.
    fn counted(&self, number: u64) -> Option<Vec<Counted>> {
        let one = self.subscriptions.all.get(&number)?;
        let host = one.host();
        let of = |aor: &str, mailboxes: &[Text]| match mailboxes {
            [] => Counted::default(),
            mailboxes => {
                let aor = self.settings.aors.get(aor);
                let extension = aor.map_or("", |aor| &*aor.voicemail_extension);
                (self.waiting(mailboxes), self.account(extension, &host))
            }
        };
        Some(match &one.list {
            None => vec![of(&one.exten, &one.mailboxes)],
            Some(list) => {
                let items = list.names().zip(list.mailboxes());
                items.map(|(name, mailboxes)| of(name, mailboxes)).collect()
            }
        })
    }

    /// A NOTIFY was answered, or not (408). Whoever does not know of the subscription has none any more
    /// (RFC 6665, 4.2.2).
    pub(in crate::core) fn notified(&mut self, number: u64, code: u16) {
        let Some(one) = self.subscriptions.all.get_mut(&number) else {
            return;
        };
        one.telling = false;
        let again = std::mem::take(&mut one.again);
        // With a challenge met the number went up on the way.
        if !(200..300).contains(&code) || (one.over.is_some() && !again) {
            return self.drop_subscription(number);
        }
        if again {
            self.notify(number);
        }
    }

    /// Writes a subscription into the live state.
    pub(super) fn show_subscription(&mut self, number: u64) {
        let Some(one) = self.subscriptions.all.get(&number) else {
            return;
        };
        let mailboxes = one.package == super::Package::Mailboxes;
        let caller = self
            .settings
            .endpoints
            .get(&one.endpoint)
            .map(|endpoint| &endpoint.callerid)
            .map(|party| match party.number.is_empty() {
                true => party.name.to_string(),
                false => format!("\"{}\" <{}>", party.name, party.number),
            });
        let shown = directory::Subscription {
            role: Role::Notifier,
            endpoint: one.endpoint.clone(),
            call_id: one.call_id.clone(),
            state: if one.over.is_some() {
                "TERMINATED"
            } else {
                "ACTIVE"
            },
            caller: caller.unwrap_or_default().into(),
            event: one.event.split(';').next().unwrap_or("").trim().into(),
            resource: one.exten.clone(),
            context: one.context.clone(),
            extension_states: if mailboxes { "" } else { one.state.word() }.into(),
            mailboxes: one.mailboxes.join(",").into(),
            expires: Time(one.until.seconds() * 1_000_000),
        };
        self.directory.put_subscription(number, shown);
    }
}

impl Subscription {
    /// The host that was asked.
    fn host(&self) -> String {
        let entity = uri::parse(&self.entity);
        entity.map_or_else(String::new, |entity| entity.host_with_port.to_string())
    }

    /// What is told now.
    fn parts(&mut self, counted: &[Counted]) -> Parts {
        let host = self.host();
        if let Some(list) = &mut self.list {
            let names = (&*self.entity, &*host, &*self.tag);
            return list.tell(self.package, names, (self.version, self.early), counted);
        }
        let (mailbox, account) = counted.first().cloned().unwrap_or_default();
        let (kind, body) = self.package.body(&Shown {
            entity: &self.entity,
            exten: &self.exten,
            state: self.state,
            early: self.early,
            version: self.version,
            mailbox,
            account: account.as_deref(),
        });
        Parts {
            kind: kind.to_owned(),
            body,
        }
    }
}
