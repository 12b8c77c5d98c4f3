//! `manager …`.

pub(super) mod actions;
pub(super) mod events;
pub(super) mod sessions;
pub(super) mod users;
