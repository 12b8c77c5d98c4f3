//! Taking a Local pair out of the middle of a call: those who talk through it then talk directly.

use switch::channel::{Kind, Local};
use switch::fact::Fact;
use switch::{BridgeId, ChannelId};

use crate::bridged;
use crate::world::{Shared, World};

/// A pair in the middle of a call, and how it comes out.
struct Middle {
    one: ChannelId,
    two: ChannelId,
    /// The half whose place is taken.
    replaced: ChannelId,
    /// The bridge that stays.
    bridge: BridgeId,
    /// Who moves into it.
    moved: ChannelId,
}

/// Lets a Local pair be taken out although its dial string did not; false where it is none.
pub fn allow(shared: &Shared, id: ChannelId) -> bool {
    let pair = {
        let mut world = shared.borrow_mut();
        let other = world
            .switch
            .channel(id)
            .and_then(|channel| channel.local_other());
        let mut halves = 0;
        for half in [Some(id), other].into_iter().flatten() {
            if let Some(Kind::LocalOne(local) | Kind::LocalTwo(local)) = world
                .switch
                .channel_mut(half)
                .map(|channel| &mut channel.kind)
            {
                local.optimize = true;
                halves += 1;
            }
        }
        halves > 0
    };
    if pair {
        shared.borrow_mut().switch.entered.push(id);
    }
    pair
}

/// Takes out the pairs that have come to stand in the middle of a call; true where there was one.
pub(crate) fn settle(shared: &Shared) -> bool {
    let entered = std::mem::take(&mut shared.borrow_mut().switch.entered);
    let mut any = false;
    for id in entered {
        let middle = find(&shared.borrow(), id);
        if let Some(middle) = middle {
            take_out(shared, &middle);
            any = true;
        }
    }
    any
}

/// The pair next to a channel that came into a bridge, where both halves talk with one party each.
fn find(world: &World, entered: ChannelId) -> Option<Middle> {
    let switch = &world.switch;
    let half = [Some(entered), switch.peer(entered)]
        .into_iter()
        .flatten()
        .find(|id| {
            switch
                .channel(*id)
                .is_some_and(|channel| may_go(&channel.kind))
        })?;
    let other = switch.channel(half)?.local_other()?;
    let (one, two) = match switch.channel(half)?.kind {
        Kind::LocalOne(_) => (half, other),
        _ => (other, half),
    };
    let (at_one, at_two) = (switch.peer(one)?, switch.peer(two)?);
    if at_one == two {
        return None;
    }
    let moves = |id: ChannelId| switch.channel(id).is_some_and(|channel| !channel.runs_plan);
    let (replaced, moved) = match () {
        // A called party has nothing to come back to: it is the one that moves.
        () if moves(at_two) => (one, at_two),
        () if moves(at_one) => (two, at_one),
        () => return None,
    };
    let bridge = switch.channel(replaced)?.bridge?;
    Some(Middle {
        one,
        two,
        replaced,
        bridge,
        moved,
    })
}

fn may_go(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::LocalOne(Local { optimize: true, .. }) | Kind::LocalTwo(Local { optimize: true, .. })
    )
}

fn take_out(shared: &Shared, middle: &Middle) {
    let id = {
        let switch = &mut shared.borrow_mut().switch;
        let id = switch.next_optimization();
        let snaps = (
            switch.view(middle.one),
            switch.view(middle.two),
            switch.view(middle.moved),
        );
        let bridge = switch
            .bridge(middle.bridge)
            .map(|bridge| bridge.uniqueid.clone());
        if let (Some(one), Some(two), source) = snaps {
            let dest_bridge = bridge.unwrap_or_default();
            switch.tell(Fact::LocalOptimizationBegan {
                one,
                two,
                source,
                dest_bridge,
                id,
            });
        }
        let swap = switch
            .view(middle.replaced)
            .map(|view| view.uniqueid.clone());
        switch.keep_bridge(middle.bridge, true);
        switch.leave_bridge(middle.replaced);
        switch.swap_for(middle.moved, swap);
        id
    };
    bridged::seat(shared, middle.moved, middle.bridge, None);
    let switch = &mut shared.borrow_mut().switch;
    switch.keep_bridge(middle.bridge, false);
    if let (Some(one), Some(two)) = (switch.view(middle.one), switch.view(middle.two)) {
        switch.tell(Fact::LocalOptimizationEnded {
            one,
            two,
            success: true,
            id,
        });
    }
    // The half that nobody talks with any more ends, and the other with it.
    switch.soft_hangup(middle.replaced, Some(switch::Cause::NORMAL));
}
