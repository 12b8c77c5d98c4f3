//! Playing sound files.

use std::time::Duration;

use switch::Text;

use super::reel::{Ended, Keys, Reel};
use crate::app::Outcome;
use crate::call::Call;
use crate::task::Gone;
use crate::world::{Answer, Question};

/// All digits that a phone has.
pub(crate) const ANY_DIGIT: &str = "0123456789*#ABCD";

/// How playing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Played {
    /// All of it was heard.
    Done,
    /// This digit ended it.
    Digit(char),
    /// There is no such file.
    Missing,
}

/// Plays a file in the call's language until its end or a digit of `ends`.
pub(crate) async fn play(call: &Call, name: &str, ends: &str) -> Result<Played, Gone> {
    let (digit, missing) = play_list(call, [name], None, ends).await?;
    Ok(match digit {
        Some(digit) => Played::Digit(digit),
        None if missing => Played::Missing,
        None => Played::Done,
    })
}

/// Plays files one after the other until a digit of `ends`. Those that are not there are left out.
pub(crate) async fn play_all(
    call: &Call,
    names: impl IntoIterator<Item = impl AsRef<str>>,
    ends: &str,
) -> Result<Option<char>, Gone> {
    let (digit, _) = play_list(call, names, None, ends).await?;
    Ok(digit)
}

/// Plays files as one, in another language than the call's where one is given: the digit of `ends` that
/// ended it, and whether some were not there, which is warned of.
pub(crate) async fn play_list(
    call: &Call,
    names: impl IntoIterator<Item = impl AsRef<str>>,
    language: Option<&Text>,
    ends: &str,
) -> Result<(Option<char>, bool), Gone> {
    let (mut files, mut length, mut missing) = (Vec::new(), Duration::ZERO, false);
    for name in names {
        let name = Text::from(name.as_ref());
        match length_of(call, &name, language).await? {
            Some(span) => {
                length += span;
                files.push(name);
            }
            None => missing = true,
        }
    }
    if files.is_empty() {
        return Ok((None, missing));
    }
    let reel = Reel {
        files,
        length,
        language: language.cloned(),
    };
    let keys = Keys {
        stop: ends,
        ..Keys::default()
    };
    let (ended, _) = reel.play(call, Duration::ZERO, &keys).await?;
    Ok(match ended {
        Ended::Key(digit) => (Some(digit), missing),
        Ended::Over | Ended::Remote => (None, missing),
    })
}

/// How long a file is; one that is not there is warned of.
pub(super) async fn length_of(
    call: &Call,
    name: &Text,
    language: Option<&Text>,
) -> Result<Option<Duration>, Gone> {
    let language = match language {
        Some(language) => language.clone(),
        None => call.view()?.language.clone(),
    };
    let name = name.clone();
    let question = Question::SoundLength {
        name: name.clone(),
        language,
    };
    match call.ask(question).await? {
        Answer::Length(Some(millis)) => Ok(Some(Duration::from_millis(millis))),
        _ => {
            call.warn("file", format!("there is no sound file {name:?}"));
            Ok(None)
        }
    }
}

/// Plays files that say something: a digit interrupts them where `SAY_DTMF_INTERRUPT` allows it.
pub(super) async fn say(call: &Call, files: Vec<String>) -> Result<Outcome, Gone> {
    let wanted = call.variable("SAY_DTMF_INTERRUPT");
    let interrupts = ["true", "yes", "on", "1"]
        .iter()
        .any(|yes| yes.eq_ignore_ascii_case(&wanted));
    let digit = play_all(call, files, if interrupts { ANY_DIGIT } else { "" }).await?;
    Ok(digit.map_or(Outcome::Next, Outcome::Digit))
}

/// Takes note of how playing went, in a variable; `HANGUP` is noted as a failure, too.
pub(super) fn note<T>(
    call: &Call,
    variable: &str,
    went: Result<(T, bool), Gone>,
) -> Result<T, Gone> {
    let well = matches!(went, Ok((_, true)));
    call.set(variable, if well { "SUCCESS" } else { "FAILED" });
    went.map(|(value, _)| value)
}
