//! `pjsip show counters`: of the switch's own, for whoever looks for leaks.

use std::fmt::Write as _;

use crate::Cx;
use crate::command::{Answer, Args, Command};

pub(in crate::command) const COMMANDS: &[Command] = &[Command {
    words: "pjsip {show|list} counters",
    arguments: "",
    summary: "What there is of calls, transactions, sessions of sound and timers",
    details: "When no call goes on all of it is zero, but for contacts, connections and what was ever lost.",
    module: "res_pjsip",
    complete: &[],
    run: |cx, args| Box::pin(show_counters(cx, args)),
}];

async fn show_counters(cx: &Cx, _: &Args<'_>) -> Answer {
    let mut text = String::new();
    for (name, number) in cx.host().counters().await {
        // Writing into a string does not fail.
        let _ = writeln!(text, "{name:<24} {number}");
    }
    Answer::Done(text)
}
