//! Events and records of the dialplan's own.

pub mod celgenuserevent;
pub mod forkcdr;
pub mod resetcdr;
pub mod userevent;
