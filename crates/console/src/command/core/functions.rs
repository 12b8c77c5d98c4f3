//! `core show functions`, `core show function`.

use std::fmt::Write as _;

use super::page;
use crate::Cx;
use crate::command::{Answer, Args, Command, Source};
use crate::host::Page;

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "core show functions [like]",
        arguments: "[<text>]",
        summary: "The functions of the dialplan",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { show_functions(cx, args) }),
    },
    Command {
        words: "core show function",
        arguments: "<function>",
        summary: "What a function does",
        details: "",
        module: "core",
        complete: &[Source::Functions],
        run: |cx, args| Box::pin(async { show_function(cx, args) }),
    },
];

fn show_functions(cx: &Cx, args: &Args<'_>) -> Answer {
    let like = match (args.choice().as_str(), args.rest()) {
        ("like", [_]) => true,
        ("functions", []) => false,
        _ => return Answer::Usage,
    };
    let mut text = format!(
        "{} Custom Functions:\n",
        if like { "Matching" } else { "Installed" }
    );
    text.push_str(&"-".repeat(80));
    text.push('\n');
    let mut count = 0;
    for page in page::matching(loaded(cx), args.rest(), |page| page.name) {
        let _ = writeln!(
            text,
            "{:<20.20}  {:<35.35}  {}",
            page.name, page.syntax, page.summary
        );
        count += 1;
    }
    let _ = writeln!(
        text,
        "{count} {}custom functions installed.",
        if like { "matching " } else { "" }
    );
    Answer::Done(text)
}

fn show_function(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    match loaded(cx)
        .iter()
        .find(|page| page.name.eq_ignore_ascii_case(name))
    {
        Some(page) => Answer::Done(page::render("function", page)),
        None => Answer::Failed("No function by that name registered.\n".to_owned()),
    }
}

fn loaded(cx: &Cx) -> Vec<Page> {
    let mut pages = cx.host().functions();
    pages.retain(|page| cx.host().modules().loaded(page.module));
    pages
}
