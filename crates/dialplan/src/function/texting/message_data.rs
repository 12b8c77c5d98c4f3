//! `MESSAGE_DATA(argument)`.

use super::{change, look};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static MESSAGE_DATA: Function = Function {
    name: "MESSAGE_DATA",
    module: "core",
    summary: "What came with a text message, or goes with the one that MessageSend is to send.",
    syntax: "MESSAGE_DATA(argument)",
    arguments: &[Argument {
        name: "argument",
        help: "A header's name. What is assigned to goes with the message; nothing does if it is empty.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: Some(write),
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    look(env, |message| {
        let datum = message.datum(args.trim());
        datum.map(ToString::to_string).unwrap_or_default()
    })
}

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    let name = args.trim();
    let broken = |text: &str| text.contains(['\r', '\n', '\0']);
    if name.is_empty() || name.contains([':', ' ']) || broken(name) || broken(value) {
        return Err(FunctionError::failed("that cannot go with a message"));
    }
    match change(env, |message| message.send_with(name, value))? {
        true => Ok(()),
        false => Err(FunctionError::failed(
            "too much goes with the message already",
        )),
    }
}
