//! `SYSINFO(parameter)`.

use rustc_hash::FxHashSet;

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static SYSINFO: Function = Function {
    name: "SYSINFO",
    module: "func_sysinfo",
    summary: "A figure of the system.",
    syntax: "SYSINFO(parameter)",
    arguments: &[Argument {
        name: "parameter",
        help: "numcalls: how many calls there are.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    match args {
        "numcalls" => {
            let calls = CallEnv::of(env)?.with(|world| {
                let views = world
                    .switch
                    .channels()
                    .into_iter()
                    .filter_map(|id| world.switch.view(id));
                views
                    .map(|view| view.linkedid.clone())
                    .collect::<FxHashSet<_>>()
                    .len()
            });
            Ok(calls.to_string())
        }
        _ => Err(FunctionError::failed(format!("{args:?} is not known here"))),
    }
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn values() {
        let mut bench = Bench::new("exten => s,1,Wait(100)");
        bench.call("s");
        bench.call("s");
        assert_eq!(bench.fill(None, "${SYSINFO(numcalls)}"), "2");
        assert_eq!(bench.fill(None, "${SYSINFO(weather)}"), "");
    }
}
