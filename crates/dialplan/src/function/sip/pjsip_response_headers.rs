//! `PJSIP_RESPONSE_HEADERS([prefix])`.

use super::names;
use crate::function::{Argument, Escalates, Function, Read};

pub(crate) static PJSIP_RESPONSE_HEADERS: Function = Function {
    name: "PJSIP_RESPONSE_HEADERS",
    module: "res_pjsip_header_funcs",
    summary: "The names of the headers of the answer that a call of ours got.",
    syntax: "PJSIP_RESPONSE_HEADERS([prefix])",
    arguments: &[Argument {
        name: "prefix",
        help: "Only names that begin so.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Now(|env, args| names(env, args.trim()))),
    write: None,
};
