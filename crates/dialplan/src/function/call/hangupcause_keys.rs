//! `HANGUPCAUSE_KEYS()`.

use crate::function::{Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static HANGUPCAUSE_KEYS: Function = Function {
    name: "HANGUPCAUSE_KEYS",
    module: "func_hangupcause",
    summary: "The channels that HANGUPCAUSE knows of.",
    syntax: "HANGUPCAUSE_KEYS()",
    arguments: &[],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, _: &str) -> Result<String, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let names = env.with(|world| {
        let causes = &world.switch.channel(id)?.hangup_causes;
        Some(
            causes
                .iter()
                .map(|(channel, _)| channel.to_string())
                .collect::<Vec<_>>(),
        )
    });
    Ok(names.unwrap_or_default().join(","))
}
