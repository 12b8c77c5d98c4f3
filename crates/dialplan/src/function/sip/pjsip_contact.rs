//! `PJSIP_CONTACT(name,field)`.

use super::configured;
use crate::function::{Argument, Escalates, Function, Read};

pub(crate) static PJSIP_CONTACT: Function = Function {
    name: "PJSIP_CONTACT",
    module: "func_pjsip_contact",
    summary: "What is known of a contact.",
    syntax: "PJSIP_CONTACT(name,field)",
    arguments: &[
        Argument {
            name: "name",
            help: "Its name.",
        },
        Argument {
            name: "field",
            help: "The option's name, as the configuration has it.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Later(|scope, args| {
        Box::pin(configured(scope, "contact", args))
    })),
    write: None,
};
