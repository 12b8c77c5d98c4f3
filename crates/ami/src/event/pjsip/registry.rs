use crate::Event;

/// A registration of ours went through, was refused or ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(class(system))]
pub struct Registry<'a> {
    /// The technology, such as `PJSIP`.
    pub channel_type: &'a str,
    /// Whom we register.
    pub username: &'a str,
    /// Where.
    pub domain: &'a str,
    /// `Registered`, `Unregistered`, `Rejected` or `Failed`.
    pub status: &'a str,
    /// Why.
    pub cause: Option<&'a str>,
}
