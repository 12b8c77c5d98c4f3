//! Requests about one channel.

use std::time::Duration;

use dialplan::call::Place;
use dialplan::originate::{self, Ended};
use dialplan::run;
use dialplan::scope::{CallScope, assign};
use dialplan::task::Task;
use dialplan::world::{Shared, World};
use switch::channel::Leaving;
use switch::fact::Level;
use switch::signal::{Order, Signal, Stream};
use switch::{Cause, ChannelId, Text};

use crate::request::{
    MuteDirection, NoChannel, OrderFailed, Originate, OriginateFailed, Redirect, RedirectFailed,
    Responder, SendTextFailed, Target, Trust, VariableFailed,
};

/// How long a digit's tone is where nobody said.
const DIGIT: Duration = Duration::from_millis(100);

pub(super) fn originate(
    shared: &Shared,
    order: Originate,
    reply: Responder<Result<(), OriginateFailed>>,
) {
    if shared.borrow().refusing {
        return reply.send(Err(OriginateFailed::Stopping));
    }
    let taken = {
        let world = shared.borrow();
        let taken = |id: &Text| !id.is_empty() && world.switch.find(id).is_some();
        taken(&order.channel_id) || taken(&order.other_channel_id)
    };
    if taken {
        return reply.send(Err(OriginateFailed::IdInUse));
    }
    let run_alone = order.run_alone;
    let order = originate::Order {
        technology: order.technology,
        destination: order.destination,
        target: order.target,
        timeout: order.timeout,
        caller: order.caller,
        variables: order.variables,
        account: order.account,
        early_media: order.early_media,
        trusted: false,
        told: run_alone,
        action_id: order.action_id,
        channel_id: order.channel_id,
        other_channel_id: order.other_channel_id,
        pre_dial: order.pre_dial,
    };
    if run_alone {
        reply.send(Ok(()));
        return originate::start(shared, order, drop);
    }
    originate::start(shared, order, move |ended| {
        reply.send(match ended {
            Ended::Answered => Ok(()),
            Ended::Failed(reason) => Err(OriginateFailed::Reason(reason)),
            Ended::IdInUse => Err(OriginateFailed::IdInUse),
        });
    });
}

pub(super) fn hangup(shared: &Shared, target: Target, cause: Cause, reply: Responder<Vec<Text>>) {
    let mut world = shared.borrow_mut();
    let found: Vec<ChannelId> = match target {
        Target::Name(name) => world.switch.find(&name).into_iter().collect(),
        Target::Matching(test) => {
            let named = |id: &ChannelId| world.switch.view(*id).is_some_and(|v| (test.0)(&v.name));
            let mut found: Vec<_> = world.switch.channels().into_iter().filter(named).collect();
            // Those with the least to finish first and the newest of them before the others, so that each
            // ends for a reason of its own and not because its maker or its peer has ended.
            found.sort_by_key(|id| (much_to_finish(&world, *id), std::cmp::Reverse(*id)));
            found
        }
    };
    let names = found
        .iter()
        .filter_map(|id| world.switch.view(*id))
        .map(|v| v.name.clone());
    let names = names.collect();
    for id in found {
        world.switch.soft_hangup(id, Some(cause));
    }
    reply.send(names);
}

/// How much a channel has to finish when it is hung up: a dialplan, or a bridge with others in it.
fn much_to_finish(world: &World, id: ChannelId) -> u8 {
    match world.switch.channel(id) {
        Some(channel) if channel.bridge.is_some() => 2,
        Some(channel) if channel.runs_plan => 1,
        _ => 0,
    }
}

pub(super) fn redirect(shared: &Shared, order: &Redirect) -> Result<(), RedirectFailed> {
    let first = find_up(
        shared,
        &order.channel,
        RedirectFailed::NoChannel,
        RedirectFailed::NotUp,
    )?;
    let first_place = place(shared, first, &order.to).ok_or(RedirectFailed::BadPriority)?;
    let second = match &order.extra {
        None => None,
        Some((name, to)) => {
            let id = find_up(
                shared,
                name,
                RedirectFailed::NoExtraChannel,
                RedirectFailed::ExtraNotUp,
            )?;
            Some((
                id,
                place(shared, id, to).ok_or(RedirectFailed::BadExtraPriority)?,
            ))
        }
    };
    run::send_elsewhere(shared, first, &first_place);
    if let Some((id, place)) = second {
        run::send_elsewhere(shared, id, &place);
    }
    Ok(())
}

fn find_up(
    shared: &Shared,
    name: &str,
    missing: RedirectFailed,
    not_up: RedirectFailed,
) -> Result<ChannelId, RedirectFailed> {
    let world = shared.borrow();
    let id = world.switch.find(name).ok_or(missing)?;
    let leaving = world
        .switch
        .channel(id)
        .is_none_or(|c| c.leaving == Some(Leaving::Hangup));
    if leaving { Err(not_up) } else { Ok(id) }
}

fn place(shared: &Shared, channel: ChannelId, to: &crate::request::Place) -> Option<Place> {
    let world = shared.borrow();
    let priority = world.priority(Some(channel), &to.context, &to.exten, &to.priority)?;
    Some(Place {
        context: to.context.clone(),
        exten: to.exten.clone(),
        priority,
    })
}

pub(super) fn absolute_timeout(
    shared: &Shared,
    name: &str,
    span: Option<Duration>,
) -> Result<(), NoChannel> {
    let id = shared.borrow().switch.find(name).ok_or(NoChannel)?;
    dialplan::timeout::set_absolute(shared, id, span);
    Ok(())
}

/// A variable of this name is plain, not a function.
fn is_plain(name: &str) -> bool {
    !name.contains(['(', ':'])
}

fn find_of(world: &World, of: Option<&Text>) -> Result<Option<ChannelId>, VariableFailed> {
    match of {
        None => Ok(None),
        Some(name) => world
            .switch
            .find(name)
            .map(Some)
            .ok_or(VariableFailed::NoChannel),
    }
}

pub(super) fn set_variable(
    shared: &Shared,
    of: Option<Text>,
    name: &str,
    value: &str,
    trust: Trust,
    reply: Responder<Result<(), VariableFailed>>,
) {
    let channel = match find_of(&shared.borrow(), of.as_ref()) {
        Ok(channel) => channel,
        Err(why) => return reply.send(Err(why)),
    };
    if is_plain(name) {
        reply.send(Ok(()));
        return shared
            .borrow_mut()
            .switch
            .set_variable(channel, name, value);
    }
    let (name, value) = (Text::from(name), Text::from(value));
    Task::spawn(shared, move |task| async move {
        let done = assign(&task, channel, trust == Trust::Full, &name, &value);
        if let Err(why) = &done {
            let text = format!("{name}: {why}");
            task.with(|world| world.log(Level::Warning, "variables", text));
        }
        reply.send(done.map_err(|why| VariableFailed::Refused(why.to_string())));
    });
}

pub(super) fn get_variable(
    shared: &Shared,
    of: Option<Text>,
    name: Text,
    trust: Trust,
    reply: Responder<Result<Text, VariableFailed>>,
) {
    let channel = match find_of(&shared.borrow(), of.as_ref()) {
        Ok(channel) => channel,
        Err(why) => return reply.send(Err(why)),
    };
    Task::spawn(shared, move |task| async move {
        let scope = CallScope {
            task,
            channel,
            trusted: trust == Trust::Full,
        };
        reply.send(Ok(Text::from(dialplan::script::read(&name, &scope).await)));
    });
}

pub(super) fn get_variables(
    shared: &Shared,
    of: &str,
    names: Vec<Text>,
    trust: Trust,
    reply: Responder<Result<Vec<Text>, NoChannel>>,
) {
    let Some(id) = shared.borrow().switch.find(of) else {
        return reply.send(Err(NoChannel));
    };
    Task::spawn(shared, move |task| async move {
        let scope = CallScope {
            task,
            channel: Some(id),
            trusted: trust == Trust::Full,
        };
        let mut values = Vec::with_capacity(names.len());
        for name in &names {
            values.push(Text::from(dialplan::script::read(name, &scope).await));
        }
        reply.send(Ok(values));
    });
}

pub(super) fn variables(shared: &Shared, of: &str) -> Result<Vec<(Text, Text)>, NoChannel> {
    let world = shared.borrow();
    let id = world.switch.find(of).ok_or(NoChannel)?;
    let channel = world.switch.channel(id).ok_or(NoChannel)?;
    Ok(channel
        .variables
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect())
}

pub(super) fn play_digit(
    shared: &Shared,
    name: &str,
    digit: char,
    duration: Option<Duration>,
    receive: bool,
) -> Result<(), NoChannel> {
    let switch = &mut shared.borrow_mut().switch;
    let id = switch.find(name).ok_or(NoChannel)?;
    let span = duration.unwrap_or(DIGIT);
    if receive {
        switch.digit_began(id, digit);
        switch.digit_ended(id, digit, span);
    } else {
        switch.order(id, Order::DigitBegin(digit));
        switch.order(id, Order::DigitEnd(digit, span));
    }
    Ok(())
}

pub(super) fn control_playback(
    shared: &Shared,
    name: &str,
    stream: Stream,
) -> Result<(), NoChannel> {
    let switch = &mut shared.borrow_mut().switch;
    let id = switch.find(name).ok_or(NoChannel)?;
    switch.signal(id, Signal::Stream(stream));
    Ok(())
}

pub(super) fn send_text(shared: &Shared, name: &str, text: Text) -> Result<(), SendTextFailed> {
    let switch = &mut shared.borrow_mut().switch;
    let id = switch.find(name).ok_or(SendTextFailed::NoChannel)?;
    switch.order(id, Order::Text(text));
    Ok(())
}

pub(super) fn order(
    shared: &Shared,
    name: &str,
    technology: &str,
    order: Order,
) -> Result<(), OrderFailed> {
    let switch = &mut shared.borrow_mut().switch;
    let id = switch.find(name).ok_or(OrderFailed::NoChannel)?;
    let of_it = |view: switch::fact::Snap| view.technology == technology;
    if !switch.view(id).is_some_and(of_it) {
        return Err(OrderFailed::OtherTechnology);
    }
    switch.order(id, order);
    Ok(())
}

pub(super) fn mute(
    shared: &Shared,
    name: &str,
    direction: MuteDirection,
    on: bool,
) -> Result<(), NoChannel> {
    let switch = &mut shared.borrow_mut().switch;
    let id = switch.find(name).ok_or(NoChannel)?;
    let on_for = |not: MuteDirection| (direction != not).then_some(on);
    switch.mute(id, on_for(MuteDirection::Out), on_for(MuteDirection::In));
    switch.signal(id, Signal::Nudge);
    Ok(())
}
