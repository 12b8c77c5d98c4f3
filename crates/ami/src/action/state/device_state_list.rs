use crate::Action;

/// Lists the states of all devices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    module = "res_manager_devicestate",
    privilege(call, reporting),
    items("DeviceStateChange"),
    complete = "DeviceStateListComplete"
)]
pub struct DeviceStateList;
