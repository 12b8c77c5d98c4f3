//! Calls being made.

mod dial_begin;
mod dial_end;
mod dial_state;
mod originate_response;
mod pickup;

pub use dial_begin::DialBegin;
pub use dial_end::DialEnd;
pub use dial_state::DialState;
pub use originate_response::OriginateResponse;
pub use pickup::Pickup;
