//! `PJSIP_HEADER(action,name[,number])`.

use switch::Text;

use super::{HEADERS, header, number, on_channel, position};
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

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
    let args = arguments::split(args, 3);
    let name = arguments::nth(&args, 1).trim();
    let nth = number(arguments::nth(&args, 2))?;
    let broken = |text: &str| text.contains(['\r', '\n', '\0']);
    if name.is_empty() || broken(name) || broken(value) || name.contains([':', ' ']) {
        return Err(FunctionError::failed("that is no header"));
    }
    let missing = || FunctionError::failed(format!("there is no header {name:?}"));
    on_channel(env, |channel| {
        let attached = &mut channel.attached;
        match &*arguments::nth(&args, 0).to_ascii_lowercase() {
            "add" if attached.len() >= HEADERS => {
                Err(FunctionError::failed("there are too many headers already"))
            }
            "add" => {
                attached.push((Text::from(name), Text::from(value)));
                Ok(())
            }
            "update" => {
                let at = position(attached, name, nth).ok_or_else(missing)?;
                if let Some((_, known)) = attached.get_mut(at) {
                    *known = Text::from(value);
                }
                Ok(())
            }
            "remove" => {
                match name.strip_suffix('*') {
                    Some(prefix) => {
                        let prefix = prefix.to_ascii_lowercase();
                        attached
                            .retain(|(known, _)| !known.to_ascii_lowercase().starts_with(&prefix));
                    }
                    None => attached.retain(|(known, _)| !known.eq_ignore_ascii_case(name)),
                }
                Ok(())
            }
            action => Err(FunctionError::failed(format!(
                "{action:?} cannot be assigned to"
            ))),
        }
    })?
}
