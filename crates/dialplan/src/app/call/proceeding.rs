//! `Proceeding`.

use switch::Text;
use switch::signal::Order;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::task::Gone;

/// `Proceeding()`.
pub static PROCEEDING: App = App {
    name: "Proceeding",
    module: "core",
    summary: "Tells the caller that the call is under way",
    syntax: "Proceeding()",
    arguments: &[],
    description: "The dialplan goes on at once.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    call.order(Order::Proceeding);
    Ok(Outcome::Next)
}
