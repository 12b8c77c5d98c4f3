//! What becomes of facts and of the log.

use std::io::Write as _;
use std::sync::Arc;

use net::engine_thread::Batch;
use switch::fact::{Fact, Level as Gravity};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use crate::control::client::Hello;
use crate::house::House;
use crate::log::{Level, Line, Log, Style};
use crate::phones::Phones;

/// What becomes of each fact: events, records, and lines of the log.
pub(super) fn tell_all(
    mut teller: manager::Teller,
    house: Arc<House>,
    phones: Arc<Phones>,
    log: Arc<Log>,
    told: oneshot::Sender<()>,
) -> impl FnMut(Batch) + Send {
    let mut told = Some(told);
    move |batch| {
        teller.tell(batch.iter().map(|(at, fact)| (*at, fact)));
        for (_, fact) in &batch {
            phones.tell(fact);
            match fact {
                Fact::Cdr(record) => house.record(record),
                Fact::Log { level, from, text } => {
                    let level = match level {
                        Gravity::Error => Level::Error,
                        Gravity::Warning => Level::Warning,
                        Gravity::Notice => Level::Notice,
                        Gravity::Verbose(verbosity) => Level::Verbose(*verbosity),
                        Gravity::Debug => Level::Debug,
                    };
                    log.write(Line::new(level, *from, text.as_str()));
                }
                Fact::ShuttingDown { .. } => {
                    if let Some(told) = told.take() {
                        // Whoever waited may have lost patience.
                        let _ = told.send(());
                    }
                }
                _ => {}
            }
        }
    }
}

/// Writes the log on this terminal.
pub(super) fn print(log: Arc<Log>, hello: Hello) -> AbortHandle {
    let mut lines = log.subscribe();
    let printing = tokio::spawn(async move {
        loop {
            let text = match lines.recv().await {
                Ok(line) if log.shows(&line, log.verbosity()) => {
                    let settings = log.settings();
                    let Hello {
                        colours,
                        timestamps,
                        ..
                    } = hello;
                    line.for_console(Style {
                        date: &settings.date,
                        colours,
                        timestamps,
                    })
                }
                Ok(_) => continue,
                Err(tokio::sync::broadcast::error::RecvError::Lagged(count)) => {
                    format!("({count} lines were left out)")
                }
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
            };
            if writeln!(std::io::stdout(), "{text}").is_err() {
                return;
            }
        }
    });
    printing.abort_handle()
}
