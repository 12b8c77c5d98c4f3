//! `DEVICE_STATE(device)`.

use switch::Text;
use switch::device::DeviceState;

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::hint;
use crate::scope::CallEnv;
use crate::world::Change;

pub(crate) static DEVICE_STATE: Function = Function {
    name: "DEVICE_STATE",
    module: "func_devstate",
    summary: "The state of a device.",
    syntax: "DEVICE_STATE(device)",
    arguments: &[Argument {
        name: "device",
        help: "Such as PJSIP/6001; Custom: and a name of your own can be assigned to.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let state = CallEnv::of(env)?.with(|world| hint::device_state(world, args));
    Ok(state.word().to_owned())
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let name = args
        .strip_prefix("Custom:")
        .filter(|name| !name.is_empty())
        .ok_or_else(|| FunctionError::failed("only devices called Custom: can be assigned to"))?;
    let state = DeviceState::parse(value)
        .ok_or_else(|| FunctionError::failed(format!("{value:?} is no state of a device")))?;
    let key = Text::from(format!("/CustomDevstate/{name}"));
    CallEnv::of(env)?.with(|world| {
        world.change_database(
            Change::Put {
                key,
                value: Text::from(state.word()),
            },
            drop,
        );
        hint::set_device(world, &Text::from(args), state);
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use switch::fact::Fact;

    #[test]
    fn custom_devices_are_set_and_told() {
        let mut bench = Bench::new("exten => 7000,hint,Custom:lamp\nexten => 7000,1,NoOp()");
        assert_eq!(bench.fill(None, "${DEVICE_STATE(Custom:none)}"), "UNKNOWN");
        bench
            .try_set(None, false, "DEVICE_STATE(Custom:lamp)", "INUSE")
            .unwrap();
        assert_eq!(
            bench.fill(
                None,
                "${DEVICE_STATE(Custom:lamp)} ${DB(CustomDevstate/lamp)}"
            ),
            "INUSE INUSE"
        );
        let told = |fact: &&Fact| {
            matches!(
                fact,
                Fact::DeviceChanged { .. } | Fact::ExtensionChanged { .. }
            )
        };
        assert_eq!(bench.facts.iter().filter(told).count(), 2);
        assert!(
            bench
                .try_set(None, true, "DEVICE_STATE(SIP/1)", "INUSE")
                .is_err()
        );
        assert!(
            bench
                .try_set(None, true, "DEVICE_STATE(Custom:lamp)", "GLOWING")
                .is_err()
        );
    }
}
