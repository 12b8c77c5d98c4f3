//! `PJSIP_RESPONSE_HEADER(action,name[,number])`.

use super::header;
use crate::function::{Argument, Escalates, Function, Read};

pub(crate) static PJSIP_RESPONSE_HEADER: Function = Function {
    name: "PJSIP_RESPONSE_HEADER",
    module: "res_pjsip_header_funcs",
    summary: "A header of the answer that a call of ours got.",
    syntax: "PJSIP_RESPONSE_HEADER(action,name[,number])",
    arguments: &[
        Argument {
            name: "action",
            help: "read.",
        },
        Argument {
            name: "name",
            help: "The header.",
        },
        Argument {
            name: "number",
            help: "Which of several of that name, from 1; the first if left out.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(header)),
    write: None,
};
