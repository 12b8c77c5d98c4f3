//! What a measurement found.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::json;
use crate::cli::terminal::Terminal;

/// Named figures, and a sentence that tells them.
#[derive(Debug)]
pub(super) struct Report {
    fields: Vec<(&'static str, Value)>,
    sentence: String,
}

impl Report {
    pub(super) fn new(what: &'static str) -> Self {
        Self {
            fields: vec![("load", json!(what))],
            sentence: String::new(),
        }
    }

    pub(super) fn add(&mut self, name: &'static str, value: impl Into<Value>) {
        self.fields.push((name, value.into()));
    }

    /// A number of things, and how many in a second.
    pub(super) fn add_rate(
        &mut self,
        name: &'static str,
        number: u64,
        rate: &'static str,
        time: Duration,
    ) {
        self.add(name, number);
        self.add(rate, per_second(number, time).round());
    }

    /// What the machine itself carries, and how much of that a rate is.
    pub(super) fn add_limit(&mut self, rate: f64, limit: f64) {
        let ratio = rate / limit.max(1.0);
        self.add("limit_per_second", limit.round());
        self.add("of_limit", (ratio * 1e3).round() / 1e3);
        self.say(&format!(
            "; the loopback carries {}, this is {:.0}% of it",
            thousands(limit),
            ratio * 100.0
        ));
    }

    /// How late things came, in milliseconds.
    pub(super) fn add_latency(&mut self, latency: &Histogram<u64>) {
        for (name, quantile) in QUANTILES {
            self.add(name, milliseconds(latency, quantile));
        }
    }

    /// Continues the sentence.
    pub(super) fn say(&mut self, text: &str) {
        self.sentence.push_str(text);
    }

    pub(super) fn print(&self, terminal: &mut Terminal<'_>) -> Result<(), Failure> {
        json::fields(terminal.out, &self.fields)?;
        Ok(terminal.line(&self.sentence)?)
    }
}

const QUANTILES: [(&str, f64); 4] = [
    ("p50_ms", 0.5),
    ("p99_ms", 0.99),
    ("p999_ms", 0.999),
    ("max_ms", 1.0),
];

/// How late things came, in a few words.
pub(super) fn latency_in_words(latency: &Histogram<u64>) -> String {
    format!(
        "half within {:.3} ms, 99% within {:.3} ms, the last after {:.3} ms",
        milliseconds(latency, 0.5),
        milliseconds(latency, 0.99),
        milliseconds(latency, 1.0)
    )
}

pub(super) fn per_second(number: u64, time: Duration) -> f64 {
    number as f64 / time.as_secs_f64().max(1e-9)
}

/// The histograms hold microseconds.
fn milliseconds(latency: &Histogram<u64>, quantile: f64) -> f64 {
    latency.value_at_quantile(quantile) as f64 / 1e3
}

/// A number with commas between the thousands.
pub(super) fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!(thousands(0.4), "0");
        assert_eq!(thousands(999.0), "999");
        assert_eq!(thousands(2_500_000.0), "2,500,000");
    }
}
