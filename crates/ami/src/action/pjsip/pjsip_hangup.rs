use crate::Action;

/// Hangs up a channel of SIP with an answer of SIP's.
///
/// The answer is translated into the hangup cause that goes with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(name = "PJSIPHangup", module = "chan_pjsip", privilege(system, call))]
pub struct PjsipHangup {
    /// A channel's name, or `/regex/`.
    #[action(required)]
    pub channel: String,
    /// The answer: a figure such as `486`, or the name of a cause such as `USER_BUSY`.
    #[action(required)]
    pub cause: String,
}
