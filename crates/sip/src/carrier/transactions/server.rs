//! Requests that somebody sends us (RFC 3261, 17.2; RFC 6026, 7.1).

use std::time::Duration;

use rsipstack::sip::{Headers, HeadersExt, Method, Request, Response, StatusCode};
use switch::Time;

use super::known::{Entry, Print};
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
    pub(super) key: Print,
    /// What is the same of a copy of it that came another way, and of the ACK of a 2xx.
    pub(super) merged: Option<Print>,
    /// When something is due.
    pub(super) timer: Option<Time>,
    invite: bool,
    /// Where it came from.
    flow: Flow,
    /// Where answers go.
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
    /// Not answered finally. A request other than INVITE is given up where the core never answers.
    Proceeding { cancelled: bool },
    /// An INVITE that was refused: again said after `wait` (timer G), until `end` (timer H).
    Refused { wait: Duration, end: Time },
    /// An INVITE that was answered by 2xx, and no ACK came (timer L).
    Accepted,
    /// The ACK of a refusal came (timer I).
    Confirmed,
}

impl Server {
    /// Whether answers go to where it came from, and not elsewhere.
    pub(super) fn answers_at_source(&self) -> bool {
        self.back == self.flow
    }

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

/// Whether a transaction goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    Goes,
    Over,
    /// All that is needed of it is what was said (timer J).
    Answered(Bytes),
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
        if !self.invite {
            return match self.is_reliable() {
                true => Fate::Over,
                false => Fate::Answered(bytes),
            };
        }
        let patience = tools.spans.patience;
        if code < 300 {
            if self.state != State::Accepted {
                // The core says it again for as long as that, and then BYE.
                let after = patience + tools.spans.t4;
                tools.set(&mut self.timer, after, Due::Server(number));
            }
            self.last = None;
            self.state = State::Accepted;
        } else {
            self.last = Some(bytes);
            let wait = tools.spans.t1;
            let end = tools.now + patience;
            self.state = State::Refused { wait, end };
            let after = if self.is_reliable() { patience } else { wait };
            tools.set(&mut self.timer, after, Due::Server(number));
        }
        Fate::Goes
    }

    /// Its timer has come.
    pub(super) fn due(&mut self, number: u64, tools: &mut Tools<'_>) -> Fate {
        self.timer = None;
        match self.state {
            State::Refused { wait, end } if tools.now < end => {
                if let Some(last) = &self.last {
                    tools.send(self.back, last);
                }
                let wait = (wait * 2).min(tools.spans.t2);
                self.state = State::Refused { wait, end };
                let after = wait.min(end.since(tools.now));
                tools.set(&mut self.timer, after, Due::Server(number));
                Fate::Goes
            }
            _ => Fate::Over,
        }
    }

    fn is_reliable(&self) -> bool {
        self.back.transport != Transport::Udp
    }
}

impl Transactions {
    /// A request came.
    pub(super) fn request(&mut self, now: Time, request: Box<Request>, flow: Flow) {
        let Some(key) = self.key(&request, request.method) else {
            return;
        };
        match request.method {
            Method::Ack => return self.acked(now, &key, request, flow),
            Method::Cancel => return self.cancel_came(&request, flow),
            _ => {}
        }
        if let Some(entry) = self.known.get(&key) {
            let again = match entry {
                Entry::Live(number) => self.servers.get(number).and_then(|server| {
                    let last = server.last.clone()?;
                    Some((server.back, last))
                }),
                Entry::Answered(last, at_source) => {
                    let back = match at_source {
                        true => flow,
                        false => via::way_back(&request.headers, &flow),
                    };
                    Some((back, last.clone()))
                }
                Entry::Swallowed => None,
            };
            self.said.packets.extend(again);
            return;
        }
        if self.servers.len() + self.known.ended() >= SERVER_TRANSACTIONS {
            let answer = reply::to(&request, StatusCode::ServiceUnavailable, "");
            return self.stateless(&request.headers, &answer, flow);
        }
        let merged = self.merged(&request);
        let outside = reply::to_tag(&request.headers).is_none();
        if outside && merged.is_some_and(|m| self.known.get(&m).is_some()) {
            // The same request came another way while the first is at work (RFC 3261, 8.2.2.2).
            let answer = reply::to(&request, StatusCode::LoopDetected, "");
            return self.stateless(&request.headers, &answer, flow);
        }
        // Inside of a dialog it is needed for the ACK alone.
        let merged = merged.filter(|_| outside || request.method == Method::Invite);
        self.begin(now, key, merged, request, flow);
    }

    fn begin(
        &mut self,
        now: Time,
        key: Print,
        merged: Option<Print>,
        request: Box<Request>,
        flow: Flow,
    ) {
        self.count += 1;
        let number = self.count;
        let mut server = Server {
            invite: request.method == Method::Invite,
            timer: None,
            flow,
            back: via::way_back(&request.headers, &flow),
            vias: via::returned(&request.headers, &flow),
            state: State::Proceeding { cancelled: false },
            last: None,
            tag: String::new(),
            authorized: request.authorization_header().is_some()
                || value(&request.headers, "Proxy-Authorization").is_some(),
            key,
            merged,
        };
        self.known.begin(key, number);
        if let Some(merged) = merged {
            self.known.begin(merged, number);
        }
        if !server.invite {
            // Somebody who retries an unanswered request for ever does not keep it alive.
            let at = now + self.spans.patience * 2;
            self.timers.insert((at, Due::Server(number)));
            server.timer = Some(at);
        }
        self.servers.insert(number, Box::new(server));
        self.said.events.push(FromWire::Request {
            transaction: ServerTransaction(number),
            request,
            flow,
        });
    }

    /// An ACK: of a failure it ends here, of a 2xx it is the core's.
    fn acked(&mut self, now: Time, key: &Print, request: Box<Request>, flow: Flow) {
        if let Some(Entry::Live(number)) = self.known.get(key)
            && let number = *number
            && let Some(server) = self.servers.get_mut(&number)
        {
            match server.state {
                State::Refused { .. } if server.is_reliable() => {
                    return self.forget_server(number);
                }
                State::Refused { .. } => {
                    server.state = State::Confirmed;
                    server.last = None;
                    let mut tools = Tools {
                        now,
                        spans: &self.spans,
                        said: &mut self.said,
                        timers: &mut self.timers,
                    };
                    let t4 = self.spans.t4;
                    return tools.set(&mut server.timer, t4, Due::Server(number));
                }
                State::Confirmed => return,
                State::Proceeding { .. } | State::Accepted => {}
            }
        }
        // The ACK of a 2xx has a branch of its own. After it the 2xx is not said again; the INVITE may
        // still come again, and is passed over (RFC 6026, 7.1).
        if let Some(merged) = self.merged(&request)
            && let Some(Entry::Live(number)) = self.known.get(&merged)
            && let number = *number
            && self
                .servers
                .get(&number)
                .is_some_and(|s| s.state == State::Accepted)
        {
            self.end_server(now, number, None);
        }
        self.said.events.push(FromWire::Ack { request, flow });
    }

    fn cancel_came(&mut self, request: &Request, flow: Flow) {
        let number = match self
            .key(request, Method::Invite)
            .and_then(|k| self.known.get(&k))
        {
            Some(Entry::Live(number)) => Some(*number),
            // What was answered and acknowledged cannot be cancelled any more (RFC 3261, 9.2).
            Some(_) => {
                let answer = reply::to(request, StatusCode::OK, "");
                return self.stateless(&request.headers, &answer, flow);
            }
            None => None,
        };
        let found = number.and_then(|number| Some((number, self.servers.get_mut(&number)?)));
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

    /// What tells a request from others (RFC 3261, 17.2.3). An ACK has that of its INVITE.
    fn key(&self, request: &Request, method: Method) -> Option<Print> {
        let via = top(&request.headers)?;
        let method = match method {
            Method::Ack => Method::Invite,
            method => method,
        };
        let method = method.to_string();
        let branch = via.branch();
        let cookie = branch.get(..7).filter(|_| branch.len() > 7);
        if cookie.is_some_and(|cookie| cookie.eq_ignore_ascii_case("z9hG4bK")) {
            return Some(self.known.print((method, via.sent_by, branch)));
        }
        // Somebody of before 2002 (17.2.3, the second half).
        let (number, _) = cseq(&request.headers)?;
        let from = request.from_header().ok()?.value();
        let call = call_id(request);
        Some(
            self.known
                .print((method, number, from, call, via.sent_by, branch)),
        )
    }

    /// What copies of a request that came different ways have in common (RFC 3261, 8.2.2.2), and an INVITE
    /// with the ACK of its 2xx.
    fn merged(&self, request: &Request) -> Option<Print> {
        let from = uri::name_addr(request.from_header().ok()?.value())?;
        let (number, method) = cseq(&request.headers)?;
        let method = if method == "ACK" { "INVITE" } else { method };
        let call = call_id(request);
        Some(
            self.known
                .print(("merged", method, number, from.param("tag")?, call)),
        )
    }
}

/// The topmost `Via` of a message.
pub(super) fn top(headers: &Headers) -> Option<via::Via<'_>> {
    value(headers, "Via").and_then(via::parse)
}
