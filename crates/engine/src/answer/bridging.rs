//! Requests about bridges and about who talks with whom.

use std::collections::HashSet;
use std::sync::Arc;

use dialplan::bridged;
use dialplan::call::Place;
use dialplan::transfer::{self, NoTransfer};
use dialplan::world::Shared;
use switch::bridge::BridgeSnapshot;
use switch::fact::Snap;
use switch::signal::{Signal, Unbridged};
use switch::{ChannelId, State, Switch, Text};

use crate::request::{
    JoinFailed, KickFailed, NoBridge, NoChannel, NoTechnology, OptimizeFailed, TransferFailed,
};

pub(super) fn one(shared: &Shared, id: &str) -> Option<(Arc<BridgeSnapshot>, Vec<Snap>)> {
    let world = shared.borrow();
    let id = world.switch.find_bridge(id)?;
    // The newest member comes first.
    let members = world.switch.members(id).into_iter().rev().collect();
    Some((world.switch.bridge(id)?.clone(), members))
}

pub(super) fn map(shared: &Shared, name: &str) -> Result<Vec<Text>, NoChannel> {
    let world = shared.borrow();
    let switch = &world.switch;
    let first = switch.find(name).ok_or(NoChannel)?;
    let mut seen = HashSet::from([first]);
    let (mut names, mut next) = (Vec::new(), vec![first]);
    while let Some(id) = next.pop() {
        for neighbour in neighbours(switch, id) {
            if seen.insert(neighbour) {
                names.extend(switch.view(neighbour).map(|view| view.name.clone()));
                next.push(neighbour);
            }
        }
    }
    Ok(names)
}

fn neighbours(switch: &Switch, id: ChannelId) -> Vec<ChannelId> {
    let Some(channel) = switch.channel(id) else {
        return Vec::new();
    };
    let bridged = channel.bridge.and_then(|bridge| switch.bridge(bridge));
    let mut found: Vec<_> = bridged
        .map(|bridge| bridge.channels.clone())
        .unwrap_or_default();
    found.extend(channel.local_other());
    found
}

pub(super) fn join(shared: &Shared, one: &str, two: &str) -> Result<(), JoinFailed> {
    let (one, two) = {
        let world = shared.borrow();
        let one = world.switch.find(one).ok_or(JoinFailed::NoFirst)?;
        let two = world.switch.find(two).ok_or(JoinFailed::NoSecond)?;
        let ready = |id: ChannelId| {
            world
                .switch
                .channel(id)
                .is_some_and(|channel| channel.state() == State::Up && channel.leaving.is_none())
        };
        if one == two || !ready(one) || !ready(two) {
            return Err(JoinFailed::NotUp);
        }
        if bridged::would_loop(&world.switch, one, two) {
            return Err(JoinFailed::Loop);
        }
        (one, two)
    };
    bridged::join(shared, one, two);
    Ok(())
}

pub(super) fn kick(shared: &Shared, bridge: Option<&str>, name: &str) -> Result<(), KickFailed> {
    let switch = &mut shared.borrow_mut().switch;
    let wanted = match bridge {
        Some(bridge) => Some(switch.find_bridge(bridge).ok_or(KickFailed::NoBridge)?),
        None => None,
    };
    let id = switch.find(name).ok_or(KickFailed::NoChannel)?;
    let inside = switch.channel(id).and_then(|channel| channel.bridge);
    if inside.is_none() || wanted.is_some() && inside != wanted {
        return Err(KickFailed::NotInBridge);
    }
    switch.signal(id, Signal::Unbridged(Unbridged::Kicked));
    Ok(())
}

pub(super) fn destroy(shared: &Shared, id: &str) -> Result<(), NoBridge> {
    let switch = &mut shared.borrow_mut().switch;
    let id = switch.find_bridge(id).ok_or(NoBridge)?;
    let members = switch
        .bridge(id)
        .map(|bridge| bridge.channels.clone())
        .unwrap_or_default();
    for member in members {
        switch.signal(member, Signal::Unbridged(Unbridged::Dissolved));
    }
    Ok(())
}

pub(super) fn suspend(shared: &Shared, name: &str, suspended: bool) -> Result<(), NoTechnology> {
    let technologies = &mut shared.borrow_mut().switch.technologies;
    let known = technologies
        .iter_mut()
        .find(|known| known.name == name)
        .ok_or(NoTechnology)?;
    known.suspended = suspended;
    Ok(())
}

pub(super) fn blind_transfer(
    shared: &Shared,
    name: &str,
    context: Text,
    exten: Text,
) -> Result<(), TransferFailed> {
    let place = Place {
        context,
        exten,
        priority: 1,
    };
    let id = shared.borrow().switch.find(name);
    let id = id.ok_or(TransferFailed::NoChannel)?;
    transfer::blind(shared, id, &place).map_err(|why| match why {
        NoTransfer::NoExtension => TransferFailed::NoExtension,
        NoTransfer::Nobody | NoTransfer::Loop => TransferFailed::Invalid,
    })
}

pub(super) fn optimize(shared: &Shared, name: &str) -> Result<(), OptimizeFailed> {
    let id = shared
        .borrow()
        .switch
        .find(name)
        .ok_or(OptimizeFailed::NoChannel)?;
    match dialplan::optimize::allow(shared, id) {
        true => Ok(()),
        false => Err(OptimizeFailed::NotLocal),
    }
}
