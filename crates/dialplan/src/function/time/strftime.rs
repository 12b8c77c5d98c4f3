//! `STRFTIME([epoch[,timezone[,format]]])`.

use jiff::Timestamp;
use jiff::fmt::strtime::{BrokenDownTime, Config, PosixCustom};

use super::{MAX_FORMAT, zone_of};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static STRFTIME: Function = Function {
    name: "STRFTIME",
    module: "func_strings",
    summary: "A time, written out.",
    syntax: "STRFTIME([epoch[,timezone[,format]]])",
    arguments: &[
        Argument {
            name: "epoch",
            help: "Seconds since 1970 UTC, with or without a fraction; now if not given.",
        },
        Argument {
            name: "timezone",
            help: "The zone to write it in; the switch's own if not given.",
        },
        Argument {
            name: "format",
            help: "How to write it, as C's `strftime` has it, and `%q` for milliseconds; `%c` if not given.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 3);
    let time = match arguments::nth(&args, 0).trim() {
        "" => i64::try_from(env.now())
            .ok()
            .and_then(|now| Timestamp::from_microsecond(now).ok()),
        text => timestamp(text),
    };
    let time = time
        .ok_or_else(|| FunctionError::failed("the time is no number of seconds, or too large"))?;
    let format = match arguments::nth(&args, 2) {
        "" => "%c",
        format if format.len() > MAX_FORMAT => {
            return Err(FunctionError::failed(format!(
                "the format is longer than {MAX_FORMAT} bytes"
            )));
        }
        format => format,
    };
    let time = BrokenDownTime::from(&time.to_zoned(zone_of(env, arguments::nth(&args, 1))));
    let config = Config::new().custom(PosixCustom::new()).lenient(true);
    time.to_string_with_config(&config, translate(format))
        .map_err(|error| FunctionError::failed(error.to_string()))
}

/// Reads seconds with up to six digits after the point.
fn timestamp(text: &str) -> Option<Timestamp> {
    let (seconds, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain("000000".chars()).take(6).collect();
    let part = part.parse::<i64>().ok()?;
    let microseconds = seconds
        .parse::<i64>()
        .ok()?
        .checked_mul(1_000_000)?
        .checked_add(part)?;
    Timestamp::from_microsecond(microseconds).ok()
}

/// Writes `%q`, which C does not have, as the library does, and leaves out the modifiers that other
/// languages than C's own would need.
fn translate(format: &str) -> String {
    let mut out = String::with_capacity(format.len());
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        out.push(c);
        if c != '%' {
            continue;
        }
        let flags = chars.clone().take_while(|c| c.is_ascii_digit()).count();
        let mut rest = chars.clone();
        match rest.nth(flags) {
            Some('q') => {
                let digits: String = chars.clone().take(flags).collect();
                let digits = digits.parse().unwrap_or(3_usize).clamp(1, 6);
                out.push_str(&format!("{digits}f"));
                chars = rest;
            }
            Some('E' | 'O') if flags == 0 => chars = rest,
            _ => out.extend(chars.next()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            (
                "${STRFTIME(0,UTC,%Y-%m-%d %H:%M:%S)}",
                "1970-01-01 00:00:00",
            ),
            ("${STRFTIME(86399,UTC,%I:%M %p)}", "11:59 PM"),
            ("${STRFTIME(0,UTC)}", "Thu Jan  1 00:00:00 1970"),
            (
                "${STRFTIME(0,America/Chicago,%H:%M %Z %z)}",
                "18:00 CST -0600",
            ),
            ("${STRFTIME(0.25,UTC,%S.%q %3q %6q)}", "00.250 250 250000"),
            ("${STRFTIME(,UTC,%s)}", "1700000000"),
            ("${STRFTIME(,,%F)}", "2023-11-14"),
            (
                "${STRFTIME(0,UTC,%D %T %e %j %a %A %b %B %y %% %EY %x %X %r)}",
                "01/01/70 00:00:00  1 001 Thu Thursday Jan January 70 % 1970 01/01/70 00:00:00 12:00:00 AM",
            ),
            ("${STRFTIME(0,UTC,%&%)}", "%&%"),
            ("${STRFTIME(abc)}", ""),
            ("${STRFTIME(99999999999999999999)}", ""),
            ("${STRFTIME(0,Nowhere/Land,%H)}", "00"),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
