//! Sending those that talk elsewhere on the word of one of them: blind and attended transfers, and calls
//! that take another's place.

use std::time::Duration;

use switch::channel::Channel;
use switch::fact::{AttendedTransfer, BlindTransfer, Fact};
use switch::signal::{Order, Signal};
use switch::{BridgeId, Cause, ChannelId, State};

use crate::bridged;
use crate::call::{Call, Place};
use crate::run::{self, EndChannel};
use crate::task::Task;
use crate::world::{Event, Shared, World};

/// Why nobody was transferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTransfer {
    /// The channel talks with nobody, or with more than one.
    Nobody,
    /// There is no such extension.
    NoExtension,
    /// They would hear themselves.
    Loop,
}

/// Sends whoever a channel talks with to a place, on the word of somebody outside the call.
pub fn blind(shared: &Shared, id: ChannelId, place: &Place) -> Result<(), NoTransfer> {
    send(shared, id, place, true)
}

/// Sends whoever a channel talks with to a place that the channel's keys named.
pub(crate) fn blind_by_keys(
    shared: &Shared,
    id: ChannelId,
    place: &Place,
) -> Result<(), NoTransfer> {
    send(shared, id, place, false)
}

/// Where extensions are that a channel's keys name: the context of `TRANSFER_CONTEXT`, else its own.
pub(crate) fn context_by_keys(world: &World, id: ChannelId) -> switch::Text {
    let named = world.switch.variable(Some(id), "TRANSFER_CONTEXT");
    let own = || world.switch.view(id).map(|view| view.context.clone());
    named
        .filter(|named| !named.is_empty())
        .or_else(own)
        .unwrap_or_default()
}

fn send(shared: &Shared, id: ChannelId, place: &Place, external: bool) -> Result<(), NoTransfer> {
    let peer = {
        let mut world = shared.borrow_mut();
        let peer = world.switch.peer(id).ok_or(NoTransfer::Nobody)?;
        if !world.exists(Some(peer), &place.context, &place.exten, 1) {
            return Err(NoTransfer::NoExtension);
        }
        let switch = &mut world.switch;
        let snaps = (switch.view(id), switch.view(peer));
        let (Some(transferer), Some(transferee)) = snaps else {
            return Err(NoTransfer::Nobody);
        };
        let bridge = switch
            .channel(id)
            .and_then(|channel| channel.bridge)
            .and_then(|bridge| switch.bridge(bridge).cloned());
        if external {
            // Whoever transfers takes the other off hold first.
            switch.set_held(id, false, "");
        }
        switch.set_variable(Some(peer), "BLINDTRANSFER", transferer.name.clone());
        switch.set_variable(Some(id), "BLINDTRANSFER", transferee.name.clone());
        switch.tell(Fact::BlindTransferred(Box::new(BlindTransfer {
            result: "Success",
            transferer,
            transferee: Some(transferee),
            bridge,
            external,
            context: place.context.clone(),
            exten: place.exten.clone(),
        })));
        peer
    };
    run::send_elsewhere(shared, peer, place);
    Ok(())
}

/// A channel's far end names an extension: in the context of `TRANSFER_CONTEXT`, else in its device's.
pub fn blind_by_far_end(shared: &Shared, id: ChannelId, exten: &str) -> Result<(), NoTransfer> {
    let place = {
        let mut world = shared.borrow_mut();
        let peer = world.switch.peer(id).ok_or(NoTransfer::Nobody)?;
        let place = Place {
            context: transfer_context(&world, id),
            exten: exten.into(),
            priority: 1,
        };
        if world.exists(Some(peer), &place.context, &place.exten, 1) {
            world.switch.set_variable(Some(peer), "SIPTRANSFER", "yes");
        }
        place
    };
    blind(shared, id, &place)
}

fn transfer_context(world: &World, id: ChannelId) -> switch::Text {
    let named = world.switch.variable(Some(id), "TRANSFER_CONTEXT");
    if let Some(named) = named.filter(|named| !named.is_empty()) {
        return named;
    }
    let Some(view) = world.switch.view(id) else {
        return "default".into();
    };
    let device = view.name.split_once('/').map_or("", |(_, rest)| rest);
    let device = device.rsplit_once('-').map_or(device, |(device, _)| device);
    match world.far_end(view.technology, device) {
        Some(far) if !far.context.is_empty() => far.context.clone(),
        _ => view.context.clone(),
    }
}

/// Joins whoever `first` talks with and whoever `second` talks with; both calls of the one who transfers
/// end. Where the second call runs an application, the first one's party goes there in its place.
pub fn attended(shared: &Shared, first: ChannelId, second: ChannelId) -> Result<(), NoTransfer> {
    let (transferee, target) = {
        let world = shared.borrow();
        (world.switch.peer(first), world.switch.peer(second))
    };
    if first == second || target == Some(first) {
        return Err(NoTransfer::Nobody);
    }
    match (transferee, target) {
        (Some(transferee), Some(target)) => join(shared, first, second, transferee, target),
        (Some(transferee), None) => into_application(shared, first, second, transferee),
        (None, Some(target)) => into_application(shared, second, first, target),
        (None, None) => Err(NoTransfer::Nobody),
    }
}

/// Moves the first call's party into the second call's bridge.
fn join(
    shared: &Shared,
    first: ChannelId,
    second: ChannelId,
    transferee: ChannelId,
    target: ChannelId,
) -> Result<(), NoTransfer> {
    let bridge = {
        let mut world = shared.borrow_mut();
        if bridged::would_loop(&world.switch, transferee, target) {
            return Err(NoTransfer::Loop);
        }
        let bridge = bridge_of(&world, second).ok_or(NoTransfer::Nobody)?;
        for id in [first, second] {
            if world.switch.channel(id).is_some_and(|channel| channel.held) {
                world.switch.set_held(id, false, "");
            }
        }
        tell(&mut world, (first, second), (transferee, target), "Bridge");
        let swap = world.switch.view(second).map(|view| view.uniqueid.clone());
        world.switch.keep_bridge(bridge, true);
        world.switch.leave_bridge(second);
        world.switch.swap_for(transferee, swap);
        bridge
    };
    bridged::seat(shared, transferee, bridge, None);
    let mut world = shared.borrow_mut();
    world.switch.keep_bridge(bridge, false);
    introduce(&mut world, transferee, target);
    for id in [first, second] {
        world.switch.soft_hangup(id, Some(Cause::NORMAL));
    }
    Ok(())
}

/// Sends the party of one call to where the other call's dialplan is, in that call's place.
fn into_application(
    shared: &Shared,
    first: ChannelId,
    second: ChannelId,
    transferee: ChannelId,
) -> Result<(), NoTransfer> {
    let place = {
        let mut world = shared.borrow_mut();
        let channel = world.switch.channel(second).ok_or(NoTransfer::Nobody)?;
        if !channel.runs_plan || channel.is_hanging_up() {
            return Err(NoTransfer::Nobody);
        }
        let view = channel.view();
        let place = Place {
            context: view.context.clone(),
            exten: view.exten.clone(),
            priority: view.priority,
        };
        tell(&mut world, (first, second), (transferee, second), "App");
        place
    };
    run::send_elsewhere(shared, transferee, &place);
    let switch = &mut shared.borrow_mut().switch;
    for id in [first, second] {
        switch.soft_hangup(id, Some(Cause::NORMAL));
    }
    Ok(())
}

fn tell(
    world: &mut World,
    transferers: (ChannelId, ChannelId),
    parties: (ChannelId, ChannelId),
    dest: &'static str,
) {
    let switch = &world.switch;
    let bridge = |id| bridge_of(world, id).and_then(|bridge| switch.bridge(bridge).cloned());
    let (Some(first), Some(second)) = (switch.view(transferers.0), switch.view(transferers.1))
    else {
        return;
    };
    let second_bridge = bridge(transferers.1);
    let in_bridge = dest == "Bridge";
    let fact = AttendedTransfer {
        result: "Success",
        first_bridge: bridge(transferers.0),
        transferee: switch.view(parties.0),
        target: switch.view(parties.1).filter(|_| in_bridge),
        external: true,
        dest,
        dest_bridge: second_bridge
            .as_ref()
            .filter(|_| in_bridge)
            .map(|bridge| bridge.uniqueid.clone()),
        dest_application: (!in_bridge).then(|| second.application.clone()),
        second_bridge,
        first,
        second,
    };
    world.switch.tell(Fact::AttendedTransferred(Box::new(fact)));
}

/// A new call takes the place of one that is there: its far end took it over (`Replaces`). The new one is
/// answered; false where there is nothing to take over.
pub fn replace(shared: &Shared, new: ChannelId, old: ChannelId) -> bool {
    let alerted = |channel: &Channel| {
        channel.state() == State::Ringing && channel.view().dialed && !channel.is_hanging_up()
    };
    if new != old && shared.borrow().switch.channel(old).is_some_and(alerted) {
        pick_up(shared, new, old);
        return true;
    }
    let (bridge, place) = {
        let world = &mut *shared.borrow_mut();
        let Some(channel) = world.switch.channel(old) else {
            return false;
        };
        if new == old || channel.state() != State::Up || channel.is_hanging_up() {
            return false;
        }
        let view = channel.view();
        let place = Place {
            context: view.context.clone(),
            exten: view.exten.clone(),
            priority: view.priority,
        };
        let place = channel.runs_plan.then_some(place);
        let bridge = channel.bridge;
        if bridge.is_none() && place.is_none() {
            return false;
        }
        world.switch.answer(new);
        (bridge, place)
    };
    let Some(bridge) = bridge else {
        if let Some(place) = place {
            start_at(shared, new, &place);
        }
        shared
            .borrow_mut()
            .switch
            .soft_hangup(old, Some(Cause::NORMAL));
        return true;
    };
    let peer = {
        let switch = &mut shared.borrow_mut().switch;
        let peer = switch.peer(old);
        let swap = switch.view(old).map(|view| view.uniqueid.clone());
        switch.keep_bridge(bridge, true);
        switch.leave_bridge(old);
        switch.swap_for(new, swap);
        peer
    };
    bridged::seat(shared, new, bridge, None);
    let mut world = shared.borrow_mut();
    world.switch.keep_bridge(bridge, false);
    if let Some(peer) = peer {
        introduce(&mut world, new, peer);
    }
    world.switch.soft_hangup(old, Some(Cause::NORMAL));
    true
}

/// Answers in the place of a channel that is alerted: whoever called that one takes the new one over, or
/// it is hung up.
fn pick_up(shared: &Shared, new: ChannelId, old: ChannelId) {
    /// Whoever called takes it over at once or not at all.
    const PATIENCE: Duration = Duration::from_secs(1);
    let task = Task::spawn(shared, move |task| async move {
        let call = Call { task, id: new };
        let _end = EndChannel(call.clone());
        // It lets go whether it was taken over, hung up or forgotten.
        let _ = call.sleep(PATIENCE).await;
    });
    let mut world = shared.borrow_mut();
    let before = world.switch.channel(new).and_then(|new| new.handler);
    world.switch.attach(new, task);
    if let Some(before) = before {
        // It notices that the channel is no longer its own.
        world.post(before, Event::Signal(new, Signal::Nudge));
    }
    let switch = &mut world.switch;
    switch.answer(new);
    switch.signal(old, Signal::PickedUp(new));
}

/// Runs a channel's dialplan at a place, whatever it did before.
fn start_at(shared: &Shared, id: ChannelId, place: &Place) {
    let served = shared
        .borrow()
        .switch
        .channel(id)
        .is_some_and(|channel| channel.handler.is_some());
    if served {
        return run::send_elsewhere(shared, id, place);
    }
    shared.borrow_mut().switch.edit(id, |view| {
        view.context = place.context.clone();
        view.exten = place.exten.clone();
        view.priority = place.priority;
    });
    run::start(shared, id);
}

/// Tells two that talk now who the other is.
fn introduce(world: &mut World, one: ChannelId, two: ChannelId) {
    let caller = |id| world.switch.view(id).map(|view| view.caller.clone());
    let (of_one, of_two) = (caller(one), caller(two));
    for (id, other) in [(one, of_two), (two, of_one)] {
        if let Some(other) = other {
            world.switch.set_connected(id, other.clone());
            world.switch.order(id, Order::Connected(other));
        }
    }
}

fn bridge_of(world: &World, id: ChannelId) -> Option<BridgeId> {
    world.switch.channel(id)?.bridge
}
