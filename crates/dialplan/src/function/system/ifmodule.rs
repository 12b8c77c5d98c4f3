//! `IFMODULE(modulename.so)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static IFMODULE: Function = Function {
    name: "IFMODULE",
    module: "func_module",
    summary: "Whether a module is loaded.",
    syntax: "IFMODULE(modulename.so)",
    arguments: &[Argument {
        name: "modulename.so",
        help: "The module, with its ending.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let loaded = CallEnv::of(env)?.with(|world| world.modules.loaded(args.trim()));
    Ok(if loaded { "1" } else { "0" }.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn values() {
        let mut bench = Bench::new("exten => s,1,NoOp()");
        bench.shared.borrow_mut().modules.set("app_read", false);
        assert_eq!(
            bench.fill(
                None,
                "${IFMODULE(app_playback.so)}${IFMODULE(app_read.so)}${IFMODULE(x)}"
            ),
            "100"
        );
    }
}
