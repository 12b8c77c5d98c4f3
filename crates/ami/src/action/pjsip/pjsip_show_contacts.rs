use crate::Action;

/// Lists the contacts that registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPShowContacts",
    module = "res_pjsip",
    privilege(system),
    items("ContactList"),
    complete = "ContactListComplete"
)]
pub struct PjsipShowContacts;
