//! `dialplan …`.

pub(super) mod channel;
pub(super) mod edit;
pub(super) mod globals;
pub(super) mod load;
pub(super) mod show;
