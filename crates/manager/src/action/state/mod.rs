//! States of devices, extensions and people.

use ami::action::state::{
    DeviceStateList, ExtensionState, ExtensionStateList, PresenceState, PresenceStateList,
};

use super::{Entry, entry};

mod device_state_list;
mod extension_state;
mod extension_state_list;
mod presence_state;
mod presence_state_list;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(DeviceStateList, device_state_list::device_state_list),
    entry!(ExtensionState, extension_state::extension_state),
    entry!(
        ExtensionStateList,
        extension_state_list::extension_state_list
    ),
    entry!(PresenceState, presence_state::presence_state),
    entry!(PresenceStateList, presence_state_list::presence_state_list),
];
