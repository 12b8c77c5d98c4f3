use crate::Action;

/// Takes a registration of ours back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(
    name = "PJSIPUnregister",
    module = "res_pjsip_outbound_registration",
    privilege(system, reporting)
)]
pub struct PjsipUnregister {
    /// The section's name; `*all` for all of them.
    #[action(required)]
    pub registration: String,
}
