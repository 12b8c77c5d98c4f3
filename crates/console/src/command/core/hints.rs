//! `core show hints`, `core show hint`.

use std::fmt::Write as _;

use engine::request::{HintState, Request};

use crate::Cx;
use crate::command::{Answer, Args, Command, plural};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "core show hints",
        arguments: "",
        summary: "The hints and their states",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(show_hints(cx, args)),
    },
    Command {
        words: "core show hint",
        arguments: "<exten>[@<context>]",
        summary: "One extension's hints and their states",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(show_hint(cx, args)),
    },
];

async fn show_hints(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(hints) = cx.ask(Request::Hints).await else {
        return Answer::ended();
    };
    if hints.is_empty() {
        return Answer::Done("There are no registered dialplan hints\n".to_owned());
    }
    let mut text = String::from("\n    -= Registered Asterisk Dial Plan Hints =-\n");
    hints.iter().for_each(|hint| row(&mut text, hint));
    let _ = writeln!(text, "----------------\n- {} hints registered", hints.len());
    Answer::Done(text)
}

async fn show_hint(cx: &Cx, args: &Args<'_>) -> Answer {
    let [wanted] = args.rest() else {
        return Answer::Usage;
    };
    let (exten, context) = wanted
        .split_once('@')
        .map_or((wanted.as_str(), None), |(e, c)| (e, Some(c)));
    let Some(mut hints) = cx.ask(Request::Hints).await else {
        return Answer::ended();
    };
    if hints.is_empty() {
        return Answer::Done("There are no registered dialplan hints\n".to_owned());
    }
    hints.retain(|hint| {
        &*hint.exten == exten && context.is_none_or(|context| &*hint.context == context)
    });
    if hints.is_empty() {
        return Answer::Done(format!("No hints matching extension {exten}\n"));
    }
    let mut text = String::new();
    hints.iter().for_each(|hint| row(&mut text, hint));
    let _ = writeln!(
        text,
        "{} hint{} matching extension {exten}",
        hints.len(),
        plural(hints.len())
    );
    Answer::Done(text)
}

fn row(text: &mut String, hint: &HintState) {
    let place = format!("{}@{}", hint.exten, hint.context);
    let _ = writeln!(
        text,
        "{place:<30.30}: {:<60.60}  State:{:<15.15} Presence:{:<15.15} Watchers {:>2}",
        hint.hint,
        hint.state.word(),
        hint.presence.state.word(),
        hint.watchers
    );
}
