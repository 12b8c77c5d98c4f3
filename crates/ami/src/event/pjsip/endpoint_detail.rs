use crate::Event;

/// An endpoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", item)]
pub struct EndpointDetail<'a> {
    /// `endpoint`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Every option of the section, under its name in PascalCase, in a fixed order.
    #[event(free)]
    pub options: &'a [(&'a str, &'a str)],
    /// Its state, in words.
    pub device_state: &'a str,
    /// How many channels lead to it.
    pub active_channels: u64,
}
