//! `IFTIME(timespec?[true][:false])`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read, moment};
use crate::script::timespec::TimeSpec;

pub(crate) static IFTIME: Function = Function {
    name: "IFTIME",
    module: "func_logic",
    summary: "One of two values, as the time says.",
    syntax: "IFTIME(timespec?[true][:false])",
    arguments: &[
        Argument {
            name: "timespec",
            help: "Times, as `include` has them: `time,weekdays,days,months[,zone]`.",
        },
        Argument {
            name: "true",
            help: "The value if it is that time.",
        },
        Argument {
            name: "false",
            help: "The value if it is not.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (times, choice) = args
        .split_once('?')
        .ok_or_else(|| FunctionError::failed("it wants a time and a value"))?;
    let (yes, no) = choice.split_once(':').unwrap_or((choice, ""));
    let holds = match TimeSpec::parse(unquoted(times)) {
        Ok(times) => times.matches(&moment(env)),
        Err(error) => {
            env.warn(format!("IFTIME({times}): {error}"));
            false
        }
    };
    Ok(unquoted(if holds { yes } else { no }).to_owned())
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;

    #[test]
    fn values() {
        let call = Fake::new();
        for (text, value) in [
            ("${IFTIME(*,*,*,*?in:out)}", "in"),
            ("${IFTIME(00:00-00:00,xx,*,*?in:out)}", "out"),
            ("${IFTIME(08:00-09:00|mon|*|*?in:out)}", "out"),
            (r#"${IFTIME(*,tue,14,nov?"in":out)}"#, "in"),
            ("${IFTIME(*,*,*,jan?in)}", ""),
            ("${IFTIME(*)}", ""),
        ] {
            assert_eq!(call.fill(text), value, "{text}");
        }
    }
}
