//! `ami load events`.

use std::net::TcpStream;

use ami::action::session::Filter;
use clap::Args;

use super::Length;
use super::fanout::{Fanout, Outcome};
use super::limit;
use super::report::{self, Report};
use super::session::{Door, Session};
use super::traffic::EVENT_SIZE;
use crate::cli::connection::Target;
use crate::cli::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Events {
    /// Sessions that get every event.
    #[arg(long, default_value_t = 50)]
    pub(super) listeners: usize,

    /// Filters that each of them adds; none of them takes an event away.
    #[arg(long, default_value_t = 0)]
    pub(super) filters: usize,

    /// Makes the filters regular expressions over the whole event.
    #[arg(long)]
    pub(super) regex: bool,

    /// Gives each listener filters of its own.
    #[arg(long)]
    pub(super) different: bool,

    /// The event mask of the listeners.
    #[arg(long, default_value = "user")]
    pub(super) mask: String,

    /// Sends so many events a second, and measures how late they come.
    #[arg(long, conflicts_with = "flat_out")]
    pub(super) rate: Option<f64>,

    /// Sends as fast as the slowest listener follows; so it does without --rate.
    #[arg(long)]
    pub(super) flat_out: bool,

    /// Measures the loopback's limit afterwards, and gives the ratio.
    #[arg(long)]
    pub(super) with_limit: bool,

    #[command(flatten)]
    pub(super) length: Length,
}

impl Events {
    pub(super) fn run(&self, target: &Target) -> Result<Report, Failure> {
        let door = Door::new(target)?;
        let listeners = (0..self.listeners).map(|number| self.listener(&door, number));
        let listeners = listeners.collect::<Result<Vec<_>, _>>()?;
        let mut fanout = Fanout::new(door.open("off")?, listeners)?;
        let outcome = match self.rate {
            Some(rate) => fanout.paced(self.length, rate)?,
            None => fanout.flat_out(self.length)?,
        };
        let mut report = self.report(&outcome);
        if self.with_limit {
            drop(fanout);
            let (limit, time) = limit::measure(self.listeners, limit::BATCH, self.length)?;
            report.add_limit(
                report::per_second(outcome.delivered, outcome.elapsed),
                report::per_second(limit, time),
            );
        }
        Ok(report)
    }

    fn listener(&self, door: &Door, number: usize) -> Result<TcpStream, Failure> {
        let mut session = door.open(&self.mask)?;
        for filter in 0..self.filters {
            self.add_filter(&mut session, filter, number)?;
        }
        session.into_stream()
    }

    fn add_filter(
        &self,
        session: &mut Session,
        filter: usize,
        listener: usize,
    ) -> Result<(), Failure> {
        let owner = if self.different { listener } else { 0 };
        let absent = format!("absent-{owner}-{filter}");
        let filter = if self.regex {
            Filter {
                operation: "Add".to_owned(),
                filter: format!("!Text: {absent}"),
                ..Filter::default()
            }
        } else {
            Filter {
                operation: "Add".to_owned(),
                match_criteria: "action(exclude),name(UserEvent),header(Text),method(starts_with)"
                    .to_owned(),
                filter: absent,
            }
        };
        session.ask(&filter)?;
        Ok(())
    }

    fn report(&self, outcome: &Outcome) -> Report {
        let mut report = Report::new("events");
        report.add("listeners", self.listeners);
        report.add("filters", self.filters);
        report.add("event_bytes", EVENT_SIZE);
        report.add("seconds", outcome.elapsed.as_secs_f64());
        add_outcome(&mut report, outcome);
        let rate = report::per_second(outcome.delivered, outcome.elapsed);
        report.say(&format!(
            "{} listeners, {} filters each: {} deliveries a second",
            self.listeners,
            self.filters,
            report::thousands(rate)
        ));
        if self.rate.is_some() {
            report.add_latency(&outcome.late);
            report.say(&format!("; {}", report::latency_in_words(&outcome.late)));
        }
        say_losses(&mut report, outcome);
        report
    }
}

/// The figures of a run.
pub(super) fn add_outcome(report: &mut Report, outcome: &Outcome) {
    report.add_rate("events", outcome.sent, "events_per_second", outcome.elapsed);
    report.add_rate(
        "deliveries",
        outcome.delivered,
        "deliveries_per_second",
        outcome.elapsed,
    );
    report.add("lost", outcome.lost);
    report.add("cut", outcome.cut);
}

/// Nothing is said when nothing is lost.
pub(super) fn say_losses(report: &mut Report, outcome: &Outcome) {
    if outcome.lost > 0 || outcome.cut > 0 {
        report.say(&format!(
            "; {} deliveries lost, {} listeners cut off",
            outcome.lost, outcome.cut
        ));
    }
}
