//! `GotoIfTime`.

use switch::Text;

use super::branch::Branches;
use super::gotoif::go;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::timespec::TimeSpec;
use crate::task::Gone;

/// `GotoIfTime(times,weekdays,days,months[,zone]?[yes]:[no])`.
pub static GOTOIFTIME: App = App {
    name: "GotoIfTime",
    module: "core",
    summary: "Goes on at one of two steps, by the time",
    syntax: "GotoIfTime(times,weekdays,days,months[,zone]?[[context,]extension,]priority\
        [:[[context,]extension,]priority])",
    arguments: &[
        Argument {
            name: "condition",
            help: "Times as an include has them, such as 9:00-17:00,mon-fri,*,*.",
        },
        Argument {
            name: "destination",
            help: "Where to go; nowhere if left out.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    match now_is(&call, "GotoIfTime", &data) {
        Some((branches, holds)) => go(&call, "GotoIfTime", branches.choose(holds)),
        None => Ok(Outcome::Next),
    }
}

/// Reads `times?yes:no` and says whether it is that time. What is wrong with it is warned of; then
/// nothing is to be done.
pub(super) fn now_is<'t>(
    call: &Call,
    application: &'static str,
    text: &'t str,
) -> Option<(Branches<'t>, bool)> {
    let Some(branches) = Branches::parse(text) else {
        call.warn(application, format!("{text:?} is not times?yes:no"));
        return None;
    };
    match TimeSpec::parse(branches.condition) {
        Ok(times) => {
            let moment = call.with(|world| world.moment());
            Some((branches, times.matches(&moment)))
        }
        Err(error) => {
            call.warn(application, error.to_string());
            None
        }
    }
}
