use crate::Action;

/// Writes what a channel says and hears into a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(module = "app_mixmonitor", privilege(system))]
pub struct MixMonitor {
    /// The channel's name.
    #[action(required)]
    pub channel: String,
    /// The file, with the ending of its format; relative to the directory of monitors.
    pub file: String,
    /// As the application `MixMonitor` has them.
    pub options: String,
    /// A program to run when the file is closed.
    pub command: String,
}
