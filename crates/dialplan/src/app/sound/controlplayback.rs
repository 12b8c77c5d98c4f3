//! `ControlPlayback`.

use std::time::Duration;

use switch::Text;

use super::play::length_of;
use super::reel::{Ended, Keys, Reel, SKIP};
use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `ControlPlayback(filename[,skipms[,ff[,rew[,stop[,pause[,restart[,options]]]]]]])`.
pub static CONTROLPLAYBACK: App = App {
    name: "ControlPlayback",
    module: "app_controlplayback",
    summary: "Plays a sound file that digits steer",
    syntax: "ControlPlayback(filename[,skipms[,ff[,rew[,stop[,pause[,restart[,options]]]]]]])",
    arguments: &[
        Argument {
            name: "filename",
            help: "The file without ending.",
        },
        Argument {
            name: "skipms",
            help: "Milliseconds that it goes forward or back; 3000 if left out.",
        },
        Argument {
            name: "ff",
            help: "Digits that go forward; # if left out.",
        },
        Argument {
            name: "rew",
            help: "Digits that go back; * if left out.",
        },
        Argument {
            name: "stop",
            help: "Digits that end it.",
        },
        Argument {
            name: "pause",
            help: "Digits that let it rest, and go on.",
        },
        Argument {
            name: "restart",
            help: "Digits that begin it anew.",
        },
        Argument {
            name: "options",
            help: "o(ms): begin so far into it.",
        },
    ],
    description: "CPLAYBACKSTATUS is SUCCESS, USERSTOPPED with the digit in CPLAYBACKSTOPKEY, \
                  REMOTESTOPPED, or ERROR; CPLAYBACKOFFSET is how far it came, in milliseconds.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 8);
    let arg = |at| arguments::nth(&args, at);
    let or = |at, usual| match arg(at) {
        "" => usual,
        given => given,
    };
    let millis = |text: &str| text.trim().parse().ok().map(Duration::from_millis);
    let options = Options::new(arg(7), "o", |letter| {
        call.warn("ControlPlayback", format!("there is no option {letter:?}"));
    });
    let from = options.argument('o').and_then(millis).unwrap_or_default();
    let keys = Keys {
        stop: arg(4),
        forward: or(2, "#"),
        reverse: or(3, "*"),
        pause: arg(5),
        restart: arg(6),
        skip: millis(arg(1))
            .filter(|skip| !skip.is_zero())
            .unwrap_or(SKIP),
    };
    let name = Text::from(arg(0));
    let length = match name.is_empty() {
        true => None,
        false => length_of(&call, &name, None).await?,
    };
    let Some(length) = length else {
        call.set("CPLAYBACKSTATUS", "ERROR");
        return Ok(Outcome::Next);
    };
    call.answer();
    let reel = Reel {
        files: vec![name],
        length,
        language: None,
    };
    let (ended, at) = reel.play(&call, from, &keys).await?;
    let (status, key) = match ended {
        Ended::Over => ("SUCCESS", String::new()),
        Ended::Key(digit) => ("USERSTOPPED", digit.to_string()),
        Ended::Remote => ("REMOTESTOPPED", String::new()),
    };
    call.set("CPLAYBACKSTATUS", status);
    call.set("CPLAYBACKOFFSET", at.as_millis().to_string());
    if !key.is_empty() {
        call.set("CPLAYBACKSTOPKEY", key);
    }
    Ok(Outcome::Next)
}
