use crate::Action;

/// Calls a channel and, when it answers, runs an application or an extension of the dialplan on it.
///
/// Without `Async` the reply comes when the call was answered or has failed; with it the reply
/// comes at once and an `OriginateResponse` event tells the outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(originate))]
pub struct Originate {
    /// Whom to call, as `Technology/resource`.
    #[action(required)]
    pub channel: String,
    /// The extension to run on answer; needs `Context` and `Priority`.
    pub exten: String,
    /// The context of that extension.
    pub context: String,
    /// The priority or label in that extension.
    pub priority: String,
    /// The application to run on answer, in place of an extension.
    pub application: String,
    /// The application's arguments.
    pub data: String,
    /// Milliseconds to wait for an answer; 30000 without it.
    pub timeout: String,
    /// The caller shown to the one called: `Name <number>`.
    #[action(name = "CallerID")]
    pub caller_id: String,
    /// A variable of the new channel as `name=value`; may repeat, and one header may hold several
    /// with commas between.
    #[action(name = "Variable")]
    pub variables: Vec<String>,
    /// The account code of the new channel.
    pub account: String,
    /// Whether sound before the answer counts as an answer.
    #[action(values("true", "false"))]
    pub early_media: String,
    /// Whether to reply at once.
    #[action(values("true", "false"))]
    pub r#async: String,
    /// The codecs that may be used, with commas between.
    pub codecs: String,
    /// The Uniqueid of the new channel.
    pub channel_id: String,
    /// The Uniqueid of the second half of a new Local channel.
    pub other_channel_id: String,
    /// A subroutine to run on the new channel before it is called:
    /// `context,exten,priority(arguments)`.
    #[action(name = "PreDialGoSub")]
    pub pre_dial_gosub: String,
}
