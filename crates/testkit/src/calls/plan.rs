//! A dialplan from the text of an extensions.conf.

use config::Config;
use dialplan::script::extensions::{self, Line, Section};
use dialplan::script::plan::Plan;

/// Reads a dialplan.
///
/// # Panics
/// Where a line is not understood: a test with a wrong dialplan proves nothing.
pub fn plan(text: &str) -> Plan {
    let config =
        Config::from_text("extensions.conf", text).unwrap_or_else(|error| panic!("{error}"));
    let lines: Vec<(&str, Vec<Line<'_>>)> = config
        .categories()
        .map(|category| {
            (
                category.name.as_str(),
                category.variables.iter().map(line).collect(),
            )
        })
        .collect();
    let sections: Vec<_> = lines
        .iter()
        .map(|(name, lines)| Section { name, lines })
        .collect();
    let (plan, problems) = extensions::load(&sections, &|_| None);
    assert!(problems.is_empty(), "{problems:?}");
    plan
}

fn line(variable: &config::Variable) -> Line<'_> {
    Line {
        key: &variable.name,
        value: &variable.value,
        file: "extensions.conf",
        line: variable.line,
    }
}
