//! `manager show connected`, `manager show settings`, `manager kick session`, `manager reload`.

use std::fmt::Write as _;

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};
use crate::host::Reload;

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "manager show connected",
        arguments: "",
        summary: "Who is logged in to the manager interface",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { show_connected(cx, args) }),
    },
    Command {
        words: "manager show settings",
        arguments: "",
        summary: "The settings of the manager interface",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { show_settings(cx, args) }),
    },
    Command {
        words: "manager kick session",
        arguments: "<number>",
        summary: "Closes a session of the manager interface",
        details: "The number is the column FileDes of 'manager show connected'.",
        module: "core",
        complete: &[Source::Sessions],
        run: |cx, args| Box::pin(async { kick(cx, args) }),
    },
    Command {
        words: "manager reload",
        arguments: "",
        summary: "Reads manager.conf anew",
        details: "Sessions that are logged in keep what they were given.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(reload(cx, args)),
    },
];

fn show_connected(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut text = String::new();
    row(
        &mut text,
        [
            "Username",
            "IP Address",
            "Start",
            "Elapsed",
            "FileDes",
            "HttpCnt",
            "Read",
            "Write",
        ],
    );
    let sessions = cx.host().sessions();
    for session in &sessions {
        row(
            &mut text,
            [
                &session.user,
                &session.address,
                &session.started.seconds().to_string(),
                &cx.host().now().since(session.started).as_secs().to_string(),
                &session.number.to_string(),
                "0",
                &session.read.bits().to_string(),
                &session.write.bits().to_string(),
            ],
        );
    }
    let _ = writeln!(text, "{} users connected.", sessions.len());
    Answer::Done(text)
}

fn row(text: &mut String, [user, address, start, elapsed, number, http, read, write]: [&str; 8]) {
    let _ = writeln!(
        text,
        "  {user:<15.15}  {address:<55.55}  {start:<10.10}  {elapsed:<10.10}  {number:<8.8}  {http:<8.8}  \
         {read:<10.10}  {write:<10.10}"
    );
}

fn show_settings(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut text = String::from("\nGlobal Settings:\n----------------\n");
    for (label, value) in cx.host().manager_settings() {
        let _ = writeln!(text, "  {:<26} {value}", format!("{label}:"));
    }
    Answer::Done(text)
}

fn kick(cx: &Cx, args: &Args<'_>) -> Answer {
    let [number] = args.rest() else {
        return Answer::Usage;
    };
    let Ok(number) = number.parse() else {
        return Answer::Usage;
    };
    if cx.host().kick(number) {
        Answer::Done(format!(
            "Kicking manager session connected using file descriptor {number}\n"
        ))
    } else {
        Answer::Done(format!(
            "No manager session found using file descriptor {number}\n"
        ))
    }
}

async fn reload(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    match cx.host().reload(Some("manager")).await {
        Reload::Failed(lines) => {
            Answer::Failed(lines.iter().map(|line| format!("{line}\n")).collect())
        }
        _ => Answer::Done(String::new()),
    }
}
