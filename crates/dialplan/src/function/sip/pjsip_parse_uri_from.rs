//! `PJSIP_PARSE_URI_FROM(uri,type)`.

use super::pjsip_parse_uri::part_of;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static PJSIP_PARSE_URI_FROM: Function = Function {
    name: "PJSIP_PARSE_URI_FROM",
    module: "chan_pjsip",
    summary: "A part of the address in a variable.",
    syntax: "PJSIP_PARSE_URI_FROM(uri,type)",
    arguments: &[
        Argument {
            name: "uri",
            help: "The variable's name.",
        },
        Argument {
            name: "type",
            help: "The part, as PJSIP_PARSE_URI names it.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (name, part) = args.split_once(',').unwrap_or((args, ""));
    let uri = env.variable(name.trim()).unwrap_or_default();
    part_of(&uri, part.trim())
}
