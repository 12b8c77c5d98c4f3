//! `MusicOnHold`.

use switch::Text;

use super::music;
use crate::app::control::wait;
use crate::app::{App, Outcome};
use crate::call::{Call, Heard};
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `MusicOnHold([class[,duration]])`.
pub static MUSICONHOLD: App = App {
    name: "MusicOnHold",
    module: "res_musiconhold",
    summary: "Plays music",
    syntax: "MusicOnHold([class[,duration]])",
    arguments: &[
        Argument {
            name: "class",
            help: "Which music; that of the channel, or default, if left out.",
        },
        Argument {
            name: "duration",
            help: "Seconds; until the call is hung up if left out.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 2);
    let _music = music::start(&call, arguments::nth(&args, 0));
    match wait::seconds(arguments::nth(&args, 1)) {
        Some(span) => call.sleep(span).await?,
        None => while call.hear(None).await? != Heard::Nothing {},
    }
    Ok(Outcome::Next)
}
