//! `PlayTones`.

use switch::Text;

use super::music;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `PlayTones(arg)`.
pub static PLAYTONES: App = App {
    name: "PlayTones",
    module: "app_playtones",
    summary: "Plays tones while the dialplan goes on",
    syntax: "PlayTones(arg)",
    arguments: &[Argument {
        name: "arg",
        help: "One of the zone's tones, such as dial or busy, or frequencies and times.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    if data.trim().is_empty() {
        call.warn("PlayTones", "it wants a tone");
    } else {
        music::set_tone(&call, Some(data));
    }
    Ok(Outcome::Next)
}
