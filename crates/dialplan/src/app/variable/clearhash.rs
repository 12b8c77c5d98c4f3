//! `ClearHash`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `ClearHash(hashname)`.
pub static CLEARHASH: App = App {
    name: "ClearHash",
    module: "func_strings",
    summary: "Takes all keys of a hash away",
    syntax: "ClearHash(hashname)",
    arguments: &[Argument {
        name: "hashname",
        help: "The hash, as the function HASH names it.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let prefix = format!("~HASH~{data}~");
    call.with(|world| {
        let Some(channel) = world.switch.channel_mut(call.id) else {
            return;
        };
        let names = channel.variables.iter().map(|(name, _)| name);
        let names: Vec<Text> = names
            .filter(|name| name.starts_with(&prefix))
            .cloned()
            .collect();
        for name in names {
            channel.variables.remove(&name);
        }
    });
    Ok(Outcome::Next)
}
