//! Who tried to get in.

mod auth_method_not_allowed;
mod challenge_response_failed;
mod challenge_sent;
mod failed_acl;
mod invalid_account_id;
mod invalid_password;
mod invalid_transport;
mod load_average_limit;
mod memory_limit;
mod request_bad_format;
mod request_not_allowed;
mod request_not_supported;
mod session_limit;
mod successful_auth;
mod unexpected_address;

pub use auth_method_not_allowed::AuthMethodNotAllowed;
pub use challenge_response_failed::ChallengeResponseFailed;
pub use challenge_sent::ChallengeSent;
pub use failed_acl::FailedAcl;
pub use invalid_account_id::InvalidAccountId;
pub use invalid_password::InvalidPassword;
pub use invalid_transport::InvalidTransport;
pub use load_average_limit::LoadAverageLimit;
pub use memory_limit::MemoryLimit;
pub use request_bad_format::RequestBadFormat;
pub use request_not_allowed::RequestNotAllowed;
pub use request_not_supported::RequestNotSupported;
pub use session_limit::SessionLimit;
pub use successful_auth::SuccessfulAuth;
pub use unexpected_address::UnexpectedAddress;
