//! `SHELL(command)`.

use switch::Text;

use super::call_scope;
use crate::function::{Argument, Escalates, Function, FunctionError, Read};
use crate::script::{Reply, Scope};
use crate::task::Gone;
use crate::world::{Answer, Question};

pub(crate) static SHELL: Function = Function {
    name: "SHELL",
    module: "func_shell",
    summary: "What a program of the host writes.",
    syntax: "SHELL(command)",
    arguments: &[Argument {
        name: "command",
        help: "The command line, for the shell. The configuration has to allow programs.",
    }],
    escalates: Escalates::Both,
    read: Some(Read::Later(read)),
    write: None,
};

fn read<'a>(scope: &'a dyn Scope, args: &'a str) -> Reply<'a> {
    Box::pin(async move {
        let scope = call_scope(scope)?;
        if !scope.task.with(|world| world.rules.programs_allowed) {
            return Err(FunctionError::failed(
                "the configuration does not allow programs",
            ));
        }
        let question = Question::Run {
            command: Text::from(args),
            output: true,
        };
        match scope.task.ask(None, question).await {
            Ok(Answer::Ran { output, .. }) => Ok(output.to_string()),
            Ok(Answer::Failed(why)) => Err(FunctionError::Failed(why)),
            Ok(_) => Err(FunctionError::failed("the program was not run")),
            Err(Gone) => Err(FunctionError::failed("the call is over")),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use crate::world::Rules;

    #[test]
    fn programs_run_only_where_they_may() {
        let lines = "exten => s,1,NoOp(${SHELL(true)})";
        let (bench, _) = Bench::with_call(lines);
        assert_eq!(bench.ran("NoOp"), [""]);
        assert!(bench.asked.is_empty());

        let mut bench = Bench::new(lines);
        bench.shared.borrow_mut().set_rules(Rules {
            programs_allowed: true,
            ..Rules::default()
        });
        bench.call("s");
        assert_eq!(bench.ran("NoOp"), ["two\nlines\n"]);
    }
}
