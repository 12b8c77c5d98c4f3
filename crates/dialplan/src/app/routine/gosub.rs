//! `Gosub`.

use switch::Text;

use crate::app::control::goto;
use crate::app::{App, Outcome};
use crate::call::{Call, Place};
use crate::function::Argument;
use crate::run::enter_subroutine;
use crate::script::arguments;
use crate::task::Gone;

/// `Gosub([[context,]extension,]priority[(arg1[,…])])`.
pub static GOSUB: App = App {
    name: "Gosub",
    module: "app_stack",
    summary: "Goes on at another step, and comes back with Return",
    syntax: "Gosub([[context,]extension,]priority[(arg1[,...])])",
    arguments: &[
        Argument {
            name: "context",
            help: "The context; the present one if left out.",
        },
        Argument {
            name: "extension",
            help: "The extension; the present one if left out.",
        },
        Argument {
            name: "priority",
            help: "A number or a label.",
        },
        Argument {
            name: "arg1",
            help: "What the subroutine finds in ARG1 and on; ARGC counts them.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    go(&call, "Gosub", &data)
}

/// Enters a subroutine; where there is none such, says so and hangs up.
pub fn go(call: &Call, application: &'static str, target: &str) -> Result<Outcome, Gone> {
    let Some((place, args)) = parse(call, target) else {
        call.warn(
            application,
            format!("{target:?} is not [[context,]extension,]priority[(args)]"),
        );
        return Ok(Outcome::Hangup);
    };
    if !call.with(|w| w.exists(Some(call.id), &place.context, &place.exten, place.priority)) {
        let Place {
            context,
            exten,
            priority,
        } = &place;
        call.warn(
            application,
            format!("there is no {context},{exten},{priority}"),
        );
        return Ok(Outcome::Hangup);
    }
    match enter_subroutine(call, &place, &args, false) {
        true => Ok(Outcome::Goto(place)),
        false => {
            call.warn(application, "too many subroutines inside each other");
            Ok(Outcome::Hangup)
        }
    }
}

/// Reads `[[context,]extension,]priority[(args)]` for a call.
pub fn parse(call: &Call, target: &str) -> Option<(Place, Vec<Text>)> {
    let (place, args) = match target.split_once('(') {
        Some((place, args)) => (place, Some(args.strip_suffix(')').unwrap_or(args))),
        None => (target, None),
    };
    let place = goto::parse(call, place).ok()??;
    let args = args
        .filter(|args| !args.is_empty())
        .map(|args| arguments::split(args, arguments::MAX_ARGUMENTS))
        .unwrap_or_default();
    Some((place, args.iter().map(|arg| Text::from(&**arg)).collect()))
}

/// Reads a target as the options of other applications have it, where `^` stands for the commas before
/// the arguments: `[[context^]extension^]priority[(args)]`, or a context alone for its `s` extension.
pub fn parse_caret(call: &Call, target: &str) -> Option<(Place, Vec<Text>)> {
    let (place, args) = target.split_at(target.find('(').unwrap_or(target.len()));
    let place = match place.contains('^') || place.contains(',') {
        true => place.replace('^', ","),
        false => format!("{place},s,1"),
    };
    parse(call, &format!("{place}{}", args.replace('^', ",")))
}
