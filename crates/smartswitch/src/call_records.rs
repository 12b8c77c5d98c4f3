//! Call records on their way from the engine's facts to the disk.

use std::path::Path;

use records::cdr::{self, CsvOptions, Row};
use records::csv::CsvWriter;
use switch::cdr::Cdr;
use switch::{Text, Time};

/// The CSV files of call records.
pub(crate) struct CallRecords(CsvWriter<Row>);

impl CallRecords {
    /// Starts writing below the log directory.
    pub(crate) fn start(logs: &Path, options: CsvOptions) -> std::io::Result<CallRecords> {
        let report = Box::new(|error: &records::csv::Error| tracing::error!("cdr_csv: {error}"));
        cdr::csv(logs, options, report).map(CallRecords)
    }

    /// Hands a record over; never waits for the disk.
    pub(crate) fn write(&self, record: &Cdr) {
        if let Err(dropped) = self.0.write(row(record)) {
            tracing::error!("cdr_csv: {dropped}");
        }
    }
}

fn row(record: &Cdr) -> Row {
    let text = |text: &Text| text.to_string();
    Row {
        accountcode: text(&record.account),
        src: text(&record.source),
        dst: text(&record.destination),
        dcontext: text(&record.context),
        clid: text(&record.caller),
        channel: text(&record.channel),
        dstchannel: text(&record.peer),
        lastapp: text(&record.application),
        lastdata: text(&record.data),
        start: micros(record.start),
        answer: record.answer.map(micros),
        end: micros(record.end),
        duration: record.duration(),
        billsec: record.billable(),
        disposition: record.disposition.word().to_owned(),
        amaflags: record.ama_flags.word().to_owned(),
        uniqueid: text(&record.uniqueid),
        userfield: text(&record.userfield),
        linkedid: text(&record.linkedid),
        peeraccount: text(&record.peer_account),
        sequence: u32::try_from(record.sequence).unwrap_or(u32::MAX),
        variables: record
            .variables
            .iter()
            .map(|(name, value)| (text(name), text(value)))
            .collect(),
    }
}

fn micros(time: Time) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}
