//! `StopMixMonitor`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `StopMixMonitor([MixMonitorID])`.
pub static STOPMIXMONITOR: App = App {
    name: "StopMixMonitor",
    module: "app_mixmonitor",
    summary: "Ends what MixMonitor began",
    syntax: "StopMixMonitor([MixMonitorID])",
    arguments: &[Argument {
        name: "MixMonitorID",
        help: "Which, as the option i of MixMonitor told it; the oldest if left out.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let name = Some(data.trim()).filter(|name| !name.is_empty());
    call.with(|world| world.switch.stop_monitor(call.id, name));
    Ok(Outcome::Next)
}
