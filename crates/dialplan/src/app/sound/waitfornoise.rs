//! `WaitForNoise`.

use super::listen::{self, For};
use crate::app::App;
use crate::function::Argument;

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
    run: |call, data| Box::pin(listen::wait_for(call, data, For::Noise)),
};
