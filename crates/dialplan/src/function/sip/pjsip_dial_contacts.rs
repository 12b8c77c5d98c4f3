//! `PJSIP_DIAL_CONTACTS(endpoint[,aor[,request_user]])`.

use super::TECHNOLOGY;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::scope::CallEnv;
use crate::script::arguments;

pub(crate) static PJSIP_DIAL_CONTACTS: Function = Function {
    name: "PJSIP_DIAL_CONTACTS",
    module: "chan_pjsip",
    summary: "All contacts of an endpoint, as Dial takes them.",
    syntax: "PJSIP_DIAL_CONTACTS(endpoint[,aor[,request_user]])",
    arguments: &[
        Argument {
            name: "endpoint",
            help: "Its name.",
        },
        Argument {
            name: "aor",
            help: "Accepted; all contacts are given.",
        },
        Argument {
            name: "request_user",
            help: "A user that takes the place of each contact's.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 3);
    let (name, user) = (arguments::nth(&args, 0), arguments::nth(&args, 2));
    let contacts = CallEnv::of(env)?.with(|world| {
        let contacts = world.contacts(TECHNOLOGY, name)?;
        let own = format!("{TECHNOLOGY}/{name}/");
        let dialled = contacts.iter().map(|contact| {
            let contact = contact.strip_prefix(&*own).unwrap_or(contact);
            format!("{own}{}", with_user(contact, user))
        });
        Some(dialled.collect::<Vec<_>>().join("&"))
    });
    contacts.ok_or_else(|| FunctionError::failed(format!("there is no endpoint {name:?}")))
}

/// An address with another user, where one is given.
fn with_user(contact: &str, user: &str) -> String {
    let Some((scheme, rest)) = contact.split_once(':').filter(|_| !user.is_empty()) else {
        return contact.to_owned();
    };
    let host = rest.split_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}:{user}@{host}")
}
