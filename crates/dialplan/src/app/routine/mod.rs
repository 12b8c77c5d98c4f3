//! Subroutines.

pub mod gosub;
pub mod gosubif;
pub mod r#return;
pub mod stackpop;
