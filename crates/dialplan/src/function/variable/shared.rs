//! `SHARED(varname[,channel])`.

use switch::fact::Fact;
use switch::{ChannelId, Text};

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static SHARED: Function = Function {
    name: "SHARED",
    module: "func_global",
    summary: "A variable that channels lend each other.",
    syntax: "SHARED(varname[,channel])",
    arguments: &[
        Argument {
            name: "varname",
            help: "The variable.",
        },
        Argument {
            name: "channel",
            help: "Whose; the channel's own if left out.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (name, owner) = owner(env, args)?;
    let value =
        CallEnv::of(env)?.with(|world| world.switch.shared.get(&owner)?.get(&name).cloned());
    Ok(value.unwrap_or_default().to_string())
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let (name, owner) = owner(env, args)?;
    CallEnv::of(env)?.with(|world| {
        let (name, value) = (Text::from(name), Text::from(value));
        let shared = world.switch.shared.entry(owner).or_default();
        if !shared.set(name.clone(), value.clone()) {
            return Err(FunctionError::failed(
                "the channel lends too many variables already",
            ));
        }
        let channel = world.switch.view(owner);
        let name = Text::from(format!("SHARED({name})"));
        world.switch.tell(Fact::VariableSet {
            channel,
            name,
            value,
        });
        Ok(())
    })
}

/// The variable, and whose it is.
fn owner(env: &mut dyn Env, args: &str) -> Result<(String, ChannelId), FunctionError> {
    let args = arguments::split(args, 2);
    let env = CallEnv::of(env)?;
    let owner = match arguments::nth(&args, 1) {
        "" => env.channel()?,
        other => env
            .with(|world| world.switch.find(other))
            .ok_or_else(|| FunctionError::failed(format!("there is no channel {other:?}")))?,
    };
    Ok((arguments::nth(&args, 0).to_owned(), owner))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use switch::fact::Fact;

    #[test]
    fn channels_lend_each_other() {
        let mut bench = Bench::new("exten => s,1,Wait(100)");
        let (one, two) = (bench.call("s"), bench.call("s"));
        bench.set(one, "SHARED(V)", "mine");
        bench.set(one, "SHARED(V,Test/phone-00000001)", "yours");
        assert_eq!(
            bench.fill(one, "${SHARED(V)} ${SHARED(V,Test/phone-00000001)}"),
            "mine yours"
        );
        assert_eq!(bench.fill(two, "${SHARED(V)}"), "yours");
        assert!(
            bench
                .try_set(one, true, "SHARED(V,Test/none)", "x")
                .is_err()
        );
        let told = bench
            .facts
            .iter()
            .any(|fact| matches!(fact, Fact::VariableSet { name, .. } if &**name == "SHARED(V)"));
        assert!(told);
    }
}
