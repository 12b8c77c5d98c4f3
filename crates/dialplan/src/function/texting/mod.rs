//! Text messages outside of calls.

mod message;
mod message_data;

pub(crate) use message::MESSAGE;
pub(crate) use message_data::MESSAGE_DATA;

use switch::message::Message;

use super::{Env, FunctionError};
use crate::scope::CallEnv;

/// Looks at the call's message; what is there before there is one is empty.
fn look<R>(env: &mut dyn Env, look: impl FnOnce(&Message) -> R) -> Result<R, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    env.with(|world| match world.switch.channel(id) {
        Some(channel) => Ok(match &channel.message {
            Some(message) => look(message),
            None => look(&Message::default()),
        }),
        None => Err(FunctionError::failed("the channel is gone")),
    })
}

/// Changes the call's message; any call may make one.
fn change<R>(
    env: &mut dyn Env,
    change: impl FnOnce(&mut Message) -> R,
) -> Result<R, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    env.with(|world| match world.switch.channel_mut(id) {
        Some(channel) => Ok(change(channel.message.get_or_insert_default())),
        None => Err(FunctionError::failed("the channel is gone")),
    })
}
