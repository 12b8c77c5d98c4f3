//! `Answer`.

use std::time::Duration;

use switch::Text;

use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::task::Gone;

/// `Answer([delay])`.
pub static ANSWER: App = App {
    name: "Answer",
    module: "core",
    summary: "Answers the call if it is not up yet",
    syntax: "Answer([delay])",
    arguments: &[Argument {
        name: "delay",
        help: "Milliseconds to wait once the call is up.",
    }],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    if !call.is_up() {
        call.answer();
        // Whoever called learns of it before the dialplan goes on.
        call.task.let_others().await;
        call.check()?;
    }
    if let Ok(delay) = data
        .split(',')
        .next()
        .unwrap_or_default()
        .trim()
        .parse::<u64>()
    {
        call.sleep(Duration::from_millis(delay)).await?;
    }
    Ok(Outcome::Next)
}
