//! Calls on virtual time: the engine between simulated phones, on a clock that jumps to whatever comes
//! next. The same steps give the same facts, however busy the machine is.
//!
//! An [`Exchange`] is an engine with a dialplan. [`Exchange::phone`] puts a phone beside it, which does
//! what its list of [`Act`]s says whenever it is called; [`Exchange::pass`] lets time pass. Whatever the
//! engine tells goes through a [`Ledger`], which knows what must hold for all calls.

mod asked;
mod ears;
mod exchange;
mod ledger;
mod outside;
mod phone;
mod plan;
mod story;
#[cfg(test)]
mod tests;

pub use asked::Asked;
pub use ears::Ears;
pub use exchange::Exchange;
pub use ledger::Ledger;
pub use phone::{Act, TECHNOLOGY};
pub use plan::plan;
pub use story::story;
