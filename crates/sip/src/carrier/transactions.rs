//! Transactions (RFC 3261, 17; RFC 6026): what is sent again, what is swallowed, and which answer belongs
//! to which request. No socket and no clock.

mod branch;
mod client;
mod known;
mod server;

use std::collections::BTreeSet;
use std::time::Duration;

use rsipstack::sip::{Request, Response};
use rustc_hash::FxHashMap;
use switch::Time;

use super::message::Message;
use super::{via, write};
use crate::wire::{ClientTransaction, Flow, FromWire, ServerTransaction, Transport, Unanswered};

use branch::{branch, our_via, ours};
use client::Client;
use known::Known;
use server::Server;

/// Spans of RFC 3261, 17.
#[derive(Debug, Clone, Copy)]
pub struct Spans {
    /// How long an answer is likely to take: the first retransmission.
    pub t1: Duration,
    /// Longest span between retransmissions.
    pub t2: Duration,
    /// How long a message may be under way.
    pub t4: Duration,
    /// How long an answer is waited for (timers B, F, H and those of the same length).
    pub patience: Duration,
}

impl Default for Spans {
    fn default() -> Spans {
        Spans {
            t1: Duration::from_millis(500),
            t2: Duration::from_secs(4),
            t4: Duration::from_secs(5),
            patience: Duration::from_secs(32),
        }
    }
}

/// What transactions have to say, until somebody takes it away.
#[derive(Debug, Default)]
pub struct Said {
    /// Bytes and where they go, in order.
    pub packets: Vec<(Flow, Bytes)>,
    /// For the core, in order.
    pub events: Vec<FromWire>,
}

/// Bytes of a message, shared between the socket and what may be sent again.
pub type Bytes = std::sync::Arc<[u8]>;

/// All transactions.
pub struct Transactions {
    spans: Spans,
    secret: u64,
    count: u64,
    servers: FxHashMap<u64, Box<Server>>,
    /// Which server transaction a request belongs to.
    known: Known,
    clients: FxHashMap<u64, Box<Client>>,
    timers: Timers,
    /// What is to be taken away.
    pub said: Said,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Requests to us that are at work.
    pub servers: usize,
    /// Requests to us that were answered and are known for a while, should they come again.
    pub answered: usize,
    /// Client transactions.
    pub clients: usize,
    /// Timers that were set and have not come.
    pub timers: usize,
}

/// Whose time has come; what is to be done each knows by its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    /// A request to us: its one timer.
    Server(u64),
    /// A request of ours is to be sent again.
    Again(u64),
    /// A request of ours is over.
    End(u64),
}

/// Timers that are set. What is over takes its own back.
type Timers = BTreeSet<(Time, Due)>;

/// The tools that one transaction works with.
struct Tools<'a> {
    now: Time,
    spans: &'a Spans,
    said: &'a mut Said,
    timers: &'a mut Timers,
}

impl Tools<'_> {
    /// Sets a timer that may be set already: `slot` is where its owner keeps when it comes.
    fn set(&mut self, slot: &mut Option<Time>, after: Duration, due: Due) {
        self.unset(slot, due);
        let at = self.now + after;
        self.timers.insert((at, due));
        *slot = Some(at);
    }

    /// Takes it back.
    fn unset(&mut self, slot: &mut Option<Time>, due: Due) {
        if let Some(at) = slot.take() {
            self.timers.remove(&(at, due));
        }
    }

    fn send(&mut self, flow: Flow, bytes: &Bytes) {
        self.said.packets.push((flow, bytes.clone()));
    }
}

impl Transactions {
    /// No transactions. `secret` goes into branches: nobody outside may guess it.
    pub fn new(spans: Spans, secret: u64) -> Transactions {
        Transactions {
            spans,
            secret,
            count: 0,
            servers: FxHashMap::default(),
            known: Known::new(),
            clients: FxHashMap::default(),
            timers: Timers::new(),
            said: Said::default(),
        }
    }

    /// Takes new spans, for transactions to come.
    pub fn set_spans(&mut self, spans: Spans) {
        self.spans = spans;
    }

    /// A message came.
    pub fn received(&mut self, now: Time, message: Message, flow: Flow) {
        match message {
            Message::Request(request) => self.request(now, request, flow),
            Message::Response(response) => self.response(now, response, flow),
        }
    }

    /// An answer to something that is no transaction: what could not be read.
    pub fn answer_malformed(&mut self, response: &Response, flow: Flow) {
        self.stateless(&response.headers, response, flow);
    }

    /// Answers a request; what is unknown by now is passed over.
    pub fn respond(&mut self, now: Time, number: ServerTransaction, response: &Response) {
        let Some(server) = self.servers.get_mut(&number.0) else {
            return;
        };
        let mut tools = Tools {
            now,
            spans: &self.spans,
            said: &mut self.said,
            timers: &mut self.timers,
        };
        match server.respond(number.0, &mut tools, response) {
            server::Fate::Goes => {}
            server::Fate::Over => self.forget_server(number.0),
            server::Fate::Answered(last) => self.end_server(now, number.0, Some(last)),
        }
    }

    /// Leaves a request unanswered.
    pub fn ignore(&mut self, number: ServerTransaction) {
        self.forget_server(number.0);
    }

    /// Answers go to where the request came from, whatever it asks for.
    pub fn force_rport(&mut self, number: ServerTransaction) {
        if let Some(server) = self.servers.get_mut(&number.0) {
            server.force_rport();
        }
    }

    /// Sends a request. `sent_by` is our side as `Via` names it.
    pub fn send(
        &mut self,
        now: Time,
        number: ClientTransaction,
        request: Box<Request>,
        flow: Flow,
        sent_by: &str,
    ) {
        if self.clients.len() >= crate::limits::CLIENT_TRANSACTIONS {
            return self.not_sent(number, "too many transactions".to_owned());
        }
        let mut tools = Tools {
            now,
            spans: &self.spans,
            said: &mut self.said,
            timers: &mut self.timers,
        };
        let via = our_via(&flow, sent_by, &branch(self.secret, number.0));
        let client = Client::start(number, &mut tools, request, flow, via);
        self.clients.insert(number.0, Box::new(client));
    }

    /// A request of ours cannot be sent: the core learns it.
    pub fn not_sent(&mut self, number: ClientTransaction, why: String) {
        self.forget_client(number.0);
        self.said.events.push(FromWire::Unanswered {
            transaction: number,
            why: Unanswered::NotSent(why),
        });
    }

    /// Sends the ACK of a 2xx.
    pub fn ack(&mut self, request: &Request, flow: Flow, sent_by: &str) {
        self.count += 1;
        // Each ACK of a 2xx has a branch of its own (RFC 3261, 13.2.2.4).
        let branch = branch(self.secret.rotate_left(17), self.count);
        let via = our_via(&flow, sent_by, &branch);
        let bytes = write::request(request, &[via]).into();
        self.said.packets.push((flow, bytes));
    }

    /// Cancels an INVITE of ours.
    pub fn cancel(&mut self, now: Time, number: ClientTransaction, reason: &str) {
        let mut tools = Tools {
            now,
            spans: &self.spans,
            said: &mut self.said,
            timers: &mut self.timers,
        };
        if let Some(client) = self.clients.get_mut(&number.0) {
            client.cancel(number, &mut tools, reason);
        }
    }

    /// Whether a request of ours is known still.
    pub fn is_sending(&self, number: ClientTransaction) -> bool {
        self.clients.contains_key(&number.0)
    }

    /// A connection is gone, or could not be made: what was to go over it will not be answered.
    pub fn closed(&mut self, transport: Transport, remote: std::net::SocketAddr, why: &str) {
        self.lose(why, |c| {
            c.flow.transport == transport && c.flow.remote == remote
        });
    }

    /// The system refused to send a datagram: the request that it is will not be answered.
    pub fn unsent(&mut self, datagram: &Bytes, why: &str) {
        self.lose(why, |c| c.is_sending_as(datagram));
    }

    fn lose(&mut self, why: &str, is_lost: impl Fn(&Client) -> bool) {
        let lost: Vec<u64> = self
            .clients
            .iter()
            .filter(|(_, c)| is_lost(c) && c.is_waiting())
            .map(|(number, _)| *number)
            .collect();
        for number in lost {
            self.not_sent(ClientTransaction(number), why.to_owned());
        }
    }

    /// When something is due.
    pub fn next_timer(&self) -> Option<Time> {
        let first = self.timers.first().map(|(at, _)| *at);
        first.into_iter().chain(self.known.next()).min()
    }

    /// Does what is due.
    pub fn tick(&mut self, now: Time) {
        self.known.tick(now);
        while let Some((_, due)) = self.timers.first().filter(|(at, _)| *at <= now).copied() {
            self.timers.pop_first();
            let mut tools = Tools {
                now,
                spans: &self.spans,
                said: &mut self.said,
                timers: &mut self.timers,
            };
            match due {
                Due::Server(number) => {
                    let server = self.servers.get_mut(&number);
                    if server.is_some_and(|s| s.due(number, &mut tools) == server::Fate::Over) {
                        self.forget_server(number);
                    }
                }
                Due::Again(number) => {
                    if let Some(client) = self.clients.get_mut(&number) {
                        client.again(number, &mut tools);
                    }
                }
                Due::End(number) => {
                    if let Some(client) = self.clients.get_mut(&number) {
                        client.late(number, &mut tools);
                    }
                    self.forget_client(number);
                }
            }
        }
    }

    /// How many there are.
    pub fn held(&self) -> Held {
        Held {
            servers: self.servers.len(),
            answered: self.known.ended(),
            clients: self.clients.len(),
            timers: self.timers.len(),
        }
    }

    /// Bytes that are kept of requests that were answered.
    #[cfg(test)]
    pub(in crate::carrier) fn remembered(&self) -> usize {
        self.known.bytes()
    }

    fn response(&mut self, now: Time, response: Box<Response>, flow: Flow) {
        let Some(number) =
            server::top(&response.headers).and_then(|via| ours(self.secret, via.branch()))
        else {
            return;
        };
        let mut tools = Tools {
            now,
            spans: &self.spans,
            said: &mut self.said,
            timers: &mut self.timers,
        };
        let over = self
            .clients
            .get_mut(&number)
            .is_some_and(|c| c.response(number, &mut tools, response, flow) == client::Fate::Over);
        if over {
            self.forget_client(number);
        }
    }

    /// An answer for which nothing is kept.
    fn stateless(&mut self, headers: &rsipstack::sip::Headers, response: &Response, flow: Flow) {
        let vias = via::returned(headers, &flow);
        let back = via::way_back(headers, &flow);
        let bytes = write::response(response, &vias).into();
        self.said.packets.push((back, bytes));
    }

    fn forget_server(&mut self, number: u64) {
        if let Some(server) = self.take_server(number) {
            self.known.forget(&server.key, server.merged.as_ref());
        }
    }

    /// What is left of a request is the answer to those that ask again.
    fn end_server(&mut self, now: Time, number: u64, last: Option<Bytes>) {
        if let Some(server) = self.take_server(number) {
            let at = now + self.spans.patience;
            let at_source = server.answers_at_source();
            let last = last.map(|last| (last, at_source));
            self.known.end(at, server.key, server.merged, last);
        }
    }

    fn take_server(&mut self, number: u64) -> Option<Box<Server>> {
        let server = self.servers.remove(&number)?;
        if let Some(at) = server.timer {
            self.timers.remove(&(at, Due::Server(number)));
        }
        Some(server)
    }

    fn forget_client(&mut self, number: u64) {
        if let Some(client) = self.clients.remove(&number) {
            for (at, due) in [
                (client.again, Due::Again(number)),
                (client.end, Due::End(number)),
            ] {
                if let Some(at) = at {
                    self.timers.remove(&(at, due));
                }
            }
        }
    }
}
