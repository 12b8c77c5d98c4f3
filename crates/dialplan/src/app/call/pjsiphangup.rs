//! `PJSIPHangup`.

use switch::Text;
use switch::signal::Order;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::far;
use crate::function::Argument;
use crate::task::Gone;

/// `PJSIPHangup(cause)`.
pub static PJSIPHANGUP: App = App {
    name: "PJSIPHangup",
    module: "chan_pjsip",
    summary: "Refuses a call with an answer of SIP's own",
    syntax: "PJSIPHangup(cause)",
    arguments: &[Argument {
        name: "cause",
        help: "A final answer of SIP from 300 to 699, or its name such as BUSY_HERE.",
    }],
    description: "A call that is answered already is hung up as by Hangup.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let Some(figure) = far::figure(data.trim()) else {
        call.warn("PJSIPHangup", format!("{data:?} is no answer that refuses"));
        return Ok(Outcome::Next);
    };
    if call.view()?.technology != "PJSIP" {
        call.warn("PJSIPHangup", "the channel does not speak SIP");
        return Ok(Outcome::Next);
    }
    call.order(Order::Set {
        name: "response_code",
        value: Text::from(figure.to_string()),
    });
    call.with(|world| {
        world.switch.edit(call.id, |view| {
            view.cause = far::cause(figure);
            view.hangup_source = Text::from("dialplan/builtin");
        });
    });
    Ok(Outcome::Hangup)
}
