//! A channel while it is in a bridge.

mod keys;
mod sending;

use std::collections::HashSet;
use std::time::Duration;

use switch::channel::Features;
use switch::fact::{Direction, Fact};
use switch::signal::{Order, Signal};
use switch::{BridgeId, Cause, ChannelId, Switch, Text, Time};

use crate::call::{Call, Place};
use crate::run::{self, EndChannel};
use crate::task::{Gone, Task};
use crate::world::{Event, Shared};
use keys::{Feature, Keys, Typed};

/// How a channel came out of a bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// The others left.
    Dissolved,
    /// Somebody threw it out.
    Kicked,
    /// The time was over.
    Expired,
    /// The far end left by its keys.
    ByKeys,
    /// The channel is to be let go: it is hung up, sent elsewhere or taken over.
    Gone,
}

/// Stays in a bridge, passing on what the far end does, until the channel is out of it.
pub async fn stay(call: &Call, bridge: BridgeId, until: Option<Time>) -> Left {
    let mut keys = call.with(|world| {
        let channel = world.switch.channel(call.id);
        let features = channel.map(|channel| channel.features);
        Keys::new(features.unwrap_or_default(), &world.rules.features)
    });
    let left = loop {
        if !is_inside(call, bridge) {
            return if call.is_gone() {
                Left::Gone
            } else {
                Left::Kicked
            };
        }
        let next = [until, keys.due()].into_iter().flatten().min();
        let typed = match call.task.next(Some(call.id), next).await {
            Err(Gone) => break Left::Gone,
            Ok(None) if next == keys.due() => keys.give_up(),
            Ok(None) => break Left::Expired,
            Ok(Some(Event::Signal(id, signal))) if id == call.id => match signal {
                Signal::Unbridged(switch::signal::Unbridged::Dissolved) => break Left::Dissolved,
                Signal::Unbridged(switch::signal::Unbridged::Kicked) => break Left::Kicked,
                Signal::DigitBegin(digit) if keys.keeps(digit) => Typed::Kept,
                Signal::DigitEnd(digit, span) => match keys.ended(digit, call.now()) {
                    Typed::Digit => {
                        pass_on(call, bridge, &Order::DigitEnd(digit, span));
                        continue;
                    }
                    typed => typed,
                },
                signal => {
                    hear(call, bridge, signal);
                    continue;
                }
            },
            Ok(Some(_)) => continue,
        };
        if let Some(left) = act(call, bridge, typed).await {
            break left;
        }
    };
    leave(call, left);
    left
}

fn is_inside(call: &Call, bridge: BridgeId) -> bool {
    call.with(|world| {
        let channel = world.switch.channel(call.id);
        channel.is_some_and(|channel| channel.bridge == Some(bridge))
    })
}

/// Whether there is somebody else in the channel's bridge.
fn has_company(call: &Call, bridge: BridgeId) -> bool {
    is_inside(call, bridge)
        && call.with(|world| {
            let bridge = world.switch.bridge(bridge);
            bridge.is_some_and(|bridge| bridge.channels.len() > 1)
        })
}

/// What the far end does is for the others.
fn hear(call: &Call, bridge: BridgeId, signal: Signal) {
    match signal {
        Signal::Hold(music) => {
            call.held(true, &music);
            pass_on(call, bridge, &Order::Hold(music));
        }
        Signal::Unhold => {
            call.held(false, "");
            pass_on(call, bridge, &Order::Unhold);
        }
        Signal::DigitBegin(digit) => pass_on(call, bridge, &Order::DigitBegin(digit)),
        Signal::Text(text) => pass_on(call, bridge, &Order::Text(text)),
        Signal::Connected(party) => pass_on(call, bridge, &Order::Connected(party)),
        _ => {}
    }
}

/// Does what keys came to; how the channel leaves, if it does.
async fn act(call: &Call, bridge: BridgeId, typed: Typed) -> Option<Left> {
    /// How long a digit is that was kept back for a while.
    const TONE: Duration = Duration::from_millis(100);
    match typed {
        Typed::Digit | Typed::Kept => None,
        Typed::Digits(digits) => {
            for digit in digits.chars() {
                pass_on(call, bridge, &Order::DigitBegin(digit));
                pass_on(call, bridge, &Order::DigitEnd(digit, TONE));
            }
            None
        }
        Typed::Feature(Feature::Disconnect) => Some(Left::ByKeys),
        Typed::Feature(Feature::BlindTransfer) => match sending::send(call, bridge).await {
            Err(Gone) => Some(Left::Gone),
            // The other side may have left meanwhile, and what told so was heard elsewhere.
            Ok(()) => (!has_company(call, bridge)).then_some(Left::Dissolved),
        },
    }
}

/// Leaves a bridge. One that ends because somebody hung up ends in the ordinary way for all.
fn leave(call: &Call, left: Left) {
    if !call.owns() {
        return;
    }
    let elsewhere = call.with(|world| {
        let channel = world.switch.channel(call.id)?;
        match &channel.leaving {
            Some(switch::channel::Leaving::Elsewhere {
                context,
                exten,
                priority,
            }) => Some((
                Place {
                    context: context.clone(),
                    exten: exten.clone(),
                    priority: *priority,
                },
                channel.runs_plan,
            )),
            _ => None,
        }
    });
    call.with(|world| {
        world.switch.forget_peers(call.id);
        if let Some(channel) = world.switch.channel_mut(call.id) {
            channel.features = Features::default();
        }
        if let Some((place, false)) = elsewhere {
            // A called channel shows where it goes before it leaves.
            world.switch.edit(call.id, |view| {
                view.context = place.context;
                view.exten = place.exten;
                view.priority = place.priority;
                view.dialed = false;
            });
            if let Some(view) = world.switch.view(call.id) {
                let (application, data) = (view.application.clone(), view.data.clone());
                world.switch.begin_application(call.id, application, data);
            }
        }
        if left != Left::Kicked {
            world.switch.edit(call.id, |view| {
                if view.cause == Cause::UNKNOWN {
                    view.cause = Cause::NORMAL;
                }
            });
        }
        world.switch.leave_bridge(call.id);
    });
}

fn pass_on(call: &Call, bridge: BridgeId, order: &Order) {
    call.with(|world| {
        let muted = world
            .switch
            .channel(call.id)
            .is_some_and(|channel| channel.muted_in);
        if muted && matches!(order, Order::DigitBegin(_) | Order::DigitEnd(..)) {
            return;
        }
        let members = world
            .switch
            .bridge(bridge)
            .map(|b| b.channels.clone())
            .unwrap_or_default();
        for member in members.into_iter().filter(|member| *member != call.id) {
            tell_sent(world, member, order);
            if let Order::Connected(party) = order {
                world.switch.set_connected(member, party.clone());
            }
            world.switch.order(member, order.clone());
        }
    });
}

fn tell_sent(world: &mut crate::world::World, id: ChannelId, order: &Order) {
    let Some(channel) = world.switch.view(id) else {
        return;
    };
    let direction = Direction::Sent;
    match order {
        Order::DigitBegin(digit) => {
            world.switch.tell(Fact::DigitBegan {
                channel,
                digit: *digit,
                direction,
            });
        }
        Order::DigitEnd(digit, span) => {
            let duration = u32::try_from(span.as_millis()).unwrap_or(u32::MAX);
            world.switch.tell(Fact::DigitEnded {
                channel,
                digit: *digit,
                duration,
                direction,
            });
        }
        _ => {}
    }
}

/// Serves a channel in a bridge that it is put into, with a coroutine of its own: a called party, or one
/// that a program joined with another. Out of the bridge it goes on at `after`, or is hung up.
pub fn seat(shared: &Shared, channel: ChannelId, bridge: BridgeId, after: Option<Place>) {
    let task = Task::spawn(shared, move |task| async move {
        let call = Call { task, id: channel };
        let _end = EndChannel(call.clone());
        let left = stay(&call, bridge, None).await;
        if !call.owns() {
            return;
        }
        let place = call.take_elsewhere().or(match left {
            Left::Dissolved | Left::Kicked => after,
            Left::Expired | Left::ByKeys | Left::Gone => None,
        });
        let runs = call.with(|world| world.switch.channel(channel).is_some_and(|c| c.runs_plan));
        match place {
            Some(place) => {
                call.with(|world| {
                    world.switch.edit(channel, |view| view.dialed = false);
                });
                call.goto(&place);
                run::resume_plan(&call).await;
            }
            None if runs => run::finish(&call).await,
            None => {}
        }
    });
    let world = &mut *shared.borrow_mut();
    let before = world
        .switch
        .channel(channel)
        .and_then(|channel| channel.handler);
    world.switch.attach(channel, task);
    if let Some(before) = before {
        world.post(before, Event::Signal(channel, Signal::Nudge));
    }
    if let Some(channel) = world.switch.channel_mut(channel) {
        let pending = std::mem::take(&mut channel.pending);
        let id = channel.id();
        for signal in pending {
            world.post(task, Event::Signal(id, signal));
        }
    }
    world.switch.enter_bridge(bridge, channel);
}

/// Joins two channels wherever they are: both let go of what they do and talk. Out of the bridge each
/// goes on with its dialplan's next step, or is hung up where it runs none.
pub fn join(shared: &Shared, one: ChannelId, two: ChannelId) {
    let (bridge, one_after, two_after) = {
        let world = &mut *shared.borrow_mut();
        let after = |world: &crate::world::World, id: ChannelId| -> Option<Place> {
            let channel = world.switch.channel(id)?;
            let view = channel.view();
            let next = || Place {
                context: view.context.clone(),
                exten: view.exten.clone(),
                priority: view.priority + 1,
            };
            channel.runs_plan.then(next)
        };
        let (one_after, two_after) = (after(world, one), after(world, two));
        (world.switch.create_bridge(), one_after, two_after)
    };
    for (id, after) in [(one, one_after), (two, two_after)] {
        seat(shared, id, bridge, after);
    }
}

/// Whether two channels, out of the bridges that they are in, still hear each other through Local pairs:
/// joined, what one of them says would go round for ever.
pub fn would_loop(switch: &Switch, one: ChannelId, two: ChannelId) -> bool {
    let joined = [one, two];
    let (mut seen, mut next) = (HashSet::from([one]), vec![one]);
    while let Some(id) = next.pop() {
        let Some(channel) = switch.channel(id) else {
            continue;
        };
        let bridge = channel.bridge.filter(|_| !joined.contains(&id));
        let members = bridge
            .and_then(|bridge| switch.bridge(bridge))
            .map(|bridge| &bridge.channels);
        let members = members
            .into_iter()
            .flatten()
            .filter(|member| !joined.contains(member));
        for neighbour in members.copied().chain(channel.local_other()) {
            if neighbour == two {
                return true;
            }
            if seen.insert(neighbour) {
                next.push(neighbour);
            }
        }
    }
    false
}

/// The application that a called channel shows.
pub fn called_application() -> (Text, Text) {
    (Text::from("AppDial"), Text::from("(Outgoing Line)"))
}
