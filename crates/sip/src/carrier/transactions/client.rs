//! Requests of ours (RFC 3261, 17.1; RFC 6026, 7.2).

use std::time::Duration;

use rsipstack::sip::{Header, Headers, Method, Request, Response, Version};

use super::{Bytes, Due, Tools};
use crate::carrier::message::cseq;
use crate::carrier::write;
use crate::wire::{ClientTransaction, Flow, FromWire, Transport, Unanswered};

/// A request of ours.
pub(super) struct Client {
    /// Where it went.
    pub(super) flow: Flow,
    request: Box<Request>,
    via: String,
    bytes: Bytes,
    wait: Duration,
    state: State,
    cancel: Cancel,
    /// The ACK of a failure, for each time that it comes again.
    ack: Option<Bytes>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing was heard.
    Calling,
    /// A provisional answer was heard.
    Proceeding,
    /// An INVITE that was refused: the refusal may come again.
    Completed,
    /// An INVITE that was answered: more 2xx may come, of this phone or another.
    Accepted,
}

/// How far the end of an INVITE has come that we want no more.
#[derive(Debug, Clone, PartialEq)]
enum Cancel {
    No,
    /// Asked for before anything was heard: nothing may be sent yet (RFC 3261, 9.1).
    Wanted(String),
    /// Sent, until it is answered.
    Sent(Bytes, Duration),
    Answered,
}

/// What comes of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A or E: it is sent again.
    Again,
    /// B or F: no answer.
    Late,
    /// D or M: it is over.
    End,
    /// The CANCEL is sent again.
    CancelAgain,
    /// The INVITE was cancelled and still has no final answer (RFC 3261, 9.1).
    CancelLate,
}

/// Whether a transaction goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Goes,
    Over,
}

impl Client {
    /// Sends it.
    pub(super) fn start(
        number: ClientTransaction,
        tools: &mut Tools<'_>,
        request: Box<Request>,
        flow: Flow,
        via: String,
    ) -> Client {
        let bytes: Bytes = write::request(&request, std::slice::from_ref(&via)).into();
        tools.send(flow, &bytes);
        let wait = tools.spans.t1;
        if flow.transport == Transport::Udp {
            tools.at(wait, Due::Client(number.0, Timer::Again));
        }
        tools.at(tools.spans.patience, Due::Client(number.0, Timer::Late));
        Client {
            flow,
            request,
            via,
            bytes,
            wait,
            state: State::Calling,
            cancel: Cancel::No,
            ack: None,
        }
    }

    /// Whether a final answer is waited for.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.state, State::Calling | State::Proceeding)
    }

    fn is_invite(&self) -> bool {
        self.request.method == Method::Invite
    }

    /// An answer with its branch.
    pub(super) fn response(
        &mut self,
        number: u64,
        tools: &mut Tools<'_>,
        response: Box<Response>,
        flow: Flow,
    ) -> Fate {
        let code = response.status_code.code();
        let named = cseq(&response.headers).map_or("", |(_, method)| method);
        if named == "CANCEL" && self.is_invite() {
            if code >= 200 && matches!(self.cancel, Cancel::Sent(..)) {
                self.cancel = Cancel::Answered;
            }
            return Fate::Goes;
        }
        if named != self.request.method.to_string() {
            return Fate::Goes;
        }
        let answer = |response| FromWire::Response {
            transaction: ClientTransaction(number),
            response,
            flow,
        };
        match (self.state, code) {
            (State::Calling | State::Proceeding, ..200) => {
                self.state = State::Proceeding;
                if let Cancel::Wanted(reason) = &self.cancel {
                    let reason = reason.clone();
                    self.send_cancel(number, tools, &reason);
                }
                tools.said.events.push(answer(response));
                Fate::Goes
            }
            (State::Calling | State::Proceeding, _) if !self.is_invite() => {
                tools.said.events.push(answer(response));
                Fate::Over
            }
            (State::Calling | State::Proceeding, 200..300) => {
                self.state = State::Accepted;
                tools.at(tools.spans.patience, Due::Client(number, Timer::End));
                tools.said.events.push(answer(response));
                Fate::Goes
            }
            (State::Accepted, 200..300) => {
                tools.said.events.push(answer(response));
                Fate::Goes
            }
            (State::Calling | State::Proceeding, _) => {
                self.state = State::Completed;
                let ack: Bytes = self.ack(&response).into();
                tools.send(self.flow, &ack);
                self.ack = Some(ack);
                let wait = match self.flow.transport {
                    Transport::Udp => tools.spans.patience,
                    _ => Duration::ZERO,
                };
                tools.at(wait, Due::Client(number, Timer::End));
                tools.said.events.push(answer(response));
                Fate::Goes
            }
            (State::Completed, 300..) => {
                if let Some(ack) = &self.ack {
                    tools.send(self.flow, ack);
                }
                Fate::Goes
            }
            _ => Fate::Goes,
        }
    }

    /// The core wants the INVITE no more.
    pub(super) fn cancel(
        &mut self,
        number: ClientTransaction,
        tools: &mut Tools<'_>,
        reason: &str,
    ) {
        if !self.is_invite() || self.cancel != Cancel::No {
            return;
        }
        match self.state {
            State::Calling => self.cancel = Cancel::Wanted(reason.to_owned()),
            State::Proceeding => self.send_cancel(number.0, tools, reason),
            State::Completed | State::Accepted => {}
        }
    }

    /// One of its timers has come.
    pub(super) fn timer(&mut self, number: u64, tools: &mut Tools<'_>, timer: Timer) -> Fate {
        match (timer, self.state) {
            (Timer::Again, State::Calling) => {
                tools.send(self.flow, &self.bytes);
                self.wait *= 2;
                if !self.is_invite() {
                    self.wait = self.wait.min(tools.spans.t2);
                }
                tools.at(self.wait, Due::Client(number, Timer::Again));
                Fate::Goes
            }
            (Timer::Again, State::Proceeding) if !self.is_invite() => {
                tools.send(self.flow, &self.bytes);
                tools.at(tools.spans.t2, Due::Client(number, Timer::Again));
                Fate::Goes
            }
            (Timer::Late, State::Calling) => self.unanswered(number, tools),
            (Timer::Late, State::Proceeding) if !self.is_invite() => self.unanswered(number, tools),
            (Timer::CancelLate, State::Calling | State::Proceeding) => {
                self.unanswered(number, tools)
            }
            (Timer::CancelAgain, State::Calling | State::Proceeding) => {
                if let Cancel::Sent(bytes, wait) = &mut self.cancel {
                    tools.send(self.flow, bytes);
                    *wait = (*wait * 2).min(tools.spans.t2);
                    let wait = *wait;
                    tools.at(wait, Due::Client(number, Timer::CancelAgain));
                }
                Fate::Goes
            }
            (Timer::End, State::Completed | State::Accepted) => Fate::Over,
            _ => Fate::Goes,
        }
    }

    fn unanswered(&self, number: u64, tools: &mut Tools<'_>) -> Fate {
        tools.said.events.push(FromWire::Unanswered {
            transaction: ClientTransaction(number),
            why: Unanswered::Timeout,
        });
        Fate::Over
    }

    fn send_cancel(&mut self, number: u64, tools: &mut Tools<'_>, reason: &str) {
        let to = self.header(|h| matches!(h, Header::To(_)));
        let mut cancel = self.follow_up(Method::Cancel, to);
        if !reason.is_empty() {
            cancel.headers.push(Header::Reason(reason.into()));
        }
        let bytes: Bytes = write::request(&cancel, std::slice::from_ref(&self.via)).into();
        tools.send(self.flow, &bytes);
        if self.flow.transport == Transport::Udp {
            tools.at(tools.spans.t1, Due::Client(number, Timer::CancelAgain));
        }
        tools.at(tools.spans.patience, Due::Client(number, Timer::CancelLate));
        self.cancel = Cancel::Sent(bytes, tools.spans.t1);
    }

    /// The ACK of a failure (RFC 3261, 17.1.1.3).
    fn ack(&self, response: &Response) -> Vec<u8> {
        let to = response.headers.iter().find(|h| matches!(h, Header::To(_)));
        let ack = self.follow_up(Method::Ack, to.cloned());
        write::request(&ack, std::slice::from_ref(&self.via))
    }

    /// A request that goes the INVITE's way with its branch.
    fn follow_up(&self, method: Method, to: Option<Header>) -> Request {
        let mut headers = Headers(Vec::with_capacity(8));
        for header in self.request.headers.iter() {
            match header {
                Header::From(_) | Header::CallId(_) | Header::Route(_) => {
                    headers.push(header.clone())
                }
                _ => {}
            }
        }
        if let Some(to) = to {
            headers.push(to);
        }
        let number = cseq(&self.request.headers).map_or(1, |(number, _)| number);
        headers.push(Header::CSeq(format!("{number} {method}").into()));
        headers.push(Header::MaxForwards("70".into()));
        Request {
            method,
            uri: self.request.uri.clone(),
            version: Version::V2,
            headers,
            body: Vec::new(),
        }
    }

    fn header(&self, test: impl Fn(&Header) -> bool) -> Option<Header> {
        self.request.headers.iter().find(|h| test(h)).cloned()
    }
}
