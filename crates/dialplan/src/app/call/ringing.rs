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
    if !call.is_up() {
        call.order(Order::Ringing);
    }
    if call.needs_ring_tone() {
        music::set_tone(&call, Some(Text::from("ring")));
    }
    Ok(Outcome::Next)
}
