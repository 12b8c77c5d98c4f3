//! Sound files that play as one, and can be steered while they do.

use std::time::Duration;

use switch::Text;
use switch::signal::{Signal, Stream};
use switch::sound::What;

use super::music;
use crate::call::{Call, Heard};
use crate::task::Gone;

/// Files that are all there.
pub(super) struct Reel {
    /// Their names.
    pub(super) files: Vec<Text>,
    /// How long they are together.
    pub(super) length: Duration,
    /// Their language, where it is not the call's.
    pub(super) language: Option<Text>,
}

/// What digits do to it.
pub(super) struct Keys<'k> {
    pub(super) stop: &'k str,
    pub(super) forward: &'k str,
    pub(super) reverse: &'k str,
    pub(super) pause: &'k str,
    pub(super) restart: &'k str,
    /// How far it goes forward and back.
    pub(super) skip: Duration,
}

/// How far it goes forward and back where nobody says how far.
pub(super) const SKIP: Duration = Duration::from_secs(3);

impl Default for Keys<'_> {
    fn default() -> Self {
        Keys {
            stop: "",
            forward: "",
            reverse: "",
            pause: "",
            restart: "",
            skip: SKIP,
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// All of it was heard.
    Over,
    /// A digit ended it.
    Key(char),
    /// Somebody outside the call ended it.
    Remote,
}

impl Reel {
    /// Plays it from so far into it: how it ended, and where.
    pub(super) async fn play(
        self,
        call: &Call,
        from: Duration,
        keys: &Keys<'_>,
    ) -> Result<(Ended, Duration), Gone> {
        let (mut at, mut rests) = (from.min(self.length), false);
        loop {
            let _playing = (!rests).then(|| {
                let what = What::Files(self.files.clone());
                music::begin(call, what, at, self.language.clone())
            });
            let began = call.now();
            let until = (!rests).then(|| began + self.length.saturating_sub(at));
            let (stream, digit) = loop {
                match call.hear(until).await? {
                    Heard::Nothing => return Ok((Ended::Over, self.length)),
                    Heard::Digit(digit) => {
                        if let Some(stream) = keys.meaning(digit) {
                            break (stream, Some(digit));
                        }
                    }
                    Heard::Signal(Signal::Stream(stream)) => break (stream, None),
                    Heard::Signal(_) => {}
                }
            };
            if !rests {
                at += call.now().since(began);
            }
            match stream {
                Stream::Stop => return Ok((digit.map_or(Ended::Remote, Ended::Key), at)),
                Stream::Forward => at = (at + keys.skip).min(self.length),
                Stream::Reverse => at = at.saturating_sub(keys.skip),
                Stream::Restart => at = Duration::ZERO,
                Stream::Pause => rests = !rests,
            }
        }
    }
}

impl Keys<'_> {
    fn meaning(&self, digit: char) -> Option<Stream> {
        let meanings = [
            (self.stop, Stream::Stop),
            (self.forward, Stream::Forward),
            (self.reverse, Stream::Reverse),
            (self.pause, Stream::Pause),
            (self.restart, Stream::Restart),
        ];
        let mut meanings = meanings.into_iter();
        let found = meanings.find(|(digits, _)| digits.contains(digit));
        found.map(|(_, stream)| stream)
    }
}
