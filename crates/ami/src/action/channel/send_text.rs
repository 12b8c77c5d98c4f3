use crate::Action;

/// Sends a text message to a channel while it is in a call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(call))]
pub struct SendText {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// The text.
    #[action(required)]
    pub message: String,
    /// Its media type; `text/plain` without it.
    #[action(name = "Content-Type")]
    pub content_type: String,
}
