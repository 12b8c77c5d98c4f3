use crate::Event;

/// An address of record that phones may register with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip_registrar", item)]
pub struct InboundRegistrationDetail<'a> {
    /// `aor`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Every option of the section, under its name in PascalCase, in a fixed order.
    #[event(free)]
    pub options: &'a [(&'a str, &'a str)],
    /// Its contacts as `aor/address`, each with a comma behind.
    pub contacts: &'a str,
}
