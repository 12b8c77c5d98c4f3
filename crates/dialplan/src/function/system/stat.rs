//! `STAT(flag,filename)`.

use switch::Text;

use super::call_scope;
use crate::function::{Argument, Escalates, Function, FunctionError, Read};
use crate::script::{Reply, Scope};
use crate::task::Gone;
use crate::world::{Answer, Question};

pub(crate) static STAT: Function = Function {
    name: "STAT",
    module: "func_env",
    summary: "A fact about a file.",
    syntax: "STAT(flag,filename)",
    arguments: &[
        Argument {
            name: "flag",
            help: "e: exists. d: is a directory. f: is a file. s: bytes. m: permissions. A, C, M: when it was read, changed, written.",
        },
        Argument {
            name: "filename",
            help: "Its path.",
        },
    ],
    escalates: Escalates::Read,
    read: Some(Read::Later(read)),
    write: None,
};

fn read<'a>(scope: &'a dyn Scope, args: &'a str) -> Reply<'a> {
    Box::pin(async move {
        let scope = call_scope(scope)?;
        let (flag, path) = args.split_once(',').unwrap_or((args, ""));
        let fact = flag
            .trim()
            .chars()
            .next()
            .filter(|flag| "defmsACM".contains(*flag));
        let fact = fact.ok_or_else(|| FunctionError::failed(format!("{flag:?} is no flag")))?;
        let question = Question::FileFact {
            fact,
            path: Text::from(path),
        };
        match scope.task.ask(None, question).await {
            Ok(Answer::Text(value)) => Ok(value.to_string()),
            Ok(Answer::Failed(why)) => Err(FunctionError::Failed(why)),
            Ok(_) => Err(FunctionError::failed("nobody looked at the file")),
            Err(Gone) => Err(FunctionError::failed("the call is over")),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use crate::world::Question;

    #[test]
    fn files_are_looked_at() {
        let (bench, _) =
            Bench::with_call("exten => s,1,NoOp(${STAT(e,/none)}|${STAT(s,/a,b)}|${STAT(x,/a)})");
        assert_eq!(bench.ran("NoOp"), ["0|42|"]);
        assert_eq!(
            bench.asked.last(),
            Some(&Question::FileFact {
                fact: 's',
                path: "/a,b".into()
            })
        );
        assert_eq!(bench.warnings(), 1);
    }
}
