//! `SayDigits`.

use switch::Text;

use super::{play, say};
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `SayDigits(digits)`.
pub static SAYDIGITS: App = App {
    name: "SayDigits",
    module: "core",
    summary: "Says digits one by one",
    syntax: "SayDigits(digits)",
    arguments: &[Argument {
        name: "digits",
        help: "The digits.",
    }],
    description: "A digit interrupts it and is dialled where SAY_DTMF_INTERRUPT is true.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    play::say(&call, say::digits(&data)).await
}
