//! Call detail records: what they are, and how the facts make them.

mod keeper;
mod open;
mod record;

pub use keeper::Keeper;
pub use record::{Cdr, Disposition, Rules};
