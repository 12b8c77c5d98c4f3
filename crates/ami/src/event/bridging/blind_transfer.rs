use crate::Event;
use crate::event::group::{Bridge, Channel};

/// A channel sent its peer elsewhere without asking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct BlindTransfer<'a> {
    /// `Success`, `Fail`, `Invalid` or `Not Permitted`.
    pub result: &'a str,
    /// The channel that transferred.
    #[event(channel, prefix = "Transferer")]
    pub transferer: Channel<'a>,
    /// The channel that was sent, when there was one alone.
    #[event(channel, prefix = "Transferee")]
    pub transferee: Option<Channel<'a>>,
    /// The bridge they were in.
    #[event(bridge)]
    pub bridge: Option<Bridge<'a>>,
    /// Whether a client or a phone asked, and not a feature code.
    pub is_external: bool,
    /// The context it was sent to.
    pub context: &'a str,
    /// The extension it was sent to.
    pub extension: &'a str,
}
