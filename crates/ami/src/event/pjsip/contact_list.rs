use crate::Event;

/// A contact that registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", item)]
pub struct ContactList<'a> {
    /// `contact`.
    pub object_type: &'a str,
    /// Its name: the section's.
    pub object_name: &'a str,
    /// Host that it registered from.
    pub via_addr: &'a str,
    /// Seconds that it has to answer.
    pub qualify_timeout: &'a str,
    /// Whether only a 2xx counts as an answer.
    #[event(name = "Qualify2xxOnly")]
    pub qualify_2xx_only: &'a str,
    /// `Call-ID` of its registration.
    pub call_id: &'a str,
    /// Name of the switch that it registered with.
    pub reg_server: &'a str,
    /// Whether it is forgotten at the next start.
    pub prune_on_boot: &'a str,
    /// `Path` of its registration.
    pub path: &'a str,
    /// The endpoint that registered it.
    pub endpoint: &'a str,
    /// Port that it registered from.
    pub via_port: u64,
    /// Whether a challenge to a question is answered.
    pub authenticate_qualify: &'a str,
    /// Its address.
    pub uri: &'a str,
    /// Seconds between questions whether it is there; 0 for never.
    pub qualify_frequency: u64,
    /// `User-Agent` of its registration.
    pub user_agent: &'a str,
    /// When it expires, in seconds since 1970.
    pub expiration_time: u64,
    /// Proxies on the way to it.
    pub outbound_proxy: &'a str,
    /// `Reachable`, `Unreachable`, `NonQualified` or `Unknown`.
    pub status: &'a str,
    /// Microseconds that its last answer took, or `N/A`.
    pub roundtrip_usec: &'a str,
}
