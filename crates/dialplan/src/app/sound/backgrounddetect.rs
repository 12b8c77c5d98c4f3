//! `BackgroundDetect`.

use std::time::Duration;

use switch::Text;
use switch::signal::Signal;
use switch::sound::What;

use super::listen::listen;
use super::music;
use super::play::length_of;
use crate::app::{App, Outcome};
use crate::call::{Call, Heard, Place};
use crate::function::Argument;
use crate::script::arguments;
use crate::script::pattern::Mode;
use crate::task::Gone;

/// `BackgroundDetect(filename[,sil[,min[,max[,analysistime]]]])`.
pub static BACKGROUNDDETECT: App = App {
    name: "BackgroundDetect",
    module: "app_talkdetect",
    summary: "Plays a sound file until an extension is dialled or somebody talks",
    syntax: "BackgroundDetect(filename[,sil[,min[,max[,analysistime]]]])",
    arguments: &[
        Argument {
            name: "filename",
            help: "The file without ending.",
        },
        Argument {
            name: "sil",
            help: "Milliseconds of silence that end a talk.",
        },
        Argument {
            name: "min",
            help: "Milliseconds that a talk lasts at least.",
        },
        Argument {
            name: "max",
            help: "Milliseconds that a talk lasts at most.",
        },
        Argument {
            name: "analysistime",
            help: "Milliseconds to listen at most.",
        },
    ],
    description: "Talk leads to the extension talk; TALK_DETECTED says how many milliseconds it was.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

/// How long a silence ends a talk, and how long a talk lasts at least, where nobody says.
const USUAL: (Duration, Duration) = (Duration::from_millis(1000), Duration::from_millis(100));

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 5);
    let millis = |at: usize| {
        let given = arguments::nth(&args, at).trim().parse().ok();
        given.filter(|n| *n > 0).map(Duration::from_millis)
    };
    let (silence, least) = (millis(1).unwrap_or(USUAL.0), millis(2).unwrap_or(USUAL.1));
    let (most, analysed) = (millis(3), millis(4));
    call.answer();
    let context = call.place()?.context;
    let leads = |digit: char| {
        let exten = digit.to_string();
        call.with(|world| world.fits(Some(call.id), &context, &exten, 1, Mode::Can))
    };
    let name = Text::from(arguments::nth(&args, 0));
    let Some(length) = length_of(&call, &name, None).await? else {
        return Ok(Outcome::Next);
    };
    let _playing = music::begin(&call, What::Files(vec![name]), Duration::ZERO, None);
    let _listening = listen(&call, silence);
    let (until, analysed) = (call.now() + length, analysed.map(|span| call.now() + span));
    let mut talks_since = None;
    loop {
        match call.hear(Some(until)).await? {
            Heard::Nothing => return Ok(Outcome::Next),
            Heard::Digit(digit) if leads(digit) => return Ok(Outcome::Digit(digit)),
            Heard::Signal(Signal::Talking(true)) => talks_since = Some(call.now()),
            Heard::Signal(Signal::Talking(false)) => {
                let Some(since) = talks_since.take() else {
                    continue;
                };
                let talk = call.now().since(since).saturating_sub(silence);
                let counts = analysed.is_none_or(|until| call.now() < until);
                if counts && talk >= least && most.is_none_or(|most| talk <= most) {
                    call.set("TALK_DETECTED", talk.as_millis().to_string());
                    return Ok(Outcome::Goto(Place {
                        context,
                        exten: Text::from("talk"),
                        priority: 1,
                    }));
                }
            }
            _ => {}
        }
    }
}
