//! `SayUnixTime`, and what it shares with `DateTime`.

use jiff::tz::TimeZone;
use switch::Text;

use super::play::{ANY_DIGIT, play_all};
use super::saytime;
use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::script::timespec::{self, Moment};
use crate::task::Gone;

/// `SayUnixTime([unixtime[,timezone[,format[,options]]]])`.
pub static SAYUNIXTIME: App = App {
    name: "SayUnixTime",
    module: "app_sayunixtime",
    summary: "Says a time",
    syntax: "SayUnixTime([unixtime[,timezone[,format[,options]]]])",
    arguments: ARGUMENTS,
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(say(call, "SayUnixTime", data)),
};

pub(super) const ARGUMENTS: &[Argument] = &[
    Argument {
        name: "unixtime",
        help: "Seconds since 1970 UTC; now if left out.",
    },
    Argument {
        name: "timezone",
        help: "Such as Europe/Berlin; that of the switch if left out.",
    },
    Argument {
        name: "format",
        help: "What is said, letter by letter; ABdY 'digits/at' IMp if left out.",
    },
    Argument {
        name: "options",
        help: "j: a digit interrupts it and is dialled.",
    },
];

/// Says a time.
pub(super) async fn say(
    call: Call,
    application: &'static str,
    data: Text,
) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 4);
    let arg = |at| arguments::nth(&args, at);
    let now = call.with(|world| world.moment());
    let zone = match arg(1) {
        "" => now.zone.clone(),
        name => timespec::zone(name).unwrap_or_else(|| {
            call.warn(
                application,
                format!("there is no time zone {name:?}; UTC is taken"),
            );
            TimeZone::UTC
        }),
    };
    let microseconds = match arg(0).trim() {
        "" => now.microseconds,
        seconds => match seconds.parse::<u64>() {
            Ok(seconds) => seconds.saturating_mul(1_000_000),
            Err(_) => {
                call.warn(
                    application,
                    format!("{seconds:?} is not a number of seconds; now is taken"),
                );
                now.microseconds
            }
        },
    };
    let format = if arg(2).is_empty() {
        saytime::USUAL
    } else {
        arg(2)
    };
    let options = Options::new(arg(3), "j", |letter| {
        call.warn(application, format!("there is no option {letter:?}"));
    });
    let time = Moment {
        microseconds,
        zone: zone.clone(),
    }
    .local(&zone);
    let files = saytime::files(&time, &now.local(&zone), format);
    let ends = if options.has('j') { ANY_DIGIT } else { "" };
    Ok(play_all(&call, files, ends)
        .await?
        .map_or(Outcome::Next, Outcome::Digit))
}
