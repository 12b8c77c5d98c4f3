//! What comes from a channel, and what goes to one.

use std::time::Duration;

use crate::snapshot::Text;
use crate::{Cause, Party};

/// Something that a channel's far end did, or that befell the channel. It goes to whoever serves the
/// channel at that moment.
#[derive(Debug, Clone, PartialEq)]
pub enum Signal {
    /// The far end is being alerted.
    Ringing,
    /// There is sound before an answer.
    Progress,
    /// The far end works on it.
    Proceeding,
    /// The far end answered.
    Answer,
    /// The far end is busy.
    Busy,
    /// The call could not be put through.
    Congestion,
    /// The far end put us on hold, with this class of music.
    Hold(Text),
    /// The far end took us off hold.
    Unhold,
    /// A digit's tone began.
    DigitBegin(char),
    /// A digit's tone ended after so long.
    DigitEnd(char, Duration),
    /// A text message came.
    Text(Text),
    /// The far end is called by this name now.
    Connected(Party),
    /// The far end hung up, or the channel is to be hung up.
    Hangup,
    /// The channel is out of its bridge.
    Unbridged(Unbridged),
    /// The channel may have left off what it waited for: a redirect or a timeout.
    Nudge,
}

/// How a channel came out of its bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbridged {
    /// The bridge is gone: the peer left.
    Dissolved,
    /// Somebody threw it out.
    Kicked,
}

/// What a channel's driver is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// Call the destination.
    Call {
        /// What to call, without the technology.
        destination: Text,
        /// Whose number to show.
        caller: Party,
    },
    /// Tell the far end that we alert.
    Ringing,
    /// Tell the far end that there is sound before an answer.
    Progress,
    /// Tell the far end that we work on it.
    Proceeding,
    /// Answer.
    Answer,
    /// Tell the far end that we are busy.
    Busy,
    /// Tell the far end that there is no way.
    Congestion,
    /// Begin a digit's tone.
    DigitBegin(char),
    /// End a digit's tone after so long.
    DigitEnd(char, Duration),
    /// Send a text message.
    Text(Text),
    /// Put the far end on hold.
    Hold(Text),
    /// Take it off hold.
    Unhold,
    /// Show the far end whom it is connected with.
    Connected(Party),
    /// Hang up.
    Hangup(Cause),
}
