//! `Milliwatt`.

use std::time::Duration;

use switch::Text;
use switch::sound::What;

use super::music;
use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::{Call, Heard};
use crate::function::Argument;
use crate::task::Gone;

/// `Milliwatt([options])`.
pub static MILLIWATT: App = App {
    name: "Milliwatt",
    module: "app_milliwatt",
    summary: "Plays a steady test tone",
    syntax: "Milliwatt([options])",
    arguments: &[Argument {
        name: "options",
        help: "m: with a second of silence every ten. o: 1000 Hz.",
    }],
    description: "It plays until the call is hung up.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let options = Options::new(&data, "mo", |letter| {
        call.warn("Milliwatt", format!("there is no option {letter:?}"));
    });
    call.answer();
    let tone = match () {
        () if options.has('m') => Some("1004/9000,0/1000"),
        () if options.has('o') => Some("1000/1000"),
        () => None,
    };
    let _tone = match tone {
        Some(tone) => (Some(music::tone(&call, tone)), None),
        None => (
            None,
            Some(music::begin(&call, What::Milliwatt, Duration::ZERO, None)),
        ),
    };
    while call.hear(None).await? != Heard::Nothing {}
    Ok(Outcome::Next)
}
