//! From an event of `tracing` to a line of the log.

use std::fmt::Write as _;
use std::sync::Arc;

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::Context;

use super::{Level, Line, Log};

/// The target of lines about what the switch does.
const VERBOSE: &str = "verbose";

/// Hands events to the log.
pub(crate) struct Layer(pub(crate) Arc<Log>);

impl<S: Subscriber> tracing_subscriber::Layer<S> for Layer {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        if metadata.target() == VERBOSE {
            return self.0.wanted() > 0;
        }
        *metadata.level() <= tracing::Level::INFO
            || self.0.debug() > 0 && is_ours(metadata.target())
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let metadata = event.metadata();
        let level = match *metadata.level() {
            _ if metadata.target() == VERBOSE => Level::Verbose(fields.level.unwrap_or(1)),
            tracing::Level::ERROR => Level::Error,
            tracing::Level::WARN => Level::Warning,
            tracing::Level::INFO => verbosity(&fields.text).map_or(Level::Notice, Level::Verbose),
            _ => Level::Debug,
        };
        if matches!(level, Level::Verbose(verbosity) if verbosity > self.0.wanted()) {
            return;
        }
        let from = fields
            .from
            .unwrap_or_else(|| metadata.target().replace("::", "/"));
        self.0.write(Line::new(level, from, fields.text));
    }
}

/// The verbosity that a line's own mark stands for.
fn verbosity(text: &str) -> Option<u8> {
    [("  == ", 2), ("    -- ", 3), ("       > ", 4)]
        .into_iter()
        .find_map(|(mark, verbosity)| text.starts_with(mark).then_some(verbosity))
}

/// Libraries are chatty at the levels below information.
fn is_ours(target: &str) -> bool {
    const OURS: [&str; 7] = [
        "console",
        "dialplan",
        "engine",
        "manager",
        "net",
        "records",
        "smartswitch",
    ];
    OURS.contains(&target.split("::").next().unwrap_or_default())
}

#[derive(Default)]
struct Fields {
    level: Option<u8>,
    from: Option<String>,
    text: String,
}

impl Fields {
    fn more(&mut self, field: &Field, value: std::fmt::Arguments<'_>) {
        // Writing to a string never fails.
        let _ = match field.name() {
            "message" => {
                let named = std::mem::take(&mut self.text);
                write!(self.text, "{value}{named}")
            }
            name => write!(self.text, " {name}={value}"),
        };
    }
}

impl Visit for Fields {
    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "level" => self.level = u8::try_from(value).ok(),
            _ => self.more(field, format_args!("{value}")),
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        match field.name() {
            "level" => self.level = u8::try_from(value).ok(),
            _ => self.more(field, format_args!("{value}")),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "from" => self.from = Some(value.to_owned()),
            _ => self.more(field, format_args!("{value}")),
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.more(field, format_args!("{value:?}"));
    }
}
