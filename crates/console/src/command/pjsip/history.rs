//! `pjsip set history`, `pjsip show history`: messages kept to be looked at.

use std::fmt::Write as _;

use sip::directory::Passed;

use super::columns;
use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

const MODULE: &str = "res_pjsip_history";

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "pjsip set history {on|off|clear}",
        arguments: "",
        summary: "Keeps messages of SIP to be looked at, or forgets them",
        details: "The newest thousand are kept.",
        module: MODULE,
        complete: &[],
        run: |cx, args| Box::pin(async { set(cx, args) }),
    },
    Command {
        words: "pjsip show history",
        arguments: "[entry <number>]",
        summary: "The messages of SIP that were kept",
        details: "With `entry` the whole of one.",
        module: MODULE,
        complete: &[Source::Words(&["entry"])],
        run: |cx, args| Box::pin(async { show(cx, args) }),
    },
];

fn set(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let directory = cx.host().sip();
    let history = directory.history();
    Answer::Done(
        match args.choice().as_str() {
            "on" => {
                history.keep(true);
                "PJSIP History enabled\n"
            }
            "off" => {
                history.keep(false);
                "PJSIP History disabled\n"
            }
            _ => {
                history.clear();
                "PJSIP History cleared\n"
            }
        }
        .to_owned(),
    )
}

fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    let kept = cx.host().sip().history().all();
    match args.rest() {
        [] => {
            let mut text = format!(
                "{:<5} {:<10} {:<30} {}\n{:=<5} {:=<10} {:=<30} {:=<35}\n",
                "No.", "Timestamp", "(Dir) Address", "SIP Message", "", "", "", ""
            );
            kept.iter().for_each(|one| line(&mut text, one));
            text.push_str(&columns::foot(kept.len()));
            Answer::Done(text)
        }
        [word, number] if word.eq_ignore_ascii_case("entry") => {
            let number = number.parse::<u64>().ok();
            match kept.iter().find(|one| Some(one.number) == number) {
                Some(one) => Answer::Done(entry(one)),
                None => Answer::Failed("There is no message of that number.\n".to_owned()),
            }
        }
        _ => Answer::Usage,
    }
}

fn way(one: &Passed) -> &'static str {
    if one.sent { "==>" } else { "<==" }
}

fn line(text: &mut String, one: &Passed) {
    let _ = writeln!(
        text,
        "{:05} {:<10} * {} {:<24} {}",
        one.number,
        one.at,
        way(one),
        one.with.to_string(),
        one.title()
    );
}

fn entry(one: &Passed) -> String {
    format!(
        "<--- History Entry {} {} {} at {} --->\n{}\n",
        one.number,
        if one.sent { "Sent to" } else { "Received from" },
        one.with,
        one.at,
        one.text.replace('\r', "")
    )
}
