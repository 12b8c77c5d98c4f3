//! `GROUP_LIST()`.

use crate::function::{Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static GROUP_LIST: Function = Function {
    name: "GROUP_LIST",
    module: "func_groupcount",
    summary: "The groups that the channel counts in.",
    syntax: "GROUP_LIST()",
    arguments: &[],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, _: &str) -> Result<String, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let groups = env
        .with(|world| Some(world.switch.channel(id)?.groups.clone()))
        .unwrap_or_default();
    let (named, plain): (Vec<_>, Vec<_>) = groups
        .iter()
        .partition(|(category, _)| !category.is_empty());
    let named = named
        .iter()
        .map(|(category, group)| format!("{group}@{category}"));
    let all: Vec<String> = named
        .chain(plain.iter().map(|(_, group)| group.to_string()))
        .collect();
    Ok(all.join(" "))
}
