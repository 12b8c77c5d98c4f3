//! `HANGUPCAUSE(channel,type)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static HANGUPCAUSE: Function = Function {
    name: "HANGUPCAUSE",
    module: "func_hangupcause",
    summary: "Why a channel that this one called was hung up.",
    syntax: "HANGUPCAUSE(channel,type)",
    arguments: &[
        Argument {
            name: "channel",
            help: "Its name, one of HANGUPCAUSE_KEYS.",
        },
        Argument {
            name: "type",
            help: "tech: in the words of its driver.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 2);
    let name = arguments::nth(&args, 0);
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let cause = env.with(|world| {
        let causes = &world.switch.channel(id)?.hangup_causes;
        causes
            .iter()
            .find(|(channel, _)| &**channel == name)
            .map(|(_, cause)| cause.to_string())
    });
    cause.ok_or_else(|| FunctionError::failed(format!("nothing is known of {name:?}")))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn what_drivers_said() {
        let (mut bench, id) = Bench::with_call(
            "exten => s,1,Wait(1)\nsame => n,HangupCauseClear()\nsame => n,Wait(1)",
        );
        let told = ("Test/b-0".into(), "SIP 486 Busy Here".into());
        bench
            .shared
            .borrow_mut()
            .switch
            .channel_mut(id)
            .unwrap()
            .hangup_causes
            .push(told);
        let text =
            "${HANGUPCAUSE_KEYS()}: ${HANGUPCAUSE(Test/b-0,tech)}${HANGUPCAUSE(Test/c-0,tech)}";
        assert_eq!(bench.fill(id, text), "Test/b-0: SIP 486 Busy Here");
        assert_eq!(bench.warnings(), 1);
        bench.seconds(1);
        assert_eq!(bench.fill(id, "${HANGUPCAUSE_KEYS()}"), "");
    }
}
