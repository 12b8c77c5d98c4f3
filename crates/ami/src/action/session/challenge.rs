use crate::Action;

/// Gives a challenge for a login by MD5.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct Challenge {
    /// `MD5`, the only kind there is.
    #[action(required, values("MD5"))]
    pub auth_type: String,
}
