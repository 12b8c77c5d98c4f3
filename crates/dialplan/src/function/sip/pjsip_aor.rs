//! `PJSIP_AOR(name,field)`.

use super::configured;
use crate::function::{Argument, Escalates, Function, Read};
use crate::world::Subject;

pub(crate) static PJSIP_AOR: Function = Function {
    name: "PJSIP_AOR",
    module: "func_pjsip_aor",
    summary: "What is known of an address of record.",
    syntax: "PJSIP_AOR(name,field)",
    arguments: &[
        Argument {
            name: "name",
            help: "Its name.",
        },
        Argument {
            name: "field",
            help: "The option's name, as the configuration has it; contact gives the names of all contacts, with commas between.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Later(|scope, args| {
        Box::pin(configured(scope, Subject::Aor, args))
    })),
    write: None,
};
