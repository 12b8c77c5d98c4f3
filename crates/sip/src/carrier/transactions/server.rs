//! Requests that somebody sends us (RFC 3261, 17.2; RFC 6026, 7.1).

use rsipstack::sip::{Headers, HeadersExt, Method, Request, Response, StatusCode};
use switch::Time;

use super::{Bytes, Due, Tools, Transactions};
use crate::carrier::message::{call_id, cseq, value};
use crate::carrier::{via, write};
use crate::limits::SERVER_TRANSACTIONS;
use crate::reply;
use crate::uri;
use crate::wire::{Flow, FromWire, ServerTransaction, Transport};

/// A request that somebody sent us.
pub(super) struct Server {
    /// What its retransmissions are told by.
    pub(super) key: Box<str>,
    /// What a copy of it that came another way is told by, until it is answered.
    pub(super) merged: Option<Box<str>>,
    invite: bool,
    flow: Flow,
    back: Flow,
    vias: Vec<String>,
    state: State,
    /// What was said last, for whoever asks again.
    last: Option<Bytes>,
    /// Tag that our answers have: that of the CANCEL is the same.
    tag: String,
    authorized: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not answered finally.
    Proceeding { cancelled: bool },
    /// Answered finally (an INVITE: other than by 2xx).
    Completed { wait: std::time::Duration },
    /// An INVITE that was answered by 2xx.
    Accepted,
    /// The ACK of a failure came.
    Confirmed,
}

impl Server {
    /// Answers go to where it came from.
    pub(super) fn force_rport(&mut self) {
        self.back = self.flow;
        if let Some(top) = self.vias.first_mut()
            && let Some(forced) = via::forced(top, &self.flow)
        {
            *top = forced;
        }
    }
}

/// What comes of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// G: a failure is said again.
    Again,
    /// H, I, J, L, or the core never answered: it is over.
    End,
    /// Somebody who retries an unanswered request other than INVITE for ever.
    Abandoned,
}

/// Whether a transaction goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Goes,
    Over,
}

impl Server {
    /// An answer of the core's.
    pub(super) fn respond(
        &mut self,
        number: u64,
        tools: &mut Tools<'_>,
        response: &Response,
    ) -> Fate {
        let code = response.status_code.code();
        match self.state {
            State::Proceeding { .. } => {}
            // The core says a 2xx again until its ACK comes.
            State::Accepted if (200..300).contains(&code) => {}
            _ => return Fate::Goes,
        }
        let bytes: Bytes = write::response(response, &self.vias).into();
        tools.send(self.back, &bytes);
        if let Some(tag) = reply::to_tag(&response.headers) {
            self.tag = tag.to_owned();
        }
        if code < 200 {
            self.last = Some(bytes);
            return Fate::Goes;
        }
        // A challenge needs no memory: whoever missed it asks again and gets another (RFC 3261, 8.2.7).
        // Those who try a thousand names cost nothing.
        if matches!(code, 401 | 407) && !self.authorized {
            return Fate::Over;
        }
        let datagrams = self.flow.transport == Transport::Udp;
        if !self.invite {
            self.last = Some(bytes);
            self.state = State::Completed {
                wait: tools.spans.t2,
            };
            // It stays for half a minute, and all that is needed of it is what was said.
            self.vias = Vec::new();
            self.tag = String::new();
            if !datagrams {
                return Fate::Over;
            }
            tools.at(tools.spans.patience, Due::Server(number, Timer::End));
        } else if code < 300 {
            if self.state != State::Accepted {
                tools.at(
                    tools.spans.patience + tools.spans.t4,
                    Due::Server(number, Timer::End),
                );
            }
            self.last = None;
            self.state = State::Accepted;
        } else {
            self.last = Some(bytes);
            self.state = State::Completed {
                wait: tools.spans.t1,
            };
            if datagrams {
                tools.at(tools.spans.t1, Due::Server(number, Timer::Again));
            }
            tools.at(tools.spans.patience, Due::Server(number, Timer::End));
        }
        Fate::Goes
    }

    /// One of its timers has come.
    pub(super) fn timer(&mut self, number: u64, tools: &mut Tools<'_>, timer: Timer) -> Fate {
        match (timer, self.state) {
            (Timer::Again, State::Completed { wait }) => {
                if let Some(last) = &self.last {
                    tools.send(self.back, last);
                }
                let wait = (wait * 2).min(tools.spans.t2);
                self.state = State::Completed { wait };
                tools.at(wait, Due::Server(number, Timer::Again));
                Fate::Goes
            }
            (Timer::End, _) | (Timer::Abandoned, State::Proceeding { .. }) => Fate::Over,
            _ => Fate::Goes,
        }
    }
}

impl Transactions {
    /// A request came.
    pub(super) fn request(&mut self, now: Time, request: Box<Request>, flow: Flow) {
        let Some(key) = key(&request, request.method) else {
            return;
        };
        match request.method {
            Method::Ack => return self.acked(now, &key, request, flow),
            Method::Cancel => return self.cancel_came(&request, flow),
            _ => {}
        }
        if let Some(number) = self.known.get(&key) {
            if let Some(server) = self.servers.get(number)
                && let Some(last) = &server.last
            {
                self.said.packets.push((server.back, last.clone()));
            }
            return;
        }
        if self.servers.len() >= SERVER_TRANSACTIONS {
            let answer = reply::to(&request, StatusCode::ServiceUnavailable, "");
            return self.stateless(&request.headers, &answer, flow);
        }
        let merged = merged(&request);
        if merged.as_ref().is_some_and(|m| self.known.contains_key(m)) {
            // The same request came another way while the first is at work (RFC 3261, 8.2.2.2).
            let answer = reply::to(&request, StatusCode::LoopDetected, "");
            return self.stateless(&request.headers, &answer, flow);
        }
        self.begin(now, key, merged, request, flow);
    }

    fn begin(
        &mut self,
        now: Time,
        key: Box<str>,
        merged: Option<Box<str>>,
        request: Box<Request>,
        flow: Flow,
    ) {
        self.count += 1;
        let number = self.count;
        let invite = request.method == Method::Invite;
        let server = Server {
            invite,
            flow,
            back: via::way_back(&request.headers, &flow),
            vias: via::returned(&request.headers, &flow),
            state: State::Proceeding { cancelled: false },
            last: None,
            tag: String::new(),
            authorized: request.authorization_header().is_some()
                || value(&request.headers, "Proxy-Authorization").is_some(),
            key: key.clone(),
            merged: merged.clone(),
        };
        self.known.insert(key, number);
        if let Some(merged) = merged {
            self.known.insert(merged, number);
        }
        self.servers.insert(number, server);
        if !invite {
            let due = Due::Server(number, Timer::Abandoned);
            self.timers
                .push(std::cmp::Reverse((now + self.spans.patience * 2, due)));
        }
        self.said.events.push(FromWire::Request {
            transaction: ServerTransaction(number),
            request,
            flow,
        });
    }

    /// An ACK: of a failure it ends here, of a 2xx it is the core's.
    fn acked(&mut self, now: Time, key: &str, request: Box<Request>, flow: Flow) {
        if let Some(number) = self.known.get(key)
            && let Some(server) = self.servers.get_mut(number)
        {
            match server.state {
                State::Completed { .. } => {
                    server.state = State::Confirmed;
                    server.last = None;
                    let due = Due::Server(*number, Timer::End);
                    let wait = match server.flow.transport {
                        Transport::Udp => self.spans.t4,
                        _ => std::time::Duration::ZERO,
                    };
                    self.timers.push(std::cmp::Reverse((now + wait, due)));
                    return;
                }
                State::Confirmed => return,
                State::Proceeding { .. } | State::Accepted => {}
            }
        }
        self.said.events.push(FromWire::Ack { request, flow });
    }

    fn cancel_came(&mut self, request: &Request, flow: Flow) {
        let found = key(request, Method::Invite)
            .and_then(|key| self.known.get(&key).copied())
            .and_then(|number| Some((number, self.servers.get_mut(&number)?)));
        let Some((number, server)) = found else {
            let answer = reply::to(request, StatusCode::CallTransactionDoesNotExist, "");
            return self.stateless(&request.headers, &answer, flow);
        };
        let answer = reply::to(request, StatusCode::OK, &server.tag);
        if server.state == (State::Proceeding { cancelled: false }) {
            server.state = State::Proceeding { cancelled: true };
            self.said.events.push(FromWire::Cancelled {
                transaction: ServerTransaction(number),
                request: Box::new(request.clone()),
            });
        }
        self.stateless(&request.headers, &answer, flow);
    }
}

/// The topmost `Via` of a message.
pub(super) fn top(headers: &Headers) -> Option<via::Via<'_>> {
    value(headers, "Via").and_then(via::parse)
}

/// What tells a request from others (RFC 3261, 17.2.3). An ACK has that of its INVITE.
fn key(request: &Request, method: Method) -> Option<Box<str>> {
    let via = top(&request.headers)?;
    let method = match method {
        Method::Ack => Method::Invite,
        method => method,
    };
    let branch = via.branch();
    if branch.len() > 7
        && branch
            .get(..7)
            .is_some_and(|b| b.eq_ignore_ascii_case("z9hG4bK"))
    {
        return Some(format!("{method} {} {branch}", via.sent_by).into());
    }
    // Somebody of before 2002 (17.2.3, the second half).
    let (number, _) = cseq(&request.headers)?;
    let from = request.from_header().ok()?.value();
    Some(
        format!(
            "{method} {} {number} {from} {} {branch}",
            call_id(request),
            via.sent_by
        )
        .into(),
    )
}

/// What tells copies of a request that came different ways (RFC 3261, 8.2.2.2); a request in a dialog has
/// none.
fn merged(request: &Request) -> Option<Box<str>> {
    if reply::to_tag(&request.headers).is_some() {
        return None;
    }
    let from = uri::name_addr(request.from_header().ok()?.value())?;
    let (number, method) = cseq(&request.headers)?;
    Some(
        format!(
            "M {method} {number} {} {}",
            from.param("tag")?,
            call_id(request)
        )
        .into(),
    )
}
