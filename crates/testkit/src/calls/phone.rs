//! Simulated phones: what they do when they are called.

use std::time::Duration;

use engine::FromChannel;
use switch::signal::{Forward, Signal};
use switch::{Cause, ChannelId, Text};

/// The technology that the phones have: `Phone/NAME` calls one.
pub const TECHNOLOGY: &str = "Phone";

/// How long a phone's digit lasts.
pub(super) const DIGIT: Duration = Duration::from_millis(100);

/// Something that a phone does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// It begins to ring.
    Ring,
    /// It has sound before an answer.
    Progress,
    /// It works on it.
    Proceed,
    /// It is picked up.
    Answer,
    /// It is busy.
    Busy,
    /// It cannot be put through.
    Congestion,
    /// Its user puts the other on hold.
    Hold,
    /// And takes the other off hold.
    Unhold,
    /// A key is pressed.
    Digit(char),
    /// A text is sent.
    Text(&'static str),
    /// Its user begins to talk, or falls silent.
    Talk(bool),
    /// It took over the call of another one.
    Replace(ChannelId),
    /// It names an extension that is to be called in its place.
    Forward(&'static str),
    /// It is put down.
    HangUp(Cause),
}

impl Act {
    /// What the engine is told, at once and, for a digit, when its tone ends.
    pub(super) fn inputs(self) -> (FromChannel, Option<FromChannel>) {
        let signal = |signal| (FromChannel::Signal(signal), None);
        match self {
            Act::Ring => signal(Signal::Ringing),
            Act::Progress => signal(Signal::Progress),
            Act::Proceed => signal(Signal::Proceeding),
            Act::Answer => signal(Signal::Answer),
            Act::Busy => signal(Signal::Busy),
            Act::Congestion => signal(Signal::Congestion),
            Act::Hold => signal(Signal::Hold(Text::default())),
            Act::Unhold => signal(Signal::Unhold),
            Act::Digit(digit) => (
                FromChannel::DigitBegin(digit),
                Some(FromChannel::DigitEnd(digit, DIGIT)),
            ),
            Act::Talk(talks) => signal(Signal::Talking(talks)),
            Act::Replace(old) => (FromChannel::Replaces(old), None),
            Act::Text(text) => signal(Signal::Text(Text::from(text))),
            Act::Forward(exten) => (
                FromChannel::Signal(Signal::Forwarded {
                    to: Forward::Exten(Text::from(exten)),
                    reason: Text::from("cfb"),
                }),
                Some(hangup(Cause::NORMAL)),
            ),
            Act::HangUp(cause) => (hangup(cause), None),
        }
    }
}

fn hangup(cause: Cause) -> FromChannel {
    FromChannel::Hangup {
        cause: Some(cause),
        tech_cause: Text::default(),
    }
}
