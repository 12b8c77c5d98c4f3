//! `PJSIP_CONTACT(name,field)`.

use super::configured;
use crate::function::{Argument, Escalates, Function, Read};
use crate::world::Subject;

pub(crate) static PJSIP_CONTACT: Function = Function {
    name: "PJSIP_CONTACT",
    module: "func_pjsip_contact",
    summary: "What is known of a contact.",
    syntax: "PJSIP_CONTACT(name,field)",
    arguments: &[
        Argument {
            name: "name",
            help: "Its name, such as PJSIP_AOR(name,contact) gives.",
        },
        Argument {
            name: "field",
            help: "status, rtt in microseconds, or one of uri, expiration_time, user_agent, endpoint, path, outbound_proxy, call_id, via_addr, via_port, prune_on_boot, qualify_frequency, qualify_timeout, qualify_2xx_only and authenticate_qualify.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Later(|scope, args| {
        Box::pin(configured(scope, Subject::Contact, args))
    })),
    write: None,
};
