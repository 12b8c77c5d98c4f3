use crate::Event;
use crate::event::group::{Bridge, Channel};

/// A channel connected two others that it talked to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct AttendedTransfer<'a> {
    /// `Success`, `Fail`, `Invalid` or `Not Permitted`.
    pub result: &'a str,
    /// The transferring party in the first call.
    #[event(channel, prefix = "OrigTransferer")]
    pub orig_transferer: Channel<'a>,
    /// The bridge of the first call.
    #[event(bridge, prefix = "Orig")]
    pub orig_bridge: Option<Bridge<'a>>,
    /// The transferring party in the second call.
    #[event(channel, prefix = "SecondTransferer")]
    pub second_transferer: Channel<'a>,
    /// The bridge of the second call.
    #[event(bridge, prefix = "Second")]
    pub second_bridge: Option<Bridge<'a>>,
    /// The one who was in the first call.
    #[event(channel, prefix = "Transferee")]
    pub transferee: Option<Channel<'a>>,
    /// The one who was in the second call.
    #[event(channel, prefix = "TransferTarget")]
    pub transfer_target: Option<Channel<'a>>,
    /// Whether a client or a phone asked, and not a feature code.
    pub is_external: bool,
    /// What it ended in: `Bridge`, `App`, `Link`, `Threeway` or `Fail`.
    pub dest_type: &'a str,
    /// The bridge that goes on.
    pub dest_bridge_uniqueid: Option<&'a str>,
    /// The application that goes on.
    pub dest_app: Option<&'a str>,
    /// One half of the Local channel that links two bridges.
    #[event(channel, prefix = "LocalOne")]
    pub local_one: Option<Channel<'a>>,
    /// Its other half.
    #[event(channel, prefix = "LocalTwo")]
    pub local_two: Option<Channel<'a>>,
    /// The channel of the transferring party, when it stays in.
    pub dest_transferer_channel: Option<&'a str>,
}
