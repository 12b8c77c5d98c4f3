use crate::Action;

/// Logs in, with the secret itself or with the answer to a challenge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
pub struct Login {
    /// The section of `manager.conf`.
    #[action(required)]
    pub username: String,
    /// How the secret is proved.
    #[action(values("plain", "MD5"))]
    pub auth_type: String,
    /// The secret, for a plain login.
    pub secret: String,
    /// The MD5 sum of challenge and secret in hexadecimal, for `AuthType: MD5`.
    pub key: String,
    /// Which events to be sent: `on`, `off`, or permission classes with commas between.
    pub events: String,
}
