//! `ImportVar`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::scope::CallScope;
use crate::script;
use crate::task::Gone;

/// `ImportVar(newvar=channel,variable)`.
pub static IMPORTVAR: App = App {
    name: "ImportVar",
    module: "core",
    summary: "Sets a variable to what another channel has in one of its own",
    syntax: "ImportVar(newvar=channel,variable)",
    arguments: &[
        Argument {
            name: "newvar",
            help: "The variable to set.",
        },
        Argument {
            name: "channel",
            help: "The other channel's name.",
        },
        Argument {
            name: "variable",
            help: "Its variable, or a function with its arguments.",
        },
    ],
    description: "Where there is no such channel the variable is emptied.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let parts = data
        .split_once('=')
        .and_then(|(name, from)| Some((name, from.split_once(',')?)));
    let Some((name, (channel, variable))) = parts else {
        call.warn(
            "ImportVar",
            format!("{data:?} is not newvar=channel,variable"),
        );
        return Ok(Outcome::Next);
    };
    let value = match call.with(|world| world.switch.find(channel.trim())) {
        Some(other) => {
            let scope = CallScope {
                task: call.task.clone(),
                channel: Some(other),
                trusted: true,
            };
            script::read(variable.trim(), &scope).await
        }
        None => {
            call.warn("ImportVar", format!("there is no channel {channel:?}"));
            String::new()
        }
    };
    call.assign(name.trim(), &value);
    Ok(Outcome::Next)
}
