//! `MUTEAUDIO(direction)`.

use super::change;
use crate::function::{Argument, Env, Escalates, Function, FunctionError};

pub(crate) static MUTEAUDIO: Function = Function {
    name: "MUTEAUDIO",
    module: "res_mutestream",
    summary: "Silences what a call says, what it hears, or both.",
    syntax: "MUTEAUDIO(direction)",
    arguments: &[Argument {
        name: "direction",
        help: "in: what comes from the call. out: what goes to it. all. The value is on or off.",
    }],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let yes = ["on", "yes", "true", "y", "t", "1"];
    let on = yes.iter().any(|yes| yes.eq_ignore_ascii_case(value.trim()));
    let (says, hears) = match &*args.trim().to_ascii_lowercase() {
        "in" => (Some(on), None),
        "out" => (None, Some(on)),
        "all" => (Some(on), Some(on)),
        other => {
            return Err(FunctionError::failed(format!(
                "there is no direction {other:?}"
            )));
        }
    };
    change(env, |switch, id| switch.mute(id, says, hears))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn directions_are_silenced() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        let muted = |bench: &Bench| {
            let world = bench.shared.borrow();
            let channel = world.switch.channel(id).unwrap();
            (channel.muted_in, channel.muted_out)
        };
        bench.set(id, "MUTEAUDIO(in)", "on");
        assert_eq!(muted(&bench), (true, false));
        bench.set(id, "MUTEAUDIO(OUT)", "yes");
        assert_eq!(muted(&bench), (true, true));
        bench.set(id, "MUTEAUDIO(all)", "off");
        assert_eq!(muted(&bench), (false, false));
        assert!(bench.try_set(id, true, "MUTEAUDIO(up)", "on").is_err());
    }
}
