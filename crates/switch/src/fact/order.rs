//! Facts of orders that somebody gave: to call, to transfer.

use std::sync::Arc;

use super::Snap;
use crate::Text;
use crate::bridge::BridgeSnapshot;

/// A blind transfer, whole.
#[derive(Debug, Clone)]
pub struct BlindTransfer {
    /// `Success`, `Fail`, `Invalid` or `Not Permitted`.
    pub result: &'static str,
    /// Who transferred.
    pub transferer: Snap,
    /// Who was transferred, if it was one.
    pub transferee: Option<Snap>,
    /// The bridge that they were in.
    pub bridge: Option<Arc<BridgeSnapshot>>,
    /// Whether the order came from outside the call: a phone's REFER or a program.
    pub external: bool,
    /// Where to: the context.
    pub context: Text,
    /// Where to: the extension.
    pub exten: Text,
}

/// A transfer by somebody who spoke with both.
#[derive(Debug, Clone)]
pub struct AttendedTransfer {
    /// `Success`, `Fail`, `Invalid` or `Not Permitted`.
    pub result: &'static str,
    /// The channel of the one who transfers in the first call.
    pub first: Snap,
    /// The bridge of the first call.
    pub first_bridge: Option<Arc<BridgeSnapshot>>,
    /// Their channel in the second call.
    pub second: Snap,
    /// The bridge of the second call.
    pub second_bridge: Option<Arc<BridgeSnapshot>>,
    /// The other one of the first call.
    pub transferee: Option<Snap>,
    /// The other one of the second call.
    pub target: Option<Snap>,
    /// Whether the order came from outside the call: a phone's REFER or a program.
    pub external: bool,
    /// What it ended in: `Bridge` or `App`.
    pub dest: &'static str,
    /// The bridge that goes on.
    pub dest_bridge: Option<Text>,
    /// The application that goes on.
    pub dest_application: Option<Text>,
}

/// How an Originate that runs on its own ended, as `OriginateResponse` tells it.
#[derive(Debug, Clone)]
pub struct Originated {
    /// Whether it was answered.
    pub success: bool,
    /// The channel, if it was answered.
    pub channel: Option<Snap>,
    /// What was called: the technology and the destination.
    pub dialed: Text,
    /// The order's ActionID; empty if it had none.
    pub action_id: Text,
    /// Where the answered call goes.
    pub target: OriginateTarget,
    /// The figure of `Reason`: 0 failed, 3 rang, 4 answered, 5 busy, 8 congested.
    pub reason: u8,
    /// Caller id that the order named.
    pub caller: crate::Party,
}

/// Where an answered Originate goes on.
#[derive(Debug, Clone)]
pub enum OriginateTarget {
    /// To an application.
    Application {
        /// Its name.
        application: Text,
        /// Its arguments.
        data: Text,
    },
    /// Into the dialplan.
    Extension {
        /// Context.
        context: Text,
        /// Extension.
        exten: Text,
        /// Priority.
        priority: i32,
    },
}
