//! Files that the sound of channels goes into.

use crate::channel::Monitor;
use crate::fact::Fact;
use crate::hearing::MOST_PAIRS;
use crate::signal::Order;
use crate::sound::{Recording, Source};
use crate::{ChannelId, Switch, Text};

/// Whose sound goes into a file, seen from a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What comes from it.
    Says,
    /// What goes to it.
    Hears,
    /// Both, mixed.
    Both,
}

/// A file that a channel's sound goes into, and what it was told to hold.
#[derive(Debug)]
pub(crate) struct Tape {
    recording: Recording,
    side: Side,
    /// Whether there is silence in the file while the channel is in no bridge.
    only_bridged: bool,
    /// Whether there is silence in place of what comes from the channel, and of what goes to it.
    muted: (bool, bool),
}

/// A program that is to run as soon as files are closed.
#[derive(Debug)]
pub(crate) struct Closing {
    tapes: Vec<u64>,
    command: Text,
}

impl Closing {
    fn of(monitor: Monitor) -> Option<Closing> {
        let tapes = monitor.tapes;
        monitor.command.map(|command| Closing { tapes, command })
    }
}

/// A file to write a channel's sound into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTape {
    /// Its path without ending.
    pub path: Text,
    /// Its ending.
    pub format: Text,
    /// Whether it goes on behind what the file has.
    pub append: bool,
    /// Whose sound.
    pub side: Side,
    /// Whether there is silence in the file while the channel is in no bridge.
    pub only_bridged: bool,
}

impl Switch {
    /// Writes what comes from a channel into a file; the number that [`Switch::stop_recording`] wants.
    pub fn start_recording(
        &mut self,
        id: ChannelId,
        path: Text,
        format: Text,
        append: bool,
    ) -> u64 {
        let tape = NewTape {
            path,
            format,
            append,
            side: Side::Says,
            only_bridged: false,
        };
        self.start_tape(id, tape)
    }

    /// Closes that file.
    pub fn stop_recording(&mut self, id: ChannelId, recording: u64) {
        self.end_recording(id, recording, Order::EndRecording);
    }

    /// Closes that file and deletes it.
    pub fn drop_recording(&mut self, id: ChannelId, recording: u64) {
        self.end_recording(id, recording, Order::DropRecording);
    }

    fn end_recording(&mut self, id: ChannelId, recording: u64, order: fn(u64) -> Order) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        let tapes = &mut channel.sound.tapes;
        if let Some(at) = tapes.iter().position(|tape| tape.recording.id == recording) {
            tapes.remove(at);
            self.orders.push((id, order(recording)));
        }
    }

    /// Begins to write a channel's sound into files, under a name by which that is ended.
    pub fn start_monitor(&mut self, id: ChannelId, mut monitor: Monitor, tapes: Vec<NewTape>) {
        let tapes = tapes.into_iter().map(|tape| self.start_tape(id, tape));
        monitor.tapes = tapes.collect();
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        channel.monitors.push(monitor);
        let view = channel.view.clone();
        self.tell(Fact::MonitorStarted(view));
    }

    /// Ends what [`Switch::start_monitor`] began under a name, or (`None`) the oldest: false where there is none.
    pub fn stop_monitor(&mut self, id: ChannelId, name: Option<&str>) -> bool {
        let Some(channel) = self.channels.get_mut(&id) else {
            return false;
        };
        let wanted = |monitor: &Monitor| name.is_none_or(|name| *monitor.name == *name);
        let Some(at) = channel.monitors.iter().position(wanted) else {
            return false;
        };
        let monitor = channel.monitors.remove(at);
        let view = channel.view.clone();
        for tape in &monitor.tapes {
            self.stop_recording(id, *tape);
        }
        self.closing_monitors.extend(Closing::of(monitor));
        self.tell(Fact::MonitorStopped(view));
        true
    }

    /// Puts silence in the place of what comes from a channel (`says`) and of what goes to it, in all files of
    /// its monitors, or takes it out again: false where there is none.
    pub fn mute_monitors(
        &mut self,
        id: ChannelId,
        says: Option<bool>,
        hears: Option<bool>,
    ) -> bool {
        let Some(channel) = self.channels.get_mut(&id) else {
            return false;
        };
        let monitors = &channel.monitors;
        let of_monitor = |tape: &&mut Tape| {
            let mut numbers = monitors.iter().flat_map(|monitor| &monitor.tapes);
            numbers.any(|number| *number == tape.recording.id)
        };
        let is_monitored = !monitors.is_empty();
        for tape in channel.sound.tapes.iter_mut().filter(of_monitor) {
            let (was_says, was_hears) = tape.muted;
            tape.muted = (says.unwrap_or(was_says), hears.unwrap_or(was_hears));
        }
        self.settle_tapes(id);
        is_monitored
    }

    /// A recording's file is closed, or never was opened: whoever waits for that goes on, and a channel that is
    /// still there has it no longer.
    pub fn recording_closed(&mut self, id: ChannelId, recording: u64) {
        if let Some(channel) = self.channels.get_mut(&id) {
            for monitor in &mut channel.monitors {
                monitor.tapes.retain(|tape| *tape != recording);
            }
            let tapes = &mut channel.sound.tapes;
            tapes.retain(|tape| tape.recording.id != recording);
        }
        for closing in &mut self.closing_monitors {
            closing.tapes.retain(|tape| *tape != recording);
        }
    }

    /// Takes the programs that are to run since the files that they are for are closed.
    pub fn take_finished_monitors(&mut self) -> Vec<Text> {
        let closed = |closing: &mut Closing| closing.tapes.is_empty();
        let closed = self.closing_monitors.extract_if(.., closed);
        closed.map(|closing| closing.command).collect()
    }

    fn start_tape(&mut self, id: ChannelId, new: NewTape) -> u64 {
        let number = self.number();
        let mut tape = Tape {
            recording: Recording {
                id: number,
                path: new.path,
                format: new.format,
                append: new.append,
                sources: Vec::new(),
            },
            side: new.side,
            only_bridged: new.only_bridged,
            muted: (false, false),
        };
        tape.recording.sources = self.taped(id, &tape);
        if let Some(channel) = self.channels.get_mut(&id)
            && !channel.is_hanging_up()
        {
            let order = Order::Record(tape.recording.clone());
            channel.sound.tapes.push(tape);
            self.orders.push((id, order));
        }
        number
    }

    /// Orders anew what goes into a channel's files, where that is other than before.
    pub(crate) fn settle_tapes(&mut self, id: ChannelId) {
        // Whoever is hung up has no sound any more: what its files hold now is what they will hold.
        let channel = self.channels.get(&id);
        let Some(channel) = channel.filter(|channel| !channel.is_hanging_up()) else {
            return;
        };
        let tapes = channel.sound.tapes.iter();
        let now: Vec<_> = tapes.map(|tape| self.taped(id, tape)).collect();
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        for (tape, sources) in channel.sound.tapes.iter_mut().zip(now) {
            if tape.recording.sources != sources {
                tape.recording.sources = sources;
                // It was begun: should that have ended meanwhile, nothing of it is to be lost.
                tape.recording.append = true;
                self.orders
                    .push((id, Order::Record(tape.recording.clone())));
            }
        }
    }

    /// A channel ends, and its files with it.
    pub(crate) fn end_tapes(&mut self, id: ChannelId) {
        let Some(channel) = self.channels.get_mut(&id) else {
            return;
        };
        for tape in std::mem::take(&mut channel.sound.tapes) {
            self.orders
                .push((id, Order::EndRecording(tape.recording.id)));
        }
        let monitors = std::mem::take(&mut channel.monitors);
        let closing = monitors.into_iter().filter_map(Closing::of);
        self.closing_monitors.extend(closing);
    }

    fn taped(&self, id: ChannelId, tape: &Tape) -> Vec<Source> {
        let mut sources = Vec::new();
        let bridged = || {
            let channel = self.channels.get(&id);
            channel.is_some_and(|channel| channel.bridge.is_some())
        };
        if tape.only_bridged && !bridged() {
            return sources;
        }
        let (says_muted, hears_muted) = tape.muted;
        if tape.side != Side::Hears && !says_muted {
            self.says(id, &mut sources, MOST_PAIRS);
        }
        if tape.side != Side::Says && !hears_muted {
            let mut heard = Vec::new();
            self.hears(id, &mut heard, MOST_PAIRS);
            // Whoever hears itself is not twice as loud.
            heard.retain(|source| !sources.contains(source));
            sources.append(&mut heard);
        }
        sources
    }
}
