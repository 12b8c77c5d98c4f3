//! `StartMusicOnHold`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `StartMusicOnHold([class])`.
pub static STARTMUSICONHOLD: App = App {
    name: "StartMusicOnHold",
    module: "res_musiconhold",
    summary: "Plays music while the dialplan goes on",
    syntax: "StartMusicOnHold([class])",
    arguments: &[Argument {
        name: "class",
        help: "Which music; that of the channel, or default, if left out.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    call.with(|world| world.switch.start_music(call.id, data.trim()));
    Ok(Outcome::Next)
}
