//! What the tests stand on: calls without a core, a clock that is moved by hand, simulated sound.

// Long because it simulates all that calls have around them.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use engine::{FromChannel, Incoming, Input, Reception};
use media::codec::Codec;
use media::session::{Agreed, SessionId, Statistics};
use rsipstack::sip::{Request, Response};
use switch::signal::{Order, Signal};
use switch::{Cause, ChannelId, Party, Time};

use crate::call::{Back, Calls, Place, Reach, message};
use crate::cx::{Cx, Out, Timer};
use crate::settings::{Auth, Endpoint, Settings};
use crate::sound::Sound;
use crate::wire::{
    ClientTransaction, Flow, ServerTransaction, Target, ToWire, Transport, Unanswered,
};

/// Sound that is only counted.
#[derive(Default)]
pub(super) struct Heard {
    opened: u64,
    pub(super) open: BTreeMap<SessionId, Option<Agreed>>,
    pub(super) attached: Vec<(SessionId, ChannelId)>,
    pub(super) digits: Vec<(char, Option<Duration>)>,
    pub(super) no_ports: bool,
}

impl Sound for Heard {
    fn open(&mut self, local: IpAddr) -> std::io::Result<(SessionId, SocketAddr)> {
        if self.no_ports {
            return Err(std::io::ErrorKind::AddrInUse.into());
        }
        self.opened += 1;
        let session = SessionId(self.opened);
        self.open.insert(session, None);
        let port = 10_000 + u16::try_from(self.opened * 2 % 50_000).unwrap();
        Ok((session, SocketAddr::new(local, port)))
    }

    fn attach(&mut self, session: SessionId, channel: ChannelId) {
        assert!(self.open.contains_key(&session));
        self.attached.push((session, channel));
    }

    fn agree(&mut self, session: SessionId, agreed: Agreed) {
        assert!(self.open.contains_key(&session));
        self.open.insert(session, Some(agreed));
    }

    fn digit(&mut self, session: SessionId, digit: char, span: Option<Duration>) {
        assert!(self.open.contains_key(&session));
        self.digits.push((digit, span));
    }

    fn close(&mut self, session: SessionId) -> Statistics {
        assert!(self.open.remove(&session).is_some(), "closed twice");
        Statistics::default()
    }
}

/// Calls and everything around them.
pub(super) struct Rig {
    pub(super) now: Time,
    pub(super) settings: Arc<Settings>,
    pub(super) sound: Heard,
    pub(super) out: Out,
    pub(super) calls: Calls,
    pub(super) back: Arc<Mutex<Vec<Back>>>,
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) nobody: bool,
    transactions: u64,
}

struct Directory {
    endpoint: Arc<Endpoint>,
    nobody: bool,
}

impl Reach for Directory {
    fn endpoint(&self, name: &str) -> Option<Arc<Endpoint>> {
        (name == &*self.endpoint.name).then(|| Arc::clone(&self.endpoint))
    }

    fn contact(&self, _: &Endpoint) -> Option<Place> {
        (!self.nobody).then(|| Place {
            uri: "sip:6001@192.0.2.9:5071".to_owned(),
            routes: Vec::new(),
            target: Target::Flow(flow()),
            flow: flow(),
        })
    }

    fn place(&self, _: &Endpoint, uri: &str) -> Option<Place> {
        Some(Place {
            uri: uri.to_owned(),
            routes: vec!["<sip:proxy.example.com;lr>".to_owned()],
            target: Target::Named {
                transport: String::new(),
            },
            flow: flow(),
        })
    }
}

pub(super) fn flow() -> Flow {
    Flow {
        transport: Transport::Udp,
        local: "192.0.2.1:5060".parse().unwrap(),
        remote: "192.0.2.9:5071".parse().unwrap(),
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint {
        name: "6001".into(),
        context: "default".into(),
        callerid: Party::parse("Alice <6001>"),
        allow: vec![Codec::Ulaw, Codec::Alaw],
        sdp_owner: "-".into(),
        sdp_session: "Asterisk".into(),
        moh_suggest: "default".into(),
        send_connected_line: true,
        trust_connected_line: true,
        allow_transfer: true,
        timers_min_se: Duration::from_secs(90),
        timers_sess_expires: Duration::from_secs(1800),
        outbound_auth: vec!["6001".into()],
        ..Endpoint::default()
    }
}

pub(super) const CHANNEL: ChannelId = ChannelId(7);

impl Rig {
    pub(super) fn new() -> Rig {
        Rig::with(endpoint())
    }

    pub(super) fn with(endpoint: Endpoint) -> Rig {
        let back: Arc<Mutex<Vec<Back>>> = Arc::default();
        let keep = Arc::clone(&back);
        let mut settings = Settings::default();
        let auth = Auth {
            username: "6001".into(),
            password: "secret".into(),
            ..Auth::default()
        };
        settings.auths.insert("6001".into(), Arc::new(auth));
        Rig {
            now: Time(1_000_000_000),
            settings: Arc::new(settings),
            sound: Heard::default(),
            out: Out::default(),
            calls: Calls::new(
                42,
                Arc::new(move |answer| keep.lock().unwrap().push(answer)),
            ),
            back,
            endpoint: Arc::new(endpoint),
            nobody: false,
            transactions: 0,
        }
    }

    pub(super) fn does(&mut self, does: impl FnOnce(&mut Calls, &mut Cx<'_>)) {
        let mut cx = Cx {
            now: self.now,
            settings: &self.settings,
            sound: &mut self.sound,
            out: &mut self.out,
        };
        does(&mut self.calls, &mut cx);
    }

    /// Has tags and Call-IDs come of another seed.
    pub(super) fn reseed(&mut self, seed: u64) {
        let keep = Arc::clone(&self.back);
        let back = Arc::new(move |answer| keep.lock().unwrap().push(answer));
        self.calls = Calls::new(seed, back);
    }

    // --- what comes from the wire

    pub(super) fn invite(&mut self, text: &str) -> ServerTransaction {
        let transaction = self.transaction();
        let (request, endpoint) = (request(text), Arc::clone(&self.endpoint));
        self.does(|calls, cx| calls.invite(cx, transaction, request, flow(), endpoint));
        transaction
    }

    /// A request in a dialog; whether one was found.
    pub(super) fn asks(&mut self, text: &str) -> bool {
        let transaction = self.transaction();
        let mut found = false;
        let request = request(text);
        self.does(|calls, cx| found = calls.in_dialog(cx, transaction, request, flow()).is_none());
        found
    }

    pub(super) fn acks(&mut self, text: &str) {
        let request = request(text);
        self.does(|calls, cx| calls.ack(cx, request, flow()));
    }

    pub(super) fn cancels(&mut self, transaction: ServerTransaction, reason: &str) {
        let text = format!("CANCEL sip:100@x SIP/2.0\r\nReason: {reason}\r\n\r\n");
        let request = request(&text);
        self.does(|calls, cx| calls.cancelled(cx, transaction, request));
    }

    /// An answer to a request of ours: a code, further lines, a body.
    pub(super) fn answers(&mut self, sent: &Ours, code: u16, tag: &str, more: &str, body: &str) {
        let response = answer(sent, code, tag, more, body);
        let transaction = sent.transaction;
        self.does(|calls, cx| {
            calls.response(cx, transaction, response, flow());
        });
    }

    pub(super) fn is_silent(&mut self, sent: &Ours, why: Unanswered) {
        let transaction = sent.transaction;
        self.does(|calls, cx| assert!(calls.unanswered(cx, transaction, &why)));
    }

    // --- what comes from the engine

    /// The engine makes a channel for the call that came in.
    pub(super) fn takes(&mut self) {
        self.receives(Reception::Made(CHANNEL));
    }

    pub(super) fn receives(&mut self, reception: Reception) {
        self.incoming().reply.send(reception);
        self.hears_back();
    }

    /// The engine's answers arrive.
    pub(super) fn hears_back(&mut self) {
        let answers = std::mem::take(&mut *self.back.lock().unwrap());
        for answer in answers {
            match answer {
                Back::Created { call, reception } => {
                    self.does(|calls, cx| calls.created(cx, call, reception));
                }
                Back::Transferred { call, refer, well } => {
                    self.does(|calls, cx| calls.transferred(cx, call, refer, well));
                }
            }
        }
    }

    pub(super) fn orders(&mut self, order: Order) {
        self.orders_on(CHANNEL, order);
    }

    pub(super) fn orders_on(&mut self, channel: ChannelId, order: Order) {
        let reach = Directory {
            endpoint: Arc::clone(&self.endpoint),
            nobody: self.nobody,
        };
        self.does(|calls, cx| calls.order(cx, &reach, channel, &order));
    }

    /// The engine calls somebody; our INVITE.
    pub(super) fn calls_out(&mut self, destination: &str) -> Ours {
        self.orders(Order::Call {
            destination: destination.into(),
            caller: Party::parse("Shop <5551000>"),
            diverted: None,
            formats: Default::default(),
        });
        self.ours()
    }

    // --- what goes out

    /// What was put on the wire, in order.
    pub(super) fn wire(&mut self) -> Vec<ToWire> {
        std::mem::take(&mut self.out.wire)
    }

    /// The one answer that was put on the wire.
    pub(super) fn answered(&mut self) -> Response {
        let mut wire = self.wire();
        assert_eq!(wire.len(), 1, "{wire:?}");
        match wire.remove(0) {
            ToWire::Respond { response, .. } => *response,
            other => panic!("{other:?}"),
        }
    }

    /// The one request that was put on the wire.
    pub(super) fn ours(&mut self) -> Ours {
        let mut wire = self.wire();
        assert_eq!(wire.len(), 1, "{wire:?}");
        Ours::of(wire.remove(0))
    }

    /// The codes and methods that were put on the wire, in order.
    pub(super) fn words(&mut self) -> Vec<String> {
        let word = |said: &ToWire| match said {
            ToWire::Respond { response, .. } => response.status_code.code().to_string(),
            ToWire::Request { request, .. } => request.method.to_string(),
            ToWire::Ack { .. } => "ACK".to_owned(),
            ToWire::Cancel { .. } => "CANCEL".to_owned(),
            ToWire::ForceRport(_) => "rport".to_owned(),
            ToWire::Ignore(_) => "nothing".to_owned(),
        };
        self.wire().iter().map(word).collect()
    }

    pub(super) fn incoming(&mut self) -> Incoming {
        let mut inputs = std::mem::take(&mut self.out.engine);
        assert_eq!(inputs.len(), 1, "{inputs:?}");
        match inputs.remove(0) {
            Input::Incoming(incoming) => *incoming,
            other => panic!("{other:?}"),
        }
    }

    /// What the engine was told of channels, in order.
    pub(super) fn told(&mut self) -> Vec<FromChannel> {
        let told = |input| match input {
            Input::Channel(_, did) => did,
            other => panic!("{other:?}"),
        };
        std::mem::take(&mut self.out.engine)
            .into_iter()
            .map(told)
            .collect()
    }

    /// The same without variables, headers, formats and references.
    pub(super) fn signals(&mut self) -> Vec<FromChannel> {
        let mut told = self.told();
        told.retain(|did| {
            !matches!(
                did,
                FromChannel::Variable(..)
                    | FromChannel::Headers(_)
                    | FromChannel::Format(_)
                    | FromChannel::Reference(_)
            )
        });
        told
    }

    // --- time

    /// Time passes; whatever becomes due is done.
    pub(super) fn passes(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(at) = self.out.next_timer().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            while let Some(timer) = self.out.due(self.now) {
                if let Timer::Call(call, which) = timer {
                    self.does(|calls, cx| calls.timer(cx, call, which));
                }
            }
        }
        self.now = end;
    }

    /// Nothing is left of any call.
    pub(super) fn is_clean(&self) {
        let counts = self.calls.counts();
        assert_eq!(counts, Default::default());
        assert!(self.sound.open.is_empty(), "{:?}", self.sound.open);
        assert_eq!(self.out.timers(), 0);
    }

    fn transaction(&mut self) -> ServerTransaction {
        self.transactions += 1;
        ServerTransaction(self.transactions)
    }
}

/// A request of ours.
#[derive(Debug)]
pub(super) struct Ours {
    pub(super) transaction: ClientTransaction,
    pub(super) request: Request,
    pub(super) target: Target,
}

impl Ours {
    pub(super) fn of(said: ToWire) -> Ours {
        match said {
            ToWire::Request {
                transaction,
                request,
                target,
            } => Ours {
                transaction,
                request: *request,
                target,
            },
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        message::value(&self.request.headers, name).unwrap_or_default()
    }

    pub(super) fn body(&self) -> String {
        String::from_utf8(self.request.body.clone()).unwrap()
    }
}

pub(super) fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    message::value(&response.headers, name).unwrap_or_default()
}

pub(super) fn request(text: &str) -> Request {
    Request::try_from(text.as_bytes()).unwrap()
}

pub(super) const SDP: &str = "v=0\r\no=them 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n\
    t=0 0\r\nm=audio 17000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n";

pub(super) fn sdp(way: &str) -> String {
    SDP.replace("sendrecv", way)
}

/// A request as a phone says it. `to` is what follows the address in `To`.
pub(super) fn phone(
    method: &str,
    sequence: u32,
    to_tag: &str,
    more: &[&str],
    body: &str,
) -> String {
    let to = match to_tag {
        "" => String::new(),
        tag => format!(";tag={tag}"),
    };
    let mut text = format!(
        "{method} sip:100@192.0.2.1 SIP/2.0\r\nFrom: <sip:6001@192.0.2.1>;tag=them\r\n\
         To: <sip:100@192.0.2.1>{to}\r\nCall-ID: one@192.0.2.9\r\nCSeq: {sequence} {method}\r\n\
         Contact: <sip:6001@192.0.2.9:5071>\r\nMax-Forwards: 70\r\n"
    );
    for line in more {
        text.push_str(line);
        text.push_str("\r\n");
    }
    let typed = more.iter().any(|line| line.starts_with("Content-Type"));
    if !body.is_empty() && !typed {
        text.push_str("Content-Type: application/sdp\r\n");
    }
    text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    text
}

pub(super) fn answer(sent: &Ours, code: u16, tag: &str, more: &str, body: &str) -> Response {
    let to = sent.header("To");
    let tag = match tag.is_empty() || to.contains(";tag=") {
        true => String::new(),
        false => format!(";tag={tag}"),
    };
    let kind = match body.is_empty() || more.contains("Content-Type") {
        true => "",
        false => "Content-Type: application/sdp\r\n",
    };
    let text = format!(
        "SIP/2.0 {code} Whatever\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: {}\r\n\
         To: {to}{tag}\r\nCall-ID: {}\r\nCSeq: {}\r\n{more}{kind}Content-Length: {}\r\n\r\n{body}",
        sent.header("From"),
        sent.header("Call-ID"),
        sent.header("CSeq"),
        body.len(),
    );
    Response::try_from(text.as_bytes()).unwrap()
}

/// The tag of ours in an answer.
pub(super) fn our_tag(response: &Response) -> String {
    crate::call::dialog::tag_of(header(response, "To"))
}

pub(super) fn hangup(cause: Option<Cause>, tech_cause: &str) -> FromChannel {
    FromChannel::Hangup {
        cause,
        tech_cause: tech_cause.into(),
    }
}

pub(super) fn signal(signal: Signal) -> FromChannel {
    FromChannel::Signal(signal)
}

/// A call of theirs that is answered and acknowledged; our tag.
pub(super) fn up(rig: &mut Rig, more: &[&str]) -> String {
    rig.invite(&phone("INVITE", 1, "", more, SDP));
    rig.takes();
    rig.wire();
    rig.orders(Order::Answer);
    let tag = our_tag(&rig.answered());
    rig.acks(&phone("ACK", 1, &tag, &[], ""));
    rig.told();
    tag
}
