//! A call as variables and functions see it.

use std::any::Any;

use switch::{ChannelId, Text};

use crate::function::{self, Env, FunctionError, Read};
use crate::script::{Reply, Scope};
use crate::task::Task;
use crate::world::World;

/// Where `${ }` gets its values in a call, or outside of any.
#[derive(Clone)]
pub struct CallScope {
    /// Who asks.
    pub task: Task,
    /// The channel, if there is one.
    pub channel: Option<ChannelId>,
    /// Whether functions that reach outside the call may be used.
    pub trusted: bool,
}

/// A call as a function sees it. Functions that know more than variables take it from
/// [`Env::as_any`].
pub struct CallEnv {
    /// Who asks.
    pub task: Task,
    /// The channel, if there is one.
    pub channel: Option<ChannelId>,
    /// Whether functions that reach outside the call may be used.
    pub trusted: bool,
    zone: Text,
}

impl CallScope {
    /// The call as a function sees it.
    pub(crate) fn env(&self) -> CallEnv {
        let zone = self.task.with(|world| world.rules.zone.clone());
        CallEnv {
            task: self.task.clone(),
            channel: self.channel,
            trusted: self.trusted,
            zone,
        }
    }
}

impl Scope for CallScope {
    fn variable(&self, name: &str) -> Option<String> {
        self.task.with(|world| variable(world, self.channel, name))
    }

    fn function<'a>(&'a self, name: &'a str, args: &'a str) -> Reply<'a> {
        let found = match self
            .task
            .with(|world| find(world, name, self.trusted, false))
        {
            Ok(found) => found,
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        match found.read {
            None => Box::pin(std::future::ready(Err(FunctionError::NotReadable))),
            Some(Read::Later(read)) => read(self, args),
            Some(Read::Now(read)) => {
                let value = read(&mut self.env(), args);
                Box::pin(std::future::ready(value))
            }
        }
    }

    fn warn(&self, text: String) {
        self.task
            .with(|world| world.log(switch::fact::Level::Warning, "dialplan", text));
    }

    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

impl CallEnv {
    /// The call that a function was given; fails where it was given something else, as in a test.
    pub fn of(env: &mut dyn Env) -> Result<&mut CallEnv, FunctionError> {
        env.as_any()
            .downcast_mut::<CallEnv>()
            .ok_or_else(|| FunctionError::failed("it needs a call"))
    }

    /// The channel; fails where the function is used outside of one.
    pub fn channel(&self) -> Result<ChannelId, FunctionError> {
        self.channel
            .ok_or_else(|| FunctionError::failed("it needs a channel"))
    }

    /// Looks at the world, or changes it.
    pub fn with<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        self.task.with(act)
    }
}

impl Env for CallEnv {
    fn variable(&self, name: &str) -> Option<String> {
        self.with(|world| variable(world, self.channel, name))
    }

    fn set_variable(&mut self, name: &str, value: &str) {
        self.with(|world| world.switch.set_variable(self.channel, name, value));
    }

    fn delete_variable(&mut self, name: &str) {
        self.with(|world| match self.channel {
            None => drop(world.switch.globals.remove(name)),
            Some(id) => {
                if let Some(channel) = world.switch.channel_mut(id) {
                    channel.variables.remove(name);
                }
            }
        });
    }

    fn variables_with_prefix(&self, prefix: &str) -> Vec<String> {
        self.with(|world| {
            let variables = match self.channel {
                None => &world.switch.globals,
                Some(id) => match world.switch.channel(id) {
                    Some(channel) => &channel.variables,
                    None => return Vec::new(),
                },
            };
            let names = variables.iter().rev().map(|(name, _)| name.to_string());
            names.filter(|name| name.starts_with(prefix)).collect()
        })
    }

    fn now(&self) -> u64 {
        self.task.now().0
    }

    fn random(&mut self) -> u64 {
        self.with(|world| world.switch.random())
    }

    fn zone(&self) -> &str {
        &self.zone
    }

    fn warn(&mut self, text: String) {
        self.with(|world| world.log(switch::fact::Level::Warning, "function", text));
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

/// Sets a variable, or a function where the name has parentheses.
pub fn assign(
    task: &Task,
    channel: Option<ChannelId>,
    trusted: bool,
    name: &str,
    value: &str,
) -> Result<(), FunctionError> {
    let Some((function, args)) = name.split_once('(') else {
        task.with(|world| world.switch.set_variable(channel, name, value));
        return Ok(());
    };
    let args = args.strip_suffix(')').unwrap_or(args);
    let found = task.with(|world| find(world, function, trusted, true))?;
    let write = found.write.ok_or(FunctionError::NotWritable)?;
    let scope = CallScope {
        task: task.clone(),
        channel,
        trusted,
    };
    write(&mut scope.env(), args, value)
}

fn find(
    world: &World,
    name: &str,
    trusted: bool,
    write: bool,
) -> Result<&'static function::Function, FunctionError> {
    let found = function::find(name).ok_or(FunctionError::Unknown)?;
    if !world.modules.loaded(found.module) {
        return Err(FunctionError::Unknown);
    }
    let escalates = if write {
        found.escalates.on_write()
    } else {
        found.escalates.on_read()
    };
    if escalates && !trusted && !world.rules.live_dangerously {
        return Err(FunctionError::Refused);
    }
    Ok(found)
}

/// A variable, or what the field keeps under a name of its own.
fn variable(world: &World, channel: Option<ChannelId>, name: &str) -> Option<String> {
    let view = channel.and_then(|id| world.switch.view(id));
    if let Some(view) = &view {
        let own = match name {
            "CONTEXT" => Some(view.context.to_string()),
            "EXTEN" => Some(view.exten.to_string()),
            "PRIORITY" => Some(view.priority.to_string()),
            "CHANNEL" => Some(view.name.to_string()),
            "UNIQUEID" => Some(view.uniqueid.to_string()),
            "HANGUPCAUSE" => Some(view.cause.0.to_string()),
            _ => None,
        };
        if own.is_some() {
            return own;
        }
    }
    match name {
        "EPOCH" => Some(world.switch.now.seconds().to_string()),
        "SYSTEMNAME" => Some(world.switch.system_name.to_string()),
        _ => world
            .switch
            .variable(channel, name)
            .map(|value| value.to_string()),
    }
}
