//! Two switches with a network between them that loses, doubles and overtakes: whatever happens, in the
//! end nobody waits for anything.

// Long because the network, both its ends and what must be left of it belong together.

use std::collections::BTreeMap;
use std::time::Duration;

use engine::{FromChannel, Input, Reception};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rsipstack::sip::{Method, Request, Response, StatusCode};
use switch::signal::{Order, Signal};
use switch::{Cause, ChannelId, Time};

use super::rig::{Rig, endpoint, flow};
use crate::cx::Timer;
use crate::settings::{Endpoint, Rel100, Timers};
use crate::wire::{ClientTransaction, ServerTransaction, ToWire, Unanswered};

/// How long a request is said again without an answer: timers B and F of RFC 3261.
const TRIES: Duration = Duration::from_secs(32);

/// One end: calls, and transactions as simple as they can be.
struct End {
    rig: Rig,
    /// Requests of ours: what was sent and whether any answer came.
    asked: BTreeMap<ClientTransaction, (Request, Option<u16>)>,
    /// Requests of theirs, by their branch, with what was answered last.
    served: BTreeMap<u64, (Request, Option<Response>)>,
    channels: Vec<ChannelId>,
    hung_up: Vec<ChannelId>,
}

/// What travels from one end to the other; requests have a number in place of their branch.
#[derive(Clone)]
enum Message {
    Request(u64, Box<Request>),
    Response(u64, Box<Response>),
    Ack(Box<Request>),
    Cancel(u64),
}

/// Something that happens at a moment.
enum Event {
    Arrives(usize, Message),
    Again(usize, u64, Duration, Time),
    Engine(usize, ChannelId, Order),
}

struct World {
    ends: [End; 2],
    dice: StdRng,
    now: Time,
    events: BTreeMap<(Time, u64), Event>,
    count: u64,
    channels: u64,
    /// Of a hundred messages so many are lost.
    loss: u32,
}

impl World {
    fn new(seed: u64, loss: u32) -> World {
        let end = || End {
            rig: Rig::with(Endpoint {
                timers: match seed % 2 {
                    0 => Timers::Always,
                    _ => Timers::No,
                },
                rel100: match seed % 3 {
                    0 => Rel100::PeerSupported,
                    _ => Rel100::Yes,
                },
                timers_sess_expires: Duration::from_secs(90),
                ..endpoint()
            }),
            asked: BTreeMap::new(),
            served: BTreeMap::new(),
            channels: Vec::new(),
            hung_up: Vec::new(),
        };
        let mut ends = [end(), end()];
        let now = ends[0].rig.now;
        // Ends that draw the same tags would not tell each other apart.
        ends[1].rig.reseed(seed.wrapping_add(1));
        ends[0].rig.reseed(seed.wrapping_mul(31).wrapping_add(7));
        World {
            ends,
            dice: StdRng::seed_from_u64(seed),
            now,
            events: BTreeMap::new(),
            count: 0,
            channels: 100,
            loss,
        }
    }

    fn after(&mut self, span: Duration, event: Event) {
        self.count += 1;
        self.events.insert((self.now + span, self.count), event);
    }

    /// Puts a message on the way to the other end.
    fn send(&mut self, from: usize, message: &Message) {
        if self.dice.random_range(0..100) < self.loss {
            return;
        }
        let copies = if self.dice.random_range(0..100) < self.loss / 4 {
            2
        } else {
            1
        };
        for _ in 0..copies {
            let late = Duration::from_millis(self.dice.random_range(1..400));
            self.after(late, Event::Arrives(1 - from, message.clone()));
        }
    }

    /// Takes away what an end has to say, and does it.
    fn settle(&mut self, at: usize) {
        loop {
            let wire = self.ends[at].rig.wire();
            let inputs = std::mem::take(&mut self.ends[at].rig.out.engine);
            if wire.is_empty() && inputs.is_empty() {
                return;
            }
            for said in wire {
                self.carry(at, said);
            }
            for input in inputs {
                self.engine(at, input);
            }
        }
    }

    fn carry(&mut self, at: usize, said: ToWire) {
        match said {
            ToWire::Request {
                transaction,
                request,
                ..
            } => {
                self.ends[at]
                    .asked
                    .insert(transaction, ((*request).clone(), None));
                self.send(at, &Message::Request(transaction.0, request));
                let again = Duration::from_millis(500);
                let end = self.now + TRIES;
                self.after(again, Event::Again(at, transaction.0, again, end));
            }
            ToWire::Respond {
                transaction,
                response,
            } => {
                if let Some((_, last)) = self.ends[at].served.get_mut(&transaction.0) {
                    *last = Some((*response).clone());
                }
                self.send(at, &Message::Response(transaction.0, response));
            }
            ToWire::Ack { request, .. } => self.send(at, &Message::Ack(request)),
            ToWire::Cancel { transaction, .. } => {
                // Said again by whoever carries it; here it is enough that some arrive.
                for _ in 0..3 {
                    self.send(at, &Message::Cancel(transaction.0));
                }
            }
            ToWire::ForceRport(_) | ToWire::Ignore(_) => {}
        }
    }

    /// A small engine: it answers, talks and hangs up by chance.
    fn engine(&mut self, at: usize, input: Input) {
        let soon =
            |world: &mut World, span: u64| Duration::from_millis(world.dice.random_range(1..span));
        match input {
            Input::Incoming(incoming) => {
                self.channels += 1;
                let channel = ChannelId(self.channels);
                self.ends[at].channels.push(channel);
                incoming.reply.send(Reception::Made(channel));
                self.ends[at].rig.hears_back();
                for (order, span) in [
                    (Order::Ringing, 500),
                    (Order::Progress, 2_000),
                    (Order::Answer, 4_000),
                    (Order::Hangup(Cause::NORMAL), 200_000),
                ] {
                    if self.dice.random_range(0..10) > 0 {
                        let span = soon(self, span);
                        self.after(span, Event::Engine(at, channel, order));
                    }
                }
                // Nobody rings for ever.
                let end = Duration::from_secs(300);
                self.after(
                    end,
                    Event::Engine(at, channel, Order::Hangup(Cause::NORMAL)),
                );
            }
            Input::Channel(channel, FromChannel::Hangup { .. }) => {
                let hung_up = &mut self.ends[at].hung_up;
                assert!(!hung_up.contains(&channel), "hung up twice");
                hung_up.push(channel);
            }
            Input::Channel(channel, FromChannel::Signal(Signal::Answer)) => {
                let span = soon(self, 200_000);
                self.after(
                    span,
                    Event::Engine(at, channel, Order::Hangup(Cause::NORMAL)),
                );
            }
            _ => {}
        }
    }

    fn run(&mut self, end: Time) {
        loop {
            let timers = [0, 1].map(|at| self.ends[at].rig.out.next_timer());
            let event = self.events.first_key_value().map(|((at, _), _)| *at);
            let next = timers.into_iter().flatten().chain(event).min();
            let Some(next) = next.filter(|next| *next <= end) else {
                return;
            };
            self.now = self.now.max(next);
            for at in [0, 1] {
                self.ends[at].rig.now = self.now;
                while let Some(timer) = self.ends[at].rig.out.due(self.now) {
                    if let Timer::Call(call, which) = timer {
                        self.ends[at]
                            .rig
                            .does(|calls, cx| calls.timer(cx, call, which));
                    }
                }
                self.settle(at);
            }
            let due = |(at, _): &(Time, u64)| *at <= self.now;
            if self
                .events
                .first_key_value()
                .is_some_and(|(key, _)| due(key))
                && let Some((_, event)) = self.events.pop_first()
            {
                self.happens(event);
            }
        }
    }

    fn happens(&mut self, event: Event) {
        let at = match event {
            Event::Arrives(at, message) => {
                self.arrives(at, message);
                at
            }
            Event::Engine(at, channel, order) => {
                if !self.ends[at].hung_up.contains(&channel) {
                    self.ends[at].rig.orders_on(channel, order);
                }
                at
            }
            Event::Again(at, number, again, end) => {
                let transaction = ClientTransaction(number);
                let Some((request, answered)) = self.ends[at].asked.get(&transaction) else {
                    return;
                };
                // RFC 3261, 17.1.1.2: an INVITE that is being worked on is not said again.
                let invite = request.method == Method::Invite;
                if answered.is_some_and(|code| code >= 200 || invite) {
                    return;
                }
                if self.now >= end {
                    let why = Unanswered::Timeout;
                    self.ends[at].asked.remove(&transaction);
                    self.ends[at].rig.does(|calls, cx| {
                        calls.unanswered(cx, transaction, &why);
                    });
                } else {
                    let message = Message::Request(number, Box::new(request.clone()));
                    self.send(at, &message);
                    let again = (again * 2).min(Duration::from_secs(4));
                    self.after(again, Event::Again(at, number, again, end));
                }
                at
            }
        };
        self.settle(at);
    }

    fn arrives(&mut self, at: usize, message: Message) {
        let here = &mut self.ends[at];
        match message {
            Message::Request(number, request) => {
                if let Some((_, last)) = here.served.get(&number) {
                    let last = last.clone();
                    if let Some(last) = last {
                        self.send(at, &Message::Response(number, Box::new(last)));
                    }
                    return;
                }
                here.served.insert(number, ((*request).clone(), None));
                let transaction = ServerTransaction(number);
                let inside = crate::reply::to_tag(&request.headers).is_some();
                let endpoint = std::sync::Arc::clone(&here.rig.endpoint);
                let mut refused = None;
                here.rig.does(|calls, cx| match inside {
                    false => calls.invite(cx, transaction, *request, flow(), endpoint),
                    true => {
                        refused = calls.in_dialog(cx, transaction, *request, flow());
                    }
                });
                if let Some(request) = refused {
                    let code = StatusCode::CallTransactionDoesNotExist;
                    let response = crate::reply::to(&request, code, "");
                    here.rig.out.wire.push(ToWire::Respond {
                        transaction,
                        response: Box::new(response),
                    });
                }
            }
            Message::Response(number, response) => {
                let transaction = ClientTransaction(number);
                let code = response.status_code.code();
                let Some((request, answered)) = here.asked.get_mut(&transaction) else {
                    return;
                };
                let invite = request.method == Method::Invite;
                let before = answered.replace(code).unwrap_or(0);
                // A final answer counts once, but for the 2xx of an INVITE.
                if before >= 200 && !(invite && (200..300).contains(&code)) {
                    *answered = Some(before);
                    return;
                }
                here.rig.does(|calls, cx| {
                    calls.response(cx, transaction, *response, flow());
                });
            }
            Message::Ack(request) => here.rig.does(|calls, cx| calls.ack(cx, *request, flow())),
            Message::Cancel(number) => {
                let Some((request, last)) = here.served.get(&number) else {
                    return;
                };
                let final_said = last.as_ref().is_some_and(|r| r.status_code.code() >= 200);
                if !final_said {
                    let (request, transaction) = (request.clone(), ServerTransaction(number));
                    here.rig
                        .does(|calls, cx| calls.cancelled(cx, transaction, request));
                }
            }
        }
    }
}

/// A hundred calls each way; afterwards nothing is left at either end, and every channel ended once.
fn calls(seed: u64, loss: u32) {
    let mut world = World::new(seed, loss);
    for number in 0..100u64 {
        let at = world.dice.random_range(0..2);
        let channel = ChannelId(number);
        let begin = Duration::from_millis(world.dice.random_range(1..60_000));
        let call = Order::Call {
            destination: "6001".into(),
            caller: Default::default(),
            diverted: None,
            formats: Default::default(),
        };
        world.ends[at].channels.push(channel);
        world.after(begin, Event::Engine(at, channel, call));
        let patience = Duration::from_millis(world.dice.random_range(100..90_000));
        if world.dice.random_range(0..3) == 0 {
            world.after(
                begin + patience,
                Event::Engine(at, channel, Order::Hangup(Cause::NORMAL)),
            );
        }
    }
    let end = world.now + Duration::from_secs(1_000);
    world.run(end);
    for end in &world.ends {
        end.rig.is_clean();
        let mut left = end.channels.clone();
        left.retain(|channel| !end.hung_up.contains(channel));
        assert!(
            left.is_empty(),
            "seed {seed}, loss {loss}: {left:?} never ended"
        );
    }
}

#[test]
fn nothing_is_left_after_calls_over_a_good_network() {
    calls(1, 0);
}

#[test]
fn nothing_is_left_after_calls_over_a_bad_network() {
    for seed in 2..8 {
        calls(seed, 20);
    }
}

#[test]
fn nothing_is_left_after_calls_over_a_terrible_network() {
    for seed in 8..14 {
        calls(seed, 60);
    }
}
