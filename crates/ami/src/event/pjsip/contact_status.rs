use crate::Event;

/// A contact came, went, answers or answers no more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct ContactStatus<'a> {
    /// Its address.
    #[event(name = "URI")]
    pub uri: &'a str,
    /// `NonQualified`, `Reachable`, `Unreachable`, `Unknown`, `Updated` or `Removed`.
    pub contact_status: &'a str,
    /// The address of record that it belongs to.
    #[event(name = "AOR")]
    pub aor: &'a str,
    /// The endpoint that has it.
    pub endpoint_name: &'a str,
    /// Microseconds that its answer took.
    pub roundtrip_usec: u64,
}
