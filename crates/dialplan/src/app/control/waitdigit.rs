//! `WaitDigit`.

use switch::Text;

use super::wait;
use crate::app::sound::play::ANY_DIGIT;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `WaitDigit([seconds[,digits]])`.
pub static WAITDIGIT: App = App {
    name: "WaitDigit",
    module: "core",
    summary: "Waits for a digit",
    syntax: "WaitDigit([seconds[,digits]])",
    arguments: &[
        Argument {
            name: "seconds",
            help: "How long; for ever if left out.",
        },
        Argument {
            name: "digits",
            help: "The digits that count; all if left out.",
        },
    ],
    description: "WAITDIGITSTATUS is DTMF, TIMEOUT, CANCEL or ERROR; WAITDIGITRESULT is the digit.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 2);
    let (seconds, digits) = (arguments::nth(&args, 0).trim(), arguments::nth(&args, 1));
    let digits = if digits.is_empty() { ANY_DIGIT } else { digits };
    let span = match (wait::seconds(seconds), seconds) {
        (None, "") => std::time::Duration::MAX,
        (Some(span), _) => span,
        (None, _) if seconds.parse::<f64>().is_ok() => std::time::Duration::ZERO,
        (None, _) => {
            call.warn(
                "WaitDigit",
                format!("{seconds:?} is not a number of seconds"),
            );
            call.set("WAITDIGITSTATUS", "ERROR");
            return Ok(Outcome::Next);
        }
    };
    match call.sleep_or_digit(span, digits).await {
        Ok(Some(digit)) => {
            call.set("WAITDIGITRESULT", digit.to_string());
            call.set("WAITDIGITSTATUS", "DTMF");
        }
        Ok(None) => call.set("WAITDIGITSTATUS", "TIMEOUT"),
        Err(gone) => {
            call.set("WAITDIGITSTATUS", "CANCEL");
            return Err(gone);
        }
    }
    Ok(Outcome::Next)
}
