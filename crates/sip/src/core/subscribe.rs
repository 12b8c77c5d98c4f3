//! SUBSCRIBE and NOTIFY (RFC 6665): phones that want to know how extensions and mailboxes stand.

// Long because a subscription is followed from its request to its end.

mod body;
mod list;
mod notify;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use engine::Input;
use engine::request::{HintState, Request as Engine, Responder};
use rsipstack::sip::{Header, Headers, Method, Request, StatusCode};
use switch::device::ExtensionState;
use switch::{Text, Time};

use super::{Back, Core};
use crate::carrier::message::{call_id, cseq, value};
use crate::cx::Timer;
use crate::limits::{ENGINE_PATIENCE, SUBSCRIPTIONS};
use crate::reply;
use crate::settings::Endpoint;
use crate::uri;
use crate::wire::{Flow, ServerTransaction};

use body::Package;
use list::{EVENT_LIST, GATHERED, List};

/// How long a subscription lasts where nobody says (RFC 3856, 6.4), and at most.
const SPAN: Duration = Duration::from_secs(3600);

/// All subscriptions with us.
#[derive(Debug, Default)]
pub(super) struct Subscriptions {
    count: u64,
    all: HashMap<u64, Subscription>,
    by_dialog: HashMap<(Text, Text), u64>,
    by_hint: BTreeMap<(Text, Text), BTreeSet<u64>>,
}

#[derive(Debug)]
struct Subscription {
    endpoint: Text,
    call_id: Text,
    /// Our tag, and the whole of both ends' headers as NOTIFY has them.
    tag: Text,
    from: String,
    to: String,
    /// Where NOTIFY goes: their `Contact`, and the proxies that were recorded.
    remote: String,
    routes: Vec<Text>,
    flow: Flow,
    package: Package,
    /// `Event` as it came, with its `id`.
    event: String,
    context: Text,
    exten: Text,
    /// The mailboxes that it is about; none where it is about an extension.
    mailboxes: Vec<Text>,
    /// What it is about where it is about several things.
    list: Option<List>,
    entity: String,
    until: Time,
    state: ExtensionState,
    /// Whether a phone that rings beside a call counts as ringing.
    early: bool,
    /// The last number that they used, and we.
    theirs: u32,
    ours: u32,
    /// How often it was told: the version of dialog-info.
    version: u32,
    /// A NOTIFY waits for its answer; whether another has to follow.
    telling: bool,
    again: bool,
    /// The request that waits for the engine's answer.
    waiting: Option<(ServerTransaction, Box<Request>)>,
    /// Why it is over, once it is.
    over: Option<&'static str>,
    /// Which of its timers is the right one.
    timer: u32,
}

impl Subscription {
    /// The extensions that it is about, each with its context.
    fn hints(&self) -> Vec<(Text, Text)> {
        let hint = |exten: &Text| (self.context.clone(), exten.clone());
        match &self.list {
            None => vec![hint(&self.exten)],
            Some(list) => list.names().map(hint).collect(),
        }
    }
}

impl Subscriptions {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Those that are told of a mailbox.
    pub(super) fn to_mailbox(&self, name: &Text) -> Vec<u64> {
        let all = self.all.iter();
        let told = all.filter(|(_, one)| one.waiting.is_none() && one.mailboxes.contains(name));
        told.map(|(number, _)| *number).collect()
    }

    /// Whether nothing is left of any.
    #[cfg(test)]
    pub(super) fn watches_nothing(&self) -> bool {
        self.all.is_empty() && self.by_hint.is_empty() && self.by_dialog.is_empty()
    }

    fn unwatch(&mut self, number: u64, hint: &(Text, Text)) {
        if let Some(watchers) = self.by_hint.get_mut(hint) {
            watchers.remove(&number);
            if watchers.is_empty() {
                self.by_hint.remove(hint);
            }
        }
    }

    fn list(&mut self, number: u64) -> Option<&mut List> {
        self.all.get_mut(&number)?.list.as_mut()
    }

    /// Whether an endpoint is told of mailboxes that it subscribed to.
    pub(super) fn has_mailboxes(&self, endpoint: &str) -> bool {
        let told = |one: &Subscription| *one.endpoint == *endpoint && !one.mailboxes.is_empty();
        self.all.values().any(told)
    }

    /// The endpoint of one.
    pub(super) fn endpoint(&self, number: u64) -> Option<Text> {
        self.all.get(&number).map(|one| one.endpoint.clone())
    }
}

impl Core {
    /// A SUBSCRIBE outside of any dialog.
    pub(super) fn subscribe(
        &mut self,
        transaction: ServerTransaction,
        request: Request,
        flow: Flow,
        endpoint: &Arc<Endpoint>,
    ) {
        match self.subscription(&request, flow, endpoint) {
            Err(code) => {
                let mut answer = reply::to(&request, code.clone(), &self.tag());
                if code == StatusCode::BadEvent {
                    let known = "presence, dialog, message-summary".to_owned();
                    answer
                        .headers
                        .push(Header::Other("Allow-Events".into(), known));
                }
                if code == StatusCode::ExtensionRequired {
                    answer.headers.push(Header::Require(EVENT_LIST.into()));
                }
                if code == StatusCode::IntervalTooBrief {
                    let least = endpoint.sub_min_expiry.as_secs().to_string();
                    answer.headers.push(Header::MinExpires(least.into()));
                }
                self.respond(transaction, answer);
            }
            Ok(mut subscription) => {
                self.subscriptions.count += 1;
                let number = self.subscriptions.count;
                let (exten, context) = (subscription.exten.clone(), subscription.context.clone());
                let mailboxes = subscription.package == Package::Mailboxes;
                let is_list = subscription.list.is_some();
                subscription.waiting = Some((transaction, Box::new(request)));
                let dialog = (subscription.call_id.clone(), subscription.tag.clone());
                self.subscriptions.by_dialog.insert(dialog, number);
                self.subscriptions.all.insert(number, subscription);
                // The engine answers, unless its answer finds no room: nobody is to wait for it for ever.
                let patience = self.now + ENGINE_PATIENCE;
                self.out.at(patience, Timer::Subscription(number, 0));
                if mailboxes {
                    return self.hint_known(number, Some(ExtensionState::Idle));
                }
                self.watch(number);
                if is_list {
                    return self.ask_list(number, &context);
                }
                let back = self.back.clone();
                let reply = Responder::new(move |hint: HintState| {
                    let known = !hint.hint.is_empty();
                    back(Back::Hint(number, known.then_some(hint.state)));
                });
                let ask = Engine::ExtensionState(exten, context, reply);
                self.out.engine.push(Input::Request(ask));
            }
        }
    }

    /// From now on changes of the extensions that a subscription is about find it.
    fn watch(&mut self, number: u64) {
        let Some(one) = self.subscriptions.all.get(&number) else {
            return;
        };
        for hint in one.hints() {
            let watchers = self.subscriptions.by_hint.entry(hint).or_default();
            watchers.insert(number);
        }
    }

    /// Changes of an extension do not find a subscription any more.
    fn unwatch(&mut self, number: u64, exten: &Text) {
        if let Some(one) = self.subscriptions.all.get(&number) {
            let hint = (one.context.clone(), exten.clone());
            self.subscriptions.unwatch(number, &hint);
        }
    }

    /// What a SUBSCRIBE asks for, or how it is refused.
    fn subscription(
        &mut self,
        request: &Request,
        flow: Flow,
        endpoint: &Endpoint,
    ) -> Result<Subscription, StatusCode> {
        if !endpoint.allow_subscribe {
            return Err(StatusCode::Forbidden);
        }
        if self.subscriptions.len() >= SUBSCRIPTIONS || self.ending {
            return Err(StatusCode::ServiceUnavailable);
        }
        let headers = &request.headers;
        let event = value(headers, "Event").ok_or(StatusCode::BadEvent)?;
        let package = Package::choose(event, value(headers, "Accept"))?;
        let span = span(request, endpoint)?;
        let contact = value(headers, "Contact")
            .and_then(uri::name_addr)
            .filter(|parts| uri::parse(parts.address).is_some())
            .ok_or(StatusCode::BadRequest)?;
        let user = request.uri.user().map(uri::unescape).unwrap_or_default();
        let mut mailboxes = Vec::new();
        let named = event.split(';').next().unwrap_or_default().trim();
        let list = self.list(&user, &named.to_ascii_lowercase()).transpose()?;
        if list.is_some() && !takes_lists(headers) {
            return Err(StatusCode::ExtensionRequired);
        }
        let (context, exten) = match package {
            Package::Mailboxes if let Some(list) = &list => {
                mailboxes = list.mailboxes().flatten().cloned().collect();
                (Text::default(), user.as_str().into())
            }
            Package::Mailboxes => {
                let (aor, all) = self
                    .mailboxes_of(&user, endpoint)
                    .ok_or(StatusCode::NotFound)?;
                // It is told already, and wants to be told once (`mwi_subscribe_replaces_unsolicited`).
                let told = all.iter().any(|name| endpoint.mailboxes.contains(name));
                if told && !endpoint.mwi_subscribe_replaces_unsolicited {
                    return Err(StatusCode::ServerInternalError);
                }
                mailboxes = all;
                (Text::default(), aor)
            }
            _ if endpoint.subscribe_context.is_empty() => {
                (endpoint.context.clone(), user.as_str().into())
            }
            _ => (endpoint.subscribe_context.clone(), user.as_str().into()),
        };
        let tag = self.tag();
        let (number, _) = cseq(headers).ok_or(StatusCode::BadRequest)?;
        let routes = headers
            .iter()
            .filter_map(|header| match header {
                Header::RecordRoute(value) => Some(value.value()),
                _ => None,
            })
            .flat_map(|line| uri::split_unquoted(line, ','))
            .map(Text::from)
            .collect();
        Ok(Subscription {
            endpoint: endpoint.name.clone(),
            call_id: call_id(request).into(),
            from: format!("{};tag={tag}", value(headers, "To").unwrap_or_default()),
            to: value(headers, "From").unwrap_or_default().to_owned(),
            tag: tag.into(),
            remote: contact.address.to_owned(),
            routes,
            flow,
            package,
            event: event.to_owned(),
            context,
            exten,
            mailboxes,
            list,
            entity: format!("sip:{user}@{}", request.uri.host_with_port),
            until: self.now + span,
            state: ExtensionState::Idle,
            early: endpoint.notify_early_inuse_ringing,
            theirs: number,
            ours: 0,
            version: 0,
            telling: false,
            again: false,
            waiting: None,
            over: None,
            timer: 0,
        })
    }

    /// The engine says how an extension stands; `None` where it has no hint.
    pub(super) fn hint_known(&mut self, number: u64, state: Option<ExtensionState>) {
        let Some(subscription) = self.subscriptions.all.get_mut(&number) else {
            return;
        };
        let Some((transaction, request)) = subscription.waiting.take() else {
            return;
        };
        let Some(state) = state else {
            self.drop_subscription(number);
            return self.refuse(transaction, &request, StatusCode::NotFound);
        };
        subscription.state = state;
        self.accept_subscription(number, transaction, &request);
    }

    /// An extension's state changed.
    pub(super) fn hint_is(&mut self, context: &str, exten: &str, state: ExtensionState) {
        let key = (Text::from(context), Text::from(exten));
        let Some(watchers) = self.subscriptions.by_hint.get(&key) else {
            return;
        };
        for number in watchers.clone() {
            let Some(one) = self.subscriptions.all.get_mut(&number) else {
                continue;
            };
            if let Some(list) = &mut one.list {
                let told = one.waiting.is_none();
                if list.hint_is(exten, state) && told {
                    self.list_changed(number);
                }
                continue;
            }
            if one.state == state {
                continue;
            }
            one.state = state;
            match state {
                ExtensionState::Removed => self.end_subscription(number, "noresource"),
                // What is not accepted yet is told when it is.
                _ if one.waiting.is_some() => {}
                _ => self.notify(number),
            }
        }
    }

    /// Something else waits in a mailbox that a subscription is about.
    pub(super) fn subscribed_mailbox_changed(&mut self, number: u64, mailbox: &Text) {
        match self.subscriptions.list(number) {
            None => self.notify(number),
            Some(list) => {
                list.mailbox_is(mailbox);
                self.list_changed(number);
            }
        }
    }

    /// A request with a tag of ours that is no call's.
    pub(super) fn in_subscription(
        &mut self,
        transaction: ServerTransaction,
        request: Request,
        flow: Flow,
    ) {
        let tag = reply::to_tag(&request.headers).unwrap_or_default();
        let dialog = (Text::from(call_id(&request)), Text::from(tag));
        let found = self.subscriptions.by_dialog.get(&dialog).copied();
        let Some((number, one)) =
            found.and_then(|n| Some((n, self.subscriptions.all.get_mut(&n)?)))
        else {
            let gone = StatusCode::CallTransactionDoesNotExist;
            return self.refuse(transaction, &request, gone);
        };
        if request.method != Method::Subscribe {
            return self.refuse(transaction, &request, StatusCode::MethodNotAllowed);
        }
        let sequence = cseq(&request.headers).map_or(0, |(number, _)| number);
        if sequence <= one.theirs {
            // Out of order (RFC 3261, 12.2.2).
            return self.refuse(transaction, &request, StatusCode::ServerInternalError);
        }
        one.theirs = sequence;
        one.flow = flow;
        if let Some(contact) = value(&request.headers, "Contact").and_then(uri::name_addr) {
            one.remote = contact.address.to_owned();
        }
        let Some(endpoint) = self.settings.endpoints.get(&one.endpoint).cloned() else {
            let gone = StatusCode::CallTransactionDoesNotExist;
            self.refuse(transaction, &request, gone);
            return self.end_subscription(number, "noresource");
        };
        match span(&request, &endpoint) {
            Err(code) => self.refuse(transaction, &request, code),
            Ok(span) => {
                one.until = self.now + span;
                self.accept_subscription(number, transaction, &request);
            }
        }
    }

    fn accept_subscription(
        &mut self,
        number: u64,
        transaction: ServerTransaction,
        request: &Request,
    ) {
        let Some(one) = self.subscriptions.all.get_mut(&number) else {
            return;
        };
        let left = one.until.since(self.now);
        one.timer += 1;
        let (timer, until, flow, tag) = (one.timer, one.until, one.flow, one.tag.clone());
        let user = one.exten.clone();
        let contact = self.contact_uri(&user, &flow);
        let mut answer = reply::to(request, StatusCode::OK, &tag);
        answer
            .headers
            .push(Header::Expires(left.as_secs().to_string().into()));
        answer
            .headers
            .push(Header::Contact(format!("<{contact}>").into()));
        if let Some(list) = self.subscriptions.list(number) {
            list.tell_all();
            answer.headers.push(Header::Require(EVENT_LIST.into()));
        }
        for header in request.headers.iter() {
            if let Header::RecordRoute(_) = header {
                answer.headers.push(header.clone());
            }
        }
        self.respond(transaction, answer);
        match left.is_zero() {
            true => self.end_subscription(number, "timeout"),
            false => {
                self.out.at(until, Timer::Subscription(number, timer));
                self.notify(number);
                self.show_subscription(number);
            }
        }
    }

    /// A subscription's time is over, or that in which changes of a list are gathered.
    pub(super) fn subscription_due(&mut self, number: u64, timer: u32) {
        if timer == GATHERED {
            return self.notify(number);
        }
        let due = self
            .subscriptions
            .all
            .get(&number)
            .is_some_and(|one| one.timer == timer);
        if due {
            self.end_subscription(number, "timeout");
        }
    }

    /// Tells all that there is nothing more to tell.
    pub(super) fn end_subscriptions(&mut self) {
        let all: Vec<u64> = self.subscriptions.all.keys().copied().collect();
        for number in all {
            self.end_subscription(number, "deactivated");
        }
    }

    fn end_subscription(&mut self, number: u64, why: &'static str) {
        let Some(one) = self.subscriptions.all.get_mut(&number) else {
            return;
        };
        if one.over.is_some() {
            return;
        }
        if one.waiting.is_some() {
            // The engine's answer finds nothing; so does the phone.
            if let Some((transaction, request)) = one.waiting.take() {
                self.refuse(transaction, &request, StatusCode::TemporarilyUnavailable);
            }
            return self.drop_subscription(number);
        }
        one.over = Some(why);
        self.notify(number);
    }

    fn drop_subscription(&mut self, number: u64) {
        let Some(one) = self.subscriptions.all.remove(&number) else {
            return;
        };
        for hint in one.hints() {
            self.subscriptions.unwatch(number, &hint);
        }
        self.subscriptions.by_dialog.remove(&(one.call_id, one.tag));
        self.directory.remove_subscription(number);
    }
}

/// Whether whoever subscribes can be told of lists (RFC 4662, 4.1).
fn takes_lists(headers: &Headers) -> bool {
    let supported = headers.iter().filter_map(|header| match header {
        Header::Supported(value) => Some(value.value()),
        _ => None,
    });
    supported
        .flat_map(|line| line.split(','))
        .any(|word| word.trim().eq_ignore_ascii_case(EVENT_LIST))
}

/// How long somebody wants to be told.
fn span(request: &Request, endpoint: &Endpoint) -> Result<Duration, StatusCode> {
    let wanted = match value(&request.headers, "Expires") {
        None => SPAN,
        Some(text) => Duration::from_secs(text.parse().map_err(|_| StatusCode::BadRequest)?),
    };
    match wanted.is_zero() || wanted >= endpoint.sub_min_expiry {
        true => Ok(wanted.min(SPAN)),
        false => Err(StatusCode::IntervalTooBrief),
    }
}
