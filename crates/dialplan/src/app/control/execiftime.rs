//! `ExecIfTime`.

use switch::Text;

use super::execif::choose;
use super::gotoiftime::now_is;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `ExecIfTime(times,weekdays,days,months[,zone]?appname[(args)])`.
pub static EXECIFTIME: App = App {
    name: "ExecIfTime",
    module: "core",
    summary: "Runs an application at certain times",
    syntax: "ExecIfTime(times,weekdays,days,months[,zone]?appname[(appargs)])",
    arguments: &[
        Argument {
            name: "day_condition",
            help: "Times as an include has them, such as *,sat&sun,*,*.",
        },
        Argument {
            name: "appname",
            help: "The application and its arguments.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    match now_is(&call, "ExecIfTime", &data) {
        Some((branches, holds)) => choose(&call, "ExecIfTime", branches.choose(holds)).await,
        None => Ok(Outcome::Next),
    }
}
