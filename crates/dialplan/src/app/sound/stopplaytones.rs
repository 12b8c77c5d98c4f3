//! `StopPlayTones`.

use switch::Text;

use super::music;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::task::Gone;

/// `StopPlayTones()`.
pub static STOPPLAYTONES: App = App {
    name: "StopPlayTones",
    module: "app_playtones",
    summary: "Ends the tones of PlayTones",
    syntax: "StopPlayTones()",
    arguments: &[],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, _: Text) -> Result<Outcome, Gone> {
    music::set_tone(&call, None);
    Ok(Outcome::Next)
}
