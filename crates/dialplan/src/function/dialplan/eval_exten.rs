//! `EVAL_EXTEN([[context,]extension,]priority)`.

use super::call;
use crate::app::control::goto;
use crate::call::Place;
use crate::function::{Argument, Escalates, Function, FunctionError, Read};
use crate::script::{Reply, Scope, substitute};

pub(crate) static EVAL_EXTEN: Function = Function {
    name: "EVAL_EXTEN",
    module: "func_evalexten",
    summary: "What a step would return, filled in but not run.",
    syntax: "EVAL_EXTEN([[context,]extension,]priority)",
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
            help: "A number or a label; its application is Return.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Later(read)),
    write: None,
};

fn read<'a>(scope: &'a dyn Scope, args: &'a str) -> Reply<'a> {
    Box::pin(async move {
        let call = call(scope)?;
        let place = goto::parse(&call, args).ok().flatten();
        let step = place.and_then(
            |Place {
                 context,
                 exten,
                 priority,
             }| {
                call.with(|world| world.step(Some(call.id), &context, &exten, priority))
            },
        );
        match step {
            Some((application, data)) if application.eq_ignore_ascii_case("Return") => {
                Ok(substitute(&data, scope).await.into_owned())
            }
            Some(_) => Err(FunctionError::failed("the step is no Return")),
            None => Err(FunctionError::failed(format!("there is no step {args}"))),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn a_return_is_filled_in_and_not_run() {
        let (mut bench, id) = Bench::with_call(
            "exten => s,1,Wait(100)
            exten => value,1,Return(${EXTEN}!)
            exten => other,1,NoOp()",
        );
        assert_eq!(
            bench.fill(id, "${EVAL_EXTEN(value,1)}${EVAL_EXTEN(default,value,1)}"),
            "s!s!"
        );
        assert!(bench.ran("Return").is_empty());
        assert_eq!(
            bench.fill(id, "${EVAL_EXTEN(other,1)}${EVAL_EXTEN(nowhere,1)}"),
            ""
        );
        assert_eq!(bench.warnings(), 2);
    }
}
