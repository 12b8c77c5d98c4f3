use crate::Action;

/// Lists what waits in mailboxes that programs outside count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "MWIGet",
    module = "res_mwi_external_ami",
    privilege(call, reporting),
    items("MWIGet"),
    complete = "MWIGetComplete"
)]
pub struct MwiGet {
    /// As `mailbox@context`, or a regular expression between slashes.
    #[action(required)]
    pub mailbox: String,
}
