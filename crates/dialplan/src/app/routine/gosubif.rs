//! `GosubIf`.

use switch::Text;

use super::gosub;
use crate::app::control::branch::{Branches, holds};
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `GosubIf(condition?[yes[(args)]][:no[(args)]])`.
pub static GOSUBIF: App = App {
    name: "GosubIf",
    module: "app_stack",
    summary: "Enters one of two subroutines",
    syntax: "GosubIf(condition?[[[context,]extension,]priority[(arg1[,...])]]\
        [:[[context,]extension,]priority[(arg1[,...])]])",
    arguments: &[
        Argument {
            name: "condition",
            help: "Nothing and 0 do not hold; all else does.",
        },
        Argument {
            name: "destination",
            help: "The subroutine, as Gosub has it; none if left out.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let Some(branches) = Branches::parse(&data) else {
        call.warn("GosubIf", format!("{data:?} is not condition?yes:no"));
        return Ok(Outcome::Next);
    };
    match branches.choose(holds(branches.condition)) {
        "" => Ok(Outcome::Next),
        target => gosub::go(&call, "GosubIf", target),
    }
}
