//! `STRPTIME(datetime,timezone,format)`.

use jiff::civil::{Date, Time};
use jiff::fmt::strtime::BrokenDownTime;

use super::{MAX_FORMAT, zone_of};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static STRPTIME: Function = Function {
    name: "STRPTIME",
    module: "func_strings",
    summary: "The seconds since 1970 of a time that is written out.",
    syntax: "STRPTIME(datetime,timezone,format)",
    arguments: &[
        Argument {
            name: "datetime",
            help: "The time.",
        },
        Argument {
            name: "timezone",
            help: "The zone it is written in; the switch's own if not given.",
        },
        Argument {
            name: "format",
            help: "How it is written, as C's `strptime` has it.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 3);
    let (text, format) = (arguments::nth(&args, 0), arguments::nth(&args, 2));
    if text.is_empty() || format.is_empty() {
        return Err(FunctionError::failed(
            "it wants a time, a zone and a format",
        ));
    }
    if format.len() > MAX_FORMAT {
        return Err(FunctionError::failed(format!(
            "the format is longer than {MAX_FORMAT} bytes"
        )));
    }
    let (time, _) = BrokenDownTime::parse_prefix(format, text)
        .map_err(|_| FunctionError::failed(format!("\"{text}\" is not written as \"{format}\"")))?;
    if let Some(time) = time.timestamp() {
        return Ok(time.as_second().to_string());
    }
    // What is not written is as in 1900, when C's calendar begins.
    let date = time.to_date().or_else(|_| {
        Date::new(
            time.year().unwrap_or(1900),
            time.month().unwrap_or(1),
            time.day().unwrap_or(1),
        )
    });
    let clock = time.to_time().unwrap_or(Time::midnight());
    let zone = zone_of(env, arguments::nth(&args, 1));
    date.map(|date| date.to_datetime(clock))
        .and_then(|time| zone.to_ambiguous_timestamp(time).compatible())
        .map(|time| time.as_second().to_string())
        .map_err(|error| FunctionError::failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            (
                "${STRPTIME(2006-03-23 08:20:00,America/Chicago,%Y-%m-%d %H:%M:%S)}",
                "1143123600",
            ),
            ("${STRPTIME(1970-01-02,UTC,%Y-%m-%d)}", "86400"),
            (
                "${STRPTIME(1970-01-01 01:00 and more,UTC,%Y-%m-%d %H:%M)}",
                "3600",
            ),
            ("${STRPTIME(86399,UTC,%s)}", "86399"),
            ("${STRPTIME(12:00,UTC,%H:%M)}", "-2208945600"),
            ("${STRPTIME(yesterday,UTC,%Y)}", ""),
            ("${STRPTIME(2006,UTC)}", ""),
            ("${STRPTIME(2006-13-01,UTC,%Y-%m-%d)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
