//! The switch as a whole: its console, settings and modules.

mod command;
mod core_settings;
mod core_status;
mod logger_rotate;
mod module_check;
mod module_load;
mod reload;

pub use command::Command;
pub use core_settings::CoreSettings;
pub use core_status::CoreStatus;
pub use logger_rotate::LoggerRotate;
pub use module_check::ModuleCheck;
pub use module_load::ModuleLoad;
pub use reload::Reload;
