//! What becomes of a call's sound.

mod jitterbuffer;
mod muteaudio;
mod talk_detect;
mod volume;

pub(crate) use jitterbuffer::JITTERBUFFER;
pub(crate) use muteaudio::MUTEAUDIO;
pub(crate) use talk_detect::TALK_DETECT;
pub(crate) use volume::VOLUME;

use switch::{ChannelId, Switch};

use super::{Env, FunctionError};
use crate::scope::CallEnv;

/// Changes the sound of the channel that a function is used on.
fn change<R>(
    env: &mut dyn Env,
    change: impl FnOnce(&mut Switch, ChannelId) -> R,
) -> Result<R, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    env.with(|world| match world.switch.channel(id) {
        Some(_) => Ok(change(&mut world.switch, id)),
        None => Err(FunctionError::failed("the channel is gone")),
    })
}
