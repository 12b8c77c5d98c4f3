//! `PJSIP_INHERITABLE_HEADER(action,name[,number])`.

use super::change;
use crate::function::{Argument, Env, Escalates, Function, FunctionError};

pub(crate) static PJSIP_INHERITABLE_HEADER: Function = Function {
    name: "PJSIP_INHERITABLE_HEADER",
    module: "res_pjsip_header_funcs",
    summary: "Headers that go to everybody whom this channel calls.",
    syntax: "PJSIP_INHERITABLE_HEADER(action,name[,number])",
    arguments: &[
        Argument {
            name: "action",
            help: "add, update or remove, assigned to.",
        },
        Argument {
            name: "name",
            help: "The header; remove takes X-* for all that begin so.",
        },
        Argument {
            name: "number",
            help: "Which of several of that name, from 1; the first if left out.",
        },
    ],
    escalates: Escalates::No,
    read: None,
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    change(env, args, value, |channel| &mut channel.heirlooms)
}
