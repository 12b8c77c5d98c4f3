use crate::Action;

/// Says what waits in a mailbox, which begins to exist with it. Phones that watch it are told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(name = "MWIUpdate", module = "res_mwi_external_ami", privilege(call))]
pub struct MwiUpdate {
    /// As `mailbox@context`.
    #[action(required)]
    pub mailbox: String,
    /// Messages that were heard; none where it is left out.
    pub old_messages: String,
    /// Messages that nobody heard yet; none where it is left out.
    pub new_messages: String,
}
