//! The call: its parties, its channel, its record and its groups.

mod callerid;
mod cdr;
mod cdr_prop;
mod channel;
mod channel_exists;
mod channels;
mod connectedline;
mod group;
mod group_count;
mod group_list;
mod group_match_count;
mod hangupcause;
mod hangupcause_keys;
mod redirecting;
mod sayfiles;
mod timeout;

pub(crate) use callerid::CALLERID;
pub(crate) use cdr::CDR;
pub(crate) use cdr_prop::CDR_PROP;
pub(crate) use channel::CHANNEL;
pub(crate) use channel_exists::CHANNEL_EXISTS;
pub(crate) use channels::CHANNELS;
pub(crate) use connectedline::CONNECTEDLINE;
pub(crate) use group::GROUP;
pub(crate) use group_count::GROUP_COUNT;
pub(crate) use group_list::GROUP_LIST;
pub(crate) use group_match_count::GROUP_MATCH_COUNT;
pub(crate) use hangupcause::HANGUPCAUSE;
pub(crate) use hangupcause_keys::HANGUPCAUSE_KEYS;
pub(crate) use redirecting::REDIRECTING;
pub(crate) use sayfiles::SAYFILES;
pub(crate) use timeout::TIMEOUT;

use std::sync::Arc;

use switch::{ChannelId, Snapshot, Text};

use super::{Env, FunctionError};
use crate::scope::CallEnv;
use crate::world::World;

/// Most groups that a channel counts in.
const CATEGORIES: usize = 64;

/// The channel that a function is used on.
fn view(env: &mut dyn Env) -> Result<Arc<Snapshot>, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let view = env.with(|world| world.switch.view(id));
    view.ok_or_else(|| FunctionError::failed("the channel is gone"))
}

/// The group of a channel in a category.
fn group_in(world: &World, id: ChannelId, category: &str) -> Option<Text> {
    let groups = &world.switch.channel(id)?.groups;
    groups
        .iter()
        .find(|(known, _)| &**known == category)
        .map(|(_, group)| group.clone())
}

/// How many channels count in such a group, of this category and name.
fn count_channels(world: &World, such: impl Fn(&str, &str) -> bool) -> usize {
    let channels = world.switch.channels();
    let groups = channels
        .iter()
        .filter_map(|id| Some(&world.switch.channel(*id)?.groups));
    groups
        .flatten()
        .filter(|(category, group)| such(category, group))
        .count()
}
