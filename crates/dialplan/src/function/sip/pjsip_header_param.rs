//! `PJSIP_HEADER_PARAM(header_name,parameter_type,parameter_name)`.

use super::header;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};
use crate::script::arguments;

pub(crate) static PJSIP_HEADER_PARAM: Function = Function {
    name: "PJSIP_HEADER_PARAM",
    module: "res_pjsip_header_funcs",
    summary: "A parameter of a header of the message that came.",
    syntax: "PJSIP_HEADER_PARAM(header_name,parameter_type,parameter_name)",
    arguments: &[
        Argument {
            name: "header_name",
            help: "The header.",
        },
        Argument {
            name: "parameter_type",
            help: "header, or uri for one of the address inside.",
        },
        Argument {
            name: "parameter_name",
            help: "The parameter.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let args = arguments::split(args, 3);
    let arg = |at| arguments::nth(&args, at).trim();
    let value = header(env, &format!("read,{}", arg(0)))?;
    let (inside, outside) = match value
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
    {
        Some((inside, outside)) => (inside, outside),
        None => ("", &*value),
    };
    let text = match &*arg(1).to_ascii_lowercase() {
        "uri" => inside,
        "header" => outside,
        other => {
            return Err(FunctionError::failed(format!(
                "{other:?} is neither header nor uri"
            )));
        }
    };
    let parameters = text
        .split('?')
        .next()
        .unwrap_or_default()
        .split(';')
        .skip(1);
    let mut pairs = parameters.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let found = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(arg(2)));
    Ok(found.map_or_else(String::new, |(_, value)| value.trim().to_owned()))
}
