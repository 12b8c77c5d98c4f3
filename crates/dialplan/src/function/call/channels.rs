//! `CHANNELS([regular_expression])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::posix;

pub(crate) static CHANNELS: Function = Function {
    name: "CHANNELS",
    module: "func_channel",
    summary: "The names of the channels that there are.",
    syntax: "CHANNELS([regular_expression])",
    arguments: &[Argument {
        name: "regular_expression",
        help: "Only names that it matches.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let regex = posix::compile(args).map_err(|error| FunctionError::failed(error.to_string()))?;
    let names: Vec<String> = CallEnv::of(env)?.with(|world| {
        let views = world
            .switch
            .channels()
            .into_iter()
            .filter_map(|id| world.switch.view(id));
        views
            .map(|view| view.name.to_string())
            .filter(|name| regex.is_match(name))
            .collect()
    });
    Ok(names.join(" "))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn names_that_match() {
        let mut bench = Bench::new("exten => s,1,Wait(100)");
        assert_eq!(bench.fill(None, "${CHANNELS()}"), "");
        bench.call("s");
        bench.call("s");
        assert_eq!(
            bench.fill(None, "${CHANNELS()}"),
            "Test/phone-00000000 Test/phone-00000001"
        );
        assert_eq!(bench.fill(None, "${CHANNELS(1$)}"), "Test/phone-00000001");
        assert_eq!(bench.fill(None, "${CHANNELS(^Local)}"), "");
    }
}
