//! The engine, its phones and its clock.

mod far_ends;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dialplan::world::{Answer, Token};
use engine::request::{Request, Responder};
use engine::{Engine, FarEnd, FromChannel, Input, Settings, Start};
use switch::fact::{Fact, OriginateTarget};
use switch::module::{ModuleSpec, Modules};
use switch::signal::{Order, Signal};
use switch::{ChannelId, Text, Time};

use super::asked::{Asked, order};
use super::ears::Ears;
use super::ledger::Ledger;
use super::outside;
use super::phone::{Act, DIGIT, TECHNOLOGY};
use super::plan::plan;
use far_ends::far_end;

/// How many things may happen in one moment before they count as never ending.
const MOST_AT_ONCE: usize = 1_000_000;

/// The phones that can be called; those that nobody told what to do keep silent.
const PHONES: &[&str] = &[
    "ann", "bob", "busy", "cid", "dead", "early", "fickle", "full", "keys", "nobody", "quick",
    "slow", "zoe",
];

/// An engine with its phones on a clock of its own.
pub struct Exchange {
    engine: Engine,
    now: Time,
    phones: HashMap<String, Vec<(Duration, Act)>>,
    /// What the engine knows of the phones.
    known: Vec<FarEnd>,
    /// The phones' channels that are up or ringing.
    lines: HashMap<ChannelId, String>,
    agenda: BTreeMap<(Time, u64), Due>,
    planned: u64,
    /// How long the world outside takes to answer a question.
    pub answers_after: Duration,
    facts: Vec<Fact>,
    orders: Vec<(ChannelId, Order)>,
    /// What must hold for all calls, and what did not.
    pub ledger: Ledger,
    /// What the phones hear.
    pub ears: Ears,
    requests: u64,
    answered: Arc<Mutex<Vec<u64>>>,
}

/// Something that is to happen outside the engine.
enum Due {
    Phone(ChannelId, FromChannel),
    Answer(Token, Answer),
}

impl Exchange {
    /// An exchange with the dialplan of this text. Its records hold unanswered calls too.
    pub fn new(extensions: &str) -> Exchange {
        let settings = Settings {
            records_unanswered: true,
            ..Settings::default()
        };
        Exchange::with_settings(extensions, settings)
    }

    /// An exchange with the dialplan of this text and these settings.
    pub fn with_settings(extensions: &str, settings: Settings) -> Exchange {
        let names = dialplan::app::ALL.iter().map(|app| app.module);
        let names = names.chain(
            dialplan::function::ALL
                .iter()
                .map(|function| function.module),
        );
        let modules = Modules::new(names.map(|name| ModuleSpec { name, summary: "" }));
        for (module, _) in modules.all() {
            modules.set(module.name, true);
        }
        let now = Time(1_800_000_000_000_000);
        let mut engine = Engine::new(Start {
            now,
            seed: 1,
            plan: Arc::new(plan(extensions)),
            modules: Arc::new(modules),
            settings,
            database: Vec::new(),
        });
        let known: Vec<_> = PHONES.iter().map(|name| far_end(name)).collect();
        engine.handle(now, Input::Devices(TECHNOLOGY, known.clone()));
        for name in PHONES {
            engine.handle(
                now,
                Input::Reach {
                    technology: TECHNOLOGY,
                    device: Text::from(*name),
                    contacts: vec![Text::from(format!("phone:{name}"))],
                },
            );
        }
        engine.take_facts();
        Exchange {
            engine,
            now,
            phones: HashMap::new(),
            known,
            lines: HashMap::new(),
            agenda: BTreeMap::new(),
            planned: 0,
            answers_after: Duration::ZERO,
            facts: Vec::new(),
            orders: Vec::new(),
            ledger: Ledger::default(),
            ears: Ears::default(),
            requests: 0,
            answered: Arc::default(),
        }
    }

    /// Puts a phone there that does this whenever it is called, each act so long after the call.
    pub fn phone(&mut self, name: &str, acts: impl IntoIterator<Item = (Duration, Act)>) {
        self.phones
            .insert(name.to_owned(), acts.into_iter().collect());
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Has this said of every phone's channel that ends.
    pub fn say_at_the_end(&mut self, farewell: switch::Farewell) {
        self.engine.set_farewell(farewell);
    }

    /// The engine itself.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// A phone does something on one of its channels, so long from now.
    pub fn act(&mut self, channel: ChannelId, after: Duration, act: Act) {
        let (first, second) = act.inputs();
        self.plan(after, Due::Phone(channel, first));
        if let Some(second) = second {
            self.plan(after + DIGIT, Due::Phone(channel, second));
        }
        self.catch_up();
    }

    /// Asks the engine something.
    pub fn ask<T: Send + 'static>(
        &mut self,
        request: impl FnOnce(Responder<T>) -> Request,
    ) -> Asked<T> {
        self.ask_with(|reply| Input::Request(request(reply)))
    }

    fn ask_with<T: Send + 'static>(
        &mut self,
        input: impl FnOnce(Responder<T>) -> Input,
    ) -> Asked<T> {
        let number = self.requests;
        self.requests += 1;
        let answer: Arc<Mutex<Option<T>>> = Arc::default();
        let (slot, answered) = (Arc::clone(&answer), Arc::clone(&self.answered));
        let reply = Responder::new(move |answer| {
            if let (Ok(mut slot), Ok(mut answered)) = (slot.lock(), answered.lock()) {
                *slot = Some(answer);
                answered.push(number);
            }
        });
        self.handle(input(reply));
        Asked::new(number, answer)
    }

    /// Calls somebody, such as `Local/101@default/n`, and runs an application for whoever answers. The
    /// fact that tells how it ended is named `id`.
    pub fn originate(&mut self, id: &str, whom: &str, application: &str, data: &str) {
        let target = OriginateTarget::Application {
            application: Text::from(application),
            data: Text::from(data),
        };
        let order = order(id, whom, target);
        self.ask(|reply| Request::Originate(Box::new(order), reply));
    }

    /// Calls somebody and sends whoever answers to an extension of the context `default`.
    pub fn originate_to(&mut self, id: &str, whom: &str, exten: &str) {
        let target = OriginateTarget::Extension {
            context: Text::from("default"),
            exten: Text::from(exten),
            priority: 1,
        };
        let order = order(id, whom, target);
        self.ask(|reply| Request::Originate(Box::new(order), reply));
    }

    /// Hands the engine an input, and then whatever comes of it at this moment.
    pub fn handle(&mut self, input: Input) {
        self.engine.handle(self.now, input);
        self.take();
        self.catch_up();
    }

    /// Lets time pass, with everything that happens meanwhile.
    pub fn pass(&mut self, span: Duration) {
        let until = self.now + span;
        while let Some(next) = self.next().filter(|at| *at <= until) {
            self.now = self.now.max(next);
            self.catch_up();
        }
        self.now = until;
    }

    /// Lets whole seconds pass.
    pub fn seconds(&mut self, seconds: u64) {
        self.pass(Duration::from_secs(seconds));
    }

    /// The facts since the last call.
    pub fn take_facts(&mut self) -> Vec<Fact> {
        std::mem::take(&mut self.facts)
    }

    /// What the phones were told since the last call.
    pub fn take_orders(&mut self) -> Vec<(ChannelId, Order)> {
        std::mem::take(&mut self.orders)
    }

    /// The channels that are there, in order of their making.
    pub fn channels(&mut self) -> Vec<switch::fact::Snap> {
        let mut channels = self.ask(Request::Channels).take().unwrap_or_default();
        channels.reverse();
        channels
    }

    /// Which requests were answered, in the order of the answers.
    pub fn answered(&self) -> Vec<u64> {
        self.answered
            .lock()
            .map(|answered| answered.clone())
            .unwrap_or_default()
    }

    /// How many requests were made.
    pub fn requests(&self) -> u64 {
        self.requests
    }

    /// What is left although there should be nothing: everybody has hung up and time has passed.
    pub fn leftovers(&mut self) -> Vec<String> {
        let mut left = self.ledger.leftovers();
        left.extend(self.ears.leftovers());
        left.extend(
            self.channels()
                .iter()
                .map(|channel| format!("channel {} is there", channel.name)),
        );
        let bridges = self.ask(Request::Bridges).take().unwrap_or_default();
        left.extend(
            bridges
                .iter()
                .map(|bridge| format!("bridge {} is there", bridge.uniqueid)),
        );
        left.extend(
            self.lines
                .values()
                .map(|phone| format!("{phone} was not hung up")),
        );
        let answered = self.answered().len() as u64;
        if answered != self.requests {
            left.push(format!(
                "{} of {} requests were answered",
                answered, self.requests
            ));
        }
        if self.engine.tasks() > 0 {
            left.push(format!("{} coroutines are there", self.engine.tasks()));
        }
        left.extend(
            self.engine
                .next_timer()
                .map(|at| format!("a timer waits for {at:?}")),
        );
        left
    }

    fn plan(&mut self, after: Duration, due: Due) {
        self.planned += 1;
        self.agenda.insert((self.now + after, self.planned), due);
    }

    fn next(&self) -> Option<Time> {
        let planned = self.agenda.keys().next().map(|(at, _)| *at);
        [planned, self.engine.next_timer()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Does all that is due.
    fn catch_up(&mut self) {
        for _ in 0..MOST_AT_ONCE {
            let due = self
                .agenda
                .first_entry()
                .filter(|entry| entry.key().0 <= self.now);
            let input = match due.map(|entry| entry.remove()) {
                Some(Due::Phone(channel, did)) => match self.lines.contains_key(&channel) {
                    true => Input::Channel(channel, did),
                    false => continue,
                },
                Some(Due::Answer(token, answer)) => Input::Answer(token, answer),
                None if self.engine.next_timer().is_some_and(|at| at <= self.now) => Input::Tick,
                None => return,
            };
            self.engine.handle(self.now, input);
            self.take();
        }
        self.ledger
            .violations
            .push(format!("something never ends at {:?}", self.now));
    }

    /// Takes what the engine has left behind.
    fn take(&mut self) {
        for fact in self.engine.take_facts() {
            self.ledger.observe(&fact);
            match &fact {
                Fact::ChannelCreated(channel) if channel.technology == TECHNOLOGY => {
                    let device = channel.name.trim_start_matches("Phone/");
                    let device = device.rsplit_once('-').map_or(device, |(device, _)| device);
                    self.lines.insert(channel.id, device.to_owned());
                }
                _ => {}
            }
            self.facts.push(fact);
        }
        for (channel, order) in self.engine.take_orders() {
            if let Err(wrong) = self.ears.order(channel, &order) {
                self.ledger.violations.push(wrong);
            }
            match order {
                Order::Call { .. } => {
                    let phone = self
                        .lines
                        .get(&channel)
                        .and_then(|name| self.phones.get(name));
                    for (after, act) in phone.cloned().unwrap_or_default() {
                        let (first, second) = act.inputs();
                        self.plan(after, Due::Phone(channel, first));
                        if let Some(second) = second {
                            self.plan(after + DIGIT, Due::Phone(channel, second));
                        }
                    }
                }
                Order::Answer => {
                    // Whoever is answered says something at once.
                    let heard = FromChannel::Signal(Signal::Heard);
                    self.plan(Duration::ZERO, Due::Phone(channel, heard));
                }
                Order::Hangup(_) => {
                    let line = self.lines.remove(&channel);
                    self.ledger
                        .must(line.is_some(), || format!("{channel:?} was hung up twice"));
                }
                _ => {}
            }
            self.orders.push((channel, order));
        }
        let ghosts = self.ears.ghosts(|id| self.lines.contains_key(&id));
        self.ledger.violations.extend(ghosts);
        for (token, question) in self.engine.take_questions() {
            self.plan(
                self.answers_after,
                Due::Answer(token, outside::answer(&question)),
            );
        }
    }
}
