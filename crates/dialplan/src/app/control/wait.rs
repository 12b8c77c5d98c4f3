//! `Wait`.

use std::time::Duration;

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Wait(seconds)`.
pub static WAIT: App = App {
    name: "Wait",
    module: "core",
    summary: "Waits before the dialplan goes on",
    syntax: "Wait(seconds)",
    arguments: &[Argument {
        name: "seconds",
        help: "How long; parts of a second are allowed.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    if let Some(span) = seconds(&data) {
        call.sleep(span).await?;
    } else if !data.trim().is_empty() {
        call.warn("Wait", format!("{data:?} is not a number of seconds"));
    }
    Ok(Outcome::Next)
}

/// Reads a span in seconds such as `1.5`; `None` for what is no number, and for nothing or less.
pub fn seconds(text: &str) -> Option<Duration> {
    let seconds = text
        .split(',')
        .next()
        .unwrap_or_default()
        .trim()
        .parse::<f64>()
        .ok()?;
    (seconds > 0.0).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}
