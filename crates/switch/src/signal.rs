//! What comes from a channel, and what goes to one.

use std::time::Duration;

use crate::snapshot::Text;
use crate::sound::{Loudness, Recording, Source};
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
    /// The first sound of the far end came.
    Heard,
    /// The far end began to talk (`true`) or fell silent.
    Talking(bool),
    /// The far end is called by this name now.
    Connected(Party),
    /// What became of [`Order::Transfer`]: whether the far end went elsewhere.
    Transferred {
        /// Whether it did.
        success: bool,
        /// The technology's own figure of a failure, such as SIP's 486; 0 for none.
        figure: u16,
    },
    /// The far end wants somebody else to be called in its place; it is done with the call.
    Forwarded {
        /// Whom.
        to: Forward,
        /// Why, as [`crate::channel::Redirecting::reason`] has it.
        reason: Text,
    },
    /// Another channel answers in this one's place; whoever serves this one takes it over.
    PickedUp(crate::ChannelId),
    /// Somebody steers what plays on the channel.
    Stream(Stream),
    /// The far end hung up, or the channel is to be hung up.
    Hangup,
    /// The channel is out of its bridge.
    Unbridged(Unbridged),
    /// The channel may have left off what it waited for: a redirect or a timeout.
    Nudge,
}

/// Whom a far end wants to be called in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forward {
    /// An extension of the dialplan: whatever the far end said.
    Exten(Text),
    /// Technology and destination, as `Dial` takes them.
    Dialled(Text),
}

/// What is done to something that plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// It ends.
    Stop,
    /// It goes on further ahead.
    Forward,
    /// It goes back a piece.
    Reverse,
    /// It rests, or goes on after a rest.
    Pause,
    /// It begins anew.
    Restart,
}

/// How a channel came out of its bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbridged {
    /// The bridge is gone: the peer left.
    Dissolved,
    /// Somebody threw it out.
    Kicked,
}

/// What a far end is told by [`Order::Notify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notification {
    /// What is configured under this name.
    Named(Text),
    /// These headers, and lines of a body under the name `Content`.
    Lines(Vec<(Text, Text)>),
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
        /// Who sent the call on, where somebody did, and why.
        diverted: Option<(Party, Text)>,
        /// Formats of whoever calls, the best first, as a list shows them; empty where nobody knows.
        formats: Text,
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
    /// Send the call elsewhere, to this address: the `Transfer` application.
    Transfer(Text),
    /// Send a message of the technology's own to the far end, such as a SIP header for the next answer.
    Attach {
        /// The header's name.
        name: Text,
        /// Its value.
        value: Text,
    },
    /// Change a setting of this call, as the technology names it, such as `dtmf_mode`.
    Set {
        /// The setting: `dtmf_mode`, `media_offer`, `moh_passthrough`, `response_code`,
        /// `session_refresh`, `transfer_handling`.
        name: &'static str,
        /// Its value.
        value: Text,
    },
    /// Tell the far end something that the technology has no more special way for: SIP's NOTIFY.
    Notify {
        /// Whom, as the technology names it; empty for the far end of this call.
        to: Text,
        /// What.
        content: Notification,
    },
    /// From now on the far end hears the mix of these, and nothing else.
    Hear(Vec<Source>),
    /// Tell when the far end begins to talk and when it falls silent, or (`None`) leave that off. The
    /// silence after which it counts as silent.
    Listen(Option<Duration>),
    /// From now on the far end is heard, and hears, so much louder or softer.
    Loudness(Loudness),
    /// Write sound into a file; said again with the same number, other sources are written from now on.
    Record(Recording),
    /// Close the file.
    EndRecording(u64),
    /// Close the file and delete it.
    DropRecording(u64),
}

impl Order {
    /// Whether it is for whoever carries the sound, not for whoever speaks with the far end.
    pub fn is_sound(&self) -> bool {
        matches!(
            self,
            Order::Hear(_)
                | Order::Listen(_)
                | Order::Loudness(_)
                | Order::Record(_)
                | Order::EndRecording(_)
                | Order::DropRecording(_)
        )
    }
}
