use crate::Event;

/// A place where we listen, shown for an endpoint that uses it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", item)]
pub struct TransportDetail<'a> {
    /// `transport`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Every option of the section, under its name in PascalCase, in a fixed order.
    #[event(free)]
    pub options: &'a [(&'a str, &'a str)],
    /// The endpoint that it belongs to.
    pub endpoint_name: &'a str,
}
