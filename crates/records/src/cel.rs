//! Channel event logging: a row for each event of a channel's life, in the CSV that Asterisk's
//! `cel_custom` writes with its sample configuration.

use std::path::Path;
use std::{fmt, io};

use jiff::tz::TimeZone;

use crate::csv::{Batch, CsvWriter, Format, Report};
use crate::time;

/// The directory of the file, below the log directory.
pub const DIRECTORY: &str = "cel-custom";

/// The file that takes every row.
pub const MASTER: &str = "Master.csv";

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What happened, such as `CHAN_START` or `USER_DEFINED`.
    pub eventtype: String,
    /// When, in microseconds since the Unix epoch.
    pub eventtime: i64,
    /// The caller's name.
    pub cidname: String,
    /// The caller's number.
    pub cidnum: String,
    /// The number that is billed for the caller (automatic number identification).
    pub ani: String,
    /// The number that redirected the call here.
    pub rdnis: String,
    /// The number that was dialled.
    pub dnid: String,
    /// The extension that the channel is in.
    pub exten: String,
    /// The context of that extension.
    pub context: String,
    /// The channel.
    pub channel: String,
    /// The dialplan application that runs.
    pub appname: String,
    /// The arguments of that application.
    pub appdata: String,
    /// What the channel's records are for.
    pub amaflags: String,
    /// Whom to bill.
    pub accountcode: String,
    /// The channel's unique id.
    pub uniqueid: String,
    /// The unique id that all channels of the call share.
    pub linkedid: String,
    /// The channel on the other side of a bridge.
    pub peer: String,
    /// The channel's user field.
    pub userfield: String,
    /// The name of an event of the type `USER_DEFINED`, else empty.
    pub userdeftype: String,
    /// What else belongs to the event, as JSON, or empty.
    pub extra: String,
}

/// How the file is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CsvOptions {
    /// The `dateformat` of `cel.conf`, for strftime in the machine's zone. Without one a time is in
    /// seconds since the Unix epoch, a dot, and six digits of microseconds.
    pub dateformat: Option<String>,
}

/// Why a writer did not start.
#[derive(Debug)]
pub enum Error {
    /// `dateformat` is no format of strftime.
    DateFormat(String),
    /// The operating system gave no thread.
    Thread(io::Error),
}

/// Starts the writer of `cel-custom/Master.csv` below the log directory; directories are made as needed.
///
/// The columns are those of [`Row`], in its order, all in quotes.
pub fn csv(logs: &Path, options: CsvOptions, report: Report) -> Result<CsvWriter<Row>, Error> {
    let zone = TimeZone::system();
    if let Some(format) = &options.dateformat
        && time::format(0, &zone, format).is_none()
    {
        return Err(Error::DateFormat(format.clone()));
    }
    CsvWriter::start(&logs.join(DIRECTORY), Columns { options, zone }, report)
        .map_err(Error::Thread)
}

struct Columns {
    options: CsvOptions,
    zone: TimeZone,
}

impl Format<Row> for Columns {
    fn add(&self, row: &Row, batch: &mut Batch) {
        batch
            .line(MASTER)
            .text(&row.eventtype)
            .text(&self.time(row.eventtime))
            .text(&row.cidname)
            .text(&row.cidnum)
            .text(&row.ani)
            .text(&row.rdnis)
            .text(&row.dnid)
            .text(&row.exten)
            .text(&row.context)
            .text(&row.channel)
            .text(&row.appname)
            .text(&row.appdata)
            .text(&row.amaflags)
            .text(&row.accountcode)
            .text(&row.uniqueid)
            .text(&row.linkedid)
            .text(&row.peer)
            .text(&row.userfield)
            .text(&row.userdeftype)
            .text(&row.extra)
            .end();
    }
}

impl Columns {
    fn time(&self, micros: i64) -> String {
        let format = self.options.dateformat.as_deref();
        format
            .and_then(|format| time::format(micros, &self.zone, format))
            .unwrap_or_else(|| {
                format!(
                    "{}.{:06}",
                    micros.div_euclid(1_000_000),
                    micros.rem_euclid(1_000_000)
                )
            })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::DateFormat(format) => write!(f, "dateformat {format:?} is no format of a date"),
            Error::Thread(source) => write!(f, "no thread to write events: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::DateFormat(_) => None,
            Error::Thread(source) => Some(source),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn row() -> Row {
        Row {
            eventtype: "CHAN_START".into(),
            eventtime: 1_795_418_323_000_042,
            cidname: "Ann".into(),
            cidnum: "1".into(),
            ani: "2".into(),
            rdnis: "3".into(),
            dnid: "4".into(),
            exten: "5".into(),
            context: "default".into(),
            channel: "Local/5@default-00000000;1".into(),
            appname: "Dial".into(),
            appdata: "Local/6".into(),
            amaflags: "DOCUMENTATION".into(),
            accountcode: "sales".into(),
            uniqueid: "1795418323.1".into(),
            linkedid: "1795418323.0".into(),
            peer: "Local/6@default-00000001;1".into(),
            userfield: "field".into(),
            userdeftype: "".into(),
            extra: r#"{"a":1}"#.into(),
        }
    }

    fn line(options: CsvOptions) -> String {
        let mut batch = Batch::default();
        Columns {
            options,
            zone: TimeZone::UTC,
        }
        .add(&row(), &mut batch);
        String::from_utf8(batch.bytes(MASTER).to_vec()).unwrap()
    }

    #[test]
    fn all_columns_in_order() {
        assert_eq!(
            line(CsvOptions::default()),
            concat!(
                r#""CHAN_START","1795418323.000042","Ann","1","2","3","4","5","default","#,
                r#""Local/5@default-00000000;1","Dial","Local/6","DOCUMENTATION","sales","#,
                r#""1795418323.1","1795418323.0","Local/6@default-00000001;1","field","","#,
                r#""{""a"":1}""#,
                "\n"
            )
        );
    }

    #[test]
    fn a_date_format_is_used_or_refused() {
        let options = CsvOptions {
            dateformat: Some("%d.%m.%Y %T".into()),
        };
        assert!(line(options).starts_with(r#""CHAN_START","23.11.2026 07:18:43","#));

        let logs = tempfile::tempdir().unwrap();
        let options = CsvOptions {
            dateformat: Some("%".into()),
        };
        let refused = csv(logs.path(), options, Box::new(|_| ())).unwrap_err();
        assert!(refused.to_string().contains("\"%\""), "{refused}");
    }

    #[test]
    fn rows_land_in_the_file() {
        let logs = tempfile::tempdir().unwrap();
        let writer = csv(logs.path(), CsvOptions::default(), Box::new(|_| ())).unwrap();
        writer.write(row()).unwrap();
        writer.flush();
        let file = logs.path().join(DIRECTORY).join(MASTER);
        assert_eq!(
            fs::read_to_string(file).unwrap(),
            line(CsvOptions::default())
        );
    }
}
