//! Bridges: who talks to whom.

use ami::action::bridging::{
    BlindTransfer, Bridge, BridgeDestroy, BridgeInfo, BridgeKick, BridgeList, BridgeTechnologyList,
    BridgeTechnologySuspend, BridgeTechnologyUnsuspend,
};

use super::{Entry, entry};

mod blind_transfer;
mod bridge;
mod bridge_destroy;
mod bridge_info;
mod bridge_kick;
mod bridge_list;
mod bridge_technology_list;
mod bridge_technology_suspend;
mod bridge_technology_unsuspend;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(BlindTransfer, blind_transfer::blind_transfer),
    entry!(Bridge, bridge::bridge),
    entry!(BridgeDestroy, bridge_destroy::bridge_destroy),
    entry!(BridgeInfo, bridge_info::bridge_info),
    entry!(BridgeKick, bridge_kick::bridge_kick),
    entry!(BridgeList, bridge_list::bridge_list),
    entry!(
        BridgeTechnologyList,
        bridge_technology_list::bridge_technology_list
    ),
    entry!(
        BridgeTechnologySuspend,
        bridge_technology_suspend::bridge_technology_suspend
    ),
    entry!(
        BridgeTechnologyUnsuspend,
        bridge_technology_unsuspend::bridge_technology_unsuspend
    ),
];
