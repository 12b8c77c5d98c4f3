//! `ReadExten`.

use std::time::Duration;

use switch::Text;

use super::play::{ANY_DIGIT, play_all};
use super::{music, read};
use crate::app::control::wait;
use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::limits;
use crate::script::arguments;
use crate::script::pattern::Mode;
use crate::task::Gone;

/// `ReadExten(variable[,filename[,context[,option[,timeout]]]])`.
pub static READEXTEN: App = App {
    name: "ReadExten",
    module: "app_readexten",
    summary: "Reads an extension of the dialplan into a variable",
    syntax: "ReadExten(variable[,filename[,context[,option[,timeout]]]])",
    arguments: &[
        Argument {
            name: "variable",
            help: "The variable; t where nothing came, i where it is no extension.",
        },
        Argument {
            name: "filename",
            help: "A file to play first; a digit ends it.",
        },
        Argument {
            name: "context",
            help: "Whose extensions; the present context's if left out.",
        },
        Argument {
            name: "option",
            help: "s: nothing where the call is not up. n: read without answering. i: the file names a \
                tone. p: a # ends the reading.",
        },
        Argument {
            name: "timeout",
            help: "Seconds to wait for each digit.",
        },
    ],
    description: "READEXTENSTATUS is OK, TIMEOUT, INVALID, SKIP or ERROR.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 5);
    let arg = |at| arguments::nth(&args, at);
    let variable = arg(0);
    if variable.is_empty() {
        call.warn("ReadExten", "it wants the name of a variable");
        call.set("READEXTENSTATUS", "ERROR");
        return Ok(Outcome::Next);
    }
    let options = Options::new(arg(3), "snip", |letter| {
        call.warn("ReadExten", format!("there is no option {letter:?}"));
    });
    if options.has('s') && !call.is_up() {
        call.set("READEXTENSTATUS", "SKIP");
        return Ok(Outcome::Next);
    }
    if !options.has('n') {
        call.answer();
    }
    let context = if arg(2).is_empty() {
        call.place()?.context
    } else {
        Text::from(arg(2))
    };
    let waits = match wait::seconds(arg(4)) {
        Some(span) => (span, span),
        None => read::timeouts(&call),
    };
    let tone = (options.has('i') && !arg(1).is_empty()).then(|| music::tone(&call, arg(1)));
    let files = Some(arg(1)).filter(|name| tone.is_none() && !name.is_empty());
    let first = play_all(&call, files, ANY_DIGIT).await?;
    let exten = collect(&call, &context, first, waits, options.has('p')).await?;
    drop(tone);
    let there = call.with(|world| world.exists(Some(call.id), &context, &exten, 1));
    let (value, status) = match &*exten {
        "" => ("t", "TIMEOUT"),
        exten if there => (exten, "OK"),
        _ => ("i", "INVALID"),
    };
    call.set(variable, value);
    call.set("READEXTENSTATUS", status);
    Ok(Outcome::Next)
}

/// Reads digits until no longer extension begins so, or none comes in time.
async fn collect(
    call: &Call,
    context: &str,
    mut digit: Option<char>,
    waits: (Duration, Duration),
    hash_ends: bool,
) -> Result<String, Gone> {
    let mut exten = String::new();
    while exten.len() < limits::DIGITS {
        let wait = if exten.is_empty() { waits.0 } else { waits.1 };
        let next = match digit.take() {
            Some(digit) => Some(digit),
            None => read::next_digit(call, wait).await?,
        };
        match next {
            None => break,
            Some('#') if hash_ends => break,
            Some(digit) => exten.push(digit),
        }
        if !call.with(|world| world.fits(Some(call.id), context, &exten, 1, Mode::More)) {
            break;
        }
    }
    Ok(exten)
}
