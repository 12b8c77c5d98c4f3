use crate::Action;

/// Sends a registration of ours at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPRegister",
    module = "res_pjsip_outbound_registration",
    privilege(system, reporting)
)]
pub struct PjsipRegister {
    /// The section's name; `*all` for all of them.
    #[action(required)]
    pub registration: String,
}
