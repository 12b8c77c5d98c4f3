//! What drivers tell of their channels, and calls that come in through them.

use dialplan::far::{self, Calling};
use dialplan::script::pattern::Mode;
use dialplan::transfer;
use dialplan::world::{Shared, World};
use switch::fact::Fact;
use switch::signal::Signal;
use switch::{Cause, ChannelId, State, Switch, Text};

use crate::input::{FromChannel, Incoming, Reception};

/// A far end calls.
pub(crate) fn incoming(shared: &Shared, incoming: Incoming) {
    let Incoming {
        call,
        replaces,
        reply,
    } = incoming;
    let reception = receive(&mut shared.borrow_mut(), call, replaces.is_some());
    // The driver has to know the channel before it is told to do anything with it.
    reply.send(reception);
    let Reception::Made(id) = reception else {
        return;
    };
    match replaces {
        None => drop(dialplan::run::start(shared, id)),
        Some(old) if transfer::replace(shared, id, old) => {}
        Some(_) => {
            let switch = &mut shared.borrow_mut().switch;
            switch.edit(id, |view| view.cause = Cause::NO_ROUTE);
            switch.end(id);
        }
    }
}

/// A driver's channel did something.
pub(crate) fn channel(shared: &Shared, id: ChannelId, did: FromChannel) {
    if let FromChannel::Replaces(old) = did {
        if !transfer::replace(shared, id, old) {
            let switch = &mut shared.borrow_mut().switch;
            switch.soft_hangup(id, Some(Cause::NO_ROUTE));
        }
        return;
    }
    let switch = &mut shared.borrow_mut().switch;
    match did {
        FromChannel::Signal(signal) => {
            let state = switch.channel(id).map(switch::channel::Channel::state);
            if signal == Signal::Ringing && state != Some(State::Up) {
                switch.set_state(id, State::Ringing);
            }
            if let Signal::Talking(talks) = signal {
                switch.talks(id, talks);
            }
            switch.signal(id, signal);
        }
        FromChannel::DigitBegin(digit) => switch.digit_began(id, digit),
        FromChannel::DigitEnd(digit, span) => switch.digit_ended(id, digit, span),
        FromChannel::Hangup { cause, tech_cause } => hung_up(switch, id, cause, tech_cause),
        FromChannel::Format(format) => switch.edit(id, |view| {
            view.formats = Text::from(format!("({format})"));
            view.format = format;
        }),
        FromChannel::Variable(name, value) => {
            let peer = switch.peer(id).filter(|_| name.starts_with("RTPAUDIOQOS"));
            switch.set_variable(Some(id), &name, value.clone());
            // Whoever talks with it learns how its sound fared.
            if let Some(peer) = peer {
                switch.set_variable(Some(peer), &format!("{name}BRIDGED"), value);
            }
        }
        FromChannel::Headers(headers) => {
            if let Some(channel) = switch.channel_mut(id) {
                channel.headers = headers;
            }
        }
        FromChannel::Reference(reference) => {
            if let Some(channel) = switch.channel_mut(id) {
                channel.reference = reference;
            }
        }
        FromChannel::Recorded(number) => switch.recording_closed(id, number),
        FromChannel::Report(report) => {
            if let Some(channel) = switch.view(id) {
                switch.tell(Fact::Reported { channel, report });
            }
        }
        // It was dealt with above.
        FromChannel::Replaces(_) => {}
    }
}

/// Makes a channel for a call that comes in, where there is an extension for it or it has a place to take.
fn receive(world: &mut World, mut call: Calling, replaces: bool) -> Reception {
    if world.refusing {
        return Reception::Refused;
    }
    if call.exten.is_empty() {
        call.exten = Text::from("s");
    }
    let found = |mode| world.has_extension(&call.caller.number, &call.context, &call.exten, mode);
    if !replaces && !found(Mode::Exact) {
        return match found(Mode::More) {
            true => Reception::Incomplete,
            false => Reception::NoExtension,
        };
    }
    let made = world.incoming(call);
    made.map_or(Reception::Refused, Reception::Made)
}

/// A far end hung up, or refused the call.
fn hung_up(switch: &mut Switch, id: ChannelId, cause: Option<Cause>, tech_cause: Text) {
    let Some(channel) = switch.channel(id) else {
        return;
    };
    let name = channel.view().name.clone();
    // Whoever leaves a call that two had ends it in the ordinary way.
    let cause = cause.or_else(|| channel.bridge.map(|_| Cause::NORMAL));
    let peer = switch.peer(id);
    for id in [Some(id), peer].into_iter().flatten() {
        switch.edit(id, |view| view.hangup_source = name.clone());
    }
    if !tech_cause.is_empty() {
        let told = Text::from(format!("SIP {tech_cause} {}", far::reason(&tech_cause)));
        if let Some(channel) = switch.channel_mut(id) {
            channel.hangup_causes.push((name, told));
        }
        switch.edit(id, |view| view.tech_cause = tech_cause);
    }
    switch.hangup_requested(id, cause);
}
