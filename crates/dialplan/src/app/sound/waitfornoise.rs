//! `WaitForNoise`.

use std::time::Duration;

use switch::Text;

use super::listen::{self, Waited};
use crate::app::control::wait;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `WaitForNoise([noiserequired[,iterations[,timeout]]])`.
pub static WAITFORNOISE: App = App {
    name: "WaitForNoise",
    module: "app_waitforsilence",
    summary: "Waits until the far end has talked",
    syntax: "WaitForNoise([noiserequired[,iterations[,timeout]]])",
    arguments: &[
        Argument {
            name: "noiserequired",
            help: "Milliseconds that it has to last; 1000 if left out.",
        },
        Argument {
            name: "iterations",
            help: "How often; once if left out.",
        },
        Argument {
            name: "timeout",
            help: "Seconds to wait at most.",
        },
    ],
    description: "WAITSTATUS is NOISE or TIMEOUT.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 3);
    let arg = |at| arguments::nth(&args, at).trim();
    let span = Duration::from_millis(arg(0).parse().unwrap_or(1000));
    let times = arg(1).parse::<u32>().unwrap_or(1).max(1);
    let until = wait::seconds(arg(2)).map(|span| call.now() + span);
    let mut waited = Waited::TooLate;
    for _ in 0..times {
        waited = listen::noise(&call, span, until).await?;
        if waited == Waited::TooLate {
            break;
        }
    }
    call.set(
        "WAITSTATUS",
        match waited {
            Waited::Came => "NOISE",
            Waited::TooLate => "TIMEOUT",
        },
    );
    Ok(Outcome::Next)
}
