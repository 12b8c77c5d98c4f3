//! `PJSIP_HEADER(action,name[,number])`.

use super::{change, header};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static PJSIP_HEADER: Function = Function {
    name: "PJSIP_HEADER",
    module: "res_pjsip_header_funcs",
    summary: "Headers of the message that came, and of the next that goes.",
    syntax: "PJSIP_HEADER(action,name[,number])",
    arguments: &[
        Argument {
            name: "action",
            help: "read: of the message that came. add, update, remove: of the next that goes, assigned to.",
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
    read: Some(Read::Now(header)),
    write: Some(write),
};

fn write(env: &mut dyn Env, args: &str, value: &str) -> Result<(), FunctionError> {
    change(env, args, value, |channel| &mut channel.attached)
}
