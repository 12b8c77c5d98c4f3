//! Setting variables.

pub mod clearhash;
pub mod importvar;
pub mod mset;
pub mod noop;
pub mod set;
