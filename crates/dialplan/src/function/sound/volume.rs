//! `VOLUME(direction[,options])`.

use super::change;
use crate::function::{Argument, Env, Escalates, Function, FunctionError};
use crate::script::arguments;

pub(crate) static VOLUME: Function = Function {
    name: "VOLUME",
    module: "func_volume",
    summary: "Makes what a phone says, or what it hears, louder or softer.",
    syntax: "VOLUME(direction[,options])",
    arguments: &[
        Argument {
            name: "direction",
            help: "TX: what the phone hears. RX: what it says. The value multiplies; a negative one divides.",
        },
        Argument {
            name: "options",
            help: "p: accepted without effect; keys do not change it.",
        },
    ],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

/// Nothing is made louder than that: a whisper is then as loud as can be.
const LOUDEST: f32 = 100.0;

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let given: f32 = value
        .trim()
        .parse()
        .map_err(|_| FunctionError::failed(format!("{value:?} is not a number")))?;
    let factor = match given {
        _ if given == 0.0 || !given.is_finite() => 1.0,
        _ if given < 0.0 => (1.0 / given.abs()).clamp(1.0 / LOUDEST, LOUDEST),
        _ => given.min(LOUDEST),
    };
    let args = arguments::split(args, 2);
    let direction = arguments::nth(&args, 0).trim().to_ascii_uppercase();
    let hears = match &*direction {
        "TX" => true,
        "RX" => false,
        _ => {
            return Err(FunctionError::failed(format!(
                "there is no direction {direction:?}"
            )));
        }
    };
    let changed = change(env, |switch, id| {
        switch.change_loudness(id, |loudness| match hears {
            true => loudness.hears = factor,
            false => loudness.says = factor,
        })
    })?;
    match changed {
        true => Ok(()),
        false => Err(FunctionError::failed("the channel is no phone's")),
    }
}

#[cfg(test)]
mod tests {
    use switch::signal::Order;
    use switch::sound::Loudness;

    use crate::bench::Bench;

    #[test]
    fn values_multiply_or_divide() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        for (direction, value, says, hears) in [
            ("TX", "3", 1.0, 3.0),
            ("rx", "-2", 0.5, 3.0),
            ("RX", "1000", 100.0, 3.0),
            ("TX", "0", 100.0, 1.0),
        ] {
            bench.set(id, &format!("VOLUME({direction},p)"), value);
            let loudness = Loudness { says, hears };
            assert_eq!(bench.orders(), [Order::Loudness(loudness)]);
        }
        assert!(bench.try_set(id, true, "VOLUME(TX)", "loud").is_err());
        assert!(bench.try_set(id, true, "VOLUME(UP)", "1").is_err());
    }
}
