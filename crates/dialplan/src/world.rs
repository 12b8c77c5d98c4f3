//! What the coroutines of calls share: the switch, the dialplan, timers, and what they wait for.

// Long because whatever coroutines share is one struct, and its questions are one closed list.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use switch::channel::TaskId;
use switch::fact::{Fact, Level};
use switch::message::Message;
use switch::module::Modules;
use switch::signal::Signal;
use switch::{ChannelId, Switch, Text, Time, limits};

use crate::far::Technology;
use crate::lookup::Hints;
use crate::message;
use crate::script::plan::Plan;
use crate::tones::Zones;

/// The world as every coroutine holds it. All run on the engine's own thread, one at a time.
pub type Shared = Rc<RefCell<World>>;

/// A coroutine before it has run.
pub(crate) type Coroutine = Pin<Box<dyn Future<Output = ()>>>;

/// The switch, the dialplan and what is kept beside them.
pub struct World {
    /// All call state.
    pub switch: Switch,
    /// The dialplan as it stands.
    pub plan: Arc<Plan>,
    pub(crate) hints: Arc<Hints>,
    /// Which modules are loaded.
    pub modules: Arc<Modules>,
    /// What the configuration says.
    pub rules: Rules,
    /// Technologies whose channels a driver makes real.
    pub(crate) technologies: Vec<Technology>,
    /// Whether new calls are refused.
    pub refusing: bool,
    pub(crate) zone: TimeZone,
    /// Text messages that wait for the dialplan, and whether somebody serves them.
    pub(crate) messages: VecDeque<message::Incoming>,
    pub(crate) serves_messages: bool,
    pub(crate) new: Vec<(TaskId, Coroutine)>,
    pub(crate) inboxes: FxHashMap<TaskId, Inbox>,
    pub(crate) ready: VecDeque<TaskId>,
    /// Those that go on when nobody else can.
    pub(crate) idle: VecDeque<TaskId>,
    pub(crate) timers: BTreeMap<(Time, u64), TaskId>,
    timer_count: u64,
    task_count: u64,
    questions: Vec<(Token, Question)>,
    waiting: FxHashMap<Token, Waiting>,
    token_count: u64,
}

/// What the configuration says to the dialplan.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Whether applications may run programs.
    pub programs_allowed: bool,
    /// Whether outside askers may use functions that reach outside the call.
    pub live_dangerously: bool,
    /// The local time zone.
    pub zone: Text,
    /// The environment of the process, for `ENV`.
    pub environment: Vec<(Text, Text)>,
    /// Lines of the log up to this level are made: 3 shows each step of the dialplan.
    pub verbosity: u8,
    /// How long the dialplan waits between digits.
    pub digit_timeout: std::time::Duration,
    /// How long the dialplan waits for a first digit.
    pub response_timeout: std::time::Duration,
    /// The tones of telephone networks.
    pub tones: Arc<Zones>,
    /// What keys do in a call.
    pub features: Arc<FeatureRules>,
    /// Directory of the files that `MixMonitor` writes.
    pub monitors: Text,
}

/// What keys do in a call, for those who may use them (`features.conf`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureRules {
    /// The keys that leave the call (`disconnect`); empty for none.
    pub disconnect: Text,
    /// The keys that send the other side elsewhere (`blindxfer`); empty for none.
    pub blind_transfer: Text,
    /// How long the next of several keys is waited for (`featuredigittimeout`).
    pub digit_timeout: std::time::Duration,
    /// How long the next digit of the extension is waited for (`transferdigittimeout`).
    pub transfer_digit_timeout: std::time::Duration,
    /// How often an extension may be tried (`transferdialattempts`).
    pub attempts: u32,
    /// What asks for the extension.
    pub transfer_sound: Text,
    /// What says that there is none, and asks for another (`transferretrysound`).
    pub retry_sound: Text,
    /// What says that there is none, at last (`transferinvalidsound`).
    pub invalid_sound: Text,
}

impl Default for FeatureRules {
    fn default() -> FeatureRules {
        FeatureRules {
            disconnect: Text::from("*"),
            blind_transfer: Text::from("#"),
            digit_timeout: std::time::Duration::from_secs(1),
            transfer_digit_timeout: std::time::Duration::from_secs(3),
            attempts: 3,
            transfer_sound: Text::from("pbx-transfer"),
            retry_sound: Text::from("pbx-invalid"),
            invalid_sound: Text::from("pbx-invalid"),
        }
    }
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            programs_allowed: false,
            live_dangerously: false,
            zone: Text::from("UTC"),
            environment: Vec::new(),
            verbosity: 0,
            digit_timeout: std::time::Duration::from_secs(5),
            response_timeout: std::time::Duration::from_secs(10),
            tones: Arc::default(),
            features: Arc::default(),
            monitors: Text::from("/var/spool/asterisk/monitor"),
        }
    }
}

/// What a coroutine has not taken yet.
#[derive(Default)]
pub(crate) struct Inbox {
    pub(crate) events: VecDeque<Event>,
    pub(crate) queued: bool,
    /// How often it was told to let go and went on.
    pub(crate) refusals: u32,
    /// Steps of the dialplan since it last waited.
    pub(crate) steps: u32,
}

/// Something that a coroutine waits for.
#[derive(Debug)]
pub enum Event {
    /// A channel that it serves has something to say.
    Signal(ChannelId, Signal),
    /// A question is answered.
    Answer(Token, Answer),
}

/// A question's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token(pub u64);

/// Work that the engine cannot do itself, since it would have to wait for the world outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// How long a sound file is.
    SoundLength {
        /// Its name without ending, as the dialplan has it.
        name: Text,
        /// Language to look in first.
        language: Text,
    },
    /// Run a program and wait for its end.
    Run {
        /// The command line, for the shell.
        command: Text,
        /// Whether its output is the answer.
        output: bool,
    },
    /// A fact of a file, for `STAT`: one letter says which.
    FileFact {
        /// `d` directory, `e` exists, `f` regular, `m` mode, `s` size, `A` `C` `M` times.
        fact: char,
        /// Its path.
        path: Text,
    },
    /// Something that only a driver knows.
    Detail {
        /// The technology, such as `PJSIP`.
        technology: &'static str,
        /// What it is of.
        of: Subject,
        /// Which of its fields; of a channel what `CHANNEL` was asked for, such as `pjsip,call-id`.
        field: Text,
    },
    /// Send a text message outside of any call: done when it is on its way.
    Message {
        /// To whom, without the technology.
        destination: Text,
        /// It.
        message: Box<Message>,
    },
    /// Change the key database on the disk; what is in memory has changed already.
    Database(Change),
}

/// What a detail is of, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An endpoint.
    Endpoint(Text),
    /// An address of record.
    Aor(Text),
    /// A contact of an address of record.
    Contact(Text),
    /// A channel.
    Channel(ChannelId),
}

/// A change of the key database; keys are full, such as `/family/key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Put a value.
    Put {
        /// The key.
        key: Text,
        /// The value.
        value: Text,
    },
    /// Remove a value.
    Delete {
        /// The key.
        key: Text,
    },
    /// Remove a key and all below it.
    DeleteTree {
        /// The key, without a slash at its end; empty for everything.
        prefix: Text,
    },
}

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A sound file's length in milliseconds; `None` where there is no such file.
    Length(Option<u64>),
    /// A program ended with this status and, where it was asked for, this output.
    Ran {
        /// Its exit status; `None` where a signal ended it.
        status: Option<i32>,
        /// What it wrote.
        output: Text,
    },
    /// A text.
    Text(Text),
    /// It is done.
    Done,
    /// It could not be done, and why.
    Failed(String),
}

enum Waiting {
    Task(TaskId),
    Call(Box<dyn FnOnce(Answer)>),
}

impl World {
    /// A world with an empty switch.
    pub fn new(switch: Switch, plan: Arc<Plan>, modules: Arc<Modules>) -> World {
        World {
            switch,
            hints: Arc::new(Hints::of(&plan)),
            plan,
            modules,
            zone: TimeZone::UTC,
            rules: Rules::default(),
            technologies: Vec::new(),
            refusing: false,
            messages: VecDeque::new(),
            serves_messages: false,
            new: Vec::new(),
            inboxes: FxHashMap::default(),
            ready: VecDeque::new(),
            idle: VecDeque::new(),
            timers: BTreeMap::new(),
            timer_count: 0,
            task_count: 0,
            questions: Vec::new(),
            waiting: FxHashMap::default(),
            token_count: 0,
        }
    }

    /// All hints of the dialplan.
    pub fn hints(&self) -> &Arc<Hints> {
        &self.hints
    }

    /// Takes the questions that are to be asked outside.
    pub fn take_questions(&mut self) -> Vec<(Token, Question)> {
        std::mem::take(&mut self.questions)
    }

    /// An answer came from outside.
    pub fn answered(&mut self, token: Token, answer: Answer) {
        match self.waiting.remove(&token) {
            Some(Waiting::Task(task)) => self.post(task, Event::Answer(token, answer)),
            Some(Waiting::Call(call)) => call(answer),
            None => {}
        }
    }

    /// Asks something outside, with the answer going to a function.
    pub fn ask_then(&mut self, question: Question, then: impl FnOnce(Answer) + 'static) {
        let token = self.next_token();
        self.waiting.insert(token, Waiting::Call(Box::new(then)));
        self.questions.push((token, question));
    }

    pub(crate) fn ask(&mut self, task: TaskId, question: Question) -> Token {
        let token = self.next_token();
        self.waiting.insert(token, Waiting::Task(task));
        self.questions.push((token, question));
        token
    }

    pub(crate) fn forget_question(&mut self, token: Token) {
        self.waiting.remove(&token);
    }

    /// Changes the key database, in memory at once and on the disk without waiting.
    pub fn change_database(
        &mut self,
        change: Change,
        then: impl FnOnce(Answer) + 'static,
    ) -> usize {
        let database = &mut self.switch.database;
        let count = match &change {
            Change::Put { key, value } => {
                database.insert(key.clone(), value.clone());
                1
            }
            Change::Delete { key } => usize::from(database.remove(key).is_some()),
            Change::DeleteTree { prefix } => {
                let keys = keys_below(database, prefix);
                keys.iter().for_each(|key| drop(database.remove(key)));
                keys.len()
            }
        };
        self.ask_then(Question::Database(change), then);
        count
    }

    /// Takes what the configuration says. A time zone that is not known counts as UTC, with a warning.
    pub fn set_rules(&mut self, rules: Rules) {
        self.zone = crate::script::timespec::zone(&rules.zone).unwrap_or_else(|| {
            let text = format!("time zone {:?} is not known, UTC is used", rules.zone);
            self.switch.log(Level::Warning, "world", text);
            TimeZone::UTC
        });
        self.rules = rules;
    }

    /// Writes a line into the log.
    pub fn log(&mut self, level: Level, from: &'static str, text: impl Into<String>) {
        self.switch.log(level, from, text);
    }

    /// The next moment at which something has to go on by itself.
    pub fn next_timer(&self) -> Option<Time> {
        self.timers.first_key_value().map(|((at, _), _)| *at)
    }

    /// How many coroutines there are.
    pub fn tasks(&self) -> usize {
        self.inboxes.len()
    }

    /// Gives a coroutine something; nothing where it has ended.
    pub(crate) fn post(&mut self, task: TaskId, event: Event) {
        let Some(inbox) = self.inboxes.get_mut(&task) else {
            return;
        };
        inbox.events.push_back(event);
        self.wake(task);
    }

    pub(crate) fn wake(&mut self, task: TaskId) {
        if let Some(inbox) = self.inboxes.get_mut(&task)
            && !std::mem::replace(&mut inbox.queued, true)
        {
            self.ready.push_back(task);
        }
    }

    pub(crate) fn set_timer(&mut self, at: Time, task: TaskId) -> (Time, u64) {
        self.timer_count += 1;
        self.timers.insert((at, self.timer_count), task);
        (at, self.timer_count)
    }

    pub(crate) fn next_task(&mut self) -> TaskId {
        self.task_count += 1;
        let task = TaskId(self.task_count);
        self.inboxes.insert(task, Inbox::default());
        task
    }

    /// Hands the switch's signals to the coroutines that serve the channels. A channel that nobody
    /// serves keeps them; one that nobody serves and that is hung up ends.
    pub(crate) fn deliver(&mut self) {
        for watcher in self.switch.take_idle_watchers() {
            self.wake(watcher);
        }
        for command in self.switch.take_finished_monitors() {
            self.run_program(command);
        }
        while let Some((id, signal)) = self.switch.take_signal() {
            let Some(channel) = self.switch.channel_mut(id) else {
                continue;
            };
            match channel.handler {
                Some(task) if self.inboxes.contains_key(&task) => {
                    self.post(task, Event::Signal(id, signal));
                }
                _ if signal == Signal::Hangup => self.switch.end(id),
                _ if channel.pending.len() < limits::PENDING_SIGNALS => {
                    channel.pending.push_back(signal);
                }
                _ => {
                    let text = format!(
                        "{}: too many signals wait, one is lost",
                        channel.view().name
                    );
                    self.log(Level::Warning, "world", text);
                }
            }
        }
    }

    /// Runs a program that nobody waits for, where that is allowed.
    fn run_program(&mut self, command: Text) {
        if !self.rules.programs_allowed {
            let text = format!("programs are not allowed, {command:?} does not run");
            return self.log(Level::Warning, "MixMonitor", text);
        }
        let question = Question::Run {
            command,
            output: false,
        };
        self.ask_then(question, drop);
    }

    /// Tells the states of devices whose channels changed, and of the hints that name them.
    pub(crate) fn tell_devices(&mut self, settled: bool) {
        for device in self.switch.take_touched_devices(settled) {
            if self.has_technology(device.split('/').next().unwrap_or_default()) {
                crate::hint::refresh_device(self, &device);
            } else if device.starts_with("Local/") {
                let state = crate::hint::device_state(self, &device);
                self.switch.tell(Fact::DeviceChanged {
                    device: device.clone(),
                    state,
                });
                crate::hint::device_changed(self, &device);
            }
        }
    }

    fn next_token(&mut self) -> Token {
        self.token_count += 1;
        Token(self.token_count)
    }
}

/// The keys at `prefix` and below it, in order.
pub fn keys_below(database: &BTreeMap<Text, Text>, prefix: &str) -> Vec<Text> {
    let prefix = prefix.trim_end_matches('/');
    database
        .range::<str, _>((
            std::ops::Bound::Included(prefix),
            std::ops::Bound::Unbounded,
        ))
        .map(|(key, _)| key)
        .take_while(|key| key.starts_with(prefix))
        .filter(|key| key.len() == prefix.len() || key.as_bytes().get(prefix.len()) == Some(&b'/'))
        .cloned()
        .collect()
}
