//! `CALLERID(datatype[,CID])`.

use switch::{Party, Snapshot, Text};

use super::view;
use crate::function::party;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static CALLERID: Function = Function {
    name: "CALLERID",
    module: "func_callerid",
    summary: "Who calls.",
    syntax: "CALLERID(datatype[,CID])",
    arguments: &[
        Argument {
            name: "datatype",
            help: "num, name, all, pres and what belongs to them, such as num-pres or name-valid; with ani- in front the number for billing; dnid, rdnis.",
        },
        Argument {
            name: "CID",
            help: "A caller id to take apart instead, such as \"Name\" <number>.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split_raw(args, 2);
    let field = arguments::nth(&args, 0).trim().to_ascii_lowercase();
    if let Some(given) = args.get(1) {
        return party::read(&Party::parse(given), &field).ok_or_else(|| unknown(&field));
    }
    let view = view(env)?;
    let ani = Party {
        number: view.ani.clone(),
        ..Party::default()
    };
    match &*field {
        "ani" => Ok(view.ani.to_string()),
        "ani2" => Ok("0".to_owned()),
        "dnid" => Ok(view.dnid.to_string()),
        "rdnis" => Ok(view.rdnis.to_string()),
        _ => match field.split_once('-') {
            Some(("ani", field)) => party::read(&ani, field),
            Some(("dnid", _)) => Some(String::new()),
            _ => party::read(&view.caller, &field),
        }
        .ok_or_else(|| unknown(&field)),
    }
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let field = args
        .split(',')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let value = Text::from(value.trim());
    let mut caller = view(env)?.caller.clone();
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let edit = |change: fn(&mut Snapshot, Text), value| {
        env.with(|world| world.switch.edit(id, |view| change(view, value)));
    };
    match &*field {
        "dnid" => edit(|view, value| view.dnid = value, value),
        "rdnis" => edit(|view, value| view.rdnis = value, value),
        "ani" | "ani-num" => env.with(|world| world.switch.set_caller(id, caller, Some(value))),
        _ => {
            party::write(&mut caller, &field, &value)?;
            // The whole of a caller id is the billed number, too.
            let ani = (field == "all").then(|| caller.number.clone());
            env.with(|world| world.switch.set_caller(id, caller, ani));
        }
    }
    Ok(())
}

fn unknown(field: &str) -> FunctionError {
    FunctionError::failed(format!("there is no {field:?} of a caller"))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    use switch::fact::Fact;

    const WAITS: &str = "exten => s,1,Wait(100)";

    #[test]
    fn reading() {
        let (mut bench, id) = Bench::with_call(WAITS);
        for (text, value) in [
            ("${CALLERID(num)}", "5551000"),
            ("${CALLERID(name)}", "Click"),
            ("${CALLERID(all)}", "\"Click\" <5551000>"),
            ("${CALLERID(NUM-VALID)}${CALLERID(ani-num-valid)}", "10"),
            ("${CALLERID(pres)}", "allowed_not_screened"),
            (
                "${CALLERID(priv-num)}|${CALLERID(tag)}|${CALLERID(dnid)}",
                "||",
            ),
            ("${CALLERID(num,\"Ann, B\" <77>)}", "77"),
            ("${CALLERID(name,\"Ann, B\" <77>)}", "Ann, B"),
        ] {
            assert_eq!(bench.fill(id, text), value, "{text}");
        }
        assert_eq!(bench.warnings(), 0);
        assert_eq!(bench.fill(id, "${CALLERID(nosuch)}"), "");
        assert_eq!(bench.fill(None, "${CALLERID(num)}"), "");
        assert_eq!(bench.warnings(), 2);
    }

    #[test]
    fn assigning() {
        let (mut bench, id) = Bench::with_call(WAITS);
        bench.set(id, "CALLERID(name)", "Renamed");
        assert_eq!(bench.fill(id, "${CALLERID(all)}"), "\"Renamed\" <5551000>");
        assert_eq!(bench.fill(id, "${CALLERID(ani)}"), "");
        bench.set(id, "CALLERID(all)", "Bob <12>");
        assert_eq!(
            bench.fill(id, "${CALLERID(name)}/${CALLERID(num)}/${CALLERID(ani)}"),
            "Bob/12/12"
        );
        bench.set(id, "CALLERID(pres)", "prohib");
        assert_eq!(bench.fill(id, "${CALLERID(num-pres)}"), "prohib");
        bench.set(id, "CALLERID(dnid)", "100");
        bench.set(id, "CALLERID(rdnis)", "200");
        bench.set(id, "CALLERID(ani)", "300");
        assert_eq!(
            bench.fill(id, "${CALLERID(dnid)}${CALLERID(rdnis)}${CALLERID(ani)}"),
            "100200300"
        );
        assert!(bench.try_set(id, true, "CALLERID(pres)", "loud").is_err());
        assert!(bench.try_set(id, true, "CALLERID(nosuch)", "x").is_err());
        let told = |fact: &&Fact| matches!(fact, Fact::CallerChanged(_));
        assert_eq!(bench.facts.iter().filter(told).count(), 4);
    }
}
