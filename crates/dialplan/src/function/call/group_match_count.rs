//! `GROUP_MATCH_COUNT(groupmatch[@category])`.

use super::count_channels;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::posix;

pub(crate) static GROUP_MATCH_COUNT: Function = Function {
    name: "GROUP_MATCH_COUNT",
    module: "func_groupcount",
    summary: "How many channels count in groups that match.",
    syntax: "GROUP_MATCH_COUNT(groupmatch[@category])",
    arguments: &[
        Argument {
            name: "groupmatch",
            help: "A regular expression for the group.",
        },
        Argument {
            name: "category",
            help: "One for the category; any if left out.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (group, category) = args.split_once('@').unwrap_or((args, ""));
    let compile = |pattern: &str| {
        posix::compile(pattern).map_err(|error| FunctionError::failed(error.to_string()))
    };
    let (group, category) = (compile(group)?, compile(category)?);
    let matches = |of: &str, in_group: &str| category.is_match(of) && group.is_match(in_group);
    let count = CallEnv::of(env)?.with(|world| count_channels(world, matches));
    Ok(count.to_string())
}
