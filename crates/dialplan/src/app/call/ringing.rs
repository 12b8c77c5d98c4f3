//! `Ringing`.

use switch::Text;
use switch::signal::Order;

use crate::app::sound::music;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::task::Gone;

/// `Ringing()`.
pub static RINGING: App = App {
    name: "Ringing",
    module: "core",
    summary: "Tells the caller that somebody is being alerted",
    syntax: "Ringing()",
    arguments: &[],
    description: "The dialplan goes on at once.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    match call.is_up() {
        // A far end that has answered makes no tone of its own.
        true => music::set_tone(&call, Some(Text::from("ring"))),
        false => call.order(Order::Ringing),
    }
    Ok(Outcome::Next)
}
