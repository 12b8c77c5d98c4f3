//! States of devices, extensions and people.

mod device_state_change;
mod device_state_list_complete;
mod extension_state_list_complete;
mod extension_status;
mod message_waiting;
mod mwi_get;
mod mwi_get_complete;
mod presence_state_change;
mod presence_state_list_complete;
mod presence_status;

pub use device_state_change::DeviceStateChange;
pub use device_state_list_complete::DeviceStateListComplete;
pub use extension_state_list_complete::ExtensionStateListComplete;
pub use extension_status::ExtensionStatus;
pub use message_waiting::MessageWaiting;
pub use mwi_get::MwiGet;
pub use mwi_get_complete::MwiGetComplete;
pub use presence_state_change::PresenceStateChange;
pub use presence_state_list_complete::PresenceStateListComplete;
pub use presence_status::PresenceStatus;
