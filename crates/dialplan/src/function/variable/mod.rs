//! Variables of others than the channel alone.

mod export;
mod global;
mod global_delete;
mod global_exists;
mod import;
mod local;
mod local_peek;
mod master_channel;
mod shared;

pub(crate) use export::EXPORT;
pub(crate) use global::GLOBAL;
pub(crate) use global_delete::GLOBAL_DELETE;
pub(crate) use global_exists::GLOBAL_EXISTS;
pub(crate) use import::IMPORT;
pub(crate) use local::LOCAL;
pub(crate) use local_peek::LOCAL_PEEK;
pub(crate) use master_channel::MASTER_CHANNEL;
pub(crate) use shared::SHARED;

use switch::ChannelId;

use crate::scope::CallScope;
use crate::script::Scope;
use crate::world::World;

/// The scope of another channel, found from the one that asks.
fn beside(
    scope: &dyn Scope,
    find: impl FnOnce(&mut World, Option<ChannelId>) -> Option<ChannelId>,
) -> Option<CallScope> {
    let scope = scope.as_any()?.downcast_ref::<CallScope>()?;
    let channel = scope.task.with(|world| find(world, scope.channel))?;
    Some(CallScope {
        channel: Some(channel),
        ..scope.clone()
    })
}
