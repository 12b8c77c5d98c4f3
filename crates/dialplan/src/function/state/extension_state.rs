//! `EXTENSION_STATE(extension[@context])`.

use switch::device::ExtensionState;

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::hint;
use crate::scope::CallEnv;

pub(crate) static EXTENSION_STATE: Function = Function {
    name: "EXTENSION_STATE",
    module: "func_extstate",
    summary: "The state of an extension, as its hint makes it.",
    syntax: "EXTENSION_STATE(extension[@context])",
    arguments: &[
        Argument {
            name: "extension",
            help: "The extension.",
        },
        Argument {
            name: "context",
            help: "Its context; default if left out.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (exten, context) = args.split_once('@').unwrap_or((args, "default"));
    let state = CallEnv::of(env)?.with(|world| match world.hint(context, exten) {
        Some(watched) => hint::extension_state(world, &watched),
        None => ExtensionState::NoHint,
    });
    let word = match state {
        ExtensionState::Removed | ExtensionState::NoHint => "UNKNOWN",
        ExtensionState::Idle => "NOT_INUSE",
        ExtensionState::InUse => "INUSE",
        ExtensionState::Busy => "BUSY",
        ExtensionState::Unavailable => "UNAVAILABLE",
        ExtensionState::Ringing => "RINGING",
        ExtensionState::InUseRinging => "RINGINUSE",
        ExtensionState::Hold => "ONHOLD",
        ExtensionState::InUseHold => "HOLDINUSE",
    };
    Ok(word.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn hints_make_states() {
        let mut bench = Bench::new("exten => 7000,hint,Custom:lamp\nexten => 7000,1,NoOp()");
        assert_eq!(bench.fill(None, "${EXTENSION_STATE(7000)}"), "NOT_INUSE");
        bench.set(None, "DEVICE_STATE(Custom:lamp)", "RINGING");
        assert_eq!(
            bench.fill(None, "${EXTENSION_STATE(7000@default)}"),
            "RINGING"
        );
        assert_eq!(bench.fill(None, "${EXTENSION_STATE(7001)}"), "UNKNOWN");
    }
}
