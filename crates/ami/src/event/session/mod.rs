//! What clients cause among themselves.

mod events_lost;
mod user_event;
mod wait_event_complete;

pub use events_lost::EventsLost;
pub use user_event::UserEvent;
pub use wait_event_complete::WaitEventComplete;
