//! States of devices, extensions and people.

mod device_state_list;
mod extension_state;
mod extension_state_list;
mod presence_state;
mod presence_state_list;

pub use device_state_list::DeviceStateList;
pub use extension_state::ExtensionState;
pub use extension_state_list::ExtensionStateList;
pub use presence_state::PresenceState;
pub use presence_state_list::PresenceStateList;
