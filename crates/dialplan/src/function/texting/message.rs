//! `MESSAGE(argument)`.

use switch::Text;

use super::{change, look};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static MESSAGE: Function = Function {
    name: "MESSAGE",
    module: "core",
    summary: "The text message that came, or that MessageSend is to send.",
    syntax: "MESSAGE(argument)",
    arguments: &[Argument {
        name: "argument",
        help: "to, from or body. custom_data is assigned to: mark_all_outbound has all that came with the \
               message sent on by MessageSend, clear_all_outbound nothing.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    look(env, |message| match &*args.trim().to_ascii_lowercase() {
        "to" => Ok(message.to.to_string()),
        "from" => Ok(message.from.to_string()),
        "body" => Ok(message.body.to_string()),
        other => Err(FunctionError::failed(format!(
            "there is no {other:?} of a message"
        ))),
    })?
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let text = Text::from(value);
    change(env, |message| {
        match &*args.trim().to_ascii_lowercase() {
            "to" => message.to = text,
            "from" => message.from = text,
            "body" => message.body = text,
            "custom_data" if value.eq_ignore_ascii_case("mark_all_outbound") => {
                message.set_outbound(true);
            }
            "custom_data" if value.eq_ignore_ascii_case("clear_all_outbound") => {
                message.set_outbound(false);
            }
            other => {
                return Err(FunctionError::failed(format!(
                    "{other} of a message cannot be {value:?}"
                )));
            }
        }
        Ok(())
    })?
}

#[cfg(test)]
mod tests {
    use crate::bench::Bench;

    #[test]
    fn a_call_makes_a_message() {
        let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
        assert_eq!(bench.fill(id, "<${MESSAGE(body)}>"), "<>");
        for name in ["to", "from", "body"] {
            bench.set(id, &format!("MESSAGE({name})"), name);
            assert_eq!(bench.fill(id, &format!("${{MESSAGE({name})}}")), name);
        }
        bench.set(id, "MESSAGE_DATA(X-One)", "1");
        assert_eq!(bench.fill(id, "${MESSAGE_DATA(x-one)}"), "1");
        bench.set(id, "MESSAGE_DATA(X-One)", "");
        assert_eq!(bench.fill(id, "${MESSAGE_DATA(X-One)}"), "");
        assert!(bench.try_set(id, true, "MESSAGE(colour)", "red").is_err());
        assert!(bench.try_set(id, true, "MESSAGE_DATA(a b)", "1").is_err());
        assert!(bench.try_set(id, true, "MESSAGE_DATA(X)", "a\nb").is_err());
    }
}
