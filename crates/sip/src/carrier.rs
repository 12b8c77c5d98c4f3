//! Messages on the wire: reading them, transactions, sockets.
//!
//! Of rsipstack it uses the types of messages. Its transactions and transports were looked at and left:
//! what their reader cannot read they drop, with no hand-hold to answer 400; a 2xx is sent again by them
//! and not by the dialog; they have a clock of their own, so that nothing can be played on virtual time;
//! each end of a transaction looks through all that wait for an ACK; every queue is without bound; and
//! each packet is made into a text for the log before the log is asked.

// Long because it is the one way between the core and all that is below it.

pub mod frame;
pub mod message;
pub mod transactions;

mod dns;
mod servers;
mod sockets;
mod tls;
pub(crate) mod via;
mod write;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use rsipstack::sip::Request;
use rustc_hash::FxBuildHasher;
use switch::Time;
use tokio::sync::mpsc;

use crate::core::Flows;
use crate::core::{literal, transport_of};
use crate::directory::{self, Directory};
use crate::limits::{LOOKUPS, NAMES, WRITES};
use crate::settings;
use crate::uri;
use crate::wire::{ClientTransaction, Flow, FromWire, Target, ToWire, Transport};

pub use message::{Malformed, Message, parse};
pub use sockets::Arrived;
pub use transactions::{Held, Spans};

use dns::{Names, Question, Server};
use servers::Servers;
use sockets::{Link, Sockets};
use transactions::{Bytes, Transactions};

/// Everything between the core and the network. It lives on a tokio runtime; nothing of it waits but
/// [`Carrier::arrived`].
pub struct Carrier {
    transactions: Transactions,
    sockets: Sockets,
    receiver: mpsc::Receiver<Arrived>,
    /// Somebody may come to two of our ports from one of theirs.
    links: HashMap<Flow, (u64, Link)>,
    flows: Flows,
    directory: Arc<Directory>,
    /// The hosts that addresses were found for: what a certificate has to say.
    names: HashMap<SocketAddr, String>,
    /// Requests whose destination is being looked up.
    looking: HashMap<u64, Looking>,
    /// What else may be tried for requests whose first server is of no use.
    servers: Servers,
    /// For the core, in order.
    heard: Vec<FromWire>,
    count: u64,
}

struct Looking {
    what: What,
    /// Transport by its name in pjsip.conf; empty for any.
    by: String,
    host: String,
}

enum What {
    Request(ClientTransaction, Box<Request>),
    Ack(Box<Request>),
}

impl Carrier {
    /// A carrier that listens nowhere yet. `secret` goes into branches: nobody outside may guess it. To
    /// be called on a tokio runtime.
    pub fn new(spans: Spans, secret: u64, directory: Arc<Directory>) -> Carrier {
        let (sockets, receiver) = Sockets::new();
        Carrier {
            transactions: Transactions::new(spans, secret),
            sockets,
            receiver,
            links: HashMap::new(),
            flows: Flows::default(),
            directory,
            names: HashMap::new(),
            looking: HashMap::new(),
            servers: Servers::default(),
            heard: Vec::new(),
            count: 0,
        }
    }

    /// Listens where the settings say. What could not be done, a line each; the others go on.
    pub fn listen(&mut self, wanted: &[Arc<settings::Transport>]) -> Vec<String> {
        let failed = self.sockets.listen(wanted);
        let toward = Arc::new(sockets::own_address);
        let flows = Flows::new(self.sockets.places()).asking(toward);
        self.flows = flows.knowing(&self.flows);
        self.sockets.look_up_by(Names::of_system());
        let shown = self
            .sockets
            .places()
            .into_iter()
            .map(|place| directory::Transport {
                name: place.settings.name.clone(),
                protocol: place.settings.protocol,
                local: place.local,
                connections: 0,
            });
        self.directory.put_transports(shown.collect());
        failed
    }

    /// Our own side of whatever leaves, for the core.
    pub fn flows(&self) -> Flows {
        self.flows.clone()
    }

    /// Waits for something to come.
    pub async fn arrived(&mut self) -> Arrived {
        match self.receiver.recv().await {
            Some(arrived) => arrived,
            // The sockets hold a sender for as long as we live.
            None => std::future::pending().await,
        }
    }

    /// What came already.
    pub fn try_arrived(&mut self) -> Option<Arrived> {
        self.receiver.try_recv().ok()
    }

    /// Takes what came.
    pub fn take(&mut self, now: Time, arrived: Arrived) {
        match arrived {
            Arrived::Message(flow, bytes) => self.message(now, flow, &bytes),
            Arrived::Opened(flow, number, link) => {
                self.links.insert(flow, (number, link));
            }
            Arrived::Closed(flow, number, why) => {
                let known = self.links.get(&flow);
                if known.is_some_and(|(known, _)| *known == number) {
                    self.links.remove(&flow);
                    self.transactions.closed(flow.transport, flow.remote, &why);
                    self.transactions.said.events.push(FromWire::Closed(flow));
                }
            }
            Arrived::Found(number, found) => self.found(now, number, found),
        }
        self.flush(now);
    }

    /// Sends what the core says.
    pub fn send(&mut self, now: Time, say: ToWire) {
        match say {
            ToWire::Respond {
                transaction,
                response,
            } => self.transactions.respond(now, transaction, &response),
            ToWire::ForceRport(transaction) => self.transactions.force_rport(transaction),
            ToWire::Ignore(transaction) => self.transactions.ignore(transaction),
            ToWire::Cancel {
                transaction,
                reason,
            } => {
                let mut looking = self.looking.iter();
                let number = looking.find_map(|(number, looking)| match &looking.what {
                    What::Request(of, _) if *of == transaction => Some(*number),
                    _ => None,
                });
                match number.and_then(|number| self.looking.remove(&number)) {
                    // Nobody was asked yet, and nobody will be.
                    Some(looking) => self.lost(looking.what, "it was cancelled".to_owned()),
                    None => {
                        let transaction = self.servers.settle(transaction);
                        self.transactions.cancel(now, transaction, &reason);
                    }
                }
            }
            ToWire::Request {
                transaction,
                request,
                target,
            } => self.route(now, What::Request(transaction, request), &target),
            ToWire::Ack { request, target } => self.route(now, What::Ack(request), &target),
        }
        self.flush(now);
    }

    /// Does what is due.
    pub fn tick(&mut self, now: Time) {
        self.transactions.tick(now);
        self.flush(now);
    }

    /// When something is due.
    pub fn next_timer(&self) -> Option<Time> {
        self.transactions.next_timer()
    }

    /// Takes what is for the core.
    pub fn take_events(&mut self) -> Vec<FromWire> {
        std::mem::take(&mut self.heard)
    }

    /// Transactions that there are.
    pub fn held(&self) -> Held {
        self.transactions.held()
    }

    /// Connections that there are.
    pub fn connections(&self) -> usize {
        self.sockets.open.all()
    }

    /// Asks the other sides of connections so often whether they are there; zero for never.
    pub fn keep_alive(&self, every: std::time::Duration) {
        self.sockets.keep_alive(every);
    }

    /// Takes other spans for transactions to come.
    pub fn set_spans(&mut self, spans: Spans) {
        self.transactions.set_spans(spans);
    }

    fn message(&mut self, now: Time, flow: Flow, bytes: &[u8]) {
        self.log(false, &flow, bytes);
        match parse(bytes) {
            Ok(message) => self.transactions.received(now, message, flow),
            Err(malformed) => {
                tracing::debug!(target: "sip", from = %flow.remote, "unreadable: {}", malformed.why);
                if let Some(answer) = malformed.answer {
                    self.transactions.answer_malformed(&answer, flow);
                }
            }
        }
    }

    fn route(&mut self, now: Time, what: What, target: &Target) {
        let request = match &what {
            What::Request(_, request) | What::Ack(request) => request,
        };
        let to = next_hop(request);
        let by = match target {
            Target::Flow(flow) => return self.start(now, what, *flow),
            Target::Named { transport } => transport,
        };
        if literal(&to).is_some() {
            return match self.flows.toward(target, &to) {
                Some(flow) => self.start(now, what, flow),
                None => self.lost(what, "no transport leads there".to_owned()),
            };
        }
        let ours = self.flows.ways(by);
        let named = ours.first().map(|(protocol, _)| *protocol);
        let question = Question {
            host: to.host().to_string(),
            port: to.host_with_port.port.map(|port| port.0),
            transport: named.filter(|_| !by.is_empty()).or(transport_of(&to)),
            ours,
            seed: FxBuildHasher.hash_one(message::call_id(request)),
        };
        if question.ours.is_empty() {
            return self.lost(what, "no transport leads there".to_owned());
        }
        if self.looking.len() >= LOOKUPS {
            return self.lost(what, "too many names are looked up".to_owned());
        }
        self.count += 2;
        let looking = Looking {
            what,
            by: by.clone(),
            host: question.host.clone(),
        };
        self.looking.insert(self.count, looking);
        self.sockets.look_up(self.count, question);
    }

    fn found(&mut self, now: Time, number: u64, found: Result<Vec<Server>, String>) {
        let Some(Looking { what, by, host }) = self.looking.remove(&number) else {
            return;
        };
        let found = match found {
            Ok(found) => found,
            Err(why) => {
                tracing::warn!(target: "sip", "{why}");
                return self.lost(what, why);
            }
        };
        let flows = found
            .iter()
            .filter_map(|server| self.flows.found(&by, server.transport, server.address));
        // Whoever was of no use a moment ago comes last.
        let (bad, good): (Vec<Flow>, Vec<Flow>) =
            flows.partition(|flow| self.servers.is_bad(now, flow));
        let mut flows = good.into_iter().chain(bad);
        let Some(first) = flows.next() else {
            return self.lost(what, format!("{host}: no transport leads there"));
        };
        let others: Vec<Flow> = flows.collect();
        self.flows.learn(&host, first.remote.ip());
        if self.names.len() as u64 + others.len() as u64 >= NAMES {
            self.names.clear();
        }
        for flow in others.iter().chain([&first]) {
            // Connections that there are were proven by the name that they were made for.
            self.names
                .entry(flow.remote)
                .or_insert_with(|| host.clone());
        }
        if let What::Request(transaction, request) = &what {
            let lives = |number| self.transactions.is_sending(number);
            self.servers
                .keep(*transaction, request, first, others, lives);
        }
        self.start(now, what, first);
    }

    fn start(&mut self, now: Time, what: What, flow: Flow) {
        let sent_by = self.flows.shown(&flow);
        match what {
            What::Request(number, request) => {
                self.transactions.send(now, number, request, flow, &sent_by);
            }
            What::Ack(request) => self.transactions.ack(&request, flow, &sent_by),
        }
    }

    fn lost(&mut self, what: What, why: String) {
        if let What::Request(number, _) = what {
            self.transactions.not_sent(number, why);
        }
    }

    /// Sends what there is to send. Where a server of a host is of no use the request goes to the next (RFC
    /// 3263, 4.3); what the core hears of is the last of them.
    fn flush(&mut self, now: Time) {
        loop {
            self.send_all();
            let events = std::mem::take(&mut self.transactions.said.events);
            if events.is_empty() {
                return;
            }
            for event in events {
                let (event, next) = self.servers.pass(now, event);
                self.heard.extend(event);
                if let Some((number, request, flow)) = next {
                    tracing::debug!(target: "sip", to = %flow.remote, "another server of the host is tried");
                    self.start(now, What::Request(number, request), flow);
                }
            }
        }
    }

    fn send_all(&mut self) {
        for (flow, bytes) in std::mem::take(&mut self.transactions.said.packets) {
            self.log(true, &flow, &bytes);
            if let Err(why) = self.write(flow, Bytes::clone(&bytes)) {
                tracing::debug!(target: "sip", to = %flow.remote, "not sent: {why}");
                let why = why.to_string();
                match flow.transport {
                    // One datagram tells nothing of others, which may have come to a phone that rings.
                    Transport::Udp => self.transactions.unsent(&bytes, &why),
                    over => self.transactions.closed(over, flow.remote, &why),
                }
            }
        }
    }

    fn write(&mut self, flow: Flow, bytes: Bytes) -> std::io::Result<()> {
        if flow.transport == Transport::Udp {
            return self.sockets.send(&flow, &bytes);
        }
        let same = |one: &&Flow| one.transport == flow.transport && one.remote == flow.remote;
        let key = match self.links.contains_key(&flow) {
            true => flow,
            // It may have come to another address of ours.
            false => self.links.keys().find(same).copied().unwrap_or(flow),
        };
        if !self.links.contains_key(&key) {
            self.count += 2;
            let name = match self.names.get(&flow.remote) {
                Some(name) => name.clone(),
                None => flow.remote.ip().to_string(),
            };
            let link = self.sockets.connect(flow, self.count, &name)?;
            self.links.insert(key, (self.count, link));
        }
        if self
            .links
            .get(&key)
            .is_some_and(|(_, link)| link.send(bytes))
        {
            return Ok(());
        }
        // Whoever takes nothing for so long is cut.
        self.links.remove(&key);
        self.transactions.said.events.push(FromWire::Closed(key));
        Err(std::io::Error::other(format!(
            "{WRITES} messages wait to be taken"
        )))
    }

    fn log(&self, sent: bool, flow: &Flow, bytes: &[u8]) {
        self.directory.history().passed(sent, flow.remote, bytes);
        if self.directory.logs(flow.remote) {
            let text = text::decode(bytes);
            let what = if sent { "sent to" } else { "received from" };
            tracing::info!(target: "sip::messages", "{} bytes {what} {:?} {}\n{text}", bytes.len(), flow.transport, flow.remote);
        }
    }
}

/// Where a request goes next: its first `Route`, or its own address (RFC 3261, 8.1.2).
fn next_hop(request: &Request) -> rsipstack::sip::Uri {
    message::value(&request.headers, "Route")
        .and_then(|line| uri::split_unquoted(line, ',').next())
        .and_then(uri::name_addr)
        .and_then(|route| uri::parse(route.address))
        .unwrap_or_else(|| request.uri.clone())
}

/// An address as a host in addresses of SIP.
pub fn host(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

/// What the first `Via` of a line says of where a request came from, where that is an address.
pub(crate) fn sent_by(value: &str) -> Option<SocketAddr> {
    via::parse(value)?.address()
}
