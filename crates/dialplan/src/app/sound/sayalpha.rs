//! `SayAlpha`.

use switch::Text;

use super::{play, say};
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `SayAlpha(string)`.
pub static SAYALPHA: App = App {
    name: "SayAlpha",
    module: "core",
    summary: "Spells a text",
    syntax: "SayAlpha(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text.",
    }],
    description: "A digit interrupts it and is dialled where SAY_DTMF_INTERRUPT is true.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    play::say(&call, say::letters(&data)).await
}
