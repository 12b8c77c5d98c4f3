use crate::Event;

/// An endpoint, in short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", item)]
pub struct EndpointList<'a> {
    /// `endpoint`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Transport that requests to it use.
    pub transport: &'a str,
    /// Its addresses of record.
    pub aor: &'a str,
    /// What it has to prove itself with.
    pub auths: &'a str,
    /// What we prove ourselves to it with.
    pub outbound_auths: &'a str,
    /// Its contacts as `aor/address`, each with a comma behind.
    pub contacts: &'a str,
    /// Its state, in words.
    pub device_state: &'a str,
    /// How many channels lead to it.
    pub active_channels: u64,
}
