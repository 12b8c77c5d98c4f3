//! Requests of ours (RFC 3261, 17.1; RFC 6026, 7.2).

use std::time::Duration;

use rsipstack::sip::{Header, Headers, Method, Request, Response, Version};
use switch::Time;

use super::{Bytes, Due, Tools};
use crate::carrier::message::cseq;
use crate::carrier::write;
use crate::wire::{ClientTransaction, Flow, FromWire, Transport, Unanswered};

/// A request of ours.
pub(super) struct Client {
    /// Where it went.
    pub(super) flow: Flow,
    /// When it is sent again (timers A and E, and those of its CANCEL).
    pub(super) again: Option<Time>,
    /// When it is over: B, D, F, M, or it was cancelled and still has no answer (RFC 3261, 9.1).
    pub(super) end: Option<Time>,
    method: Method,
    /// What its CANCEL and its ACK are made of; nothing more where neither will be.
    request: Option<Box<Request>>,
    via: String,
    /// It, for as long as it may be sent again.
    bytes: Option<Bytes>,
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
        let (wait, patience) = (tools.spans.t1, tools.spans.patience);
        let mut client = Client {
            flow,
            again: None,
            end: None,
            method: request.method,
            request: Some(request),
            via,
            bytes: Some(bytes),
            wait,
            state: State::Calling,
            cancel: Cancel::No,
            ack: None,
        };
        if client.is_datagram() {
            tools.set(&mut client.again, wait, Due::Again(number.0));
        }
        tools.set(&mut client.end, patience, Due::End(number.0));
        client
    }

    /// Whether this is what it says until there is an answer.
    pub(super) fn is_sending_as(&self, datagram: &Bytes) -> bool {
        let own = self.bytes.as_ref();
        own.is_some_and(|own| Bytes::ptr_eq(own, datagram))
    }

    /// Whether a final answer is waited for.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.state, State::Calling | State::Proceeding)
    }

    fn is_invite(&self) -> bool {
        self.method == Method::Invite
    }

    fn is_datagram(&self) -> bool {
        self.flow.transport == Transport::Udp
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
        if named != self.method.to_string() {
            return Fate::Goes;
        }
        let answer = |response| FromWire::Response {
            transaction: ClientTransaction(number),
            response,
            flow,
        };
        match (self.state, code) {
            (State::Calling | State::Proceeding, ..200) => {
                if self.state == State::Calling && self.is_invite() {
                    // It may ring for as long as somebody lets it.
                    tools.unset(&mut self.again, Due::Again(number));
                    tools.unset(&mut self.end, Due::End(number));
                    self.bytes = None;
                }
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
                self.lasts(number, tools, tools.spans.patience);
                tools.said.events.push(answer(response));
                Fate::Goes
            }
            (State::Accepted, 200..300) => {
                tools.said.events.push(answer(response));
                Fate::Goes
            }
            (State::Calling | State::Proceeding, _) => {
                self.state = State::Completed;
                self.ack = self.ack(&response);
                if let Some(ack) = &self.ack {
                    tools.send(self.flow, ack);
                }
                tools.said.events.push(answer(response));
                if !self.is_datagram() {
                    return Fate::Over;
                }
                self.lasts(number, tools, tools.spans.patience);
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

    /// It is to be sent again.
    pub(super) fn again(&mut self, number: u64, tools: &mut Tools<'_>) {
        self.again = None;
        let wait = match (self.state, &mut self.cancel, &self.bytes) {
            (State::Calling, _, Some(bytes)) => {
                tools.send(self.flow, bytes);
                self.wait *= 2;
                if !self.is_invite() {
                    self.wait = self.wait.min(tools.spans.t2);
                }
                self.wait
            }
            (State::Proceeding, _, Some(bytes)) => {
                tools.send(self.flow, bytes);
                tools.spans.t2
            }
            (State::Proceeding, Cancel::Sent(bytes, wait), None) => {
                tools.send(self.flow, bytes);
                *wait = (*wait * 2).min(tools.spans.t2);
                *wait
            }
            _ => return,
        };
        tools.set(&mut self.again, wait, Due::Again(number));
    }

    /// Its time is over: where it still waits for an answer, none will come.
    pub(super) fn late(&mut self, number: u64, tools: &mut Tools<'_>) {
        self.end = None;
        if self.is_waiting() {
            tools.said.events.push(FromWire::Unanswered {
                transaction: ClientTransaction(number),
                why: Unanswered::Timeout,
            });
        }
    }

    /// It is answered, and known for a while, should the answer come again. Little of it is needed then.
    fn lasts(&mut self, number: u64, tools: &mut Tools<'_>, span: Duration) {
        tools.unset(&mut self.again, Due::Again(number));
        tools.set(&mut self.end, span, Due::End(number));
        self.bytes = None;
        self.request = None;
        self.via = String::new();
        self.cancel = Cancel::No;
    }

    fn send_cancel(&mut self, number: u64, tools: &mut Tools<'_>, reason: &str) {
        let Some(request) = &self.request else {
            return;
        };
        let to = request.headers.iter().find(|h| matches!(h, Header::To(_)));
        let mut cancel = follow_up(request, Method::Cancel, to.cloned());
        if !reason.is_empty() {
            cancel.headers.push(Header::Reason(reason.into()));
        }
        let bytes: Bytes = write::request(&cancel, std::slice::from_ref(&self.via)).into();
        tools.send(self.flow, &bytes);
        let (wait, patience) = (tools.spans.t1, tools.spans.patience);
        if self.is_datagram() {
            tools.set(&mut self.again, wait, Due::Again(number));
        }
        tools.set(&mut self.end, patience, Due::End(number));
        self.cancel = Cancel::Sent(bytes, wait);
    }

    /// The ACK of a failure (RFC 3261, 17.1.1.3).
    fn ack(&self, response: &Response) -> Option<Bytes> {
        let to = response.headers.iter().find(|h| matches!(h, Header::To(_)));
        let ack = follow_up(self.request.as_ref()?, Method::Ack, to.cloned());
        Some(write::request(&ack, std::slice::from_ref(&self.via)).into())
    }
}

/// A request that goes the INVITE's way with its branch.
fn follow_up(invite: &Request, method: Method, to: Option<Header>) -> Request {
    let mut headers = Headers(Vec::with_capacity(8));
    for header in invite.headers.iter() {
        match header {
            Header::From(_) | Header::CallId(_) | Header::Route(_) => headers.push(header.clone()),
            _ => {}
        }
    }
    if let Some(to) = to {
        headers.push(to);
    }
    let number = cseq(&invite.headers).map_or(1, |(number, _)| number);
    headers.push(Header::CSeq(format!("{number} {method}").into()));
    headers.push(Header::MaxForwards("70".into()));
    Request {
        method,
        uri: invite.uri.clone(),
        version: Version::V2,
        headers,
        body: Vec::new(),
    }
}
