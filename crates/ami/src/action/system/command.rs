use crate::Action;

/// Runs a console command and gives what it prints, one `Output` header a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Action)]
#[action(privilege(command))]
pub struct Command {
    /// The command as typed at the console.
    #[action(required)]
    pub command: String,
}
