//! `WaitForSilence`.

use super::listen::{self, For};
use crate::app::App;
use crate::function::Argument;

/// `WaitForSilence([silencerequired[,iterations[,timeout]]])`.
pub static WAITFORSILENCE: App = App {
    name: "WaitForSilence",
    module: "app_waitforsilence",
    summary: "Waits until the far end has been silent",
    syntax: "WaitForSilence([silencerequired[,iterations[,timeout]]])",
    arguments: &[
        Argument {
            name: "silencerequired",
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
    description: "WAITSTATUS is SILENCE or TIMEOUT.",
    dangerous: false,
    run: |call, data| Box::pin(listen::wait_for(call, data, For::Silence)),
};
