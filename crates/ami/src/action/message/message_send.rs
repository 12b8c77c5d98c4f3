use crate::Action;

/// Sends a text message outside of any call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(message))]
pub struct MessageSend {
    /// To whom: `pjsip:` and an endpoint, `endpoint/uri`, `endpoint@domain` or an address.
    pub destination: String,
    /// What the message says that it is to; the destination where there is none.
    pub to: String,
    /// From whom: an endpoint or an address.
    pub from: String,
    /// The text.
    pub body: String,
    /// The text in base64, in place of `Body`.
    pub base64_body: String,
    /// Headers of the message as `name=value`.
    pub variable: Vec<String>,
}
