//! The core: everything that a user would notice of SIP. It owns no socket and no clock; messages, orders
//! and the time come in, messages and the engine's inputs go out.

// Long because it takes whatever comes, and says to whom it goes.

mod date;
mod gate;
mod held;
mod mailboxes;
mod news;
mod options;
mod outbound;
mod qualify;
mod reach;
mod register;
mod registrar;
mod stored;
mod subscribe;
mod texts;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use engine::Input;
use engine::message::Reception;
use rsipstack::sip::{Header, Method, Request, Response, StatusCode};
use switch::device::ExtensionState;
use switch::fact::Fact;
use switch::mailbox::Mailbox;
use switch::signal::Order;
use switch::{ChannelId, Text, Time};

use crate::call::{self, Calls};
use crate::contacts::{Contact, Contacts};
use crate::cx::{Cx, Out, Timer};
use crate::digest::Nonces;
use crate::directory::{self, Directory};
use crate::reply;
use crate::settings::Settings;
use crate::sound::Sound;
use crate::wire::{ClientTransaction, Flow, FromWire, ServerTransaction, ToWire, Unanswered};

pub(crate) use gate::needs_rport;
pub(crate) use options::ALLOW;
pub use reach::{Flows, Place, Toward};
pub(crate) use reach::{default_port, literal, transport_of};

use held::Held;
use outbound::Outbound;
use subscribe::Subscriptions;

/// What somebody else's thread has to tell the core, through the driver's queue.
#[derive(Debug)]
pub enum Back {
    /// An answer of the engine's about a call.
    Call(call::Back),
    /// The contacts that the key database holds: key and value.
    Stored(Vec<(Text, Text)>),
    /// What waits in mailboxes.
    Mailboxes(Vec<(Text, Mailbox)>),
    /// What an extension's hint says: for a subscription's number; `None` where there is no such hint.
    Hint(u64, Option<ExtensionState>),
    /// What became of a text message that came in a request.
    Text(ServerTransaction, Box<Request>, Reception),
    /// The same for an item of a list, by its place.
    ListItem(u64, usize, Option<ExtensionState>),
    /// Whether an extension is there that an OPTIONS names.
    Extension(ServerTransaction, bool),
}

/// Where answers go: from the engine's thread into the driver's queue.
pub type Return = Arc<dyn Fn(Back) + Send + Sync>;

/// Addresses of the hosts that `match` names, as the DNS has them.
pub type Hosts = HashMap<Text, Vec<IpAddr>>;

/// What there is, for whoever looks for leaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Calls, sessions and their indexes.
    pub calls: call::Counts,
    /// Contacts.
    pub contacts: usize,
    /// Subscriptions.
    pub subscriptions: usize,
    /// Requests of our own outside of calls that wait for an answer.
    pub waiting: usize,
    /// Answers held back.
    pub held: usize,
    /// Timers, those that will be ignored too.
    pub timers: usize,
}

/// The core.
pub struct Core {
    now: Time,
    settings: Arc<Settings>,
    directory: Arc<Directory>,
    sound: Box<dyn Sound + Send>,
    back: Return,
    out: Out,
    calls: Calls,
    contacts: Contacts,
    nonces: Nonces,
    held: Held,
    outbound: Outbound,
    subscriptions: Subscriptions,
    mailboxes: mailboxes::Waiting,
    /// Requests of ours outside of calls.
    asked: HashMap<ClientTransaction, Asked>,
    /// Contacts that are being asked whether they are there, and since when.
    asking: HashMap<u64, Time>,
    /// OPTIONS whose extension the engine looks for.
    finding: HashMap<ServerTransaction, Box<Request>>,
    flows: Flows,
    hosts: Hosts,
    seed: u64,
    drawn: u64,
    sweeping: bool,
    ending: bool,
}

/// A request of ours outside of calls: what its answer is for.
struct Asked {
    what: What,
    request: Box<Request>,
    target: crate::wire::Target,
    /// Whether a challenge was answered already.
    proved: bool,
    at: Time,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// Is this contact there?
    Qualify(u64),
    /// A registration of ours, by its section.
    Register(Text),
    /// News for a subscription.
    Notify(u64),
    /// A text, or a NOTIFY that nobody subscribed to.
    Alone(Text),
}

impl Core {
    /// A core for these settings. `seed` is what tags, nonces and branches come of: nobody outside may
    /// guess it.
    pub fn new(
        now: Time,
        settings: Arc<Settings>,
        directory: Arc<Directory>,
        flows: Flows,
        sound: Box<dyn Sound + Send>,
        seed: u64,
        back: Return,
    ) -> Core {
        let to_calls = Arc::clone(&back);
        let mut core = Core {
            now,
            settings: Arc::clone(&settings),
            directory,
            sound,
            back,
            out: Out::default(),
            calls: Calls::new(seed, Arc::new(move |answer| to_calls(Back::Call(answer)))),
            contacts: Contacts::default(),
            nonces: Nonces::new(seed.rotate_left(7)),
            held: Held::default(),
            outbound: Outbound::default(),
            subscriptions: Subscriptions::default(),
            mailboxes: None,
            asked: HashMap::new(),
            asking: HashMap::new(),
            finding: HashMap::new(),
            flows,
            hosts: Hosts::new(),
            seed,
            drawn: 0,
            sweeping: false,
            ending: false,
        };
        core.restore();
        core.ask_mailboxes();
        core.configure(now, settings);
        core
    }

    /// Takes settings that were read anew. Calls go on with what they began with.
    pub fn configure(&mut self, now: Time, settings: Arc<Settings>) {
        self.now = now;
        self.settings = settings;
        self.directory.configure(Arc::clone(&self.settings));
        self.tell_devices();
        let (gone, new) = self.contacts.configure(&self.settings);
        for contact in gone {
            self.contact_gone(&contact, "Removed");
        }
        self.configure_qualify();
        for id in new {
            self.contact_came(id);
        }
        self.configure_registrations();
    }

    /// Says where we listen: our own side of whatever leaves without a flow.
    pub fn listening(&mut self, flows: Flows) {
        self.flows = flows;
    }

    /// Says what a host's addresses are, that `match` or `external_media_address` names.
    pub fn host_is(&mut self, host: Text, addresses: Vec<IpAddr>) {
        if let Some(first) = addresses.first() {
            let settings = Arc::make_mut(&mut self.settings);
            for transport in &mut settings.transports {
                if transport.external_media_address == host {
                    let seen = Arc::make_mut(transport);
                    seen.external_media_address = first.to_string().into();
                }
            }
        }
        self.hosts.insert(host, addresses);
    }

    /// Something came from the wire.
    pub fn handle(&mut self, now: Time, from: FromWire) {
        self.now = now;
        match from {
            FromWire::Request {
                transaction,
                request,
                flow,
            } => self.request_came(transaction, *request, flow),
            FromWire::Cancelled {
                transaction,
                request,
            } => {
                let (calls, mut cx) = self.calls();
                calls.cancelled(&mut cx, transaction, *request);
            }
            FromWire::Ack { request, flow } => {
                let (calls, mut cx) = self.calls();
                calls.ack(&mut cx, *request, flow);
            }
            FromWire::Response {
                transaction,
                response,
                flow,
            } => self.response_came(transaction, *response, flow),
            FromWire::Unanswered { transaction, why } => self.unanswered(transaction, &why),
            FromWire::Closed(flow) => self.closed(flow),
        }
    }

    /// An order for a channel, other than about its sound.
    pub fn order(&mut self, now: Time, channel: ChannelId, order: &Order) {
        self.now = now;
        if let Order::Notify { to, content } = order
            && !to.is_empty()
        {
            return self.notify_of(to, content);
        }
        let reach = reach::View {
            now,
            settings: &self.settings,
            contacts: &self.contacts,
            directory: &self.directory,
            flows: &self.flows,
        };
        let mut cx = Cx {
            now,
            settings: &self.settings,
            sound: &mut *self.sound,
            out: &mut self.out,
        };
        self.calls.order(&mut cx, &reach, channel, order);
    }

    /// Somebody else's thread answered.
    pub fn back(&mut self, now: Time, back: Back) {
        self.now = now;
        match back {
            Back::Call(call::Back::Created { call, reception }) => {
                let (calls, mut cx) = self.calls();
                calls.created(&mut cx, call, reception);
            }
            Back::Call(call::Back::Transferred { call, refer, well }) => {
                let (calls, mut cx) = self.calls();
                calls.transferred(&mut cx, call, refer, well);
            }
            Back::Stored(entries) => self.restored(&entries),
            Back::Mailboxes(all) => self.mailboxes_are(all),
            Back::Hint(number, state) => self.hint_known(number, state),
            Back::Text(transaction, request, reception) => {
                self.message_taken(transaction, &request, reception);
            }
            Back::ListItem(number, at, state) => self.list_item_known(number, at, state),
            Back::Extension(transaction, there) => self.extension_known(transaction, there),
        }
    }

    /// An order of the manager interface or the console.
    pub fn request(&mut self, now: Time, request: directory::Request) {
        self.now = now;
        match request {
            directory::Request::Qualify(endpoint) => self.qualify_endpoint(&endpoint),
            directory::Request::Register(name) => self.register_now(&name),
            directory::Request::Unregister(name) => self.unregister(&name),
            directory::Request::Notify(notify) => self.notify_alone(&notify),
            directory::Request::Message(message) => self.message_out(*message),
            directory::Request::Reload => self.configure(now, self.directory.settings()),
        }
    }

    /// What the dialplan asks of a channel: `pjsip,call-id`, `contact` and so on.
    pub fn detail(&mut self, channel: ChannelId, field: &str) -> Result<String, String> {
        let found = match field {
            "contact" | "aor" => self.contact_called(channel),
            _ => return self.calls.detail(&self.settings, channel, field),
        };
        // A call that came in was brought by nobody's registration.
        let Some(contact) = found else {
            return Ok(String::new());
        };
        Ok(match field {
            "aor" => contact.aor.to_string(),
            _ => contact.name(),
        })
    }

    fn contact_called(&self, channel: ChannelId) -> Option<&Contact> {
        let (endpoint, target) = self.calls.far_end(channel)?;
        let mut all = endpoint.aors.iter().flat_map(|aor| self.contacts.of(aor));
        all.find(|contact| *contact.uri == *target)
    }

    /// An extension's state changed: those who subscribed to it are told.
    pub fn hint_changed(&mut self, now: Time, context: &str, exten: &str, state: ExtensionState) {
        self.now = now;
        self.hint_is(context, exten, state);
    }

    /// Does what is due.
    pub fn tick(&mut self, now: Time) {
        self.now = now;
        while let Some(timer) = self.out.due(now) {
            match timer {
                Timer::Call(call, which) => {
                    let (calls, mut cx) = self.calls();
                    calls.timer(&mut cx, call, which);
                }
                Timer::Subscription(number, which) => self.subscription_due(number, which),
                Timer::Contacts => self.sweep(),
                Timer::Qualify(contact) => self.qualify_due(contact),
                Timer::Late(contact, asked) => self.qualify_late(contact, asked),
                Timer::Mailboxes(contact) => self.newcomer_due(contact),
                Timer::Registration(number) => self.registration_due(number),
                Timer::Slow(number) => self.held_due(number),
            }
        }
    }

    /// Nothing was heard of a channel's far end for longer than its endpoint allows.
    pub fn silent(&mut self, now: Time, channel: ChannelId) {
        self.now = now;
        let (calls, mut cx) = self.calls();
        calls.silent(&mut cx, channel);
    }

    /// A channel's far end cannot be heard and will not be: its keys or its place cannot be found out.
    pub fn cut(&mut self, now: Time, channel: ChannelId) {
        self.now = now;
        let (calls, mut cx) = self.calls();
        calls.cut(&mut cx, channel);
    }

    /// Takes our registrations back and ends subscriptions: the switch goes down.
    pub fn stop(&mut self, now: Time) {
        self.now = now;
        self.ending = true;
        self.unregister_all();
        self.end_subscriptions();
    }

    /// When something is due.
    pub fn next_timer(&self) -> Option<Time> {
        self.out.next_timer()
    }

    /// Takes what goes to the wire.
    pub fn take_wire(&mut self) -> Vec<ToWire> {
        std::mem::take(&mut self.out.wire)
    }

    /// Takes what goes to the engine.
    pub fn take_engine(&mut self) -> Vec<Input> {
        std::mem::take(&mut self.out.engine)
    }

    /// Whoever carries the sound.
    pub fn sound(&mut self) -> &mut dyn Sound {
        &mut *self.sound
    }

    /// What there is.
    pub fn counts(&self) -> Counts {
        Counts {
            calls: self.calls.counts(),
            contacts: self.contacts.len(),
            subscriptions: self.subscriptions.len(),
            waiting: self.asked.len(),
            held: self.held.len(),
            timers: self.out.timers(),
        }
    }

    fn request_came(&mut self, transaction: ServerTransaction, request: Request, flow: Flow) {
        if reply::to_tag(&request.headers).is_some() {
            let (calls, mut cx) = self.calls();
            // In a dialog nobody is asked again who they are: they know its tags.
            if let Some(request) = calls.in_dialog(&mut cx, transaction, request, flow) {
                self.in_subscription(transaction, request, flow);
            }
            return;
        }
        let Some(endpoint) = self.admit(transaction, &request, flow) else {
            return;
        };
        if let Some(unknown) = unsupported(&request) {
            let mut answer = reply::to(&request, StatusCode::BadExtension, &self.tag());
            answer.headers.push(Header::Unsupported(unknown.into()));
            return self.respond(transaction, answer);
        }
        match request.method {
            Method::Invite if self.directory.in_maintenance(&endpoint.name) => {
                self.refuse(transaction, &request, StatusCode::ServiceUnavailable);
            }
            Method::Invite => {
                let (calls, mut cx) = self.calls();
                calls.invite(&mut cx, transaction, request, flow, endpoint);
            }
            Method::Register => self.registrar(transaction, &request, flow, &endpoint),
            Method::Options => self.options(transaction, request, &endpoint),
            Method::Message => self.message_in(transaction, request, flow, &endpoint),
            Method::Subscribe => self.subscribe(transaction, request, flow, &endpoint),
            Method::Publish => self.refuse(transaction, &request, StatusCode::BadEvent),
            Method::Bye | Method::Update | Method::PRack | Method::Info => {
                self.refuse(
                    transaction,
                    &request,
                    StatusCode::CallTransactionDoesNotExist,
                );
            }
            _ => {
                let mut answer = reply::to(&request, StatusCode::MethodNotAllowed, &self.tag());
                answer.headers.push(Header::Allow(ALLOW.into()));
                self.respond(transaction, answer);
            }
        }
    }

    fn response_came(&mut self, transaction: ClientTransaction, response: Response, flow: Flow) {
        if !self.asked.contains_key(&transaction) {
            let (calls, mut cx) = self.calls();
            // What nobody asked for any more is passed over.
            calls.response(&mut cx, transaction, response, flow);
            return;
        }
        let code = response.status_code.code();
        if code < 200 {
            return;
        }
        let Some(asked) = self.asked.remove(&transaction) else {
            return;
        };
        if matches!(code, 401 | 407)
            && !asked.proved
            && let Some(again) = self.prove(&asked, &response)
        {
            return self.ask_again(asked, again);
        }
        self.answered(asked, Ok((&response, flow)));
    }

    fn unanswered(&mut self, transaction: ClientTransaction, why: &Unanswered) {
        match self.asked.remove(&transaction) {
            Some(asked) => self.answered(asked, Err(why)),
            None => {
                let (calls, mut cx) = self.calls();
                calls.unanswered(&mut cx, transaction, why);
            }
        }
    }

    /// A request of ours outside of calls came to its end.
    fn answered(&mut self, asked: Asked, how: Result<(&Response, Flow), &Unanswered>) {
        match &asked.what {
            What::Qualify(contact) => self.qualified(*contact, asked.at, how.map(|(r, _)| r).ok()),
            What::Register(name) => self.registered(&name.clone(), &asked, how),
            What::Notify(number) => {
                let code = how.map_or(408, |(response, _)| response.status_code.code());
                self.notified(*number, code);
            }
            What::Alone(_) => {}
        }
    }

    fn closed(&mut self, flow: Flow) {
        self.contacts_closed(&flow);
    }

    fn calls(&mut self) -> (&mut Calls, Cx<'_>) {
        let cx = Cx {
            now: self.now,
            settings: &self.settings,
            sound: &mut *self.sound,
            out: &mut self.out,
        };
        (&mut self.calls, cx)
    }

    fn respond(&mut self, transaction: ServerTransaction, mut response: Response) {
        let agent = &self.settings.global.user_agent;
        if !agent.is_empty() {
            response.headers.push(Header::Server((&**agent).into()));
        }
        self.out.wire.push(ToWire::Respond {
            transaction,
            response: Box::new(response),
        });
    }

    fn refuse(&mut self, transaction: ServerTransaction, request: &Request, code: StatusCode) {
        let answer = reply::to(request, code, &self.tag());
        self.respond(transaction, answer);
    }

    fn saw(&mut self, fact: Fact) {
        self.out.engine.push(Input::Saw(fact));
    }

    /// A word that nobody can guess and that does not come twice.
    fn draw(&mut self) -> String {
        self.drawn += 1;
        let mut word = crate::digest::md5_hex(&format!("{}:{}", self.seed, self.drawn));
        word.truncate(20);
        word
    }

    fn tag(&mut self) -> String {
        format!("as{}", self.draw())
    }
}

/// What `Require` asks for and we do not know (RFC 3261, 8.2.2.3).
fn unsupported(request: &Request) -> Option<String> {
    const KNOWN: [&str; 10] = [
        "100rel",
        "timer",
        "replaces",
        "path",
        "norefersub",
        "outbound",
        "eventlist",
        "histinfo",
        "from-change",
        "tdialog",
    ];
    let unknown: Vec<&str> = request
        .headers
        .iter()
        .filter_map(|header| match header {
            Header::Require(value) => Some(value.value()),
            _ => None,
        })
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|word| !word.is_empty() && !KNOWN.iter().any(|k| k.eq_ignore_ascii_case(word)))
        .collect();
    (!unknown.is_empty()).then(|| unknown.join(", "))
}
