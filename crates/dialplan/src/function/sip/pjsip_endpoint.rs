//! `PJSIP_ENDPOINT(name,field)`.

use super::configured;
use crate::function::{Argument, Escalates, Function, Read};
use crate::world::Subject;

pub(crate) static PJSIP_ENDPOINT: Function = Function {
    name: "PJSIP_ENDPOINT",
    module: "func_pjsip_endpoint",
    summary: "What is known of an endpoint.",
    syntax: "PJSIP_ENDPOINT(name,field)",
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
        Box::pin(configured(scope, Subject::Endpoint, args))
    })),
    write: None,
};
