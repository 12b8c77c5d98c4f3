//! `core show applications`, `core show application`.

use std::fmt::Write as _;

use super::page;
use crate::Cx;
use crate::command::{Answer, Args, Command, Source};
use crate::host::Page;

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "core show applications [like|describing]",
        arguments: "[<text> …]",
        summary: "The applications of the dialplan",
        details: "All applications, those whose name holds a text (like), or those whose summary holds\n\
                  all of several texts (describing).",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { show_applications(cx, args) }),
    },
    Command {
        words: "core show application",
        arguments: "<application> [<application> …]",
        summary: "What an application does",
        details: "",
        module: "core",
        complete: &[
            Source::Applications,
            Source::Applications,
            Source::Applications,
        ],
        run: |cx, args| Box::pin(async { show_application(cx, args) }),
    },
];

fn show_applications(cx: &Cx, args: &Args<'_>) -> Answer {
    let within: fn(&Page) -> &'static str = match (args.choice().as_str(), args.rest()) {
        ("like", [_]) => |page| page.name,
        ("describing", [_, ..]) => |page| page.summary,
        ("applications", []) => |page| page.name,
        _ => return Answer::Usage,
    };
    let all = args.rest().is_empty();
    let mut text = format!(
        "    -= {} Asterisk Applications =-\n",
        if all { "Registered" } else { "Matching" }
    );
    let mut count = 0;
    for page in page::matching(loaded(cx), args.rest(), within) {
        let _ = writeln!(text, "{:>20}: {}", page.name, page.summary);
        count += 1;
    }
    let _ = writeln!(
        text,
        "    -= {count} Applications {} =-",
        if all { "Registered" } else { "Matching" }
    );
    Answer::Done(text)
}

fn show_application(cx: &Cx, args: &Args<'_>) -> Answer {
    if args.rest().is_empty() {
        return Answer::Usage;
    }
    let found: String = loaded(cx)
        .iter()
        .filter(|page| {
            args.rest()
                .iter()
                .any(|name| name.eq_ignore_ascii_case(page.name))
        })
        .map(|page| page::render("application", page))
        .collect();
    if found.is_empty() {
        return Answer::Failed("Your application(s) is (are) not registered\n".to_owned());
    }
    Answer::Done(found)
}

fn loaded(cx: &Cx) -> Vec<Page> {
    let mut pages = cx.host().applications();
    pages.retain(|page| cx.host().modules().loaded(page.module));
    pages
}
