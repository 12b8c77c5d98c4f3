//! Playing sound files.

use std::time::Duration;

use switch::Text;

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
    let language = call.view()?.language.clone();
    play_in(call, name, language, ends).await
}

/// Plays a file in a language until its end or a digit of `ends`. A file that is not there is warned of.
pub(crate) async fn play_in(
    call: &Call,
    name: &str,
    language: Text,
    ends: &str,
) -> Result<Played, Gone> {
    let question = Question::SoundLength {
        name: Text::from(name),
        language,
    };
    let millis = match call.ask(question).await? {
        Answer::Length(Some(millis)) => millis,
        _ => {
            call.warn("file", format!("there is no sound file {name:?}"));
            return Ok(Played::Missing);
        }
    };
    let ended = call
        .sleep_or_digit(Duration::from_millis(millis), ends)
        .await?;
    Ok(ended.map_or(Played::Done, Played::Digit))
}

/// Plays files one after the other until a digit of `ends`. Those that are not there are left out.
pub(crate) async fn play_all(
    call: &Call,
    names: impl IntoIterator<Item = impl AsRef<str>>,
    ends: &str,
) -> Result<Option<char>, Gone> {
    for name in names {
        if let Played::Digit(digit) = play(call, name.as_ref(), ends).await? {
            return Ok(Some(digit));
        }
    }
    Ok(None)
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
