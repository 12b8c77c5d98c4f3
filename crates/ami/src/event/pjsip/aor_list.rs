use crate::Event;

/// An address of record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", item)]
pub struct AorList<'a> {
    /// `aor`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Every option of the section, under its name in PascalCase, in a fixed order.
    #[event(free)]
    pub options: &'a [(&'a str, &'a str)],
}
