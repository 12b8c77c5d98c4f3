//! Call detail records: what they are, and how the facts make them.

mod keeper;
mod record;

pub use keeper::{Keeper, Rules};
pub use record::{Cdr, Disposition};
