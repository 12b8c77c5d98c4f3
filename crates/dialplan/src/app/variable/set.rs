//! `Set`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Set(name=value)`.
pub static SET: App = App {
    name: "Set",
    module: "core",
    summary: "Sets a variable or a function",
    syntax: "Set(name=value)",
    arguments: &[
        Argument {
            name: "name",
            help: "The variable, or a function with its arguments. One underscore in front lets channels \
                that this one calls inherit it, two those that they call as well.",
        },
        Argument {
            name: "value",
            help: "The value, to the end of the line.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    set(&call, "Set", &data);
    Ok(Outcome::Next)
}

/// Does what `name=value` says.
pub(super) fn set(call: &Call, application: &'static str, text: &str) {
    match text.split_once('=') {
        Some((name, value)) => {
            call.assign(name, value);
        }
        None => call.warn(application, format!("{text:?} is not name=value")),
    }
}
