//! `MSet`.

use switch::Text;

use super::set;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `MSet(name1=value1[,name2=value2…])`.
pub static MSET: App = App {
    name: "MSet",
    module: "core",
    summary: "Sets several variables or functions",
    syntax: "MSet(name1=value1[,name2=value2[,...]])",
    arguments: &[
        Argument {
            name: "set1",
            help: "A variable or function, an equals sign and its value.",
        },
        Argument {
            name: "set2",
            help: "The next.",
        },
    ],
    description: "Quotes and backslashes keep commas in a value; Set takes values as they are.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    for pair in arguments::split(&data, arguments::MAX_ARGUMENTS) {
        set::set(&call, "MSet", pair.trim_start());
    }
    Ok(Outcome::Next)
}
