//! `Playback`.

use switch::Text;

use super::play::{Played, note, play, play_all, play_list};
use super::say;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `Playback(filename[&filename2…][,options])`.
pub static PLAYBACK: App = App {
    name: "Playback",
    module: "app_playback",
    summary: "Plays sound files",
    syntax: "Playback(filename[&filename2[&...]][,options])",
    arguments: &[
        Argument {
            name: "filenames",
            help: "Files without ending, one after the other.",
        },
        Argument {
            name: "options",
            help: "skip: nothing where the call is not up. noanswer: play without answering. say: the \
                names are what to say, such as digits:42. mix: they may be either.",
        },
    ],
    description: "PLAYBACKSTATUS is SUCCESS, or FAILED where a file was not there.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 2);
    let names = arguments::nth(&args, 0);
    let options = arguments::nth(&args, 1);
    if names.is_empty() {
        call.warn("Playback", "it wants the name of a file");
        return Ok(Outcome::Next);
    }
    let has = |option: &str| options.split(',').any(|given| given.trim() == option);
    if has("skip") && !call.is_up() {
        call.set("PLAYBACKSTATUS", "SUCCESS");
        return Ok(Outcome::Next);
    }
    if !has("noanswer") {
        call.answer();
    }
    let went = play_names(&call, names, has("say"), has("mix")).await;
    note(&call, "PLAYBACKSTATUS", went.map(|well| ((), well)))?;
    Ok(Outcome::Next)
}

/// Plays files joined with `&`, or says what the names say; false where one was not there.
async fn play_names(call: &Call, names: &str, say: bool, mix: bool) -> Result<bool, Gone> {
    if !(say || mix && names.contains(':')) {
        let files = names.split('&').filter(|name| !name.is_empty());
        let (_, missing) = play_list(call, files, None, "").await?;
        return Ok(!missing);
    }
    let mut well = true;
    for name in names.split('&').filter(|name| !name.is_empty()) {
        let said = (say || mix && name.contains(':'))
            .then(|| say::files(name))
            .flatten();
        match said {
            Some(files) => drop(play_all(call, files, "").await?),
            None if say => {
                call.warn("Playback", format!("{name:?} cannot be said"));
                well = false;
            }
            None => well &= play(call, name, "").await? != Played::Missing,
        }
    }
    Ok(well)
}
