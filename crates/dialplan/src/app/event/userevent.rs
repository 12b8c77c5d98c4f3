//! `UserEvent`.

use switch::Text;
use switch::fact::Fact;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `UserEvent(eventname[,body])`.
pub static USEREVENT: App = App {
    name: "UserEvent",
    module: "app_userevent",
    summary: "Raises an event of the dialplan's own",
    syntax: "UserEvent(eventname[,body])",
    arguments: &[
        Argument {
            name: "eventname",
            help: "What the event calls itself.",
        },
        Argument {
            name: "body",
            help: "Its headers as `Key: value`, divided by commas.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, arguments::MAX_ARGUMENTS);
    let name = Text::from(arguments::nth(&args, 0));
    if name.is_empty() {
        call.warn("UserEvent", "it wants the name of the event");
        return Ok(Outcome::Next);
    }
    let headers = args
        .iter()
        .skip(1)
        .filter(|part| !part.trim().is_empty())
        .map(|part| {
            let (key, value) = part.split_once(':').unwrap_or((part, ""));
            (Text::from(key.trim()), Text::from(value.trim()))
        });
    let headers = headers.collect();
    let channel = Some(call.view()?);
    call.with(|world| {
        world.switch.tell(Fact::UserEvent {
            channel,
            name,
            headers,
        })
    });
    Ok(Outcome::Next)
}
