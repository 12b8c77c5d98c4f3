//! For tests: a scope of a few variables and functions that counts its warnings, and plans from text.

use std::cell::Cell;

use super::extensions::{Line, Problem, Section, load};
use super::plan::Plan;
use super::substitute::{Reply, Scope, substitute};
use crate::function::FunctionError;

pub(crate) struct Variables {
    values: Vec<(String, String)>,
    warnings: Cell<usize>,
}

impl Variables {
    pub(crate) fn of(values: &[(&str, &str)]) -> Self {
        let values = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Variables {
            values,
            warnings: Cell::new(0),
        }
    }

    pub(crate) fn warnings(&self) -> usize {
        self.warnings.get()
    }
}

impl Scope for Variables {
    fn variable(&self, name: &str) -> Option<String> {
        self.values
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    }

    fn function<'a>(&'a self, name: &'a str, args: &'a str) -> Reply<'a> {
        Box::pin(async move {
            match name {
                "UPPER" => Ok(args.to_ascii_uppercase()),
                "EVAL" => Ok(substitute(args, self).await.into_owned()),
                "ABS" => Ok(args.trim_start_matches('-').to_owned()),
                _ => Err(FunctionError::Unknown),
            }
        })
    }

    fn warn(&self, _: String) {
        self.warnings.set(self.warnings.get() + 1);
    }
}

/// Makes a plan of text without comments, as the file `extensions.conf`.
pub(crate) fn plan(text: &str) -> (Plan, Vec<Problem>) {
    let mut sections: Vec<(&str, Vec<Line<'_>>)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            sections.push((name, Vec::new()));
        } else if let Some((key, value)) = line.split_once('=') {
            let value = value.strip_prefix('>').unwrap_or(value).trim();
            let number = u32::try_from(at + 1).unwrap();
            let line = Line {
                key: key.trim(),
                value,
                file: "extensions.conf",
                line: number,
            };
            sections.last_mut().unwrap().1.push(line);
        }
    }
    let sections: Vec<Section<'_>> = sections
        .iter()
        .map(|(name, lines)| Section { name, lines })
        .collect();
    load(&sections, &|name| {
        (name == "SITE").then(|| "north".to_owned())
    })
}
