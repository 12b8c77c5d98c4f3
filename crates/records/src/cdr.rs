//! Call detail records: a row for each leg of a call, in the CSV of Asterisk's `cdr_csv`.

use std::io;
use std::path::Path;

use jiff::tz::TimeZone;

use crate::csv::{Batch, CsvWriter, Error, Format, Report};
use crate::time;

/// The directory of the files, below the log directory.
pub const DIRECTORY: &str = "cdr-csv";

/// The file that takes every row. An account's own file is its name with `.csv`.
pub const MASTER: &str = "Master.csv";

/// One call detail record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Whom to bill.
    pub accountcode: String,
    /// The caller's number.
    pub src: String,
    /// The extension that was dialled.
    pub dst: String,
    /// The context of that extension.
    pub dcontext: String,
    /// The caller's name and number, as `"name" <number>`.
    pub clid: String,
    /// The caller's channel.
    pub channel: String,
    /// The channel that it was connected to, or empty.
    pub dstchannel: String,
    /// The dialplan application that ran last.
    pub lastapp: String,
    /// The arguments of that application.
    pub lastdata: String,
    /// When the call began, in microseconds since the Unix epoch.
    pub start: i64,
    /// When it was answered, if it was, in microseconds since the Unix epoch.
    pub answer: Option<i64>,
    /// When it ended, in microseconds since the Unix epoch.
    pub end: i64,
    /// Whole seconds from start to end.
    pub duration: u64,
    /// Whole seconds from answer to end.
    pub billsec: u64,
    /// How the call ended, in Asterisk's words: `ANSWERED`, `NO ANSWER`, `BUSY`, `FAILED`, `CONGESTION`.
    pub disposition: String,
    /// What the row is for, in Asterisk's words: `OMIT`, `BILLING` or `DOCUMENTATION`.
    pub amaflags: String,
    /// The unique id of the caller's channel.
    pub uniqueid: String,
    /// What the dialplan stored as `CDR(userfield)`.
    pub userfield: String,
    /// The unique id that all channels of the call share.
    pub linkedid: String,
    /// The account code of the other side.
    pub peeraccount: String,
    /// The row's number since the switch started.
    pub sequence: u32,
    /// What the dialplan stored under names of its own with `CDR(name)`; `cdr_csv` has no column for it.
    pub variables: Vec<(String, String)>,
}

/// What `cdr.conf` says in `[csv]`, under the same names. The default is Asterisk's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvOptions {
    /// Times in UTC instead of the machine's zone.
    pub usegmtime: bool,
    /// A column for the unique id.
    pub loguniqueid: bool,
    /// A column for the user field.
    pub loguserfield: bool,
    /// Columns for the peer's account, the linked id and the sequence.
    pub newcdrcolumns: bool,
    /// Each account's rows also in a file of its own.
    pub accountlogs: bool,
}

impl Default for CsvOptions {
    fn default() -> Self {
        CsvOptions {
            usegmtime: false,
            loguniqueid: false,
            loguserfield: false,
            newcdrcolumns: false,
            accountlogs: true,
        }
    }
}

/// Starts the writer of `cdr-csv/Master.csv` below the log directory; directories are made as needed.
///
/// The columns are accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start,
/// answer, end, duration, billsec, disposition and amaflags, then uniqueid, userfield, and peeraccount,
/// linkedid, sequence as the options say. Texts and times are in quotes, numbers are not, and a call
/// that was not answered has nothing at all for its answer. The error is that of starting a thread.
pub fn csv(logs: &Path, options: CsvOptions, report: Report) -> io::Result<CsvWriter<Row>> {
    let zone = if options.usegmtime {
        TimeZone::UTC
    } else {
        TimeZone::system()
    };
    CsvWriter::start(&logs.join(DIRECTORY), Columns { options, zone }, report)
}

/// How the columns write a time.
const TIME: &str = "%Y-%m-%d %H:%M:%S";

struct Columns {
    options: CsvOptions,
    zone: TimeZone,
}

impl Format<Row> for Columns {
    fn add(&self, row: &Row, batch: &mut Batch) {
        self.line(row, MASTER, batch);
        if !self.options.accountlogs || row.accountcode.is_empty() {
            return;
        }
        if is_file_name(&row.accountcode) {
            self.line(row, &format!("{}.csv", row.accountcode), batch);
        } else {
            batch.refuse(Error::AccountName {
                account: row.accountcode.clone(),
            });
        }
    }
}

impl Columns {
    fn line(&self, row: &Row, file: &str, batch: &mut Batch) {
        let time = |micros| time::format(micros, &self.zone, TIME);
        let mut line = batch
            .line(file)
            .text(&row.accountcode)
            .text(&row.src)
            .text(&row.dst)
            .text(&row.dcontext)
            .text(&row.clid)
            .text(&row.channel)
            .text(&row.dstchannel)
            .text(&row.lastapp)
            .text(&row.lastdata)
            .optional(time(row.start).as_deref())
            .optional(row.answer.and_then(time).as_deref())
            .optional(time(row.end).as_deref())
            .number(row.duration)
            .number(row.billsec)
            .text(&row.disposition)
            .text(&row.amaflags);
        if self.options.loguniqueid {
            line = line.text(&row.uniqueid);
        }
        if self.options.loguserfield {
            line = line.text(&row.userfield);
        }
        if self.options.newcdrcolumns {
            line = line
                .text(&row.peeraccount)
                .text(&row.linkedid)
                .number(row.sequence);
        }
        line.end();
    }
}

/// Whether an account's file lies in the directory and is its own: no separator, not hidden, not the
/// file of all rows.
fn is_file_name(account: &str) -> bool {
    !account.contains(['/', '\\']) && !account.starts_with('.') && account != "Master"
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc;

    use super::*;

    /// 2026-11-23 07:18:43.5 UTC.
    const START: i64 = 1_795_418_323_500_000;

    fn row() -> Row {
        Row {
            src: "100".into(),
            dst: "120".into(),
            dcontext: "default".into(),
            clid: "\"Ann \" <100>".into(),
            channel: "Local/120@default-00000000;2".into(),
            lastapp: "AgentLogin".into(),
            lastdata: "3001".into(),
            start: START,
            answer: Some(START + 1_000_000),
            end: START + 3_000_000,
            duration: 3,
            billsec: 2,
            disposition: "ANSWERED".into(),
            amaflags: "DOCUMENTATION".into(),
            uniqueid: "1795418323.1".into(),
            userfield: "x,y".into(),
            linkedid: "1795418323.0".into(),
            peeraccount: "sales".into(),
            sequence: 9,
            ..Row::default()
        }
    }

    /// Writes rows and returns the log directory with the errors that were reported.
    fn write(options: CsvOptions, rows: &[Row]) -> (tempfile::TempDir, Vec<String>) {
        let logs = tempfile::tempdir().unwrap();
        let (tell, told) = mpsc::channel();
        let report = Box::new(move |e: &Error| tell.send(e.to_string()).unwrap());
        let writer = csv(logs.path(), options, report).unwrap();
        for row in rows {
            writer.write(row.clone()).unwrap();
        }
        writer.close();
        (logs, told.into_iter().collect())
    }

    fn read(logs: &tempfile::TempDir, name: &str) -> String {
        fs::read_to_string(logs.path().join(DIRECTORY).join(name)).unwrap()
    }

    #[test]
    fn all_columns_in_order() {
        let options = CsvOptions {
            usegmtime: true,
            loguniqueid: true,
            loguserfield: true,
            newcdrcolumns: true,
            accountlogs: true,
        };
        let (logs, told) = write(options, &[row()]);
        assert_eq!(
            read(&logs, MASTER),
            concat!(
                r#""","100","120","default","""Ann "" <100>","Local/120@default-00000000;2","","#,
                r#""AgentLogin","3001","2026-11-23 07:18:43","2026-11-23 07:18:44","#,
                r#""2026-11-23 07:18:46",3,2,"ANSWERED","DOCUMENTATION","1795418323.1","x,y","#,
                r#""sales","1795418323.0",9"#,
                "\n"
            )
        );
        assert_eq!(told, [""; 0]);
    }

    #[test]
    fn no_more_columns_than_asked_for_and_no_answer_is_nothing() {
        let options = CsvOptions {
            usegmtime: true,
            ..CsvOptions::default()
        };
        let (logs, _) = write(
            options,
            &[Row {
                answer: None,
                ..row()
            }],
        );
        let line = read(&logs, MASTER);
        assert!(
            line.ends_with(
                "\"2026-11-23 07:18:43\",,\"2026-11-23 07:18:46\",3,2,\"ANSWERED\",\"DOCUMENTATION\"\n"
            ),
            "{line}"
        );
    }

    #[test]
    fn times_are_those_of_the_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let columns = Columns {
            options: CsvOptions::default(),
            zone,
        };
        let mut batch = Batch::default();
        columns.add(&row(), &mut batch);
        let line = String::from_utf8(batch.bytes(MASTER).to_vec()).unwrap();
        assert!(line.contains("\"2026-11-23 08:18:43\""), "{line}");
    }

    #[test]
    fn an_account_has_a_file_of_its_own_unless_its_name_leads_elsewhere() {
        let accounts = [
            "sales",
            "caf\u{10FFE9}",
            "../evil",
            ".hidden",
            "a/b",
            "Master",
            "",
        ];
        let rows = accounts.map(|account| Row {
            accountcode: account.into(),
            ..row()
        });
        let (logs, told) = write(CsvOptions::default(), &rows);

        let mut files: Vec<_> = fs::read_dir(logs.path().join(DIRECTORY))
            .unwrap()
            .map(|entry| text::decode(entry.unwrap().file_name().as_encoded_bytes()).into_owned())
            .collect();
        files.sort();
        assert_eq!(files, ["Master.csv", "caf\u{10FFE9}.csv", "sales.csv"]);
        assert_eq!(
            fs::read_dir(logs.path()).unwrap().count(),
            1,
            "nothing beside the directory"
        );
        assert!(read(&logs, "sales.csv").starts_with("\"sales\","));
        let master = fs::read(logs.path().join(DIRECTORY).join(MASTER)).unwrap();
        assert_eq!(
            master.iter().filter(|b| **b == b'\n').count(),
            accounts.len()
        );
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told[0].contains("../evil"), "{told:?}");
    }

    #[test]
    fn without_account_logs_there_is_one_file() {
        let options = CsvOptions {
            accountlogs: false,
            ..CsvOptions::default()
        };
        let (logs, told) = write(
            options,
            &[Row {
                accountcode: "a/b".into(),
                ..row()
            }],
        );
        assert_eq!(
            fs::read_dir(logs.path().join(DIRECTORY)).unwrap().count(),
            1
        );
        assert_eq!(told, [""; 0]);
    }
}
