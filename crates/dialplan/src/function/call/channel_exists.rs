//! `CHANNEL_EXISTS(name_or_uid)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static CHANNEL_EXISTS: Function = Function {
    name: "CHANNEL_EXISTS",
    module: "func_channel",
    summary: "Whether there is a channel.",
    syntax: "CHANNEL_EXISTS(name_or_uid)",
    arguments: &[Argument {
        name: "name_or_uid",
        help: "Its name or unique id.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let there = CallEnv::of(env)?.with(|world| world.switch.find(args.trim()).is_some());
    Ok(if there { "1" } else { "0" }.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn by_name_and_by_unique_id() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        let text = "${CHANNEL_EXISTS(Test/phone-00000000)}${CHANNEL_EXISTS(${UNIQUEID})}${CHANNEL_EXISTS(no)}";
        assert_eq!(bench.fill(id, text), "110");
    }
}
