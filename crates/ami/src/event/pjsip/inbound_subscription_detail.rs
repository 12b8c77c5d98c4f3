use crate::Event;

/// A subscription of somebody else's with us.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip_pubsub", item)]
pub struct InboundSubscriptionDetail<'a> {
    /// `Notifier` or `Subscriber`.
    pub role: &'a str,
    /// The endpoint on the other side.
    pub endpoint: &'a str,
    /// `Call-ID` of its dialog.
    pub callid: &'a str,
    /// How it stands, such as `ACTIVE`.
    pub state: &'a str,
    /// Caller id of the endpoint.
    pub callerid: &'a str,
    /// `extension_state` or `mwi`.
    pub subscription_type: &'a str,
    /// The extension that it is about, with its context.
    pub extension: Option<&'a str>,
    /// What was told of it last.
    pub extension_states: Option<&'a str>,
    /// Mailboxes that it is about.
    pub mailboxes: Option<&'a str>,
}
