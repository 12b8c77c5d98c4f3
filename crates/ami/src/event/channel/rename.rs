use crate::Event;

/// A channel got another name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(call))]
pub struct Rename<'a> {
    /// The name it had.
    pub channel: &'a str,
    /// The name it has now.
    #[event(name = "Newname")]
    pub new_name: &'a str,
    /// The channel's identity.
    pub uniqueid: &'a str,
}
