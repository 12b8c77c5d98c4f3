//! `ChannelRedirect`.

use switch::Text;

use super::goto;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::run::send_elsewhere;
use crate::task::Gone;

/// `ChannelRedirect(channel,[[context,]extension,]priority)`.
pub static CHANNELREDIRECT: App = App {
    name: "ChannelRedirect",
    module: "app_channelredirect",
    summary: "Sends another channel to a step of the dialplan",
    syntax: "ChannelRedirect(channel,[[context,]extension,]priority)",
    arguments: &[
        Argument {
            name: "channel",
            help: "Its name or unique id.",
        },
        Argument {
            name: "context",
            help: "The context; that of the channel if left out.",
        },
        Argument {
            name: "extension",
            help: "The extension; that of the channel if left out.",
        },
        Argument {
            name: "priority",
            help: "A number or a label.",
        },
    ],
    description: "CHANNELREDIRECT_STATUS is SUCCESS, or NOCHANNEL where there is none such.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let Some((name, target)) = data.split_once(',') else {
        call.warn("ChannelRedirect", format!("{data:?} is not channel,place"));
        return Ok(Outcome::Next);
    };
    let Some(id) = call.with(|world| world.switch.find(name.trim())) else {
        call.set("CHANNELREDIRECT_STATUS", "NOCHANNEL");
        return Ok(Outcome::Next);
    };
    let other = Call {
        task: call.task.clone(),
        id,
    };
    match goto::parse(&other, target) {
        Ok(Some(place)) => {
            send_elsewhere(&call.task.shared, id, &place);
            call.set("CHANNELREDIRECT_STATUS", "SUCCESS");
        }
        _ => call.warn(
            "ChannelRedirect",
            format!("{target:?} is no place in the dialplan"),
        ),
    }
    Ok(Outcome::Next)
}
