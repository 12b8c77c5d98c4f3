//! Requests about files that a channel's sound goes into.

use dialplan::monitor::{self, Order};
use dialplan::scope::CallScope;
use dialplan::script::substitute;
use dialplan::task::Task;
use dialplan::world::Shared;
use switch::Text;
use switch::fact::Fact;

use crate::request::{MonitorFailed, MuteDirection, Responder};

pub(super) fn start(
    shared: &Shared,
    channel: &str,
    file: Text,
    options: Text,
    command: &str,
    reply: Responder<Result<(), MonitorFailed>>,
) {
    let Some(id) = shared.borrow().switch.find(channel) else {
        return reply.send(Err(MonitorFailed::NoChannel));
    };
    let command = command.replace("^{", "${");
    Task::spawn(shared, move |task| async move {
        let scope = CallScope {
            task: task.clone(),
            channel: Some(id),
            trusted: true,
        };
        let command = substitute(&command, &scope).await;
        let order = Order {
            file: &file,
            options: &options,
            command: &command,
        };
        let started = task.with(|world| monitor::start(world, id, order));
        reply.send(started.map_err(|_| MonitorFailed::Refused));
    });
}

pub(super) fn stop(
    shared: &Shared,
    channel: &str,
    name: Option<&str>,
) -> Result<(), MonitorFailed> {
    let switch = &mut shared.borrow_mut().switch;
    let id = switch.find(channel).ok_or(MonitorFailed::NoChannel)?;
    match switch.stop_monitor(id, name) {
        true => Ok(()),
        false => Err(MonitorFailed::Refused),
    }
}

pub(super) fn mute(
    shared: &Shared,
    channel: &str,
    direction: MuteDirection,
    on: bool,
) -> Result<(), MonitorFailed> {
    let switch = &mut shared.borrow_mut().switch;
    let id = switch.find(channel).ok_or(MonitorFailed::NoChannel)?;
    let on_for = |not: MuteDirection| (direction != not).then_some(on);
    let (says, hears) = (on_for(MuteDirection::Out), on_for(MuteDirection::In));
    if !switch.mute_monitors(id, says, hears) {
        return Err(MonitorFailed::Refused);
    }
    if let Some(channel) = switch.view(id) {
        switch.tell(Fact::MonitorMuted {
            channel,
            direction: match direction {
                MuteDirection::In => "read",
                MuteDirection::Out => "write",
                MuteDirection::All => "both",
            },
            on,
        });
    }
    Ok(())
}
