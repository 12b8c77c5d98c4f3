//! The switch itself: its settings, modules, logs and console.

use ami::action::system::{
    Command, CoreSettings, CoreStatus, LoggerRotate, ModuleCheck, ModuleLoad, Reload,
};

use super::{Entry, entry};

mod command;
mod core_settings;
mod core_status;
mod logger_rotate;
mod module_check;
mod module_load;
mod reload;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(Command, command::command),
    entry!(CoreSettings, core_settings::core_settings),
    entry!(CoreStatus, core_status::core_status),
    entry!(LoggerRotate, logger_rotate::logger_rotate),
    entry!(ModuleCheck, module_check::module_check),
    entry!(ModuleLoad, module_load::module_load),
    entry!(Reload, reload::reload),
];
