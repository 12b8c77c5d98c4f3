//! `REDIRECTING(datatype[,i])`.

use switch::Text;

use crate::function::party;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;

pub(crate) static REDIRECTING: Function = Function {
    name: "REDIRECTING",
    module: "func_callerid",
    summary: "Who sent the call here, and why.",
    syntax: "REDIRECTING(datatype[,i])",
    arguments: &[
        Argument {
            name: "datatype",
            help: "from-, to- or orig- with num, name, all, pres and the like; reason, orig-reason, count.",
        },
        Argument {
            name: "i",
            help: "i: do not tell the far end, which is not told in any case.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

/// Why a call may have been sent on.
const REASONS: &[&str] = &[
    "away",
    "cf_dte",
    "cfb",
    "cfnr",
    "cfu",
    "deflection",
    "dnd",
    "follow_me",
    "out_of_order",
    "send_to_vm",
    "time_of_day",
    "unavailable",
    "unknown",
];

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let field = field(args);
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    let redirecting = env.with(|world| Some(world.switch.channel(id)?.redirecting.clone()));
    let redirecting = redirecting.ok_or_else(gone)?;
    let value = match (&*field, field.split_once('-')) {
        ("reason" | "orig-reason", _) if redirecting.reason.is_empty() => {
            Some("unknown".to_owned())
        }
        ("reason" | "orig-reason", _) => Some(redirecting.reason.to_string()),
        ("count", _) => Some(redirecting.count.to_string()),
        (_, Some(("from", field))) => party::read(&redirecting.from, field),
        (_, Some(("to", field))) => party::read(&redirecting.to, field),
        (_, Some(("orig", field))) => party::read(&redirecting.original, field),
        _ => None,
    };
    value.ok_or_else(|| unknown(&field))
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let (field, value) = (field(args), value.trim());
    let env = CallEnv::of(env)?;
    let id = env.channel()?;
    env.with(|world| {
        let channel = world.switch.channel_mut(id).ok_or_else(gone)?;
        let redirecting = &mut channel.redirecting;
        match (&*field, field.split_once('-')) {
            ("reason" | "orig-reason", _) => {
                if !REASONS.contains(&value) {
                    return Err(FunctionError::failed(format!("{value:?} is no reason")));
                }
                redirecting.reason = Text::from(value);
            }
            ("count", _) => {
                redirecting.count = value
                    .parse()
                    .map_err(|_| FunctionError::failed(format!("{value:?} is no number")))?;
            }
            (_, Some(("from", field))) => party::write(&mut redirecting.from, field, value)?,
            (_, Some(("to", field))) => party::write(&mut redirecting.to, field, value)?,
            (_, Some(("orig", field))) => party::write(&mut redirecting.original, field, value)?,
            _ => return Err(unknown(&field)),
        }
        let from = redirecting.from.number.clone();
        world.switch.edit(id, |view| view.rdnis = from);
        Ok(())
    })
}

fn field(args: &str) -> String {
    args.split(',')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn gone() -> FunctionError {
    FunctionError::failed("the channel is gone")
}

fn unknown(field: &str) -> FunctionError {
    FunctionError::failed(format!("there is no {field:?} of a redirection"))
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn who_sent_the_call_and_why() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        assert_eq!(
            bench.fill(id, "${REDIRECTING(reason)}${REDIRECTING(count)}"),
            "unknown0"
        );
        bench.set(id, "REDIRECTING(from-num,i)", "100");
        bench.set(id, "REDIRECTING(to-name)", "Ann");
        bench.set(id, "REDIRECTING(orig-all)", "Bob <7>");
        bench.set(id, "REDIRECTING(reason)", "cfb");
        bench.set(id, "REDIRECTING(count)", "2");
        let text = "${REDIRECTING(from-all)} ${REDIRECTING(to-all)} ${REDIRECTING(orig-num)} \
            ${REDIRECTING(reason)} ${REDIRECTING(count)} ${CALLERID(rdnis)}";
        assert_eq!(bench.fill(id, text), "100 Ann 7 cfb 2 100");
        for (field, value) in [
            ("reason", "boredom"),
            ("count", "many"),
            ("nosuch", "x"),
            ("from-x", "x"),
        ] {
            let done = bench.try_set(id, true, &format!("REDIRECTING({field})"), value);
            assert!(done.is_err(), "{field}");
        }
    }
}
