//! The dialplan.

mod dialplan_extension_add;
mod dialplan_extension_remove;
mod show_dial_plan;

pub use dialplan_extension_add::DialplanExtensionAdd;
pub use dialplan_extension_remove::DialplanExtensionRemove;
pub use show_dial_plan::ShowDialPlan;
