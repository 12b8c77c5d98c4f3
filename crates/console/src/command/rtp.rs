//! `rtp …`, `rtcp …`: packets shown, and how sound is carried.

use std::net::{IpAddr, SocketAddr};

use sip::directory::{Debug, Log};

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

const ARGUMENTS: &str = "{on|off|ip <address>[:<port>]}";
const WORDS: &[Source] = &[Source::Words(&["ip", "off", "on"])];

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "rtp set debug",
        arguments: ARGUMENTS,
        summary: "Writes packets of sound to the log",
        details: "Of a flood some hundred packets a second are written; the others are counted.",
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
    Command {
        words: "rtcp set stats {on|off}",
        arguments: "",
        summary: "Writes what was counted of a call's sound to the log, at its end",
        details: "",
        module: "res_rtp_asterisk",
        complete: &[],
        run: |cx, args| Box::pin(async { figures(cx, args) }),
    },
    Command {
        words: "rtp show settings",
        arguments: "",
        summary: "How sound is carried",
        details: "",
        module: "res_rtp_asterisk",
        complete: &[],
        run: |cx, args| Box::pin(async { settings(cx, args) }),
    },
];

fn debug(cx: &Cx, args: &Args<'_>, what: Debug, name: &str) -> Answer {
    let (log, said) = match whose(args.rest()) {
        Some(Log::All) => (Log::All, format!("{name} Debugging Enabled\n")),
        Some(Log::Off) => (Log::Off, format!("{name} Debugging Disabled\n")),
        Some(log @ Log::Host(address)) => (log, enabled(name, &address.to_string())),
        Some(log @ Log::Socket(address)) => (log, enabled(name, &address.to_string())),
        None => match args.rest() {
            [word, host] if word.eq_ignore_ascii_case("ip") => {
                return Answer::Failed(format!("{host} is not an address\n"));
            }
            _ => return Answer::Usage,
        },
    };
    show(cx, what, log, said)
}

fn enabled(name: &str, address: &str) -> String {
    format!("{name} Debugging Enabled for address: {address}\n")
}

/// `on`, `off` or `ip 192.0.2.1:4000`.
fn whose(words: &[String]) -> Option<Log> {
    match words {
        [word] if word.eq_ignore_ascii_case("on") => Some(Log::All),
        [word] if word.eq_ignore_ascii_case("off") => Some(Log::Off),
        [word, host] if word.eq_ignore_ascii_case("ip") => {
            let socket = host.parse::<SocketAddr>().map(Log::Socket);
            socket
                .or_else(|_| host.parse::<IpAddr>().map(Log::Host))
                .ok()
        }
        _ => None,
    }
}

fn figures(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let (log, word) = match args.choice().as_str() {
        "on" => (Log::All, "Enabled"),
        _ => (Log::Off, "Disabled"),
    };
    show(cx, Debug::Figures, log, format!("RTCP Stats {word}\n"))
}

fn show(cx: &Cx, what: Debug, log: Log, said: String) -> Answer {
    match cx.host().sip().debug(what, log) {
        true => Answer::Done(said),
        false => Answer::Failed("Nobody here can show packets of sound\n".to_owned()),
    }
}

fn settings(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let sound = cx.host().sound();
    let yes = |yes: bool| if yes { "Yes" } else { "No" }.to_owned();
    // Telephone events count in 8000ths of a second.
    let patience = sound.digit_patience.as_millis() * 8;
    let lines = [
        ("Port start", sound.ports.0.to_string()),
        ("Port end", sound.ports.1.to_string()),
        ("Checksums", yes(true)),
        ("DTMF Timeout", patience.to_string()),
        ("Strict RTP", yes(sound.strict)),
        ("Replay Protect", yes(sound.refuse_replayed)),
        (
            "RTCP interval",
            format!("{} ms", sound.report_every.as_millis()),
        ),
    ];
    let lines = lines.map(|(label, value)| format!("  {:<17}{value}\n", format!("{label}:")));
    let title = "General Settings:";
    Answer::Done(format!("\n\n{title}\n{:-<16}\n{}\n", "", lines.concat()))
}
