//! The time after which a channel is hung up whatever happens.

use std::time::Duration;

use switch::ChannelId;
use switch::channel::Leaving;
use switch::signal::Signal;

use crate::task::Task;
use crate::world::Shared;

/// Sets when a channel is hung up: so long from now, or `None` for never. A `T` extension of its
/// dialplan takes the call instead.
pub fn set_absolute(shared: &Shared, channel: ChannelId, span: Option<Duration>) {
    let watched = {
        let mut world = shared.borrow_mut();
        let at = span.map(|span| world.switch.now + span);
        world.switch.edit(channel, |view| view.hangup_at = at);
        let Some(set) = world.switch.channel_mut(channel) else {
            return;
        };
        let before = set.time_watcher;
        match before {
            // It looks again, and waits for the new time.
            Some(watcher) => {
                world.wake(watcher);
                true
            }
            None => at.is_none(),
        }
    };
    if watched {
        return;
    }
    let watcher = Task::spawn(
        shared,
        move |task| async move { watch(&task, channel).await },
    );
    if let Some(set) = shared.borrow_mut().switch.channel_mut(channel) {
        set.time_watcher = Some(watcher);
    }
}

/// Waits for a channel's time, whichever it is by then, and ends with it or with the channel.
async fn watch(task: &Task, channel: ChannelId) {
    loop {
        let at = task.with(|world| {
            let watched = world.switch.channel_mut(channel)?;
            if watched.view().hangup_at.is_none() {
                watched.time_watcher = None;
            }
            watched.view().hangup_at
        });
        let Some(at) = at else { return };
        if task.now() >= at {
            break;
        }
        task.turn(at).await;
    }
    task.with(|world| {
        let Some(channel) = world.switch.channel_mut(channel) else {
            return;
        };
        channel.time_watcher = None;
        if channel.leaving.is_none() {
            channel.leaving = Some(Leaving::Hangup);
            let id = channel.id();
            world.switch.signal(id, Signal::Hangup);
        }
    });
}
