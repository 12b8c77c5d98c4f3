//! `STACK_PEEK(n,which[,suppress])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static STACK_PEEK: Function = Function {
    name: "STACK_PEEK",
    module: "app_stack",
    summary: "Where a subroutine was entered from.",
    syntax: "STACK_PEEK(n,which[,suppress])",
    arguments: &[
        Argument {
            name: "n",
            help: "Which subroutine; 1 is the present one.",
        },
        Argument {
            name: "which",
            help: "c: the context. e: the extension. p: the priority. l: all three.",
        },
        Argument {
            name: "suppress",
            help: "1: no warning where there is no such subroutine.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 3);
    let arg = |at| arguments::nth(&args, at);
    let out = arg(0)
        .trim()
        .parse::<usize>()
        .ok()
        .and_then(|level| level.checked_sub(1));
    let out = out.ok_or_else(|| FunctionError::failed("it wants a number from 1"))?;
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let level = env.with(|world| {
        let level = world.switch.channel(id)?.subroutines.iter().nth_back(out)?;
        Some((
            level.context.clone(),
            level.exten.clone(),
            level.priority - 1,
        ))
    });
    match (level, arg(1).chars().next()) {
        (Some((context, exten, priority)), Some('l' | 'L')) => {
            Ok(format!("{context},{exten},{priority}"))
        }
        (Some((context, ..)), Some('c' | 'C')) => Ok(context.to_string()),
        (Some((_, exten, _)), Some('e' | 'E')) => Ok(exten.to_string()),
        (Some((.., priority)), Some('p' | 'P')) => Ok(priority.to_string()),
        (Some(_), _) => Err(FunctionError::failed("it wants one of c, e, p and l")),
        (None, _) if arg(2) == "1" => Ok(String::new()),
        (None, _) => Err(FunctionError::failed("there are not so many subroutines")),
    }
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn levels() {
        let (mut bench, id) = Bench::with_call(
            "exten => s,1,Gosub(one,1)
            exten => one,1,NoOp()
            same => n,Gosub(two,1)
            exten => two,1,Wait(100)",
        );
        for (args, value) in [
            ("1,l", "default,one,2"),
            ("2,l", "default,s,1"),
            ("1,c", "default"),
            ("1,e", "one"),
            ("1,p", "2"),
            ("3,l,1", ""),
        ] {
            assert_eq!(
                bench.fill(id, &format!("${{STACK_PEEK({args})}}")),
                value,
                "{args}"
            );
        }
        assert_eq!(bench.warnings(), 0);
        assert_eq!(
            bench.fill(id, "${STACK_PEEK(3,l)}${STACK_PEEK(0,l)}${STACK_PEEK(1,x)}"),
            ""
        );
        assert_eq!(bench.warnings(), 3);
    }
}
