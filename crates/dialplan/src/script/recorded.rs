//! Every recorded expression, held against what the language makes of it.
//!
//! [`check`] takes whatever can set variables and fill in text, so the same lines hold for a call in the
//! whole switch. Here a small call stands in, with facts of its own for what the language does not know:
//! who calls, where, and what the switch's other rooms would answer.

use crate::function::FunctionError;
use crate::function::testing::Fake;
use crate::script::plan::{At, Priority, Query};
use crate::script::timespec::Moment;
use crate::script::{Plan, Reply, Scope, substitute_now, testing};

const SETTING: &str = include_str!("../../testdata/expressions.conf");
const EXPRESSIONS: &str = include_str!("../../testdata/expressions.tsv");

/// Sets what the recorded call had set, then holds each line against what `fill` makes of it. `set` takes
/// a variable's name, or a function, and the value.
pub(crate) fn check(set: &dyn Fn(&str, &str), fill: &dyn Fn(&str) -> String) {
    for line in SETTING.lines() {
        let assignment = line
            .split_once("Set(")
            .and_then(|(_, rest)| rest.strip_suffix(')'));
        if let Some((name, value)) = assignment.and_then(|assignment| assignment.split_once('=')) {
            set(name, value);
        }
    }
    let mut wrong = Vec::new();
    let mut lines = 0;
    for line in EXPRESSIONS.lines() {
        let (input, value) = line
            .split_once('\t')
            .unwrap_or_else(|| panic!("no tab in {line:?}"));
        let got = as_recorded(&fill(input));
        lines += 1;
        if got != value {
            wrong.push(format!("{input}\n  want {value}\n  got  {got}"));
        }
    }
    assert_eq!(lines, 188);
    assert!(
        wrong.is_empty(),
        "{} lines differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The event that a value was read from puts a backslash before quotes and backslashes.
fn as_recorded(value: &str) -> String {
    value
        .chars()
        .flat_map(|c| {
            matches!(c, '"' | '\'' | '\\')
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect()
}

#[test]
fn every_recorded_expression_has_its_value() {
    let call = Standing {
        fake: Fake::new(),
        plan: plan(),
    };
    check(&|name, value| call.fake.set(name, value), &|text| {
        substitute_now(text, &call).into_owned()
    });
}

fn plan() -> Plan {
    testing::plan(include_str!("../../testdata/extensions.conf")).0
}

/// A call with the functions of the language, and fixed answers for all others.
struct Standing {
    fake: Fake,
    plan: Plan,
}

impl Standing {
    fn answer(&self, name: &str, args: &str) -> Result<String, FunctionError> {
        let value = match (name, args) {
            ("CALLERID", "num") => "5551000",
            ("CALLERID", "name") => "Click",
            ("CHANNEL", "state") => "Up",
            ("CHANNEL", "language") => "en",
            ("CALLERID" | "CHANNEL", _) => {
                return Err(FunctionError::failed("there is no such field"));
            }
            ("GLOBAL", name) => {
                let global = self.plan.globals.iter().find(|(known, _)| known == name);
                global.map_or("", |(_, value)| value)
            }
            ("DB" | "DB_KEYS" | "ENV", _) => "",
            ("TIMEOUT", "absolute") | ("STAT", _) | ("GROUP_COUNT", _) => "0",
            ("DEVICE_STATE", _) => "UNKNOWN",
            ("QUEUE_EXISTS", queue) => {
                if queue == "support" {
                    "1"
                } else {
                    "0"
                }
            }
            ("QUEUE_MEMBER", "support,count") => "1",
            ("DIALPLAN_EXISTS", place) => {
                if self.exists(place) {
                    "1"
                } else {
                    "0"
                }
            }
            _ => return Err(FunctionError::Unknown),
        };
        Ok(value.to_owned())
    }

    fn exists(&self, place: &str) -> bool {
        let mut parts = place.split(',');
        let (context, exten) = (parts.next().unwrap_or(""), parts.next());
        let priority = parts
            .next()
            .and_then(|priority| priority.parse().ok())
            .unwrap_or(1);
        match exten {
            None => self.plan.context(context).is_some(),
            Some(exten) => {
                let query = Query {
                    context,
                    exten,
                    caller: None,
                    moment: &Moment::utc(0),
                };
                self.plan
                    .find(&query, At::Priority(Priority::Number(priority)))
                    .is_some()
            }
        }
    }
}

impl Scope for Standing {
    fn variable(&self, name: &str) -> Option<String> {
        let fixed = match name {
            "CONTEXT" => "oracle",
            "EXTEN" => "s",
            "HANGUPCAUSE" => "0",
            name => return self.fake.variable(name),
        };
        Some(fixed.to_owned())
    }

    fn function<'a>(&'a self, name: &'a str, args: &'a str) -> Reply<'a> {
        match self.answer(name, args) {
            Err(FunctionError::Unknown) => self.fake.function(name, args),
            answer => Box::pin(std::future::ready(answer)),
        }
    }

    fn warn(&self, _: String) {}
}
