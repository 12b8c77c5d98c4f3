//! `BackGround`.

use switch::Text;

use super::play::{ANY_DIGIT, note, play_list};
use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::{Call, Place};
use crate::function::Argument;
use crate::script::arguments;
use crate::script::pattern::Mode;
use crate::task::Gone;

/// `BackGround(filename[&filename2…][,options[,langoverride[,context]]])`.
pub static BACKGROUND: App = App {
    name: "BackGround",
    module: "core",
    summary: "Plays sound files until an extension is dialled",
    syntax: "BackGround(filename[&filename2[&...]][,options[,langoverride[,context]]])",
    arguments: &[
        Argument {
            name: "filenames",
            help: "Files without ending, one after the other.",
        },
        Argument {
            name: "options",
            help: "s: nothing where the call is not up. n: play without answering. m: only a digit that \
                is an extension ends it. p: no digit ends it.",
        },
        Argument {
            name: "langoverride",
            help: "Another language than the call's.",
        },
        Argument {
            name: "context",
            help: "Another context than the call's for what is dialled.",
        },
    ],
    description: "BACKGROUNDSTATUS is SUCCESS, or FAILED where a file was not there.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 4);
    let arg = |at| arguments::nth(&args, at);
    if arg(0).is_empty() {
        call.warn("BackGround", "it wants the name of a file");
        return Ok(Outcome::Next);
    }
    let options = Options::new(arg(1), "snmp", |letter| {
        call.warn("BackGround", format!("there is no option {letter:?}"));
    });
    let view = call.view()?;
    let language = if arg(2).is_empty() {
        view.language.clone()
    } else {
        Text::from(arg(2))
    };
    let context = if arg(3).is_empty() {
        view.context.clone()
    } else {
        Text::from(arg(3))
    };
    let mut digit = None;
    if call.is_up() || !options.has('s') {
        if !options.has('n') {
            call.answer();
        }
        let ends = match () {
            () if options.has('p') => String::new(),
            () if options.has('m') => extensions(&call, &context),
            () => ANY_DIGIT.to_owned(),
        };
        let went = play_names(&call, arg(0), &language, &ends).await;
        digit = note(&call, "BACKGROUNDSTATUS", went)?;
    } else {
        call.set("BACKGROUNDSTATUS", "SUCCESS");
    }
    Ok(match digit {
        None => Outcome::Next,
        Some(digit) => dialled(&call, context, digit),
    })
}

/// Plays files joined with `&`: the digit that ended it, and whether all were there.
async fn play_names(
    call: &Call,
    names: &str,
    language: &Text,
    ends: &str,
) -> Result<(Option<char>, bool), Gone> {
    let names = names.split('&').filter(|name| !name.is_empty());
    let (digit, missing) = play_list(call, names, Some(language), ends).await?;
    Ok((digit, !missing))
}

/// Where a digit leads: at once to its extension where no other begins so.
pub(super) fn dialled(call: &Call, context: Text, digit: char) -> Outcome {
    let exten = Text::from(digit.to_string());
    let fits = |mode| call.with(|world| world.fits(Some(call.id), &context, &exten, 1, mode));
    if fits(Mode::Can) && !fits(Mode::More) {
        return Outcome::Goto(Place {
            context,
            exten,
            priority: 1,
        });
    }
    Outcome::Digit(digit)
}

/// The digits that are extensions of a context by themselves.
fn extensions(call: &Call, context: &str) -> String {
    let is_there = |digit: &char| {
        let exten = digit.to_string();
        call.with(|world| world.exists(Some(call.id), context, &exten, 1))
    };
    ANY_DIGIT.chars().filter(is_there).collect()
}
