//! `ami events`.

use clap::Args;

use super::connection::Connection;
use super::failure::Failure;
use super::filter::Filter;
use super::terminal::Terminal;
use crate::Told;

#[derive(Debug, Args)]
pub(super) struct Events {
    /// Which events to show: NAME or KEY=VALUE, with * for any text; with ! in front, which not to show.
    /// Of several for the same key one is enough, of several keys each must match.
    #[arg(long = "filter", short, value_name = "EXPR")]
    filters: Vec<Filter>,

    /// Which events the switch sends at all: on, or permission classes with commas between.
    #[arg(long, value_name = "CLASSES", default_value = "on")]
    mask: String,

    /// Ends after so many events.
    #[arg(long)]
    count: Option<u64>,

    /// Prints each event in full, a line a header.
    #[arg(long)]
    full: bool,
}

impl Events {
    pub(super) async fn run(
        &self,
        connection: &Connection,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Failure> {
        let (client, target) = connection.connect().await?;
        let mut events = client.events();
        client.login(&target.login().events(&self.mask)).await?;
        let mut left = self.count.unwrap_or(u64::MAX);
        while left > 0 {
            match events.next().await {
                Some(Told::Event(event)) if Filter::pass(&self.filters, &event) => {
                    if self.full {
                        terminal.packet(&event)?;
                    } else {
                        terminal.event_line(&event)?;
                    }
                    left -= 1;
                }
                Some(Told::Event(_)) => {}
                Some(Told::Missed(missed)) => {
                    terminal.complain(&format!(
                        "{missed} events came faster than they could be shown and are missing here"
                    ));
                }
                None => return Err(client.closed().map_or_else(gone, Failure::Client)),
            }
        }
        Ok(client.logoff().await?)
    }
}

fn gone() -> Failure {
    Failure::Client(crate::Error::Closed { source: None })
}
