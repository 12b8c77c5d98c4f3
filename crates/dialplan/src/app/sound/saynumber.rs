//! `SayNumber`.

use switch::Text;

use super::{play, say};
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `SayNumber(digits[,gender])`.
pub static SAYNUMBER: App = App {
    name: "SayNumber",
    module: "core",
    summary: "Says a whole number",
    syntax: "SayNumber(digits[,gender])",
    arguments: &[
        Argument {
            name: "digits",
            help: "The number, between a thousand millions below and above 0.",
        },
        Argument {
            name: "gender",
            help: "English has none.",
        },
    ],
    description: "A digit interrupts it and is dialled where SAY_DTMF_INTERRUPT is true.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 2);
    let number = arguments::nth(&args, 0).trim().parse::<i64>();
    match number.ok().and_then(say::number) {
        Some(files) => play::say(&call, files).await,
        None => {
            call.warn(
                "SayNumber",
                format!("{data:?} is not a number that can be said"),
            );
            Ok(Outcome::Next)
        }
    }
}
