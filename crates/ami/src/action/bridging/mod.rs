//! Bridges: who talks to whom.

mod blind_transfer;
mod bridge;
mod bridge_destroy;
mod bridge_info;
mod bridge_kick;
mod bridge_list;
mod bridge_technology_list;
mod bridge_technology_suspend;
mod bridge_technology_unsuspend;

pub use blind_transfer::BlindTransfer;
pub use bridge::Bridge;
pub use bridge_destroy::BridgeDestroy;
pub use bridge_info::BridgeInfo;
pub use bridge_kick::BridgeKick;
pub use bridge_list::BridgeList;
pub use bridge_technology_list::BridgeTechnologyList;
pub use bridge_technology_suspend::BridgeTechnologySuspend;
pub use bridge_technology_unsuspend::BridgeTechnologyUnsuspend;
