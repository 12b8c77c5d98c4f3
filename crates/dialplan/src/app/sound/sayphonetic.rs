//! `SayPhonetic`.

use switch::Text;

use super::{play, say};
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `SayPhonetic(string)`.
pub static SAYPHONETIC: App = App {
    name: "SayPhonetic",
    module: "core",
    summary: "Spells a text in the words of the radio alphabet",
    syntax: "SayPhonetic(string)",
    arguments: &[Argument {
        name: "string",
        help: "The text.",
    }],
    description: "A digit interrupts it and is dialled where SAY_DTMF_INTERRUPT is true.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    play::say(&call, say::phonetic(&data)).await
}
