//! `SendText`.

use switch::Text;
use switch::signal::Order;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `SendText([text])`.
pub static SENDTEXT: App = App {
    name: "SendText",
    module: "app_sendtext",
    summary: "Sends a text message to the far end",
    syntax: "SendText([text])",
    arguments: &[Argument {
        name: "text",
        help: "The message; the variable SENDTEXT_BODY goes before it.",
    }],
    description: "SENDTEXTSTATUS is SUCCESS, FAILURE or UNSUPPORTED.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let body = call.variable("SENDTEXT_BODY");
    let text = if body.is_empty() { data } else { body };
    let status = if text.is_empty() {
        call.warn("SendText", "there is no text to send");
        "FAILURE"
    } else {
        call.order(Order::Text(text));
        "SUCCESS"
    };
    call.set("SENDTEXTSTATUS", status);
    Ok(Outcome::Next)
}
