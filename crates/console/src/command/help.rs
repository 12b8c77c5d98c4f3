//! `help`, `core show help`.

use std::fmt::Write as _;

use crate::Cx;
use crate::command::{Answer, Args, Command};
use crate::resolve;

const fn help_as(words: &'static str) -> Command {
    Command {
        words,
        arguments: "[<words> …]",
        summary: "The commands, or those that begin with some words",
        details: "The commands that begin with the words given, each with what it does; for the words of\n\
                  one command, how it is typed.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { help(cx, args) }),
    }
}

pub(super) const COMMANDS: &[Command] = &[help_as("core show help"), help_as("help")];

fn help(cx: &Cx, args: &Args<'_>) -> Answer {
    let wanted = args.rest();
    if let Some((command, fixed)) = resolve::find(cx, wanted)
        && fixed == wanted.len()
    {
        return Answer::Done(command.usage());
    }
    let mut commands: Vec<&Command> = resolve::loaded(cx)
        .filter(|command| begins(command.words, wanted))
        .collect();
    if commands.is_empty() {
        return Answer::Failed(format!("No such command '{}'.\n", wanted.join(" ")));
    }
    commands.sort_by_key(|command| command.words);
    let mut text = String::new();
    for command in commands {
        let _ = writeln!(text, "{:>30} -- {}", command.words, command.summary);
    }
    Answer::Done(text)
}

/// Whether a command begins with these words, the last of which may be cut short.
fn begins(pattern: &str, words: &[String]) -> bool {
    let mut places = pattern.split(' ');
    words.iter().enumerate().all(|(at, word)| {
        let last = at + 1 == words.len();
        places.next().is_some_and(|place| {
            resolve::alternatives(place).0.any(|one| {
                one.eq_ignore_ascii_case(word)
                    || last
                        && one
                            .as_bytes()
                            .get(..word.len())
                            .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line;

    #[test]
    fn a_prefix_may_cut_its_last_word_short() {
        let begins =
            |words: &str| begins("core show channels [concise|verbose]", &line::words(words));
        assert!(
            begins("") && begins("core") && begins("core sh") && begins("CORE show channels con")
        );
        assert!(
            !begins("co show")
                && !begins("core channels")
                && !begins("core show channels concise x")
        );
    }
}
