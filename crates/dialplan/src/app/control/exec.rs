//! `Exec`, and how applications run others.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use switch::Text;

use crate::app::{self, App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::run::execute;
use crate::script::arguments;
use crate::task::Gone;

/// `Exec(appname(arguments))`.
pub static EXEC: App = App {
    name: "Exec",
    module: "app_exec",
    summary: "Runs an application whose name is worked out",
    syntax: "Exec(appname(arguments))",
    arguments: &[Argument {
        name: "appname",
        help: "The application and its arguments.",
    }],
    description: "Its arguments are filled in once more. An application that is not there ends the call.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

/// How deep applications that run others may stand inside each other.
const DEPTH: usize = 16;

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    if data.trim().is_empty() {
        return Ok(Outcome::Next);
    }
    let (name, args) = take_apart(&data);
    let args = call.fill(&args).await;
    match perform(&call, "Exec", &name, args).await {
        Some(outcome) => outcome,
        None => Ok(Outcome::Hangup),
    }
}

/// Takes `application(arguments)` apart.
pub(super) fn take_apart(text: &str) -> (Text, Text) {
    let (name, args) = arguments::call(text).unwrap_or((text, ""));
    (Text::from(name.trim()), Text::from(args))
}

/// Runs an application in the place of another; `None`, with a warning, where it is not there.
pub(super) async fn perform(
    call: &Call,
    application: &'static str,
    name: &str,
    args: Text,
) -> Option<Result<Outcome, Gone>> {
    let Some(found) = call.with(|world| app::find_loaded(world, name)) else {
        call.warn(application, format!("there is no application {name:?}"));
        return None;
    };
    let outcome = bounded(execute(call, found, args)).await;
    if outcome.is_none() {
        call.warn(
            application,
            format!("applications stand more than {DEPTH} deep in each other"),
        );
    }
    outcome
}

/// Runs what may run the like again. Each level polls the next from within its own poll, so that is
/// where the depth shows. `None` where it is too deep.
async fn bounded<F: Future>(work: F) -> Option<F::Output> {
    thread_local! {
        static LEVELS: Cell<usize> = const { Cell::new(0) };
    }
    struct Level;
    impl Drop for Level {
        fn drop(&mut self) {
            LEVELS.set(LEVELS.get() - 1);
        }
    }
    let mut work = pin!(work);
    poll_fn(|context| {
        if LEVELS.get() >= DEPTH {
            return Poll::Ready(None);
        }
        LEVELS.set(LEVELS.get() + 1);
        let _level = Level;
        work.as_mut().poll(context).map(Some)
    })
    .await
}
