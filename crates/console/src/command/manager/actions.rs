//! `manager show commands`, `manager show command`.

use std::fmt::Write as _;

use ami::spec::ActionSpec;

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "manager show commands",
        arguments: "",
        summary: "The actions of the manager interface",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { show_commands(cx, args) }),
    },
    Command {
        words: "manager show command",
        arguments: "<action> [<action> …]",
        summary: "What an action of the manager interface does",
        details: "",
        module: "core",
        complete: &[Source::Actions, Source::Actions, Source::Actions],
        run: |cx, args| Box::pin(async { show_command(cx, args) }),
    },
];

fn show_commands(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let actions = loaded(cx);
    let width = actions
        .iter()
        .map(|action| action.name.len())
        .max()
        .unwrap_or(0)
        .max("Action".len());
    let mut text = format!(
        "  {:<width$}  {}\n  {:<width$}  {}\n",
        "Action", "Synopsis", "------", "--------"
    );
    for action in actions {
        let _ = writeln!(text, "  {:<width$}  {}", action.name, action.summary);
    }
    Answer::Done(text)
}

fn show_command(cx: &Cx, args: &Args<'_>) -> Answer {
    if args.rest().is_empty() {
        return Answer::Usage;
    }
    let actions = loaded(cx);
    let mut text = String::new();
    for wanted in args.rest() {
        match actions
            .iter()
            .find(|action| action.name.eq_ignore_ascii_case(wanted))
        {
            Some(action) => page(&mut text, action),
            None => {
                let _ = writeln!(text, "No manager command found with that name: {wanted}");
            }
        }
    }
    Answer::Done(text)
}

fn page(text: &mut String, action: &ActionSpec) {
    let _ = writeln!(
        text,
        "[Syntax]\nAction: {}\n[ActionID:] <value>",
        action.name
    );
    for parameter in action.parameters {
        let key = if parameter.name == "*" {
            "<any key>"
        } else {
            parameter.name
        };
        let _ = match parameter.required {
            true => writeln!(text, "{key}: <value>"),
            false => writeln!(text, "[{key}:] <value>"),
        };
    }
    let _ = writeln!(text, "\n[Synopsis]\n{}", action.summary);
    if !action.details.is_empty() {
        let _ = writeln!(text, "\n[Description]\n{}", action.details);
    }
    if !action.parameters.is_empty() {
        text.push_str("\n[Arguments]\n");
    }
    for parameter in action.parameters {
        let _ = writeln!(text, "{}\n    {}", parameter.name, parameter.help);
        if parameter.repeated {
            text.push_str("    May come more than once.\n");
        }
        if !parameter.values.is_empty() {
            let _ = writeln!(text, "    One of: {}", parameter.values.join(", "));
        }
    }
    let _ = writeln!(text, "\n[Privilege]\n{}", action.privilege);
    if !action.complete.is_empty() {
        let _ = writeln!(
            text,
            "\n[List Responses]\n{}\n{}",
            action.items.join("\n"),
            action.complete
        );
    }
    text.push('\n');
}

fn loaded(cx: &Cx) -> Vec<ActionSpec> {
    let mut actions = cx.host().actions();
    actions.retain(|action| cx.host().modules().loaded(action.module));
    actions.sort_by_key(|action| action.name.to_ascii_lowercase());
    actions
}
