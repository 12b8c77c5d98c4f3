//! A client of the manager interface (AMI), for anyone's Asterisk or for Smartswitch.
//!
//! ```no_run
//! use ami::action::channel::Originate;
//! use ami_client::{Client, Login, Told};
//!
//! # async fn call() -> Result<(), ami_client::Error> {
//! let client = Client::connect("localhost:5038").await?;
//! let mut events = client.events();
//! client.login(&Login::md5("admin", "secret")).await?;
//!
//! let call = Originate {
//!     channel: "Local/100@default".to_owned(),
//!     application: "Wait".to_owned(),
//!     data: "5".to_owned(),
//!     ..Originate::default()
//! };
//! println!("{}", client.send(&call).await?.ok()?.message());
//!
//! while let Some(told) = events.next().await {
//!     match told {
//!         Told::Event(event) if event.get("Event") == "Hangup" => break,
//!         Told::Event(event) => println!("{event:?}"),
//!         Told::Missed(events) => println!("too slow for {events} events"),
//!     }
//! }
//! client.logoff().await
//! # }
//! ```
//!
//! - Actions are the structs of [`ami::action`], or packets of one's own ([`Client::send_packet`]).
//! - A list that an action answers with is collected up to its completing event: [`Reply::items`].
//! - Several actions may be under way at once; replies find their requests by ActionID, or by their order
//!   where a switch gives none.
//! - Events are kept for a reader that is slow, up to a number ([`Options::events`]). Past it the oldest
//!   go, and the reader is told how many: [`Told::Missed`]. A slow reader never delays replies.
//! - The old dialect (greeting 1.0 and 1.1) reads like today's: the lines of a command are
//!   [`Reply::output`] in both.
//!
//! The feature `cli`, on by default, adds the command line client `ami`. Who wants the library alone
//! turns the default features off.
#![forbid(unsafe_code)]

#[cfg(feature = "cli")]
pub mod cli;
mod client;
mod connection;
mod error;
mod events;
mod greeting;
pub mod limits;
mod login;
mod options;
mod pending;
mod reply;
#[cfg(test)]
mod tests;

pub use client::Client;
pub use error::Error;
pub use events::{Events, Told};
pub use greeting::Greeting;
pub use login::Login;
pub use options::Options;
pub use reply::Reply;
