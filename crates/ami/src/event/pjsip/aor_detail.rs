use crate::Event;

/// An address of record, shown for an endpoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", item)]
pub struct AorDetail<'a> {
    /// `aor`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Every option of the section, under its name in PascalCase, in a fixed order.
    #[event(free)]
    pub options: &'a [(&'a str, &'a str)],
    /// How many contacts it has.
    pub total_contacts: u64,
    /// How many of them registered.
    pub contacts_registered: u64,
    /// The endpoint that it belongs to.
    pub endpoint_name: &'a str,
}
