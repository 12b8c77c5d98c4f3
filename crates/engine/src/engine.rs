//! The engine: takes one input at a time and, for each, runs until nothing moves.

use std::cell::RefCell;
use std::ops::Bound;
use std::rc::Rc;
use std::sync::Arc;

use dialplan::far;
use dialplan::hint;
use dialplan::message;
use dialplan::script::plan::Plan;
use dialplan::task::Tasks;
use dialplan::transfer;
use dialplan::world::{Question, Rules, Shared, Token, World};
use switch::device::DeviceState;
use switch::fact::Fact;
use switch::module::Modules;
use switch::presence::{Presence, PresenceState};
use switch::signal::Order;
use switch::{ChannelId, Switch, Text, Time, cdr};

use crate::input::Input;
use crate::request::{Request, Responder, Stop};
use crate::settings::Settings;
use crate::{answer, drivers};

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
    stopping: Option<Responder<bool>>,
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
        let mut switch = Switch::new(now, seed);
        switch.refusals = far::refusal;
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
        dialplan::mailbox::restore(&mut world);
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
            Input::Channel(id, did) => drivers::channel(&self.shared, id, did),
            Input::Incoming(incoming) => drivers::incoming(&self.shared, *incoming),
            Input::Message(incoming, reply) => {
                reply.send(message::receive(&self.shared, *incoming));
            }
            Input::Devices(technology, devices) => {
                self.shared.borrow_mut().set_devices(technology, devices);
            }
            Input::Reach {
                technology,
                device,
                contacts,
            } => self
                .shared
                .borrow_mut()
                .set_reach(technology, &device, contacts),
            Input::Transfer {
                channel,
                exten,
                attended,
                reply,
            } => {
                let went = match attended {
                    Some(second) => transfer::attended(&self.shared, channel, second),
                    None => transfer::blind_by_far_end(&self.shared, channel, &exten),
                };
                reply.send(went.is_ok());
            }
            Input::Saw(fact) => self.shared.borrow_mut().switch.tell(fact),
            Input::Device(device, state) => {
                hint::set_device(&mut self.shared.borrow_mut(), &device, state);
            }
            Input::Tick => {}
        }
        self.tasks.run(now);
        self.shared.borrow_mut().switch.settle_sound();
        let quiet = self.shared.borrow().switch.count() == 0;
        if quiet && let Some(reply) = self.stopping.take() {
            reply.send(true);
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

    /// Who says the last of a driver's channel: how its sound fared. It is asked on the engine's thread
    /// and must not wait.
    pub fn set_farewell(&mut self, farewell: switch::Farewell) {
        self.shared.borrow_mut().switch.farewell = Some(farewell);
    }

    fn stop(&mut self, how: Stop, reply: Responder<bool>) {
        let mut world = self.shared.borrow_mut();
        world.refusing = matches!(how, Stop::Now | Stop::Gracefully);
        if how == Stop::Now {
            for id in world.switch.channels() {
                world.switch.soft_hangup(id, None);
            }
        }
        // Whoever asked for an end before does not get it: it is called off, or somebody else waits for it.
        if let Some(before) = self.stopping.take() {
            before.send(false);
        }
        match how {
            Stop::Abort => reply.send(false),
            Stop::Now | Stop::Gracefully | Stop::WhenConvenient => self.stopping = Some(reply),
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
        tones: settings.tones,
        features: settings.features,
        monitors: settings.monitors,
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
