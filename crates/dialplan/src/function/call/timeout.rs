//! `TIMEOUT(timeouttype)`.

use std::time::Duration;

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::timeout;

pub(crate) static TIMEOUT: Function = Function {
    name: "TIMEOUT",
    module: "func_timeout",
    summary: "How long the dialplan waits.",
    syntax: "TIMEOUT(timeouttype)",
    arguments: &[Argument {
        name: "timeouttype",
        help: "absolute: seconds until the call is hung up, 0 for never. digit: between two digits. response: for the first digit.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let which = Which::parse(args)?;
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let span = env.with(|world| {
        let channel = world.switch.channel(id)?;
        let own = channel.digit_timeouts;
        match which {
            Which::Absolute => channel
                .view()
                .hangup_at
                .map(|at| at.since(world.switch.now)),
            Which::Digit => Some(own.digit.unwrap_or(world.rules.digit_timeout)),
            Which::Response => Some(own.response.unwrap_or(world.rules.response_timeout)),
        }
    });
    Ok(span.map_or_else(
        || "0".to_owned(),
        |span| format!("{:.3}", span.as_secs_f64()),
    ))
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let which = Which::parse(args)?;
    let seconds = value
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|seconds| seconds.is_finite());
    let seconds = seconds
        .ok_or_else(|| FunctionError::failed(format!("{value:?} is no number of seconds")))?;
    let span = Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|span| !span.is_zero());
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    match which {
        Which::Absolute => timeout::set_absolute(&env.task.shared, id, span),
        Which::Digit | Which::Response => env.with(|world| {
            let Some(channel) = world.switch.channel_mut(id) else {
                return;
            };
            match which {
                Which::Digit => channel.digit_timeouts.digit = span,
                _ => channel.digit_timeouts.response = span,
            }
        }),
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Which {
    Absolute,
    Digit,
    Response,
}

impl Which {
    /// Reads one; its first letter will do.
    fn parse(text: &str) -> Result<Which, FunctionError> {
        match text
            .trim()
            .chars()
            .next()
            .map(|letter| letter.to_ascii_lowercase())
        {
            Some('a') => Ok(Which::Absolute),
            Some('d') => Ok(Which::Digit),
            Some('r') => Ok(Which::Response),
            _ => Err(FunctionError::failed(format!(
                "there is no timeout {text:?}"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn reading_and_assigning() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        let text = "${TIMEOUT(absolute)} ${TIMEOUT(digit)} ${TIMEOUT(response)}";
        assert_eq!(bench.fill(id, text), "0 5.000 10.000");
        bench.set(id, "TIMEOUT(absolute)", "20");
        bench.set(id, "TIMEOUT(digit)", "1.5");
        bench.set(id, "TIMEOUT(response)", "3");
        bench.seconds(5);
        assert_eq!(bench.fill(id, text), "15.000 1.500 3.000");
        bench.set(id, "TIMEOUT(absolute)", "0");
        assert_eq!(bench.fill(id, "${TIMEOUT(absolute)}"), "0");
        assert!(bench.try_set(id, true, "TIMEOUT(digit)", "soon").is_err());
        assert!(bench.try_set(id, true, "TIMEOUT(lunch)", "1").is_err());
    }

    #[test]
    fn the_absolute_time_ends_the_call_or_leads_to_t() {
        let (mut bench, id) =
            Bench::with_call("exten => s,1,Set(TIMEOUT(absolute)=5)\nsame => n,Wait(100)");
        bench.seconds(4);
        assert!(bench.is_there(id));
        bench.seconds(1);
        assert!(!bench.is_there(id));

        let (mut bench, id) = Bench::with_call(
            "exten => s,1,Set(TIMEOUT(absolute)=5)
            same => n,Wait(100)
            exten => T,1,NoOp(late)
            same => n,Wait(100)",
        );
        bench.seconds(5);
        assert_eq!(bench.ran("NoOp"), ["late"]);
        bench.seconds(99);
        assert!(bench.is_there(id));
    }
}
