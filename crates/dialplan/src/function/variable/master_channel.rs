//! `MASTER_CHANNEL(varname)`.

use switch::ChannelId;

use super::beside;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::{CallEnv, assign};
use crate::script::{Reply, Scope};
use crate::world::World;

pub(crate) static MASTER_CHANNEL: Function = Function {
    name: "MASTER_CHANNEL",
    module: "func_channel",
    summary: "A variable of the channel that the call began with.",
    syntax: "MASTER_CHANNEL(varname)",
    arguments: &[Argument {
        name: "varname",
        help: "The variable or function.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Later(read)),
    write: Some(write),
};

fn read<'a>(scope: &'a dyn Scope, args: &'a str) -> Reply<'a> {
    Box::pin(async move {
        match beside(scope, master) {
            Some(master) => Ok(crate::script::read(args, &master).await),
            None => Err(FunctionError::failed("it needs a channel")),
        }
    })
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let master = env.with(|world| master(world, Some(id)));
    assign(&env.task, master, env.trusted, args, value)
}

/// The oldest channel of the call; the channel itself where that one is gone.
fn master(world: &mut World, channel: Option<ChannelId>) -> Option<ChannelId> {
    let view = world.switch.view(channel?)?;
    world.switch.find(&view.linkedid).or(channel)
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn the_first_channel_of_the_call() {
        let mut bench = Bench::new("exten => s,1,Wait(100)\nexten => t,1,Wait(100)");
        let (one, two) = (bench.call("s"), bench.call("t"));
        bench.shared.borrow_mut().switch.link(&[one, two]);
        bench.set(two, "MASTER_CHANNEL(V)", "x");
        assert_eq!(bench.fill(one, "${V}${MASTER_CHANNEL(V)}"), "xx");
        assert_eq!(
            bench.fill(two, "${V}${MASTER_CHANNEL(V)} ${MASTER_CHANNEL(EXTEN)}"),
            "x s"
        );
        assert_eq!(bench.fill(None, "${MASTER_CHANNEL(V)}"), "");
    }
}
