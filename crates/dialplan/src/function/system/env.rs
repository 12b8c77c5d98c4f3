//! `ENV(varname)`.

use switch::Text;

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static ENV: Function = Function {
    name: "ENV",
    module: "func_env",
    summary: "A variable of the process's environment.",
    syntax: "ENV(varname)",
    arguments: &[Argument {
        name: "varname",
        help: "The variable.",
    }],
    escalates: Escalates::Write,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let value = CallEnv::of(env)?.with(|world| {
        let mut all = world.rules.environment.iter();
        all.find(|(name, _)| &**name == args)
            .map(|(_, value)| value.to_string())
    });
    Ok(value.unwrap_or_default())
}

/// Sets it for the dialplan; programs do not see it.
fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    if args.is_empty() || args.contains('=') {
        return Err(FunctionError::failed("it wants the name of a variable"));
    }
    CallEnv::of(env)?.with(|world| {
        let all = &mut world.rules.environment;
        all.retain(|(name, _)| &**name != args);
        if !value.is_empty() {
            all.push((Text::from(args), Text::from(value)));
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use crate::function::FunctionError;

    #[test]
    fn the_environment_as_the_dialplan_has_it() {
        let mut bench = Bench::new("exten => s,1,NoOp()");
        bench
            .shared
            .borrow_mut()
            .rules
            .environment
            .push(("HOME".into(), "/root".into()));
        bench.set(None, "ENV(COLOUR)", "blue");
        assert_eq!(
            bench.fill(None, "${ENV(HOME)}${ENV(COLOUR)}${ENV(NOSUCHENV)}"),
            "/rootblue"
        );
        bench.set(None, "ENV(COLOUR)", "");
        assert_eq!(bench.fill(None, "${ENV(COLOUR)}"), "");
        assert_eq!(
            bench.try_set(None, false, "ENV(HOME)", "/"),
            Err(FunctionError::Refused)
        );
        assert!(bench.try_set(None, true, "ENV()", "/").is_err());
    }
}
