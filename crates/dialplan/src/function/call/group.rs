//! `GROUP([category])`.

use switch::Text;

use super::{CATEGORIES, group_in};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static GROUP: Function = Function {
    name: "GROUP",
    module: "func_groupcount",
    summary: "The group that the channel counts in.",
    syntax: "GROUP([category])",
    arguments: &[Argument {
        name: "category",
        help: "Of several groups, one in each category.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let group = env.with(|world| group_in(world, id, args));
    Ok(group.unwrap_or_default().to_string())
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let (group, category) = value.split_once('@').unwrap_or((value, args));
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    env.with(|world| {
        let Some(channel) = world.switch.channel_mut(id) else {
            return Ok(());
        };
        channel.groups.retain(|(known, _)| &**known != category);
        if group.is_empty() {
            return Ok(());
        }
        if channel.groups.len() >= CATEGORIES {
            return Err(FunctionError::failed(
                "the channel counts in too many groups already",
            ));
        }
        channel
            .groups
            .push((Text::from(category), Text::from(group)));
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn channels_count_in_groups() {
        let mut bench = Bench::new("exten => s,1,Wait(100)");
        let (one, two) = (bench.call("s"), bench.call("s"));
        assert_eq!(bench.fill(one, "${GROUP_COUNT(g)}${GROUP_COUNT()}"), "00");
        bench.set(one, "GROUP()", "other");
        bench.set(one, "GROUP()", "trunk");
        bench.set(one, "GROUP(line)", "a");
        bench.set(two, "GROUP()", "trunk@line");
        bench.set(two, "GROUP()", "trunk");
        for (text, value) in [
            ("${GROUP()} ${GROUP(line)} ${GROUP(none)}", "trunk a "),
            ("${GROUP_LIST()}", "a@line trunk"),
            (
                "${GROUP_COUNT(trunk)}${GROUP_COUNT(trunk@line)}${GROUP_COUNT()}",
                "212",
            ),
            (
                "${GROUP_MATCH_COUNT(t.*)}${GROUP_MATCH_COUNT(^a$@line)}${GROUP_MATCH_COUNT(x)}",
                "310",
            ),
        ] {
            assert_eq!(bench.fill(one, text), value, "{text}");
        }
        bench.set(one, "GROUP()", "");
        assert_eq!(bench.fill(one, "${GROUP_COUNT(trunk)}"), "1");
    }

    #[test]
    fn groups_of_a_channel_are_not_without_number() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        for at in 0..super::CATEGORIES {
            bench.set(id, &format!("GROUP({at})"), "g");
        }
        assert!(bench.try_set(id, true, "GROUP(more)", "g").is_err());
    }
}
