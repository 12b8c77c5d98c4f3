//! `Congestion`.

use switch::signal::Order;
use switch::{Cause, Text};

use super::busy::refuse;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Congestion([timeout])`.
pub static CONGESTION: App = App {
    name: "Congestion",
    module: "core",
    summary: "Tells the caller that there is no way through, and ends the call",
    syntax: "Congestion([timeout])",
    arguments: &[Argument {
        name: "timeout",
        help: "Seconds until the call is hung up; left out, the caller has to.",
    }],
    description: "A call that is up already stays so and only hears the tone.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    refuse(&call, &data, Order::Congestion, Cause::CONGESTION).await
}
