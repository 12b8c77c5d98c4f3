use crate::Event;

/// The end of the list of DeviceStateList.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_manager_devicestate", complete)]
pub struct DeviceStateListComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
