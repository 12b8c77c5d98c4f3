//! The session itself: logging in, what it is sent.

mod challenge;
mod events;
mod filter;
mod list_commands;
mod login;
mod logoff;
mod ping;
mod user_event;
mod wait_event;

pub use challenge::Challenge;
pub use events::Events;
pub use filter::Filter;
pub use list_commands::ListCommands;
pub use login::Login;
pub use logoff::Logoff;
pub use ping::Ping;
pub use user_event::UserEvent;
pub use wait_event::WaitEvent;
