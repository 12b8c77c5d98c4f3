//! What a configuration means once it is read.

use std::str::FromStr;
use std::sync::Arc;

use crate::{Error, Filter, LoadOptions, Memory, Problem};

/// A configuration as read: its categories in order, and what there was to remark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    pub(crate) categories: Vec<Category>,
    /// What was passed over, in order of reading.
    pub warnings: Vec<Problem>,
    /// The files read, the one asked for first, each as often as it was included.
    pub files: Vec<Arc<str>>,
}

/// A `[section]`. Several may bear the same name and are kept apart, which `pjsip.conf` relies on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name, as written where it was opened.
    pub name: String,
    /// The categories it directly inherits from, in order: AMI's `Templates-…` joins them with commas.
    pub templates: Vec<String>,
    /// Whether it was opened with `(!)`.
    pub is_template: bool,
    /// Inherited ones first, then its own, in order.
    pub variables: Vec<Variable>,
    /// The file that opened it.
    pub file: Arc<str>,
    /// The line that opened it, from 1.
    pub line: u32,
    /// The lines of all its headers, `(+)` included; of use where there is only one file.
    pub(crate) headers: Vec<u32>,
}

/// A `key = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The key, as written.
    pub name: Arc<str>,
    /// The value, with everything that `+=` put behind it.
    pub value: Arc<str>,
    /// Whether it was written with `=>`.
    pub object: bool,
    /// Whether it comes from a template.
    pub inherited: bool,
    /// The file that sets it: of an inherited one, the template's.
    pub file: Arc<str>,
    /// The line that sets it, from 1.
    pub line: u32,
    /// The lines of this category that put something behind it.
    pub(crate) appended: Vec<u32>,
}

impl Config {
    /// Reads a text that stands for the file `name`. What it includes does not exist.
    pub fn from_text(name: &str, text: &str) -> Result<Config, Error> {
        crate::load(&Memory::from([(name, text)]), name, &LoadOptions::default())
    }

    /// The categories in order, templates left out.
    pub fn categories(&self) -> impl Iterator<Item = &Category> {
        self.categories
            .iter()
            .filter(|category| !category.is_template)
    }

    /// The categories in order, templates included.
    pub fn categories_and_templates(&self) -> impl Iterator<Item = &Category> {
        self.categories.iter()
    }

    /// The categories that pass a filter, in order.
    pub fn filtered<'a>(&'a self, filter: &'a Filter) -> impl Iterator<Item = &'a Category> {
        self.categories
            .iter()
            .filter(|category| filter.matches(category))
    }

    /// The categories of that name, in order, templates left out.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Category> {
        self.categories()
            .filter(move |category| category.is_named(name))
    }

    /// The first category of that name that is not a template.
    pub fn category(&self, name: &str) -> Option<&Category> {
        self.categories().find(|category| category.is_named(name))
    }

    /// The value of a variable in the first category of that name: [`Category::get`].
    pub fn get(&self, category: &str, variable: &str) -> Option<&str> {
        self.category(category)?.get(variable)
    }
}

impl Category {
    /// Whether this is its name, in any case.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The last variable of that name, so that a category's own value hides its template's. Modules of
    /// Asterisk that walk through the variables and let each set its option come to the same.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables
            .iter()
            .rfind(|variable| variable.is_named(name))
    }

    /// The value of the last variable of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variable(name).map(|variable| &*variable.value)
    }

    /// The values of all variables of that name, in order.
    pub fn get_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.variables
            .iter()
            .filter(move |v| v.is_named(name))
            .map(|v| &*v.value)
    }

    /// The last variable of that name as yes or no: `default` if there is none, a problem if it is
    /// neither.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Problem> {
        let Some(variable) = self.variable(name) else {
            return Ok(default);
        };
        if is_true(&variable.value) {
            Ok(true)
        } else if is_false(&variable.value) {
            Ok(false)
        } else {
            Err(variable.problem(format!("{name} is neither yes nor no: {}", variable.value)))
        }
    }

    /// The last variable of that name as a number or the like; a problem if it does not read as one.
    pub fn parsed<T: FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        let Some(variable) = self.variable(name) else {
            return Ok(None);
        };
        match variable.value.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(variable.problem(format!("{name} cannot be {}", variable.value))),
        }
    }

    /// A problem with this category, placed where it was opened.
    pub fn problem(&self, text: impl Into<String>) -> Problem {
        Problem {
            file: Arc::clone(&self.file),
            line: self.line,
            text: text.into(),
        }
    }
}

impl Variable {
    /// Whether this is its name, in any case.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// A problem with this variable, placed where it was set.
    pub fn problem(&self, text: impl Into<String>) -> Problem {
        Problem {
            file: Arc::clone(&self.file),
            line: self.line,
            text: text.into(),
        }
    }
}

/// Whether Asterisk takes the value for yes: `yes`, `true`, `y`, `t`, `1` or `on`, in any case.
pub fn is_true(value: &str) -> bool {
    ["yes", "true", "y", "t", "1", "on"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}

/// Whether Asterisk takes the value for no: `no`, `false`, `n`, `f`, `0` or `off`, in any case.
pub fn is_false(value: &str) -> bool {
    ["no", "false", "n", "f", "0", "off"]
        .iter()
        .any(|word| value.eq_ignore_ascii_case(word))
}
