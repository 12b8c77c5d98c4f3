//! `WaitExten`.

use switch::Text;

use super::wait;
use crate::app::options::Options;
use crate::app::sound::music;
use crate::app::{App, Outcome};
use crate::call::{Call, Heard, Place};
use crate::function::Argument;
use crate::run;
use crate::script::arguments;
use crate::task::Gone;

/// `WaitExten([seconds][,options])`.
pub static WAITEXTEN: App = App {
    name: "WaitExten",
    module: "core",
    summary: "Waits for an extension to be dialled",
    syntax: "WaitExten([seconds][,options])",
    arguments: &[
        Argument {
            name: "seconds",
            help: "How long to wait for the first digit; TIMEOUT(response) if left out.",
        },
        Argument {
            name: "options",
            help: "d: play the dial tone. m(class): play music of this class.",
        },
    ],
    description: "When nothing was dialled the next step follows, or where there is none t, or e.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 2);
    let options = Options::new(arguments::nth(&args, 1), "dm", |letter| {
        call.warn("WaitExten", format!("there is no option {letter:?}"));
    });
    let span = wait::seconds(arguments::nth(&args, 0)).unwrap_or_else(|| {
        call.with(|world| {
            let own = world
                .switch
                .channel(call.id)
                .and_then(|c| c.digit_timeouts.response);
            own.unwrap_or(world.rules.response_timeout)
        })
    });
    let music = options
        .argument('m')
        .map(|class| music::start(&call, class));
    let tone = options.has('d').then(|| music::tone(&call, "dial"));
    let until = call.now() + span;
    let heard = loop {
        match call.hear(Some(until)).await? {
            Heard::Signal(_) => {}
            heard => break heard,
        }
    };
    drop((music, tone));
    match heard {
        Heard::Digit(digit) => Ok(Outcome::Digit(digit)),
        _ => too_late(&call),
    }
}

fn too_late(call: &Call) -> Result<Outcome, Gone> {
    let here = call.place()?;
    let at = |exten: &str, priority| {
        let there = call.with(|world| world.exists(Some(call.id), &here.context, exten, priority));
        there.then(|| Place {
            context: here.context.clone(),
            exten: Text::from(exten),
            priority,
        })
    };
    if at(&here.exten, here.priority.saturating_add(1)).is_some() {
        return Ok(Outcome::Next);
    }
    if let Some(place) = at("t", 1) {
        return Ok(Outcome::Goto(place));
    }
    if let Some(place) = at("e", 1) {
        run::raise(call, "RESPONSETIMEOUT");
        return Ok(Outcome::Goto(place));
    }
    call.warn(
        "WaitExten",
        format!(
            "nothing was dialled, and {} has neither t nor e",
            here.context
        ),
    );
    Ok(Outcome::Hangup)
}
