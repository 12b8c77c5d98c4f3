//! `PJSIP_PARSE_URI(uri,type)`.

use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static PJSIP_PARSE_URI: Function = Function {
    name: "PJSIP_PARSE_URI",
    module: "chan_pjsip",
    summary: "A part of an address.",
    syntax: "PJSIP_PARSE_URI(uri,type)",
    arguments: &[
        Argument {
            name: "uri",
            help: "The address, with or without a name before it.",
        },
        Argument {
            name: "type",
            help: "display, scheme, user, passwd, host, port, user_param, method_param, transport_param, \
                   ttl_param, lr_param or maddr_param.",
        },
    ],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(_: &mut dyn Env, args: &str) -> Result<String, FunctionError> {
    let (uri, part) = args.rsplit_once(',').unwrap_or((args, ""));
    part_of(uri, part.trim())
}

/// A part of an address: RFC 3261, 19.1 and 20.10.
pub(super) fn part_of(text: &str, part: &str) -> Result<String, FunctionError> {
    let (display, uri) = match text.split_once('<') {
        Some((display, rest)) => (display, rest.split('>').next().unwrap_or_default()),
        None => ("", text),
    };
    let good = |(scheme, _): &(&str, &str)| matches!(*scheme, "sip" | "sips" | "tel");
    let (scheme, rest) = uri
        .trim()
        .split_once(':')
        .filter(good)
        .ok_or_else(|| FunctionError::failed(format!("{text:?} is no SIP address")))?;
    let rest = rest.split('?').next().unwrap_or_default();
    let (user, place) = match rest.rsplit_once('@') {
        Some((user, place)) => (user, place),
        None => ("", rest),
    };
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let mut parameters = place.split(';');
    let place = parameters.next().unwrap_or_default();
    let (host, port) = match place.rsplit_once(':') {
        // The colons of an IPv6 address are inside its brackets.
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (place, ""),
    };
    let mut parameter = |name: &str| {
        parameters.find_map(|pair| {
            let (known, value) = pair.split_once('=').unwrap_or((pair, "1"));
            known.eq_ignore_ascii_case(name).then_some(value)
        })
    };
    let value = match part {
        "display" => display.trim().trim_matches('"'),
        "scheme" => scheme,
        "user" => user,
        "passwd" => password,
        "host" => host,
        "port" => port,
        _ => match part.strip_suffix("_param") {
            Some(name @ ("user" | "method" | "transport" | "ttl" | "lr" | "maddr")) => {
                parameter(name).unwrap_or_default()
            }
            _ => {
                return Err(FunctionError::failed(format!(
                    "{part:?} is no part of an address"
                )));
            }
        },
    };
    Ok(value.to_owned())
}
