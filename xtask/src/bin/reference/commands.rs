//! The page of the console's commands.

use console::command::{COMMANDS, Command};

use crate::page::{section, sentence};

const INTRODUCTION: &str = "\
What may be typed at the console, after `smartswitch -rx`, and in the action Command. A word in braces is one
of several, one in brackets may be left out.
";

pub(crate) fn page() -> String {
    let mut commands: Vec<&Command> = COMMANDS.iter().copied().flatten().collect();
    commands.sort_by_key(|command| command.words);
    let sections = commands.into_iter().map(one);
    std::iter::once(INTRODUCTION.to_owned())
        .chain(sections)
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(command: &Command) -> String {
    let typed = format!("{} {}", command.words, command.arguments);
    let mut text = section(typed.trim_end(), command.summary, "");
    for line in command.details.lines() {
        text.push_str(&format!("\n{}\n", sentence(line)));
    }
    text.push_str(&format!("\nModule: `{}`.\n", command.module));
    text
}
