use crate::Action;

/// Sends an event of the client's own making to everybody who may see such.
///
/// Every header but `Action` becomes a line of the event, in the order and case in which it was
/// sent, the ActionID among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(user))]
pub struct UserEvent {
    /// The event's kind, printed on its `UserEvent` line.
    pub user_event: String,
    /// The event's other lines.
    #[action(rest)]
    pub rest: Vec<(String, String)>,
}
