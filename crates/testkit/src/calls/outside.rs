//! The world outside, as far as the engine asks it.

use std::time::Duration;

use dialplan::world::{Answer, Question};
use switch::Text;

/// How long every sound file is, but for those whose name begins with `missing`.
const SOUND: Duration = Duration::from_secs(2);

pub(super) fn answer(question: &Question) -> Answer {
    match question {
        Question::SoundLength { name, .. } if name.starts_with("missing") => Answer::Length(None),
        Question::SoundLength { .. } => Answer::Length(Some(SOUND.as_millis() as u64)),
        Question::Run { .. } => Answer::Ran {
            status: Some(0),
            output: Text::default(),
        },
        Question::Detail { .. } | Question::FileFact { .. } => Answer::Text(Text::default()),
        Question::Message { .. } | Question::Database(_) => Answer::Done,
    }
}
