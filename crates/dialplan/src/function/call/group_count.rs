//! `GROUP_COUNT([groupname][@category])`.

use switch::Text;

use super::{count_channels, group_in};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static GROUP_COUNT: Function = Function {
    name: "GROUP_COUNT",
    module: "func_groupcount",
    summary: "How many channels count in a group.",
    syntax: "GROUP_COUNT([groupname][@category])",
    arguments: &[
        Argument {
            name: "groupname",
            help: "The group; the channel's own if left out.",
        },
        Argument {
            name: "category",
            help: "Its category.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (group, category) = args.split_once('@').unwrap_or((args, ""));
    let env = CallEnv::of(env)?;
    let id = env.channel;
    let count = env.with(|world| {
        let group = match group {
            "" => group_in(world, id?, category)?,
            group => Text::from(group),
        };
        Some(count_channels(world, |of, in_group| {
            of == category && in_group == &*group
        }))
    });
    Ok(count.unwrap_or_default().to_string())
}
