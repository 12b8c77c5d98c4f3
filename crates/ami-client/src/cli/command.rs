//! `ami command`.

use ami::action::system;
use clap::Args;

use super::action;
use super::connection::Connection;
use super::failure::Failure;
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Command {
    /// The command as typed at the console, such as: core show channels
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

impl Command {
    pub(super) async fn run(
        &self,
        connection: &Connection,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Failure> {
        let client = connection.log_in().await?;
        let command = system::Command {
            command: self.words.join(" "),
        };
        let reply = client.send(&command).await?;
        if terminal.json {
            action::print(&reply, terminal)?;
        } else {
            for line in reply.output() {
                terminal.line(line)?;
            }
        }
        action::finish(&client, reply).await
    }
}
