use crate::Event;

/// A contact and whether it answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", item)]
pub struct ContactStatusDetail<'a> {
    /// The address of record that it belongs to.
    #[event(name = "AOR")]
    pub aor: &'a str,
    /// Its address.
    #[event(name = "URI")]
    pub uri: &'a str,
    /// `User-Agent` of its registration.
    pub user_agent: &'a str,
    /// When it expires, in seconds since 1970; 0 for never.
    pub reg_expire: u64,
    /// Where it registered from: host and port.
    pub via_address: Option<&'a str>,
    /// `Call-ID` of its registration.
    #[event(name = "CallID")]
    pub call_id: Option<&'a str>,
    /// `Reachable`, `Unreachable`, `NonQualified` or `Unknown`.
    pub status: &'a str,
    /// Microseconds that its last answer took, or `N/A`.
    pub roundtrip_usec: &'a str,
    /// The endpoint that has it.
    pub endpoint_name: &'a str,
    /// Its own name.
    #[event(name = "ID")]
    pub id: &'a str,
    /// 1 where a challenge to a question is answered.
    pub authenticate_qualify: u64,
    /// Proxies on the way to it.
    pub outbound_proxy: &'a str,
    /// `Path` of its registration.
    pub path: &'a str,
    /// Seconds between questions whether it is there; 0 for never.
    pub qualify_frequency: u64,
    /// Seconds that it has to answer.
    pub qualify_timeout: &'a str,
    /// 1 where only a 2xx counts as an answer.
    #[event(name = "Qualify2xxOnly")]
    pub qualify_2xx_only: u64,
}
