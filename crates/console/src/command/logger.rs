//! `logger …`.

use std::fmt::Write as _;

use crate::Cx;
use crate::command::{Answer, Args, Command};
use crate::host::Reload;

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "logger show channels",
        arguments: "",
        summary: "Where the log goes",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { show(cx, args) }),
    },
    Command {
        words: "logger rotate",
        arguments: "",
        summary: "Begins the log's files anew",
        details: "Renames each file, as logger.conf says, and goes on in a new one.",
        module: "core",
        complete: &[],
        run: |cx, _| Box::pin(async { rotate(cx) }),
    },
    Command {
        words: "logger reload",
        arguments: "",
        summary: "Reads logger.conf anew",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(reload(cx, args)),
    },
    Command {
        words: "logger mute",
        arguments: "",
        summary: "Keeps the log off the consoles, or puts it back on",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, _| {
            Box::pin(async {
                let muted = cx.host().mute();
                Answer::Done(format!(
                    "Console is {}.\n",
                    if muted { "muted" } else { "not muted anymore" }
                ))
            })
        },
    },
];

fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut text = String::new();
    row(&mut text, ["Channel", "Type", "Status", "Configuration"]);
    row(&mut text, ["-------", "----", "------", "-------------"]);
    for channel in cx.host().log_channels() {
        let status = if channel.enabled {
            "Enabled"
        } else {
            "Disabled"
        };
        row(
            &mut text,
            [&channel.name, channel.kind, status, &channel.levels],
        );
    }
    text.push('\n');
    Answer::Done(text)
}

fn row(text: &mut String, [name, kind, status, levels]: [&str; 4]) {
    let _ = writeln!(text, "{name:<35} {kind:<8.8} {status:<9.9} {levels}");
}

fn rotate(cx: &Cx) -> Answer {
    match cx.host().rotate_logs() {
        Ok(()) => Answer::Done(String::new()),
        Err(why) => Answer::Failed(format!("{why}\n")),
    }
}

async fn reload(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    match cx.host().reload(Some("logger")).await {
        Reload::Failed(lines) => {
            Answer::Failed(lines.iter().map(|line| format!("{line}\n")).collect())
        }
        _ => Answer::Done(String::new()),
    }
}
