//! Call records.

use ami::event::record::Cdr as CdrEvent;
use switch::Text;
use switch::cdr::Cdr;

use super::clock::Clock;
use crate::rendered::Rendered;

/// What `cdr_manager.conf` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CdrSettings {
    /// Whether records are told at all (`enabled`).
    pub enabled: bool,
    /// Variables of the record to show beside its own fields, and under which keys (`[mappings]`).
    pub mappings: Vec<(String, Text)>,
}

pub(super) fn tell(record: &Cdr, settings: &CdrSettings, clock: &mut Clock, out: &mut Rendered) {
    let value = |name: &str| {
        let found = record
            .variables
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    };
    let mapped: Vec<(Text, Text)> = settings
        .mappings
        .iter()
        .filter_map(|(name, key)| Some((key.clone(), value(name)?)))
        .collect();
    let start = clock.text(record.start).to_owned();
    let answer = record
        .answer
        .map_or(String::new(), |answer| clock.text(answer).to_owned());
    out.event(&CdrEvent {
        account_code: &record.account,
        source: &record.source,
        destination: &record.destination,
        destination_context: &record.context,
        caller_id: &record.caller,
        channel: &record.channel,
        destination_channel: &record.peer,
        last_application: &record.application,
        last_data: &record.data,
        start_time: &start,
        answer_time: &answer,
        end_time: clock.text(record.end),
        duration: record.duration(),
        billable_seconds: record.billable(),
        disposition: record.disposition.word(),
        ama_flags: record.ama_flags.word(),
        uniqueid: &record.uniqueid,
        user_field: &record.userfield,
        mapped: &mapped,
    });
}
