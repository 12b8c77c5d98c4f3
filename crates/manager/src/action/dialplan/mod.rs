//! The dialplan, shown and edited.

use ami::action::dialplan::{DialplanExtensionAdd, DialplanExtensionRemove, ShowDialPlan};

use super::{Entry, entry};

mod dialplan_extension_add;
mod dialplan_extension_remove;
mod extension;
mod show_dial_plan;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(
        DialplanExtensionAdd,
        dialplan_extension_add::dialplan_extension_add
    ),
    entry!(
        DialplanExtensionRemove,
        dialplan_extension_remove::dialplan_extension_remove
    ),
    entry!(ShowDialPlan, show_dial_plan::show_dial_plan),
];
