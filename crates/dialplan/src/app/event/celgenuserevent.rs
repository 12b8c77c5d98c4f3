//! `CELGenUserEvent`.

use switch::Text;
use switch::fact::Fact;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `CELGenUserEvent(event-name[,extra])`.
pub static CELGENUSEREVENT: App = App {
    name: "CELGenUserEvent",
    module: "app_celgenuserevent",
    summary: "Writes a line of the dialplan's own into the channel event log",
    syntax: "CELGenUserEvent(event-name[,extra])",
    arguments: &[
        Argument {
            name: "event-name",
            help: "What kind of line.",
        },
        Argument {
            name: "extra",
            help: "Free text.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 2);
    let (name, extra) = (arguments::nth(&args, 0), arguments::nth(&args, 1));
    if name.is_empty() {
        call.warn("CELGenUserEvent", "it wants the name of the event");
        return Ok(Outcome::Next);
    }
    let (name, extra) = (Text::from(name), Text::from(extra));
    let channel = call.view()?;
    call.with(|world| {
        world.switch.tell(Fact::ChannelEvent {
            channel,
            name,
            extra,
        })
    });
    Ok(Outcome::Next)
}
