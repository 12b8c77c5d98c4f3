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
    let at = {
        let mut world = shared.borrow_mut();
        let at = span.map(|span| world.switch.now + span);
        world.switch.edit(channel, |view| view.hangup_at = at);
        at
    };
    let Some(at) = at else { return };
    Task::spawn(shared, move |task| async move {
        while let Ok(Some(_)) = task.next(None, Some(at)).await {}
        task.with(|world| {
            let Some(channel) = world.switch.channel_mut(channel) else { return };
            // Another time may have been set since.
            if channel.view().hangup_at == Some(at) && channel.leaving.is_none() {
                channel.leaving = Some(Leaving::Hangup);
                let id = channel.id();
                world.switch.signal(id, Signal::Hangup);
            }
        });
    });
}
