//! `pjsip …`.

pub(super) mod channels;
mod columns;
pub(super) mod counters;
pub(super) mod figures;
pub(super) mod history;
pub(super) mod objects;
mod one;
pub(super) mod registrations;
pub(super) mod send;
pub(super) mod settings;
pub(super) mod subscriptions;
