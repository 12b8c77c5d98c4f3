//! Messages on the wire: reading them, transactions, sockets.
//!
//! Of rsipstack it uses the types of messages. Its transactions and transports were looked at and left:
//! what their reader cannot read they drop, with no hand-hold to answer 400; a 2xx is sent again by them
//! and not by the dialog; they have a clock of their own, so that nothing can be played on virtual time;
//! each end of a transaction looks through all that wait for an ACK; every queue is without bound; and
//! each packet is made into a text for the log before the log is asked.

pub mod message;
pub mod transactions;

mod frame;
mod sockets;
mod tls;
mod via;
mod write;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use rsipstack::sip::Request;
use switch::Time;
use tokio::sync::mpsc;

use crate::core::Flows;
use crate::core::literal;
use crate::directory::{self, Directory};
use crate::limits::{LOOKUPS, WRITES};
use crate::settings;
use crate::uri;
use crate::wire::{ClientTransaction, Flow, FromWire, Target, ToWire, Transport};

pub use message::{Malformed, Message, parse};
pub use sockets::Arrived;
pub use transactions::{Held, Spans};

use sockets::{Link, Sockets};
use transactions::{Bytes, Transactions};

/// Everything between the core and the network. It lives on a tokio runtime; nothing of it waits but
/// [`Carrier::arrived`].
pub struct Carrier {
    transactions: Transactions,
    sockets: Sockets,
    receiver: mpsc::Receiver<Arrived>,
    links: HashMap<(Transport, SocketAddr), (u64, Link)>,
    flows: Flows,
    directory: Arc<Directory>,
    /// Requests whose destination is being looked up.
    looking: HashMap<u64, (What, Flow)>,
    count: u64,
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
            looking: HashMap::new(),
            count: 0,
        }
    }

    /// Listens where the settings say. What could not be done, a line each; the others go on.
    pub fn listen(&mut self, wanted: &[Arc<settings::Transport>]) -> Vec<String> {
        let failed = self.sockets.listen(wanted);
        let toward = Arc::new(sockets::own_address);
        self.flows = Flows::new(self.sockets.places()).asking(toward);
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
                self.links
                    .insert((flow.transport, flow.remote), (number, link));
            }
            Arrived::Closed(flow, number, why) => {
                let key = (flow.transport, flow.remote);
                if self
                    .links
                    .get(&key)
                    .is_some_and(|(known, _)| *known == number)
                {
                    self.links.remove(&key);
                    self.transactions.closed(flow.transport, flow.remote, &why);
                    self.transactions.said.events.push(FromWire::Closed(flow));
                }
            }
            Arrived::Found(number, found) => self.found(now, number, found),
        }
        self.flush();
    }

    /// Sends what the core says.
    pub fn send(&mut self, now: Time, say: ToWire) {
        match say {
            ToWire::Respond {
                transaction,
                response,
            } => self.transactions.respond(now, transaction, &response),
            ToWire::Ignore(transaction) => self.transactions.ignore(transaction),
            ToWire::Cancel {
                transaction,
                reason,
            } => self.transactions.cancel(now, transaction, &reason),
            ToWire::Request {
                transaction,
                request,
                target,
            } => self.route(now, What::Request(transaction, request), &target),
            ToWire::Ack { request, target } => self.route(now, What::Ack(request), &target),
        }
        self.flush();
    }

    /// Does what is due.
    pub fn tick(&mut self, now: Time) {
        self.transactions.tick(now);
        self.flush();
    }

    /// When something is due.
    pub fn next_timer(&self) -> Option<Time> {
        self.transactions.next_timer()
    }

    /// Takes what is for the core.
    pub fn take_events(&mut self) -> Vec<FromWire> {
        std::mem::take(&mut self.transactions.said.events)
    }

    /// Transactions that there are.
    pub fn held(&self) -> Held {
        self.transactions.held()
    }

    /// Connections that there are.
    pub fn connections(&self) -> usize {
        self.sockets.open.all()
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
        let Some(flow) = self.flows.toward(target, &to) else {
            return self.lost(what, "no transport leads there".to_owned());
        };
        if matches!(target, Target::Flow(_)) || literal(&to).is_some() {
            return self.start(now, what, flow);
        }
        if self.looking.len() >= LOOKUPS {
            return self.lost(what, "too many names are looked up".to_owned());
        }
        self.count += 2;
        let family = match flow.local.ip().is_unspecified() {
            true => None,
            false => Some(flow.local.is_ipv6()),
        };
        self.looking.insert(self.count, (what, flow));
        let name = to.host().to_string();
        self.sockets
            .look_up(self.count, name, flow.remote.port(), family);
    }

    fn found(&mut self, now: Time, number: u64, found: Result<SocketAddr, String>) {
        let Some((what, flow)) = self.looking.remove(&number) else {
            return;
        };
        match found {
            Ok(remote) => {
                let flow = self.flows.resolved(flow, remote);
                self.start(now, what, flow);
            }
            Err(why) => self.lost(what, why),
        }
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

    fn flush(&mut self) {
        for (flow, bytes) in std::mem::take(&mut self.transactions.said.packets) {
            self.log(true, &flow, &bytes);
            if let Err(why) = self.write(flow, bytes) {
                tracing::debug!(target: "sip", to = %flow.remote, "not sent: {why}");
                self.transactions
                    .closed(flow.transport, flow.remote, &why.to_string());
            }
        }
    }

    fn write(&mut self, flow: Flow, bytes: Bytes) -> std::io::Result<()> {
        if flow.transport == Transport::Udp {
            return self.sockets.send(&flow, &bytes);
        }
        let key = (flow.transport, flow.remote);
        if !self.links.contains_key(&key) {
            self.count += 2;
            let link = self
                .sockets
                .connect(flow, self.count, &flow.remote.ip().to_string())?;
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
        self.transactions.said.events.push(FromWire::Closed(flow));
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
