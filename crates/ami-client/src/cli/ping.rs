//! `ami ping`.

use std::time::Instant;

use ami::action::session;
use clap::Args;
use serde_json::json;

use super::connection::Connection;
use super::failure::Failure;
use super::json;
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Ping {
    /// How often to ask.
    #[arg(long, default_value_t = 1)]
    count: u32,
}

impl Ping {
    pub(super) async fn run(
        &self,
        connection: &Connection,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Failure> {
        let client = connection.log_in().await?;
        for _ in 0..self.count {
            let asked = Instant::now();
            client.send(&session::Ping).await?.ok()?;
            let milliseconds = asked.elapsed().as_secs_f64() * 1e3;
            if terminal.json {
                let fields = [
                    ("address", json!(client.address())),
                    ("greeting", json!(client.greeting().line())),
                    ("milliseconds", json!(milliseconds)),
                ];
                json::fields(terminal.out, &fields)?;
            } else {
                terminal.line(&format!(
                    "Pong from {} ({}): {milliseconds:.3} ms",
                    client.address(),
                    client.greeting().line(),
                ))?;
            }
        }
        Ok(client.logoff().await?)
    }
}
