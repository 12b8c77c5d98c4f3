//! The engine: takes one input at a time and, for each, runs until nothing moves.

use std::cell::RefCell;
use std::ops::Bound;
use std::rc::Rc;
use std::sync::Arc;

use dialplan::hint;
use dialplan::script::plan::Plan;
use dialplan::task::Tasks;
use dialplan::world::{Answer, Question, Rules, Shared, Token, World};
use switch::device::DeviceState;
use switch::fact::Fact;
use switch::module::Modules;
use switch::presence::{Presence, PresenceState};
use switch::signal::{Order, Signal};
use switch::{Cause, ChannelId, Party, State, Switch, Text, Time, cdr};

use crate::answer;
use crate::request::{Request, Responder, Stop};
use crate::settings::Settings;

/// What the engine can be told. It is closed: a feature that needs more adds a variant.
#[derive(Debug)]
pub enum Input {
    /// Somebody asks or orders something.
    Request(Request),
    /// A question that the engine had is answered.
    Answer(Token, Answer),
    /// A driver's channel did something.
    Channel(ChannelId, FromChannel),
    /// A driver's far end calls.
    Incoming {
        /// The technology, such as `PJSIP`.
        technology: &'static str,
        /// The device that calls.
        device: Text,
        /// Where its dialplan begins: the context.
        context: Text,
        /// Where its dialplan begins: the extension.
        exten: Text,
        /// Who calls.
        caller: Party,
        /// Learns the channel's number; `None` where the call is refused.
        reply: Responder<Option<ChannelId>>,
    },
    /// A device that a driver watches has another state.
    Device(Text, DeviceState),
    /// Time has passed.
    Tick,
}

/// What a driver's channel did.
#[derive(Debug, Clone, PartialEq)]
pub enum FromChannel {
    /// Something for whoever serves the channel.
    Signal(Signal),
    /// A digit's tone began.
    DigitBegin(char),
    /// A digit's tone ended after so long.
    DigitEnd(char, std::time::Duration),
    /// The far end hung up.
    Hangup(Option<Cause>),
}

/// What the engine begins with.
pub struct Start {
    /// What time it is.
    pub now: Time,
    /// Seed of its identifiers.
    pub seed: u64,
    /// The dialplan.
    pub plan: Arc<Plan>,
    /// Which modules are loaded.
    pub modules: Arc<Modules>,
    /// What the configuration says.
    pub settings: Settings,
    /// The key database's entries by full key.
    pub database: Vec<(String, String)>,
}

/// The one writer of all call state.
pub struct Engine {
    pub(crate) shared: Shared,
    tasks: Tasks,
    stopping: Option<Responder<()>>,
}

impl Engine {
    /// An engine without calls.
    pub fn new(start: Start) -> Engine {
        let Start {
            now,
            seed,
            plan,
            modules,
            settings,
            database,
        } = start;
        let switch = Switch::new(now, seed);
        let mut world = World::new(switch, plan.clone(), modules);
        for (name, value) in &plan.globals {
            let (name, value) = (Text::from(&**name), Text::from(&**value));
            world.switch.globals.set(name, value);
        }
        configure(&mut world, settings);
        for (key, value) in database {
            world
                .switch
                .database
                .insert(Text::from(key), Text::from(value));
        }
        restore_states(&mut world);
        world.switch.take_facts();
        let shared = Rc::new(RefCell::new(world));
        Engine {
            tasks: Tasks::new(Rc::clone(&shared)),
            shared,
            stopping: None,
        }
    }

    /// Takes an input and runs until nothing moves.
    pub fn handle(&mut self, now: Time, input: Input) {
        self.shared.borrow_mut().switch.now = now;
        match input {
            Input::Request(Request::Stop(how, reply)) => self.stop(how, reply),
            Input::Request(request) => answer::answer(&self.shared, request),
            Input::Answer(token, answer) => self.shared.borrow_mut().answered(token, answer),
            Input::Channel(id, did) => self.channel(id, did),
            Input::Incoming {
                technology,
                device,
                context,
                exten,
                caller,
                reply,
            } => {
                let made = {
                    let mut world = self.shared.borrow_mut();
                    match world.refusing {
                        true => None,
                        false => world
                            .incoming(technology, &device, &context, &exten, caller)
                            .ok(),
                    }
                };
                if let Some(id) = made {
                    dialplan::run::start(&self.shared, id);
                }
                reply.send(made);
            }
            Input::Device(device, state) => {
                hint::set_device(&mut self.shared.borrow_mut(), &device, state);
            }
            Input::Tick => {}
        }
        self.tasks.run(now);
        let quiet = self.shared.borrow().switch.count() == 0;
        if quiet && let Some(reply) = self.stopping.take() {
            reply.send(());
        }
    }

    /// The next moment at which something has to go on by itself: a [`Input::Tick`] is due then.
    pub fn next_timer(&self) -> Option<Time> {
        self.shared.borrow().next_timer()
    }

    /// What happened, in order.
    pub fn take_facts(&mut self) -> Vec<Fact> {
        self.shared.borrow_mut().switch.take_facts()
    }

    /// What the engine wants to know of the world outside.
    pub fn take_questions(&mut self) -> Vec<(Token, Question)> {
        self.shared.borrow_mut().take_questions()
    }

    /// What drivers are to do.
    pub fn take_orders(&mut self) -> Vec<(ChannelId, Order)> {
        self.shared.borrow_mut().switch.take_orders()
    }

    /// How many coroutines there are: as many as there are calls at work, and none when all is quiet.
    pub fn tasks(&self) -> usize {
        self.shared.borrow().tasks()
    }

    /// Lets channels of a technology be called; its driver takes the orders and tells what they do.
    pub fn add_technology(&mut self, technology: dialplan::leg::Technology) {
        self.shared.borrow_mut().add_technology(technology);
    }

    fn stop(&mut self, how: Stop, reply: Responder<()>) {
        let mut world = self.shared.borrow_mut();
        world.refusing = matches!(how, Stop::Now | Stop::Gracefully);
        if how == Stop::Now {
            for id in world.switch.channels() {
                world.switch.soft_hangup(id, None);
            }
        }
        if how == Stop::Abort {
            self.stopping = None;
            reply.send(());
        } else {
            self.stopping = Some(reply);
        }
    }

    fn channel(&mut self, id: ChannelId, did: FromChannel) {
        let switch = &mut self.shared.borrow_mut().switch;
        match did {
            FromChannel::Signal(signal) => {
                if signal == Signal::Ringing {
                    switch.set_state(id, State::Ringing);
                }
                switch.signal(id, signal);
            }
            FromChannel::DigitBegin(digit) => switch.digit_began(id, digit),
            FromChannel::DigitEnd(digit, span) => switch.digit_ended(id, digit, span),
            FromChannel::Hangup(cause) => switch.hangup_requested(id, cause),
        }
    }
}

/// Takes what the configuration says.
pub(crate) fn configure(world: &mut World, settings: Settings) {
    let switch = &mut world.switch;
    switch.records.configure(cdr::Rules {
        enabled: settings.records,
        unanswered: settings.records_unanswered,
        congestion: settings.records_congestion,
        end_before_h: settings.records_end_before_h,
        round_up: settings.records_round_up,
    });
    switch.shown_variables = settings.shown_variables;
    switch.followed_applications = settings.followed_applications;
    switch.system_name = settings.system_name;
    switch.language = settings.language;
    switch.max_channels = match settings.max_calls {
        0 => switch::limits::CHANNELS,
        // A call has two legs.
        calls => calls.saturating_mul(2).min(switch::limits::CHANNELS),
    };
    world.set_rules(Rules {
        programs_allowed: settings.programs_allowed,
        live_dangerously: settings.live_dangerously,
        zone: settings.zone,
        environment: settings.environment,
        verbosity: settings.verbosity,
        digit_timeout: settings.digit_timeout,
        response_timeout: settings.response_timeout,
    });
}

/// States that the dialplan keeps in the key database are there again from the start.
fn restore_states(world: &mut World) {
    let kept: Vec<(Text, Text)> = world
        .switch
        .database
        .range::<str, _>((Bound::Included("/Custom"), Bound::Excluded("/Custon")))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    for (key, value) in kept {
        if let Some(name) = key.strip_prefix("/CustomDevstate/") {
            if let Some(state) = DeviceState::parse(&value) {
                hint::set_device(world, &Text::from(format!("Custom:{name}")), state);
            }
        } else if let Some(name) = key.strip_prefix("/CustomPresence/") {
            let mut parts = value.splitn(3, ',');
            let state = parts.next().and_then(PresenceState::parse);
            if let Some(state) = state {
                let mut text = || Text::from(parts.next().unwrap_or_default());
                let presence = Presence {
                    state,
                    subtype: text(),
                    message: text(),
                };
                hint::set_presence(
                    world,
                    &Text::from(format!("CustomPresence:{name}")),
                    presence,
                );
            }
        }
    }
}
