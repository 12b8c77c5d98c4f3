//! `ami action`.

use ami::Packet;
use clap::Args;

use super::check;
use super::connection::Connection;
use super::failure::Failure;
use super::json;
use super::terminal::Terminal;
use crate::{Client, Reply};

#[derive(Debug, Args)]
pub(super) struct Action {
    /// The action's name, in any case; `ami actions` lists them.
    name: String,

    /// Its headers; a key may repeat.
    #[arg(value_name = "KEY=VALUE", value_parser = pair)]
    headers: Vec<(String, String)>,
}

impl Action {
    pub(super) async fn run(
        &self,
        connection: &Connection,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Failure> {
        for warning in check::action(&self.name, &self.headers) {
            terminal.complain(&warning);
        }
        let mut packet = Packet::new().with("Action", &self.name);
        for (key, value) in &self.headers {
            packet.push(key, value);
        }
        let client = connection.log_in().await?;
        let reply = client.send_packet(packet).await?;
        print(&reply, terminal)?;
        finish(&client, reply).await
    }
}

/// A header as it is given on the command line.
pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("expected KEY=VALUE".to_owned()),
    }
}

/// Prints the whole answer.
pub(super) fn print(reply: &Reply, terminal: &mut Terminal<'_>) -> Result<(), Failure> {
    if terminal.json {
        json::reply(terminal.out, reply)?;
    } else {
        for packet in reply.packets() {
            terminal.packet(packet)?;
        }
    }
    Ok(())
}

/// Logs off; the command failed if the switch refused.
pub(super) async fn finish(client: &Client, reply: Reply) -> Result<(), Failure> {
    client.logoff().await?;
    reply.ok()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_what_parts_it_from_the_key() {
        assert_eq!(
            pair("Variable=a=1").unwrap(),
            ("Variable".to_owned(), "a=1".to_owned())
        );
        assert!(pair("Variable").is_err() && pair("=1").is_err());
    }
}
