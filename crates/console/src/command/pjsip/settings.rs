//! `pjsip show settings`, `pjsip set logger`, `pjsip reload` and others of the whole.

use std::net::IpAddr;

use sip::directory::Log;

use super::one;
use crate::Cx;
use crate::command::{Answer, Args, Command, Source};
use crate::host::Reload;

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "pjsip show settings",
        arguments: "",
        summary: "What holds for all of SIP",
        details: "",
        module: "res_pjsip",
        complete: &[],
        run: |cx, args| Box::pin(async { show(cx, args) }),
    },
    Command {
        words: "pjsip show version",
        arguments: "",
        summary: "What speaks SIP",
        details: "",
        module: "res_pjsip",
        complete: &[],
        run: |cx, args| Box::pin(async { version(cx, args) }),
    },
    Command {
        words: "pjsip set logger",
        arguments: "{on|off|host <address>}",
        summary: "Writes messages of SIP to the log",
        details: "Writes messages as they come and go: all of them, or those of one address.",
        module: "res_pjsip_logger",
        complete: &[Source::Words(&["host", "off", "on"])],
        run: |cx, args| Box::pin(async { logger(cx, args) }),
    },
    Command {
        words: "pjsip set maintenance",
        arguments: "<endpoint> {on|off}",
        summary: "Keeps an endpoint from new calls",
        details: "Calls that go on are left alone.",
        module: "res_pjsip_maintenance",
        complete: &[Source::Endpoints, Source::Words(&["off", "on"])],
        run: |cx, args| Box::pin(async { maintenance(cx, args) }),
    },
    Command {
        words: "pjsip show maintenance",
        arguments: "",
        summary: "The endpoints that are kept from new calls",
        details: "",
        module: "res_pjsip_maintenance",
        complete: &[],
        run: |cx, args| Box::pin(async { show_maintenance(cx, args) }),
    },
    Command {
        words: "pjsip reload",
        arguments: "",
        summary: "Reads pjsip.conf anew",
        details: "Calls go on as they are. What is wrong in the file is told with its line.",
        module: "res_pjsip",
        complete: &[],
        run: |cx, args| Box::pin(reload(cx, args)),
    },
];

fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let settings = cx.host().sip().settings();
    Answer::Done(format!(
        "\nGlobal Settings:\n{}\nSystem Settings:\n{}",
        one::options(settings.global.fields()),
        one::options(settings.system.fields())
    ))
}

fn version(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let agent = cx.host().sip().settings().global.user_agent.clone();
    Answer::Done(format!(
        "SIP is spoken by {agent} itself, without PJPROJECT\n"
    ))
}

fn logger(cx: &Cx, args: &Args<'_>) -> Answer {
    let directory = cx.host().sip();
    let words: Vec<String> = args
        .rest()
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (log, said) = match words.as_slice() {
        ["on"] => (Log::All, "PJSIP Logging enabled\n".to_owned()),
        ["off"] => (Log::Off, "PJSIP Logging disabled\n".to_owned()),
        ["host", host] => match host.parse::<IpAddr>() {
            Ok(address) => {
                let said = format!("PJSIP Logging Enabled for host: {address}\n");
                (Log::Host(address), said)
            }
            Err(_) => return Answer::Failed(format!("{host} is not an address\n")),
        },
        _ => return Answer::Usage,
    };
    directory.set_log(log);
    Answer::Done(said)
}

fn maintenance(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name, state] = args.rest() else {
        return Answer::Usage;
    };
    let on = match state.to_ascii_lowercase().as_str() {
        "on" => true,
        "off" => false,
        _ => return Answer::Usage,
    };
    let directory = cx.host().sip();
    let settings = directory.settings();
    let Some(endpoint) = settings.endpoints.get(name.as_str()) else {
        return super::objects::absent(name);
    };
    if directory.maintain(name, on) {
        let fact = switch::fact::Fact::MaintenanceChanged {
            technology: "PJSIP",
            device: endpoint.name.clone(),
            on,
        };
        cx.host().submit(engine::request::Request::Tell(fact));
    }
    let word = if on { "enabled" } else { "disabled" };
    Answer::Done(format!("Maintenance mode {word} for endpoint {name}\n"))
}

fn show_maintenance(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let maintained = cx.host().sip().maintained();
    let lines: String = maintained.iter().map(|name| format!("{name}\n")).collect();
    Answer::Done(format!("{lines}{}", super::columns::foot(maintained.len())))
}

async fn reload(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    match cx.host().reload(Some("res_pjsip")).await {
        Reload::Done => Answer::Done("Module 'res_pjsip.so' reloaded successfully.\n".to_owned()),
        Reload::NoModule => Answer::Failed("No such module 'res_pjsip.so'\n".to_owned()),
        Reload::Unsupported => {
            Answer::Failed("The module 'res_pjsip.so' does not support reloads\n".to_owned())
        }
        Reload::Failed(sentences) => Answer::Failed(sentences.join("\n") + "\n"),
    }
}
