//! Bridges: who talks to whom.

mod attended_transfer;
mod blind_transfer;
mod bridge_create;
mod bridge_destroy;
mod bridge_enter;
mod bridge_info_channel;
mod bridge_info_complete;
mod bridge_leave;
mod bridge_list_complete;
mod bridge_list_item;
mod bridge_merge;
mod bridge_technology_list_complete;
mod bridge_technology_list_item;
mod bridge_video_source_update;

pub use attended_transfer::AttendedTransfer;
pub use blind_transfer::BlindTransfer;
pub use bridge_create::BridgeCreate;
pub use bridge_destroy::BridgeDestroy;
pub use bridge_enter::BridgeEnter;
pub use bridge_info_channel::BridgeInfoChannel;
pub use bridge_info_complete::BridgeInfoComplete;
pub use bridge_leave::BridgeLeave;
pub use bridge_list_complete::BridgeListComplete;
pub use bridge_list_item::BridgeListItem;
pub use bridge_merge::BridgeMerge;
pub use bridge_technology_list_complete::BridgeTechnologyListComplete;
pub use bridge_technology_list_item::BridgeTechnologyListItem;
pub use bridge_video_source_update::BridgeVideoSourceUpdate;
