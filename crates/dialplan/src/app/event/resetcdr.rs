//! `ResetCDR`.

use switch::Text;

use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `ResetCDR([options])`.
pub static RESETCDR: App = App {
    name: "ResetCDR",
    module: "app_cdr",
    summary: "Starts the call record anew",
    syntax: "ResetCDR([options])",
    arguments: &[Argument {
        name: "options",
        help: "v: keep the variables that CDR set.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let options = Options::new(&data, "v", |letter| {
        call.warn("ResetCDR", format!("there is no option {letter:?}"));
    });
    let (now, channel) = (call.now(), call.view()?);
    call.with(|world| world.switch.records.reset(now, &channel, options.has('v')));
    Ok(Outcome::Next)
}
