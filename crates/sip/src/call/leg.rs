//! One call with one far end: what it is made of, and what all its parts use.

use std::sync::Arc;
use std::time::Duration;

use engine::{FromChannel, Input};
use media::codec::Codec;
use media::session::SessionId;
use rsipstack::sip::{Header, Method, Request, Response};
use switch::signal::Signal;
use switch::{Cause, ChannelId, Text};

use super::dialog::Dialog;
use super::hands::Hands;
use super::incoming::Arriving;
use super::message::{self, Asked, header};
use super::moments::Moments;
use super::outgoing::Calling;
use super::quality;
use super::refer::Referral;
use super::reinvite::{Change, Wish};
use super::session_timer::SessionTimer;
use crate::cx::Cx;
use crate::sdp::Exchange;
use crate::settings::{Endpoint, codecs};
use crate::wire::{ClientTransaction, ServerTransaction, ToWire};

/// A call.
pub(super) struct Call {
    pub(super) id: u64,
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) channel: Option<ChannelId>,
    pub(super) dialog: Dialog,
    pub(super) sound: Option<Sounding>,
    pub(super) phase: Phase,
    /// A 2xx of ours that waits for its ACK.
    pub(super) accepted: Option<Accepted>,
    /// An INVITE or UPDATE of ours inside the dialog that waits for its answer.
    pub(super) change: Option<Change>,
    /// What to do when that is over.
    pub(super) wishes: Vec<Wish>,
    pub(super) timer: Option<SessionTimer>,
    /// Whether they take UPDATE.
    pub(super) takes_update: bool,
    /// Whether they hold us, as the engine was told.
    pub(super) held: bool,
    /// Format as the engine was told.
    pub(super) format: &'static str,
    /// The last ACK of ours, said again when its 2xx comes again.
    pub(super) acknowledged: Option<Acknowledged>,
    /// REFERs that wait for the engine, and whether they want to hear of it.
    pub(super) refers: Vec<(u32, bool)>,
    /// A REFER of ours, until it is known what became of it.
    pub(super) referral: Option<Referral>,
    /// Headers for the next message.
    pub(super) attached: Vec<Header>,
    /// Codecs that the dialplan wants in place of the endpoint's.
    pub(super) media_offer: Option<Vec<Codec>>,
    /// The code that refuses their INVITE, whatever the cause of the hangup.
    pub(super) refusal: Option<u16>,
    /// Whom they were last told that they talk with.
    pub(super) connected: Option<switch::Party>,
    /// What went out and waits for an answer.
    requests: Vec<(ClientTransaction, Sent)>,
    pub(super) moments: Moments,
}

/// How far a call is.
pub(super) enum Phase {
    /// Their INVITE waits for our final answer.
    Arriving(Box<Arriving>),
    /// Our INVITE waits for theirs.
    Calling(Box<Calling>),
    /// It is answered.
    Up,
    /// We hung up; no more than the answer to that is awaited, or the ACK before it may be said.
    Ending(Option<Cause>),
    /// Nobody waits for anything.
    Over,
}

/// The sound of a call.
pub(super) struct Sounding {
    pub(super) session: SessionId,
    pub(super) exchange: Exchange,
    /// Whether it was ever agreed on how to talk, and both knew it.
    pub(super) began: bool,
}

/// A 2xx of ours without its ACK (RFC 3261, 13.3.1.4).
pub(super) struct Accepted {
    pub(super) transaction: ServerTransaction,
    pub(super) response: Response,
    pub(super) sequence: u32,
    pub(super) again: Duration,
    /// Whether the ACK has to bring their answer to our offer.
    pub(super) offered: bool,
}

/// An ACK of ours.
pub(super) struct Acknowledged {
    pub(super) transaction: ClientTransaction,
    pub(super) request: Request,
}

/// A request of ours, by what its answer means.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) what: What,
    /// The request, to be sent again with a proof of who we are; nothing once it was answered with a 2xx.
    pub(super) request: Option<Box<Request>>,
    /// How often it was sent for that.
    pub(super) proofs: u8,
}

/// What a request of ours is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The INVITE that began the call.
    Invite,
    /// Another INVITE.
    Reinvite,
    /// An UPDATE.
    Update,
    /// The BYE.
    Bye,
    /// A REFER.
    Refer,
    /// Whatever needs no more than an answer: PRACK, INFO, MESSAGE.
    Minor,
    /// A NOTIFY. Who knows of no such subscription ends that alone, not the call (RFC 5057, 5.2).
    News,
    /// An OPTIONS: is anybody there?
    Probe,
    /// The BYE of another fork's dialog.
    Stray,
}

impl Call {
    pub(super) fn new(id: u64, endpoint: Arc<Endpoint>, dialog: Dialog, phase: Phase) -> Call {
        Call {
            id,
            endpoint,
            channel: None,
            dialog,
            sound: None,
            phase,
            accepted: None,
            change: None,
            wishes: Vec::new(),
            timer: None,
            takes_update: false,
            held: false,
            format: "",
            acknowledged: None,
            refers: Vec::new(),
            referral: None,
            attached: Vec::new(),
            media_offer: None,
            refusal: None,
            connected: None,
            requests: Vec::new(),
            moments: Moments::default(),
        }
    }

    /// Whether nobody waits for anything any more.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over)
    }

    /// Whether it was answered and nobody hung up.
    pub(super) fn is_up(&self) -> bool {
        matches!(self.phase, Phase::Up)
    }

    /// Where we are, as the domain of addresses of ours.
    pub(super) fn host(&self) -> String {
        super::place::host(self.dialog.here.ip())
    }

    // --- what is told

    /// Tells the engine.
    pub(super) fn tell(&self, hands: &mut Hands<'_, '_>, did: FromChannel) {
        if let Some(channel) = self.channel {
            hands.cx.out.engine.push(Input::Channel(channel, did));
        }
    }

    pub(super) fn signal(&self, hands: &mut Hands<'_, '_>, signal: Signal) {
        self.tell(hands, FromChannel::Signal(signal));
    }

    /// The far end is gone or going: its sound ends, and the engine learns of it once. Orders of the
    /// engine do not reach the call any more.
    pub(super) fn part(
        &mut self,
        hands: &mut Hands<'_, '_>,
        cause: Option<Cause>,
        tech_cause: &str,
    ) {
        self.close_sound(hands);
        self.tell(
            hands,
            FromChannel::Hangup {
                cause,
                tech_cause: Text::from(tech_cause),
            },
        );
        if let Some(channel) = self.channel.take() {
            hands.index.channels.remove(&channel);
        }
    }

    /// Ends the sound, and tells what it was like, where there was any.
    pub(super) fn close_sound(&mut self, hands: &mut Hands<'_, '_>) {
        let Some(sound) = self.sound.take() else {
            return;
        };
        let counted = hands.cx.sound.close(sound.session);
        if !sound.began {
            return;
        }
        for (name, value) in quality::variables(&counted) {
            self.tell(
                hands,
                FromChannel::Variable(Text::from(name), Text::from(value)),
            );
        }
    }

    /// What both sides agreed on is in force; the engine learns what changed.
    pub(super) fn agree(&mut self, hands: &mut Hands<'_, '_>) {
        let Some(sound) = &mut self.sound else {
            return;
        };
        let Some(agreed) = sound.exchange.agreed() else {
            return;
        };
        sound.began = true;
        hands.cx.sound.agree(sound.session, agreed.clone());
        let held = sound.exchange.held() && !self.endpoint.suppress_moh_on_sendonly;
        self.tell_format(hands);
        if held != self.held && self.is_up() {
            self.held = held;
            let class = self.endpoint.moh_suggest.clone();
            self.signal(
                hands,
                match held {
                    true => Signal::Hold(class),
                    false => Signal::Unhold,
                },
            );
        }
    }

    /// The engine learns the format, where it has changed.
    pub(super) fn tell_format(&mut self, hands: &mut Hands<'_, '_>) {
        let codec = self.sound.as_ref().and_then(|sound| sound.exchange.codec());
        let format = codec.map_or("", codecs::name);
        if format != self.format && !format.is_empty() && self.channel.is_some() {
            self.format = format;
            self.tell(hands, FromChannel::Format(Text::from(format)));
        }
    }

    // --- what is said

    /// Answers a request of theirs.
    pub(super) fn respond(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, response: Response) {
        respond(hands.cx, asked.transaction, response);
    }

    /// Answers a request of theirs with no more than a code.
    pub(super) fn reply(&mut self, hands: &mut Hands<'_, '_>, asked: &Asked, code: u16) {
        let response = asked.answer(code);
        self.respond(hands, asked, response);
    }

    /// An answer with what those have that make a dialog or keep it.
    pub(super) fn full_answer(&mut self, asked: &Asked, code: u16) -> Response {
        let mut response = asked.answer(code);
        response
            .headers
            .push(header("Contact", &self.dialog.contact));
        response.headers.push(header("Allow", crate::core::ALLOW));
        let supported = message::SUPPORTED.join(", ");
        response.headers.push(header("Supported", supported));
        response.headers.extend(std::mem::take(&mut self.attached));
        response
    }

    /// A request of ours in the dialog, with headers that somebody attached.
    pub(super) fn request(&mut self, hands: &mut Hands<'_, '_>, method: Method) -> Request {
        let mut request = self.dialog.request(method, hands.cx.settings);
        request.headers.extend(std::mem::take(&mut self.attached));
        request
    }

    /// Sends a request of ours, for this purpose.
    pub(super) fn send(&mut self, hands: &mut Hands<'_, '_>, what: What, request: Request) {
        self.send_again(hands, what, request, 0);
    }

    /// Sends a request that was sent before without enough proofs.
    pub(super) fn send_again(
        &mut self,
        hands: &mut Hands<'_, '_>,
        what: What,
        request: Request,
        proofs: u8,
    ) -> ClientTransaction {
        let transaction = hands.cx.out.next_transaction();
        hands.index.requests.insert(transaction, self.id);
        let sent = Sent {
            what,
            request: Some(Box::new(request.clone())),
            proofs,
        };
        self.requests.push((transaction, sent));
        hands.cx.out.wire.push(ToWire::Request {
            transaction,
            request: Box::new(request),
            target: self.dialog.way.clone(),
        });
        transaction
    }

    /// Says an ACK, and keeps it for a 2xx that comes again.
    pub(super) fn acknowledge(
        &mut self,
        hands: &mut Hands<'_, '_>,
        transaction: ClientTransaction,
        sequence: u32,
    ) {
        let request = self.dialog.ack(sequence, hands.cx.settings);
        hands.cx.out.wire.push(ToWire::Ack {
            request: Box::new(request.clone()),
            target: self.dialog.way.clone(),
        });
        // Further 2xx of this INVITE may come; those of the one before will not any more.
        let before = self.acknowledged.take();
        if let Some(before) = before.filter(|before| before.transaction != transaction) {
            self.done(hands, before.transaction);
        }
        for (number, sent) in &mut self.requests {
            if *number == transaction {
                sent.request = None;
            }
        }
        self.acknowledged = Some(Acknowledged {
            transaction,
            request,
        });
    }

    /// The request of ours under this number.
    pub(super) fn sent(&self, transaction: ClientTransaction) -> Option<&Sent> {
        let found = self
            .requests
            .iter()
            .find(|(number, _)| *number == transaction);
        found.map(|(_, sent)| sent)
    }

    /// A request of ours has its final answer. What may still be answered, an INVITE that was, keeps its
    /// number as long as the call lives.
    pub(super) fn done(&mut self, hands: &mut Hands<'_, '_>, transaction: ClientTransaction) {
        self.requests.retain(|(number, _)| *number != transaction);
        hands.index.requests.remove(&transaction);
    }

    /// Takes everything of the call out of the index.
    pub(super) fn unlist(&mut self, hands: &mut Hands<'_, '_>) {
        hands.index.tags.remove(&self.dialog.local_tag);
        if let Some(channel) = self.channel {
            hands.index.channels.remove(&channel);
        }
        for (transaction, _) in self.requests.drain(..) {
            hands.index.requests.remove(&transaction);
        }
        self.forget_all(hands);
    }
}

/// Puts an answer on the wire, with what all of ours have.
pub(super) fn respond(cx: &mut Cx<'_>, transaction: ServerTransaction, mut response: Response) {
    let server = &*cx.settings.global.user_agent;
    if !server.is_empty() {
        response.headers.push(header("Server", server));
    }
    cx.out.wire.push(ToWire::Respond {
        transaction,
        response: Box::new(response),
    });
}
