//! `CDR_PROP(name)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError};
use crate::scope::CallEnv;

pub(crate) static CDR_PROP: Function = Function {
    name: "CDR_PROP",
    module: "func_cdr",
    summary: "A property of the call record.",
    syntax: "CDR_PROP(name)",
    arguments: &[Argument {
        name: "name",
        help: "disable: 1 leaves the record out, 0 takes it in again.",
    }],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let yes = ["1", "y", "yes", "t", "true", "on"]
        .iter()
        .any(|yes| yes.eq_ignore_ascii_case(value.trim()));
    match args.trim().to_ascii_lowercase().as_str() {
        "disable" => env.with(|world| world.switch.records.disable(id, yes)),
        _ => {
            return Err(FunctionError::failed(format!(
                "{args:?} of a record cannot be changed"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use switch::cdr::Rules;
    use switch::fact::Fact;

    #[test]
    fn a_record_can_be_left_out() {
        for (value, records) in [("1", 0), ("0", 1)] {
            let mut bench = Bench::new(&format!(
                "exten => s,1,Answer()\nsame => n,Set(CDR_PROP(disable)={value})"
            ));
            let rules = Rules {
                enabled: true,
                unanswered: true,
                congestion: false,
                end_before_h: true,
                round_up: false,
            };
            bench.shared.borrow_mut().switch.records.configure(rules);
            bench.call("s");
            let told = bench
                .facts
                .iter()
                .filter(|fact| matches!(fact, Fact::Cdr(_)))
                .count();
            assert_eq!(told, records, "{value}");
        }
    }

    #[test]
    fn other_properties_cannot() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        assert!(bench.try_set(id, true, "CDR_PROP(colour)", "1").is_err());
    }
}
