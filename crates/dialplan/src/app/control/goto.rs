//! `Goto`, and how the applications that jump read their target.

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::{Call, Place};
use crate::function::Argument;
use crate::task::Gone;

/// `Goto([[context,]extension,]priority)`.
pub static GOTO: App = App {
    name: "Goto",
    module: "core",
    summary: "Goes on at another step",
    syntax: "Goto([[context,]extension,]priority)",
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
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    jump(&call, "Goto", &data)
}

/// Jumps to a target; where there is none such, says so and hangs up.
pub fn jump(call: &Call, application: &'static str, target: &str) -> Result<Outcome, Gone> {
    match parse(call, target)? {
        Some(place) => Ok(Outcome::Goto(place)),
        None => {
            call.warn(
                application,
                format!("{target:?} is not [[context,]extension,]priority"),
            );
            Ok(Outcome::Hangup)
        }
    }
}

/// Reads `[[context,]extension,]priority` for a call; `None` where the priority is neither a number
/// nor a label that is there.
pub fn parse(call: &Call, target: &str) -> Result<Option<Place>, Gone> {
    let here = call.place()?;
    let parts: Vec<&str> = target.splitn(3, ',').map(str::trim).collect();
    let (context, exten, priority) = match parts.as_slice() {
        [priority] => (&*here.context, &*here.exten, *priority),
        [exten, priority] => (&*here.context, *exten, *priority),
        [context, exten, priority] => (*context, *exten, *priority),
        _ => return Ok(None),
    };
    let exten = if exten.is_empty() {
        &*here.exten
    } else {
        exten
    };
    let priority = match priority.strip_prefix(['+', '-']).map(str::parse::<i32>) {
        Some(Ok(by)) if priority.starts_with('+') => here.priority.checked_add(by),
        Some(Ok(by)) => here.priority.checked_sub(by),
        _ => call.with(|world| world.priority(Some(call.id), context, exten, priority)),
    };
    Ok(priority
        .filter(|priority| *priority > 0)
        .map(|priority| Place {
            context: Text::from(context),
            exten: Text::from(exten),
            priority,
        }))
}
