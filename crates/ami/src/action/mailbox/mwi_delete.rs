use crate::Action;

/// Forgets mailboxes that programs outside counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(name = "MWIDelete", module = "res_mwi_external_ami", privilege(call))]
pub struct MwiDelete {
    /// As `mailbox@context`, or a regular expression between slashes.
    #[action(required)]
    pub mailbox: String,
}
