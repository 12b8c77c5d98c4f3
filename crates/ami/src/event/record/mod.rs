//! What is kept of calls.

mod cdr;
mod cel;

pub use cdr::Cdr;
pub use cel::Cel;
