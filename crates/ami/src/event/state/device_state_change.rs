use crate::Event;

/// The state of a device changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call), item)]
pub struct DeviceStateChange<'a> {
    /// `Technology/resource`, or another kind of device such as `Custom:name`.
    pub device: &'a str,
    /// `NOT_INUSE`, `INUSE`, `BUSY`, `RINGING`, `RINGINUSE`, `ONHOLD`, `UNAVAILABLE`, `INVALID` or
    /// `UNKNOWN`.
    pub state: &'a str,
}
