//! `rtp set debug`, `rtcp set debug`.

use std::net::IpAddr;

use sip::directory::{Debug, Log};

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

const ARGUMENTS: &str = "{on|off|ip <address>}";
const WORDS: &[Source] = &[Source::Words(&["ip", "off", "on"])];

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "rtp set debug",
        arguments: ARGUMENTS,
        summary: "Writes packets of sound to the log",
        details: "",
        module: "res_rtp_asterisk",
        complete: WORDS,
        run: |cx, args| Box::pin(async { debug(cx, args, Debug::Rtp, "RTP Packet") }),
    },
    Command {
        words: "rtcp set debug",
        arguments: ARGUMENTS,
        summary: "Writes reports on sound to the log",
        details: "",
        module: "res_rtp_asterisk",
        complete: WORDS,
        run: |cx, args| Box::pin(async { debug(cx, args, Debug::Rtcp, "RTCP Packet") }),
    },
];

fn debug(cx: &Cx, args: &Args<'_>, what: Debug, name: &str) -> Answer {
    let words: Vec<String> = args
        .rest()
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (log, said) = match words.as_slice() {
        ["on"] => (Log::All, format!("{name} Debugging Enabled\n")),
        ["off"] => (Log::Off, format!("{name} Debugging Disabled\n")),
        ["ip", host] => match host.parse::<IpAddr>() {
            Ok(address) => {
                let said = format!("{name} Debugging Enabled for address: {address}\n");
                (Log::Host(address), said)
            }
            Err(_) => return Answer::Failed(format!("{host} is not an address\n")),
        },
        _ => return Answer::Usage,
    };
    match cx.host().sip().debug(what, log) {
        true => Answer::Done(said),
        false => Answer::Failed(format!("Nobody here can show {name}s\n")),
    }
}
