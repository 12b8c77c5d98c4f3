//! `HangupCauseClear`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::task::Gone;

/// `HangupCauseClear()`.
pub static HANGUPCAUSECLEAR: App = App {
    name: "HangupCauseClear",
    module: "func_hangupcause",
    summary: "Forgets why the channels that this one called were hung up",
    syntax: "HangupCauseClear()",
    arguments: &[],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    call.with(|world| {
        if let Some(channel) = world.switch.channel_mut(call.id) {
            channel.hangup_causes.clear();
        }
    });
    Ok(Outcome::Next)
}
