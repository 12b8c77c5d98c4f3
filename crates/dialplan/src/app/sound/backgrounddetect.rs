//! `BackgroundDetect`.

use switch::Text;

use super::play::{Played, play};
use crate::app::{App, Outcome};
use crate::call::Call;
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
    description: "Talk is not heard yet on calls without sound.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 5);
    call.answer();
    let context = call.place()?.context;
    let leads = |digit: &char| {
        let exten = digit.to_string();
        call.with(|world| world.fits(Some(call.id), &context, &exten, 1, Mode::Can))
    };
    let ends: String = super::play::ANY_DIGIT.chars().filter(leads).collect();
    Ok(match play(&call, arguments::nth(&args, 0), &ends).await? {
        Played::Digit(digit) => Outcome::Digit(digit),
        Played::Done | Played::Missing => Outcome::Next,
    })
}
