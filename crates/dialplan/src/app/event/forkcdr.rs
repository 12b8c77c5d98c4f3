//! `ForkCDR`.

use switch::Text;

use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `ForkCDR([options])`.
pub static FORKCDR: App = App {
    name: "ForkCDR",
    module: "app_forkcdr",
    summary: "Begins another call record beside the one that is open",
    syntax: "ForkCDR([options])",
    arguments: &[Argument {
        name: "options",
        help: "e: end the one that is open. r, a: the new one starts now, and where the call was \
            answered is answered now. v: leave the variables behind.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let options = Options::new(&data, "aerv", |letter| {
        call.warn("ForkCDR", format!("there is no option {letter:?}"));
    });
    let (now, channel) = (call.now(), call.view()?);
    let anew = options.has('r') || options.has('a');
    call.with(|world| {
        world
            .switch
            .records
            .fork(now, &channel, !options.has('v'), anew, options.has('e'));
    });
    Ok(Outcome::Next)
}
