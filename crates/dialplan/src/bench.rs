//! A bench for tests: a switch with a dialplan, on a clock that is moved by hand.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use switch::channel::{Kind, TaskId};
use switch::fact::{Fact, Level};
use switch::module::{ModuleSpec, Modules};
use switch::signal::{Order, Signal};
use switch::{ChannelId, NewChannel, Party, State, Switch, Text, Time};

use crate::app::ALL;
use crate::function::{self, FunctionError};
use crate::scope::{self, CallScope};
use crate::script::substitute;
use crate::script::testing::plan;
use crate::task::{Task, Tasks};
use crate::world::{Answer, Question, Shared, World};

/// How long every sound file is, but for those called `missing`.
pub(crate) const SOUND: Duration = Duration::from_secs(2);

/// A switch with a dialplan, and the world outside as far as applications ask it.
pub(crate) struct Bench {
    pub(crate) shared: Shared,
    tasks: Tasks,
    pub(crate) facts: Vec<Fact>,
    /// What was asked outside.
    pub(crate) asked: Vec<Question>,
    orders: Vec<Order>,
    calls: u32,
}

impl Bench {
    /// A switch whose `[default]` context has these lines.
    pub(crate) fn new(lines: &str) -> Bench {
        Bench::of(&format!("[default]\n{lines}"))
    }

    /// A switch with this dialplan.
    pub(crate) fn of(text: &str) -> Bench {
        let (plan, problems) = plan(text);
        assert!(problems.is_empty(), "{problems:?}");
        let names = ALL.iter().map(|app| app.module);
        let names = names.chain(function::ALL.iter().map(|function| function.module));
        let modules = Modules::new(names.map(|name| ModuleSpec { name, summary: "" }));
        for (spec, _) in modules.all() {
            modules.set(spec.name, true);
        }
        let switch = Switch::new(Time(1_800_000_000_000_000), 1);
        let world = World::new(switch, Arc::new(plan), Arc::new(modules));
        let shared = Rc::new(RefCell::new(world));
        let tasks = Tasks::new(Rc::clone(&shared));
        Bench {
            shared,
            tasks,
            facts: Vec::new(),
            asked: Vec::new(),
            orders: Vec::new(),
            calls: 0,
        }
    }

    /// A bench with one call, in extension `s` and not answered.
    pub(crate) fn with_call(lines: &str) -> (Bench, ChannelId) {
        let mut bench = Bench::new(lines);
        let id = bench.call("s");
        (bench, id)
    }

    /// Lets somebody call an extension; its dialplan runs until it waits.
    pub(crate) fn call(&mut self, exten: &str) -> ChannelId {
        self.call_in("default", exten)
    }

    /// Lets somebody call an extension of another context.
    pub(crate) fn call_in(&mut self, context: &str, exten: &str) -> ChannelId {
        let name = Text::from(format!("Test/phone-{:08x}", self.calls));
        self.calls += 1;
        let new = NewChannel {
            name,
            technology: "Test",
            kind: Kind::Driver,
            state: State::Ring,
            context: Text::from(context),
            exten: Text::from(exten),
            caller: Party {
                number: "5551000".into(),
                name: "Click".into(),
                ..Party::default()
            },
            account: Text::default(),
            uniqueid: Text::default(),
            linkedid: Text::default(),
            language: Text::default(),
            formats: Text::from("(ulaw)"),
            format: Text::from("ulaw"),
        };
        let id = self
            .shared
            .borrow_mut()
            .switch
            .create(new)
            .expect("room for a channel");
        crate::run::start(&self.shared, id);
        self.run();
        id
    }

    /// Runs all that can run now.
    pub(crate) fn run(&mut self) {
        loop {
            let now = self.shared.borrow().switch.now;
            self.tasks.run(now);
            self.facts
                .append(&mut self.shared.borrow_mut().switch.take_facts());
            let spoke = self.speak();
            let questions = self.shared.borrow_mut().take_questions();
            if questions.is_empty() && !spoke {
                return;
            }
            for (token, question) in questions {
                let answer = answer(&question);
                self.asked.push(question);
                self.shared.borrow_mut().answered(token, answer);
            }
        }
    }

    /// Lets time pass, with everything that happens meanwhile.
    pub(crate) fn pass(&mut self, span: Duration) {
        let until = self.shared.borrow().switch.now + span;
        loop {
            let next = self.shared.borrow().next_timer().filter(|at| *at <= until);
            let now = next.unwrap_or(until);
            self.shared.borrow_mut().switch.now = now;
            self.run();
            if next.is_none() {
                return;
            }
        }
    }

    /// Lets seconds pass.
    pub(crate) fn seconds(&mut self, seconds: u64) {
        self.pass(Duration::from_secs(seconds));
    }

    /// Lets a phone send a digit.
    pub(crate) fn digit(&mut self, id: ChannelId, digit: char) {
        let mut world = self.shared.borrow_mut();
        world.switch.digit_began(id, digit);
        world
            .switch
            .digit_ended(id, digit, Duration::from_millis(100));
        drop(world);
        self.run();
    }

    /// A variable of a channel.
    pub(crate) fn value(&self, id: ChannelId, name: &str) -> String {
        self.shared
            .borrow()
            .switch
            .variable(Some(id), name)
            .unwrap_or_default()
            .to_string()
    }

    /// The arguments of the steps that ran an application.
    pub(crate) fn ran(&self, application: &str) -> Vec<String> {
        let ran = self.facts.iter().filter_map(|fact| match fact {
            Fact::ApplicationBegan(at) | Fact::ApplicationRuns(at)
                if &*at.application == application =>
            {
                Some(at.data.to_string())
            }
            _ => None,
        });
        ran.collect()
    }

    /// What drivers were told since this was asked last.
    pub(crate) fn orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// A phone that is answered says something at once: whether one was.
    fn speak(&mut self) -> bool {
        let mut world = self.shared.borrow_mut();
        let mut spoke = false;
        for (id, order) in world.switch.take_orders() {
            if order == Order::Answer {
                world.switch.signal(id, Signal::Heard);
                spoke = true;
            }
            self.orders.push(order);
        }
        if spoke {
            world.deliver();
        }
        spoke
    }

    /// Fills in a text on a channel, or on none; what has to wait for the clock is empty.
    pub(crate) fn fill(&mut self, id: impl Into<Option<ChannelId>>, text: &str) -> String {
        let (text, channel) = (text.to_owned(), id.into());
        let filled = Rc::new(RefCell::new(String::new()));
        let result = Rc::clone(&filled);
        Task::spawn(&self.shared, move |task| async move {
            let scope = CallScope {
                task,
                channel,
                trusted: true,
            };
            *result.borrow_mut() = substitute(&text, &scope).await.into_owned();
        });
        self.run();
        filled.take()
    }

    /// Sets a variable or assigns to a function.
    pub(crate) fn set(&mut self, id: impl Into<Option<ChannelId>>, name: &str, value: &str) {
        let CallScope {
            task,
            channel,
            trusted,
        } = self.scope(id.into(), true);
        scope::assign(&task, channel, trusted, name, value)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        self.run();
    }

    /// Tries to assign, as the dialplan does or as somebody from outside.
    pub(crate) fn try_set(
        &mut self,
        id: impl Into<Option<ChannelId>>,
        trusted: bool,
        name: &str,
        value: &str,
    ) -> Result<(), FunctionError> {
        let CallScope {
            task,
            channel,
            trusted,
        } = self.scope(id.into(), trusted);
        let done = scope::assign(&task, channel, trusted, name, value);
        self.run();
        done
    }

    fn scope(&self, channel: Option<ChannelId>, trusted: bool) -> CallScope {
        // No coroutine has this number, so nobody is woken for it.
        let task = Task {
            shared: Rc::clone(&self.shared),
            id: TaskId(u64::MAX),
        };
        CallScope {
            task,
            channel,
            trusted,
        }
    }

    /// Whether a channel is still there.
    pub(crate) fn is_there(&self, id: ChannelId) -> bool {
        self.shared.borrow().switch.channel(id).is_some()
    }

    /// How often the log was warned.
    pub(crate) fn warnings(&self) -> usize {
        let warns = |fact: &&Fact| {
            matches!(
                fact,
                Fact::Log {
                    level: Level::Warning,
                    ..
                }
            )
        };
        self.facts.iter().filter(warns).count()
    }

    /// The lines of the log at a level.
    pub(crate) fn logged(&self, at: Level) -> Vec<&str> {
        let lines = self.facts.iter().filter_map(|fact| match fact {
            Fact::Log { level, text, .. } if *level == at => Some(text.as_str()),
            _ => None,
        });
        lines.collect()
    }
}

fn answer(question: &Question) -> Answer {
    match question {
        Question::SoundLength { name, .. } if name.starts_with("missing") => Answer::Length(None),
        Question::SoundLength { .. } => Answer::Length(Some(SOUND.as_millis() as u64)),
        Question::Run { command, output } => Answer::Ran {
            status: Some(match &**command {
                "false" => 1,
                "nosuch" => 127,
                _ => 0,
            }),
            output: if *output {
                Text::from("two\nlines\n")
            } else {
                Text::default()
            },
        },
        Question::FileFact { fact: 's', .. } => Answer::Text("42".into()),
        Question::Detail { field, .. } => Answer::Text(field.clone()),
        Question::FileFact { .. } => Answer::Text("0".into()),
        Question::Message { destination, .. } if destination.starts_with("missing") => {
            Answer::Failed("nobody is there".to_owned())
        }
        Question::Message { .. } | Question::Database(_) => Answer::Done,
    }
}
