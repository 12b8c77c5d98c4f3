use crate::Event;

/// The end of the list of PJSIPShowAuths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Event)]
#[event(module = "res_pjsip", complete)]
pub struct AuthListComplete {
    /// The number of items.
    #[event(name = "ListItems")]
    pub items: u64,
}
