use crate::Event;

/// A proof of identity, shown for an endpoint or a registration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", item)]
pub struct AuthDetail<'a> {
    /// `auth`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Every option of the section, under its name in PascalCase, in a fixed order.
    #[event(free)]
    pub options: &'a [(&'a str, &'a str)],
    /// The endpoint that it belongs to.
    pub endpoint_name: Option<&'a str>,
}
