use crate::Event;

/// A registration of ours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip_outbound_registration", item)]
pub struct OutboundRegistrationDetail<'a> {
    /// `registration`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Every option of the section, under its name in PascalCase, in a fixed order.
    #[event(free)]
    pub options: &'a [(&'a str, &'a str)],
    /// `Registered`, `Unregistered`, `Rejected`, `Stopping` or `Stopped`.
    pub status: &'a str,
    /// Seconds until it is sent next.
    pub next_reg: u64,
}
