//! `StopMusicOnHold`.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::task::Gone;

/// `StopMusicOnHold()`.
pub static STOPMUSICONHOLD: App = App {
    name: "StopMusicOnHold",
    module: "res_musiconhold",
    summary: "Ends the music of StartMusicOnHold",
    syntax: "StopMusicOnHold()",
    arguments: &[],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    call.with(|world| world.switch.stop_music(call.id));
    Ok(Outcome::Next)
}
