//! `Transfer`.

use std::time::Duration;

use switch::Text;
use switch::signal::{Order, Signal};

use crate::app::{App, Outcome};
use crate::call::{Call, Heard};
use crate::function::Argument;
use crate::task::Gone;

/// `Transfer([Tech/]destination)`.
pub static TRANSFER: App = App {
    name: "Transfer",
    module: "app_transfer",
    summary: "Asks the far end to call somebody else",
    syntax: "Transfer([Tech/]destination)",
    arguments: &[Argument {
        name: "dest",
        help: "Whom to call; with a technology, only channels of it do so.",
    }],
    description: "TRANSFERSTATUS is SUCCESS, FAILURE, or UNSUPPORTED where the channel cannot ask. \
                  TRANSFERSTATUSPROTOCOL is the technology's own figure of a failure, such as SIP's 486; 0 \
                  where it went well or where there is none.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

/// How long the far end may take to say what became of it: it may let somebody ring meanwhile. A driver
/// whose far end says nothing gives up long before.
const PATIENCE: Duration = Duration::from_secs(600);

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let technology = call.view()?.technology;
    let (wanted, destination) = match data.split_once('/') {
        Some((wanted, destination)) => (wanted, destination),
        None => (technology, &*data),
    };
    let is_wanted = wanted.eq_ignore_ascii_case(technology)
        || wanted.eq_ignore_ascii_case("SIP") && technology == "PJSIP";
    let (status, figure) = match () {
        () if destination.is_empty() || !is_wanted => ("FAILURE", 0),
        () if technology == "Local" => ("UNSUPPORTED", 0),
        () => {
            call.order(Order::Transfer(Text::from(destination)));
            answer(&call).await.inspect_err(|Gone| {
                call.set("TRANSFERSTATUS", "FAILURE");
                call.set("TRANSFERSTATUSPROTOCOL", "0");
            })?
        }
    };
    call.set("TRANSFERSTATUS", status);
    call.set("TRANSFERSTATUSPROTOCOL", figure.to_string());
    Ok(Outcome::Next)
}

/// What the driver says of it.
async fn answer(call: &Call) -> Result<(&'static str, u16), Gone> {
    let until = call.now() + PATIENCE;
    loop {
        match call.hear(Some(until)).await? {
            Heard::Signal(Signal::Transferred { success, figure }) => {
                return Ok((if success { "SUCCESS" } else { "FAILURE" }, figure));
            }
            Heard::Nothing => return Ok(("FAILURE", 0)),
            _ => {}
        }
    }
}
