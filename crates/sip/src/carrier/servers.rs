//! Requests that may go to several servers of a host, one after the other (RFC 3263, 4.3).

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::Duration;

use rsipstack::sip::Request;
use switch::Time;

use crate::limits::NAMES;
use crate::wire::{ClientTransaction, Flow, FromWire, Transport};

/// Numbers of ours for what is said again to another server: the core's are small.
const OURS: u64 = 1 << 62;

/// How long a server that was of no use is tried after the others.
const BAD: Duration = Duration::from_secs(60);

/// Requests that are kept before we look for those that are over.
const SOME: usize = 64;

/// Requests that have more than one server, and those that went to another than the first.
#[derive(Default)]
pub(super) struct Servers {
    /// By the number that the request has now.
    waiting: HashMap<ClientTransaction, Waiting>,
    /// By the core's number: what it has now.
    moved: HashMap<ClientTransaction, ClientTransaction>,
    /// Servers that were of no use, and until when that counts.
    bad: HashMap<(Transport, SocketAddr), Time>,
    count: u64,
    /// As many as there may be before those that are over are looked for.
    most: usize,
}

struct Waiting {
    /// The core's number.
    known: ClientTransaction,
    request: Box<Request>,
    at: Flow,
    /// Servers that were not tried.
    left: VecDeque<Flow>,
}

/// What is said again: its number, the request and where it goes.
pub(super) type Again = (ClientTransaction, Box<Request>, Flow);

impl Servers {
    /// A request goes to the first of several; these are the others. `lives` says which requests are not over.
    pub(super) fn keep(
        &mut self,
        number: ClientTransaction,
        request: &Request,
        at: Flow,
        others: Vec<Flow>,
        lives: impl Fn(ClientTransaction) -> bool,
    ) {
        if others.is_empty() {
            return;
        }
        if self.waiting.len() >= self.most.max(SOME) {
            self.waiting.retain(|number, _| lives(*number));
            let waiting = &self.waiting;
            self.moved.retain(|_, now| waiting.contains_key(now));
            self.most = 2 * self.waiting.len();
        }
        let waiting = Waiting {
            known: number,
            request: Box::new(request.clone()),
            at,
            left: others.into(),
        };
        self.waiting.insert(number, waiting);
    }

    /// Whether a server was of no use a moment ago.
    pub(super) fn is_bad(&self, now: Time, flow: &Flow) -> bool {
        let until = self.bad.get(&(flow.transport, flow.remote));
        until.is_some_and(|until| *until > now)
    }

    /// A request is wanted no more: no other server is tried. The number that it has now.
    pub(super) fn settle(&mut self, number: ClientTransaction) -> ClientTransaction {
        let now = self.moved.get(&number).copied().unwrap_or(number);
        if let Some(waiting) = self.waiting.get_mut(&now) {
            waiting.left.clear();
        }
        now
    }

    /// Something is said of a request: what the core learns of it, and what is tried instead.
    pub(super) fn pass(
        &mut self,
        now: Time,
        mut event: FromWire,
    ) -> (Option<FromWire>, Option<Again>) {
        let Some((number, how)) = about(&event) else {
            return (Some(event), None);
        };
        let Some(mut waiting) = self.waiting.remove(&number) else {
            return (Some(event), None);
        };
        let known = waiting.known;
        if how == How::Failed {
            self.is_of_no_use(now, &waiting.at);
            if let Some(next) = waiting.left.pop_front() {
                self.count += 1;
                let new = ClientTransaction(OURS + self.count);
                self.moved.insert(known, new);
                waiting.at = next;
                let again = (new, waiting.request.clone(), next);
                self.waiting.insert(new, waiting);
                return (None, Some(again));
            }
        }
        rename(&mut event, known);
        match how {
            How::Goes => {
                self.waiting.insert(number, waiting);
            }
            // Of a call that several answer all is heard, under the number that the core knows.
            How::Accepted if number != known => {
                waiting.left.clear();
                self.waiting.insert(number, waiting);
            }
            _ => {
                self.moved.remove(&known);
            }
        }
        (Some(event), None)
    }

    fn is_of_no_use(&mut self, now: Time, flow: &Flow) {
        if self.bad.len() as u64 >= NAMES {
            self.bad.retain(|_, until| *until > now);
        }
        if (self.bad.len() as u64) < NAMES {
            self.bad.insert((flow.transport, flow.remote), now + BAD);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// It is being worked on.
    Goes,
    /// The server is of no use.
    Failed,
    /// An INVITE was accepted.
    Accepted,
    /// It has its answer.
    Over,
}

fn about(event: &FromWire) -> Option<(ClientTransaction, How)> {
    match event {
        FromWire::Unanswered { transaction, .. } => Some((*transaction, How::Failed)),
        FromWire::Response {
            transaction,
            response,
            ..
        } => {
            let invite = crate::carrier::message::cseq(&response.headers)
                .is_some_and(|(_, method)| method == "INVITE");
            let how = match response.status_code.code() {
                ..200 => How::Goes,
                200..300 if invite => How::Accepted,
                503 => How::Failed,
                _ => How::Over,
            };
            Some((*transaction, how))
        }
        _ => None,
    }
}

fn rename(event: &mut FromWire, known: ClientTransaction) {
    if let FromWire::Unanswered { transaction, .. } | FromWire::Response { transaction, .. } = event
    {
        *transaction = known;
    }
}
