use crate::Event;

/// The end of the list of MWIGet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(name = "MWIGetComplete", module = "res_mwi_external_ami", complete)]
pub struct MwiGetComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
