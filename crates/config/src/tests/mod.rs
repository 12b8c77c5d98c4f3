//! Tests of the crate as a whole.

mod directory;
mod document;
mod filter;
mod include;
mod property;
mod read;
mod reference;

use crate::{Category, Config, Error};

/// A configuration that must load.
fn read(text: &str) -> Config {
    Config::from_text("t.conf", text).unwrap()
}

/// The problems of one that must not, as displayed.
fn problems(text: &str) -> Vec<String> {
    displayed(Config::from_text("t.conf", text).unwrap_err())
}

fn displayed(error: Error) -> Vec<String> {
    assert!(!error.problems().is_empty(), "{error}");
    error.problems().iter().map(ToString::to_string).collect()
}

/// `name: a=1 b=>2`, an inherited variable with a star before it.
fn shown(category: &Category) -> String {
    let mut out = format!("{}:", category.name);
    for v in &category.variables {
        let star = if v.inherited { "*" } else { "" };
        let sign = if v.object { "=>" } else { "=" };
        out.push_str(&format!(" {star}{}{sign}{}", v.name, v.value));
    }
    out
}

fn all_shown(config: &Config) -> Vec<String> {
    config.categories().map(shown).collect()
}
