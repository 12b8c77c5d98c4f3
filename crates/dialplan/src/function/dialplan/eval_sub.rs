//! `EVAL_SUB([[context,]extension,]priority[(arg1[,...])])`.

use super::call;
use crate::app::routine::gosub;
use crate::function::{Argument, Escalates, Function, FunctionError, Read};
use crate::run::run_subroutine;
use crate::script::{Reply, Scope};

pub(crate) static EVAL_SUB: Function = Function {
    name: "EVAL_SUB",
    module: "func_evalexten",
    summary: "What a subroutine returns.",
    syntax: "EVAL_SUB([[context,]extension,]priority[(arg1[,...])])",
    arguments: &[
        Argument {
            name: "context",
            help: "The context; the present one if left out.",
        },
        Argument {
            name: "extension",
            help: "The extension; the present one if left out.",
        },
        Argument {
            name: "priority",
            help: "A number or a label, with arguments behind it.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Later(read)),
    write: None,
};

fn read<'a>(scope: &'a dyn Scope, args: &'a str) -> Reply<'a> {
    Box::pin(async move {
        let call = call(scope)?;
        if !call.owns() {
            return Err(FunctionError::failed(
                "only the call's own dialplan can run subroutines",
            ));
        }
        let routine = gosub::parse(&call, args);
        let (place, args) =
            routine.ok_or_else(|| FunctionError::failed(format!("{args:?} is no subroutine")))?;
        if !run_subroutine(&call, &place, &args).await {
            return Err(FunctionError::failed("the subroutine did not return"));
        }
        Ok(call.variable("GOSUB_RETVAL").to_string())
    })
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn a_subroutine_runs_and_the_call_goes_on_where_it_was() {
        let (mut bench, id) = Bench::with_call(
            "exten => s,1,NoOp(${EVAL_SUB(double,1(21))})
            same => n,NoOp(${EVAL_SUB(nowhere)})
            same => n,NoOp(${EXTEN} ${PRIORITY})
            same => n,Wait(100)
            exten => double,1,Wait(1)
            same => n,Return($[${ARG1} * 2])",
        );
        bench.seconds(2);
        assert_eq!(bench.ran("NoOp"), ["42", "", "s 3"]);
        // Somebody else cannot run a subroutine on a channel that waits in its own dialplan.
        assert_eq!(bench.fill(id, "${EVAL_SUB(double,1(21))}"), "");
        assert_eq!(bench.ran("Return").len(), 1);
    }
}
