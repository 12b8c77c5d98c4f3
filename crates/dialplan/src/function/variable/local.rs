//! `LOCAL(varname)`.

use switch::Text;

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static LOCAL: Function = Function {
    name: "LOCAL",
    module: "app_stack",
    summary: "A variable of the subroutine.",
    syntax: "LOCAL(varname)",
    arguments: &[Argument {
        name: "varname",
        help: "The variable.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let value = env.with(|world| {
        let level = world.switch.channel(id)?.subroutines.last()?;
        Some(level.variables.get(args).cloned().unwrap_or_default())
    });
    value.map(|value| value.to_string()).ok_or_else(outside)
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    env.with(|world| {
        let channel = world.switch.channel_mut(id);
        let level = channel
            .and_then(|channel| channel.subroutines.last_mut())
            .ok_or_else(outside)?;
        if level.variables.get(args).is_none() {
            level.variables.set(Text::from(args), Text::default());
        }
        // From now on the name means the subroutine's own.
        world.switch.set_variable(Some(id), args, value);
        Ok(())
    })
}

fn outside() -> FunctionError {
    FunctionError::failed("the call is in no subroutine")
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn a_subroutine_has_its_own() {
        let (mut bench, id) = Bench::with_call(
            "exten => s,1,Set(V=outer)
            same => n,Gosub(sub,1(a))
            same => n,NoOp(${V})
            same => n,Wait(100)
            exten => sub,1,Set(LOCAL(V)=inner)
            same => n,NoOp(${V} ${LOCAL(V)} ${LOCAL_PEEK(0,ARG1)} ${LOCAL_PEEK(1,V)} ${LOCAL_PEEK(2,V)})
            same => n,Set(V=changed)
            same => n,NoOp(${V})
            same => n,Return()",
        );
        assert_eq!(
            bench.ran("NoOp"),
            ["inner inner a outer ", "changed", "outer"]
        );
        assert!(bench.try_set(id, true, "LOCAL(V)", "x").is_err());
        assert_eq!(bench.fill(id, "${LOCAL(V)}"), "");
        assert_eq!(bench.warnings(), 1);
    }
}
