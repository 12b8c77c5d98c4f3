//! `SendDTMF`.

use std::time::Duration;

use switch::Text;
use switch::signal::Order;

use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `SendDTMF(digits[,timeout_ms[,duration_ms[,channel[,options]]]])`.
pub static SENDDTMF: App = App {
    name: "SendDTMF",
    module: "app_senddtmf",
    summary: "Sends digits",
    syntax: "SendDTMF(digits[,timeout_ms[,duration_ms[,channel[,options]]]])",
    arguments: &[
        Argument {
            name: "digits",
            help: "0-9, *, #, a-d; w waits for half a second, W for a second.",
        },
        Argument {
            name: "timeout_ms",
            help: "Milliseconds between two digits; 250 if left out.",
        },
        Argument {
            name: "duration_ms",
            help: "Milliseconds that a tone lasts; 100 if left out.",
        },
        Argument {
            name: "channel",
            help: "Another channel to send them to.",
        },
        Argument {
            name: "options",
            help: "a: answer that channel first.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 5);
    let arg = |at| arguments::nth(&args, at).trim();
    let millis =
        |at, usual| Duration::from_millis(arg(at).parse().ok().filter(|n| *n > 0).unwrap_or(usual));
    let (between, tone) = (millis(1, 250), millis(2, 100));
    let options = Options::new(arg(4), "a", |letter| {
        call.warn("SendDTMF", format!("there is no option {letter:?}"));
    });
    let to = match arg(3) {
        "" => call.id,
        name => match call.with(|world| world.switch.find(name)) {
            Some(id) => id,
            None => {
                call.warn("SendDTMF", format!("there is no channel {name:?}"));
                return Ok(Outcome::Next);
            }
        },
    };
    if options.has('a') && to != call.id {
        call.with(|world| world.switch.answer(to));
    }
    let order = |order| call.with(|world| world.switch.order(to, order));
    for digit in arg(0).chars() {
        match digit {
            'w' => call.sleep(Duration::from_millis(500)).await?,
            'W' => call.sleep(Duration::from_secs(1)).await?,
            '0'..='9' | '*' | '#' | 'a'..='d' | 'A'..='D' => {
                let digit = digit.to_ascii_uppercase();
                order(Order::DigitBegin(digit));
                call.sleep(tone).await?;
                order(Order::DigitEnd(digit, tone));
                call.sleep(between).await?;
            }
            other => call.warn("SendDTMF", format!("{other:?} is no digit")),
        }
    }
    Ok(Outcome::Next)
}
