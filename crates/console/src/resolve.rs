//! Finding the command that a line means.
//!
//! Fixed words are typed in full, in any case, as Asterisk wants them: a script's mistyped word must not
//! run a command that happens to begin with it. Where several commands fit, the one with the most words
//! wins.

use crate::command::{Answer, Args, COMMANDS, Command};
use crate::{Cx, Output, line};

/// Runs a line and gives back what it says. A line without a word says nothing.
pub async fn run(cx: &Cx, line: &str) -> Output {
    let words = line::words(line);
    if words.is_empty() {
        return Output {
            success: true,
            text: String::new(),
        };
    }
    let Some((command, fixed)) = find(cx, &words) else {
        return Output {
            success: false,
            text: unknown(cx, &words),
        };
    };
    let args = Args {
        words: &words,
        fixed,
    };
    match (command.run)(cx, &args).await {
        Answer::Done(text) => Output {
            success: true,
            text,
        },
        Answer::Usage => Output {
            success: false,
            text: command.usage(),
        },
        Answer::Failed(mut text) => {
            text.push_str(&format!("Command '{}' failed.\n", words.join(" ")));
            Output {
                success: false,
                text,
            }
        }
    }
}

/// The commands of the loaded modules.
pub(crate) fn loaded(cx: &Cx) -> impl Iterator<Item = &'static Command> {
    COMMANDS
        .iter()
        .flat_map(|family| family.iter())
        .filter(|command| cx.host().modules().loaded(command.module))
}

/// The command that fits the most words, and how many of them are its own.
pub(crate) fn find(cx: &Cx, words: &[String]) -> Option<(&'static Command, usize)> {
    loaded(cx)
        .filter_map(|command| Some((command, fit(command.words, words)?)))
        .max_by_key(|(_, fixed)| *fixed)
}

/// The words that a place in a command's pattern takes: one, several, or several that may be left out.
pub(crate) fn alternatives(place: &str) -> (impl Iterator<Item = &str>, bool) {
    let inner = place.trim_matches(|c| matches!(c, '[' | ']' | '{' | '}'));
    (inner.split('|'), place.starts_with('['))
}

/// How many words a pattern takes from the beginning of a line; `None` where it does not fit.
fn fit(pattern: &str, words: &[String]) -> Option<usize> {
    let mut taken = 0;
    for place in pattern.split(' ') {
        let (mut alternatives, optional) = alternatives(place);
        let word = words.get(taken).map_or("", String::as_str);
        if alternatives.any(|one| one.eq_ignore_ascii_case(word)) {
            taken += 1;
        } else if !optional {
            return None;
        }
    }
    Some(taken)
}

/// How many words from the beginning of a line are the beginning of a pattern.
fn fit_partly(pattern: &str, words: &[String]) -> usize {
    pattern
        .split(' ')
        .zip(words)
        .take_while(|(place, word)| {
            alternatives(place)
                .0
                .any(|one| one.eq_ignore_ascii_case(word))
        })
        .count()
}

/// The answer to what no command fits. The hint goes one word past the first that is wrong, as
/// Asterisk's does.
fn unknown(cx: &Cx, words: &[String]) -> String {
    let known = loaded(cx)
        .map(|command| fit_partly(command.words, words))
        .max()
        .unwrap_or(0);
    let hint = words.get(..known + 2).unwrap_or(words).join(" ");
    format!(
        "No such command '{}' (type 'core show help {hint}' for other possible commands)\n",
        words.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(pattern: &str, line: &str) -> Option<usize> {
        fit(pattern, &line::words(line))
    }

    #[test]
    fn words_are_typed_in_full_and_in_any_case() {
        assert_eq!(
            taken("core show channels", "core SHOW channels verbose"),
            Some(3)
        );
        assert_eq!(taken("core show channels", "core show chan"), None);
        assert_eq!(taken("core show channels", "core show"), None);
    }

    #[test]
    fn the_last_word_may_be_one_of_several_or_missing() {
        let pattern = "core show channels [concise|verbose|count]";
        assert_eq!(taken(pattern, "core show channels"), Some(3));
        assert_eq!(taken(pattern, "core show channels Concise"), Some(4));
        assert_eq!(taken(pattern, "core show channels nonsense"), Some(3));
        assert_eq!(
            taken(
                "bridge technology {suspend|unsuspend}",
                "bridge technology suspend x"
            ),
            Some(3)
        );
        assert_eq!(
            taken(
                "bridge technology {suspend|unsuspend}",
                "bridge technology show"
            ),
            None
        );
    }
}
