//! `WaitUntil`.

use switch::{Text, Time};

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `WaitUntil(epoch)`.
pub static WAITUNTIL: App = App {
    name: "WaitUntil",
    module: "app_waituntil",
    summary: "Waits until a moment",
    syntax: "WaitUntil(epoch)",
    arguments: &[Argument {
        name: "epoch",
        help: "Seconds since 1970 UTC; parts are allowed.",
    }],
    description: "WAITUNTILSTATUS is OK, PAST where the moment was over already, HANGUP, or FAILURE where \
        it is no moment.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let moment = data
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|seconds| *seconds >= 0.0);
    let Some(moment) = moment.map(|seconds| Time((seconds * 1e6) as u64)) else {
        call.warn("WaitUntil", format!("{data:?} is not a number of seconds"));
        call.set("WAITUNTILSTATUS", "FAILURE");
        return Ok(Outcome::Next);
    };
    let status = match moment <= call.now() {
        true => "PAST",
        false => match call.sleep(moment.since(call.now())).await {
            Ok(()) => "OK",
            Err(gone) => {
                call.set("WAITUNTILSTATUS", "HANGUP");
                return Err(gone);
            }
        },
    };
    call.set("WAITUNTILSTATUS", status);
    Ok(Outcome::Next)
}
