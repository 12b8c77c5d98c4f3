//! A channel with its coroutine: what applications act on.

use std::time::Duration;

use switch::channel::Leaving;
use switch::fact::{Level, Snap};
use switch::signal::{Order, Signal};
use switch::{ChannelId, State, Text, Time};

use crate::scope::CallScope;
use crate::script::substitute;
use crate::task::{Gone, Task};
use crate::world::{Answer, Event, Question, World};

/// A channel and the coroutine that serves it.
#[derive(Clone)]
pub struct Call {
    /// The coroutine.
    pub task: Task,
    /// The channel.
    pub id: ChannelId,
}

/// A place in the dialplan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Context.
    pub context: Text,
    /// Extension.
    pub exten: Text,
    /// Priority, from 1.
    pub priority: i32,
}

/// What happens to a call that waits.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// The time is over.
    Nothing,
    /// A digit, once its tone ended.
    Digit(char),
    /// Another signal of the channel.
    Signal(Signal),
}

impl Call {
    /// A channel, served by this coroutine from now on.
    pub fn new(task: Task, id: ChannelId) -> Call {
        task.serve(id);
        Call { task, id }
    }

    /// Looks at the world, or changes it.
    pub fn with<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        self.task.with(act)
    }

    /// What others see of the channel, while it is there.
    pub fn view(&self) -> Result<Snap, Gone> {
        self.with(|world| world.switch.view(self.id)).ok_or(Gone)
    }

    /// Whether the channel is up.
    pub fn is_up(&self) -> bool {
        self.with(|world| {
            world
                .switch
                .channel(self.id)
                .is_some_and(|channel| channel.state() == State::Up)
        })
    }

    /// Whether its far end has to hear the tone of ringing from us: it is up, or makes none itself.
    pub fn needs_ring_tone(&self) -> bool {
        self.with(|world| {
            world
                .switch
                .channel(self.id)
                .is_some_and(|channel| channel.state() == State::Up || channel.inband_ringing)
        })
    }

    /// Whether the channel is to be let go.
    pub fn is_gone(&self) -> bool {
        self.with(|world| {
            world.switch.channel(self.id).is_none_or(|channel| {
                channel.leaving.is_some() || channel.handler != Some(self.task.id)
            })
        })
    }

    /// Whether the channel is there and no other coroutine has taken it over.
    pub fn owns(&self) -> bool {
        self.with(|world| {
            world
                .switch
                .channel(self.id)
                .is_some_and(|c| c.handler == Some(self.task.id))
        })
    }

    /// Fails where the channel is to be let go.
    pub fn check(&self) -> Result<(), Gone> {
        if self.is_gone() { Err(Gone) } else { Ok(()) }
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        self.task.now()
    }

    /// Where the dialplan is.
    pub fn place(&self) -> Result<Place, Gone> {
        let view = self.view()?;
        let (context, exten) = (view.context.clone(), view.exten.clone());
        Ok(Place {
            context,
            exten,
            priority: view.priority,
        })
    }

    /// Sends the dialplan to a place; its step is the next that runs.
    pub fn goto(&self, place: &Place) {
        if !self.owns() {
            return;
        }
        self.with(|world| {
            world.switch.edit(self.id, |view| {
                view.context = place.context.clone();
                view.exten = place.exten.clone();
                view.priority = place.priority;
            });
        });
    }

    /// Sets a variable and says so.
    pub fn set(&self, name: &str, value: impl Into<Text>) {
        if self.owns() {
            self.with(|world| world.switch.set_variable(Some(self.id), name, value));
        }
    }

    /// A variable of the channel; empty where it is not set.
    pub fn variable(&self, name: &str) -> Text {
        self.with(|world| world.switch.variable(Some(self.id), name))
            .unwrap_or_default()
    }

    /// Writes a warning into the log.
    pub fn warn(&self, from: &'static str, text: impl Into<String>) {
        self.with(|world| world.log(Level::Warning, from, text));
    }

    /// Writes a line for those who watch the dialplan, where somebody does at this level.
    pub fn verbose(&self, level: u8, text: impl FnOnce() -> String) {
        if self.with(|world| world.rules.verbosity >= level) {
            // The line may look at the world itself.
            let text = text();
            self.with(|world| world.log(Level::Verbose(level), "dialplan", text));
        }
    }

    /// The call as variables and functions are read from it.
    pub fn scope(&self) -> CallScope {
        CallScope {
            task: self.task.clone(),
            channel: Some(self.id),
            trusted: true,
        }
    }

    /// Fills in the variables, functions and expressions of a text.
    pub async fn fill(&self, text: &Text) -> Text {
        if !text.contains('$') {
            return text.clone();
        }
        Text::from(&*substitute(text, &self.scope()).await)
    }

    /// Sets a variable or function, as `Set(name=value)` does; a failure is warned of.
    pub fn assign(&self, name: &str, value: &str) -> bool {
        let done = crate::scope::assign(&self.task, Some(self.id), true, name, value);
        if let Err(why) = &done {
            self.warn("set", format!("{name}: {why}"));
        }
        done.is_ok()
    }

    /// Reads what would stand inside `${ }`.
    pub async fn read(&self, reference: &str) -> String {
        crate::script::read(reference, &self.scope()).await
    }

    /// Answers the channel where it is not up.
    pub fn answer(&self) {
        if !self.owns() {
            return;
        }
        self.with(|world| {
            let channel = world.switch.channel(self.id);
            if channel.is_some_and(|it| it.inband_ringing && it.state() != State::Up) {
                // What it heard of ringing from us ends with it.
                world.switch.set_tone(self.id, None);
            }
            world.switch.answer(self.id);
        });
    }

    /// Tells the channel's far end something.
    pub fn order(&self, order: Order) {
        if self.owns() {
            self.with(|world| world.switch.order(self.id, order));
        }
    }

    /// Waits for something to happen to the channel, until a moment or for ever.
    pub async fn hear(&self, until: Option<Time>) -> Result<Heard, Gone> {
        self.check()?;
        loop {
            match self.task.next(Some(self.id), until).await? {
                None => return Ok(Heard::Nothing),
                Some(Event::Signal(id, signal)) if id == self.id => match signal {
                    Signal::DigitEnd(digit, _) => return Ok(Heard::Digit(digit)),
                    Signal::DigitBegin(_) | Signal::Nudge | Signal::Hangup => self.check()?,
                    Signal::Hold(music) => {
                        self.held(true, &music);
                        return Ok(Heard::Signal(Signal::Hold(music)));
                    }
                    Signal::Unhold => {
                        self.held(false, "");
                        return Ok(Heard::Signal(Signal::Unhold));
                    }
                    other => return Ok(Heard::Signal(other)),
                },
                // What befell a channel that this coroutine served before.
                Some(_) => {}
            }
        }
    }

    /// Waits so long, whatever is heard.
    pub async fn sleep(&self, span: Duration) -> Result<(), Gone> {
        let until = self.now() + span;
        while self.hear(Some(until)).await? != Heard::Nothing {}
        Ok(())
    }

    /// Waits so long or until a digit of `ends` comes, which it gives; other digits are dropped.
    pub async fn sleep_or_digit(&self, span: Duration, ends: &str) -> Result<Option<char>, Gone> {
        let until = self.now() + span;
        loop {
            match self.hear(Some(until)).await? {
                Heard::Nothing => return Ok(None),
                Heard::Digit(digit) if ends.contains(digit) => return Ok(Some(digit)),
                _ => {}
            }
        }
    }

    /// Asks something outside and waits for the answer.
    pub async fn ask(&self, question: Question) -> Result<Answer, Gone> {
        self.task.ask(Some(self.id), question).await
    }

    /// Takes what the channel is to be let go for, so that it can go on: where it is sent elsewhere.
    pub fn take_elsewhere(&self) -> Option<Place> {
        self.with(|world| {
            let channel = world.switch.channel_mut(self.id)?;
            if channel.handler != Some(self.task.id) {
                return None;
            }
            match channel.leaving.take() {
                Some(Leaving::Elsewhere {
                    context,
                    exten,
                    priority,
                }) => {
                    if let Some(inbox) = world.inboxes.get_mut(&self.task.id) {
                        inbox.refusals = 0;
                    }
                    Some(Place {
                        context,
                        exten,
                        priority,
                    })
                }
                other => {
                    channel.leaving = other;
                    None
                }
            }
        })
    }

    /// Takes note that the far end put us on hold, or took us off it.
    pub fn held(&self, held: bool, music: &str) {
        self.with(|world| world.switch.set_held(self.id, held, music));
    }
}
