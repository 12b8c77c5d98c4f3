//! `Incomplete`.

use switch::Text;

use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Incomplete([n])`.
pub static INCOMPLETE: App = App {
    name: "Incomplete",
    module: "core",
    summary: "Waits for more digits of the extension",
    syntax: "Incomplete([n])",
    arguments: &[Argument {
        name: "n",
        help: "n: do not answer the call first.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let options = Options::new(&data, "n", |letter| {
        call.warn("Incomplete", format!("there is no option {letter:?}"));
    });
    if !options.has('n') {
        call.answer();
    }
    Ok(Outcome::Incomplete)
}
