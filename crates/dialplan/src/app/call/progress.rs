//! `Progress`.

use switch::Text;
use switch::signal::Order;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::task::Gone;

/// `Progress()`.
pub static PROGRESS: App = App {
    name: "Progress",
    module: "core",
    summary: "Tells the caller that there is sound before an answer",
    syntax: "Progress()",
    arguments: &[],
    description: "The dialplan goes on at once.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    call.order(Order::Progress);
    Ok(Outcome::Next)
}
