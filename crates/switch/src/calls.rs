//! What becomes of a single channel: state, parties, variables, applications, its end.

use std::time::Duration;

use crate::channel::{Channel, Kind, Leaving};
use crate::fact::{Direction, Fact, Level};
use crate::limits;
use crate::signal::{Order, Signal};
use crate::snapshot::{Party, Text};
use crate::switch::Switch;
use crate::variables::plain;
use crate::{Cause, ChannelId, State};

impl Switch {
    /// Sets how far a channel has got; nothing where it is there already.
    pub fn set_state(&mut self, id: ChannelId, state: State) {
        let now = self.now;
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        if channel.view.state == state {
            return;
        }
        let view = channel.edit();
        view.state = state;
        if state == State::Up {
            view.answered.get_or_insert(now);
        }
        let view = channel.view.clone();
        self.tell(Fact::StateChanged(view.clone()));
        if state == State::Up {
            self.tell(Fact::Answered(view.clone()));
        }
        self.touch_device_of(&view, false);
    }

    /// Answers a channel towards its far end; nothing where it is up already.
    pub fn answer(&mut self, id: ChannelId) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        if channel.view.state != State::Up {
            self.order(id, Order::Answer);
            self.set_state(id, State::Up);
        }
    }

    /// Sets who calls.
    pub fn set_caller(&mut self, id: ChannelId, caller: Party, ani: Option<Text>) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let view = channel.edit();
        view.caller = caller;
        if let Some(ani) = ani {
            view.ani = ani;
        }
        let view = channel.view.clone();
        self.tell(Fact::CallerChanged(view));
    }

    /// Sets whom a channel is connected with, without telling its far end.
    pub fn set_connected(&mut self, id: ChannelId, connected: Party) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        channel.edit().connected = connected;
        let view = channel.view.clone();
        self.tell(Fact::ConnectedChanged(view));
    }

    /// Sets the language of prompts; the other half of a Local pair speaks it as well.
    pub fn set_language(&mut self, id: ChannelId, language: Text) {
        let other = self
            .channels
            .get(&id)
            .and_then(|channel| channel.local_other());
        for half in [Some(id), other].into_iter().flatten() {
            self.edit(half, |view| view.language = language.clone());
        }
    }

    /// Sets the account; nothing where it is that already.
    pub fn set_account(&mut self, id: ChannelId, account: Text) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        if channel.view.account == account {
            return;
        }
        let old = std::mem::replace(&mut channel.edit().account, account);
        let view = channel.view.clone();
        self.tell(Fact::AccountChanged { channel: view, old });
    }

    /// Sets a variable of a channel, or of all (`None`), and says so.
    pub fn set_variable(&mut self, id: Option<ChannelId>, name: &str, value: impl Into<Text>) {
        let (name, value) = (Text::from(name), value.into());
        if value.len() > limits::VALUE {
            let text = format!(
                "{name}: a value of {} bytes is over the limit of {}",
                value.len(),
                limits::VALUE
            );
            self.log(Level::Warning, "variables", text);
            return;
        }
        let set = match id {
            None => self.globals.set(Text::from(plain(&name)), value.clone()),
            Some(id) => match self.channels.get_mut(&id) {
                Some(channel) => {
                    let local = channel
                        .subroutines
                        .last_mut()
                        .map(|level| &mut level.variables);
                    match local.filter(|variables| variables.get(&name).is_some()) {
                        Some(variables) => variables.set(name.clone(), value.clone()),
                        None => channel.variables.set(name.clone(), value.clone()),
                    }
                }
                None => return,
            },
        };
        if !set {
            let text = format!(
                "{name}: there are {} variables already, the limit",
                limits::VARIABLES
            );
            self.log(Level::Warning, "variables", text);
            return;
        }
        if let Some(id) = id
            && self
                .shown_variables
                .iter()
                .any(|shown| **shown == *plain(&name))
        {
            self.show_variables(id);
        }
        let channel = id.and_then(|id| self.view(id));
        self.tell(Fact::VariableSet {
            channel,
            name,
            value,
        });
    }

    /// A variable of a channel as its dialplan sees it: of its subroutine, its own, then of all.
    pub fn variable(&self, id: Option<ChannelId>, name: &str) -> Option<Text> {
        let channel = id.and_then(|id| self.channels.get(&id));
        channel
            .and_then(|channel| {
                let local = channel
                    .subroutines
                    .last()
                    .and_then(|level| level.variables.get(name));
                local.or_else(|| channel.variables.get(name))
            })
            .or_else(|| self.globals.get(name))
            .cloned()
    }

    /// Begins an application on a channel; gives back what ran before, for [`Switch::end_application`].
    ///
    /// It is told as a step of the dialplan where the place is another than at the last such step, or
    /// where nothing ran before: an application that runs another one in its own place is one step.
    pub fn begin_application(&mut self, id: ChannelId, name: Text, data: Text) -> (Text, Text) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return Default::default();
        };
        if let Some(before) = channel.lingering.take() {
            let view = channel.edit();
            (view.application, view.data) = before;
        }
        let view = channel.edit();
        let before = (
            std::mem::replace(&mut view.application, name),
            std::mem::replace(&mut view.data, data),
        );
        let place = (view.context.clone(), view.exten.clone(), view.priority);
        let view = channel.view.clone();
        if !before.0.is_empty() && channel.told_place.as_ref() == Some(&place) {
            self.tell(Fact::ApplicationRuns(view));
        } else {
            channel.told_place = Some(place);
            self.tell(Fact::ApplicationBegan(view));
        }
        before
    }

    /// Ends the application that runs, and puts back what ran before it.
    pub fn end_application(&mut self, id: ChannelId, before: (Text, Text)) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let running = &channel.view.application;
        if self
            .followed_applications
            .iter()
            .any(|name| name.eq_ignore_ascii_case(running))
        {
            let view = channel.view.clone();
            self.tell(Fact::ApplicationEnded(view));
        }
        self.edit(id, |view| (view.application, view.data) = before);
    }

    /// The application that runs is over but for the digits that it began: it shows until the next one
    /// begins, which then finds what ran before.
    pub fn linger_application(&mut self, id: ChannelId, before: (Text, Text)) {
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.lingering = Some(before);
        }
    }

    /// The far end hung up, or wants to.
    pub fn hangup_requested(&mut self, id: ChannelId, cause: Option<Cause>) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        if let Some(cause) = cause.filter(|cause| *cause != Cause::UNKNOWN) {
            channel.edit().cause = cause;
        }
        let already = channel.is_hanging_up();
        channel.leaving = Some(Leaving::Hangup);
        let view = channel.view.clone();
        self.tell(Fact::HangupRequested {
            channel: view,
            cause,
        });
        if !already {
            self.signal(id, Signal::Hangup);
        }
    }

    /// The far end put us on hold, or took us off it; a class of music where it named one.
    pub fn set_held(&mut self, id: ChannelId, held: bool, music: &str) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        channel.held = held;
        let own = match (&channel.kind, music, &*channel.music_class) {
            (Kind::Driver, "", "") => "default",
            (Kind::Driver, "", own) => own,
            (_, music, _) => music,
        };
        let music = Text::from(own);
        let channel = channel.view.clone();
        self.touch_sound(id);
        self.tell(match held {
            true => Fact::Held { channel, music },
            false => Fact::Unheld(channel),
        });
    }

    /// Somebody inside wants a channel hung up: whoever serves it lets go and ends it.
    pub fn soft_hangup(&mut self, id: ChannelId, cause: Option<Cause>) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        if let Some(cause) = cause.filter(|cause| *cause != Cause::UNKNOWN) {
            channel.edit().cause = cause;
        }
        if !channel.is_hanging_up() {
            channel.leaving = Some(Leaving::Hangup);
            self.signal(id, Signal::Hangup);
        }
    }

    /// Ends a channel: out of its bridge, away from its far end, gone.
    pub fn end(&mut self, id: ChannelId) {
        self.leave_bridge(id);
        self.end_sound(id);
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        match channel.kind {
            Kind::Driver => self.end_driver(id),
            Kind::Internal => self.internal -= 1,
            Kind::LocalOne(_) | Kind::LocalTwo(_) => self.part(id),
        }
        let Some(channel) = self.channels.remove(&id) else {
            return;
        };
        self.shared.remove(&id);
        self.idle_watchers.extend(channel.time_watcher);
        self.names.remove(&channel.view.name.to_ascii_lowercase());
        self.ids.remove(&channel.view.uniqueid);
        self.tell(Fact::HungUp(channel.view.clone()));
        self.touch_device_of(&channel.view, true);
    }

    fn end_driver(&mut self, id: ChannelId) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let cause = channel.view.cause;
        if channel.view.state != State::Up && channel.view.tech_cause.is_empty() {
            let figure = (self.refusals)(channel.view.technology, cause);
            if !figure.is_empty() {
                channel.edit().tech_cause = Text::from(figure);
            }
        }
        let device = channel.view.clone();
        if self.say_farewell(id) {
            self.say_place(id);
        }
        self.order(id, Order::Hangup(cause));
        self.hearing.drivers -= 1;
        self.devices.line_ended(&device);
    }

    /// Tells how the sound of a driver's channel fared, once: whether there is anything to tell.
    pub fn say_farewell(&mut self, id: ChannelId) -> bool {
        let is_up =
            |channel: &Channel| channel.kind == Kind::Driver && channel.view.state == State::Up;
        let Some(farewell) = &self.farewell else {
            return false;
        };
        if !self.channels.get(&id).is_some_and(is_up) {
            return false;
        }
        let last = (farewell.0)(id);
        let says = !last.is_empty();
        for (name, value) in last {
            // It may have been said already, when the far end hung up.
            if self
                .channels
                .get(&id)
                .is_some_and(|channel| channel.variables.get(&name).is_none())
            {
                self.set_variable(Some(id), &name, value);
            }
        }
        says
    }

    /// Where its dialplan ended shows once more as a step, where what called the channel is named there.
    fn say_place(&mut self, id: ChannelId) {
        let Some(channel) = self.channels.get(&id) else {
            return;
        };
        let view = channel.view.clone();
        let place = (view.context.clone(), view.exten.clone(), view.priority);
        if !view.application.is_empty() && channel.told_place.as_ref() != Some(&place) {
            self.tell(Fact::ApplicationBegan(view));
        }
    }

    /// A digit's tone began at the far end.
    pub fn digit_began(&mut self, id: ChannelId, digit: char) {
        let Some(channel) = self.view(id) else { return };
        self.tell(Fact::DigitBegan {
            channel,
            digit,
            direction: Direction::Received,
        });
        self.signal(id, Signal::DigitBegin(digit));
    }

    /// A digit's tone ended at the far end after so long.
    pub fn digit_ended(&mut self, id: ChannelId, digit: char, duration: Duration) {
        let Some(channel) = self.view(id) else { return };
        let millis = u32::try_from(duration.as_millis()).unwrap_or(u32::MAX);
        let direction = Direction::Received;
        self.tell(Fact::DigitEnded {
            channel,
            digit,
            duration: millis,
            direction,
        });
        self.signal(id, Signal::DigitEnd(digit, duration));
    }

    /// Gives a channel another name.
    pub fn rename(&mut self, id: ChannelId, new: Text) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        if self.names.contains_key(&new.to_ascii_lowercase()) {
            return;
        }
        let view = channel.view.clone();
        channel.edit().name = new.clone();
        let renamed = channel.view.clone();
        if channel.kind == Kind::Driver {
            self.devices.line_ended(&view);
            self.devices.line_began(&renamed);
        }
        self.names.remove(&view.name.to_ascii_lowercase());
        self.names.insert(new.to_ascii_lowercase(), id);
        self.tell(Fact::Renamed { channel: view, new });
    }
}
