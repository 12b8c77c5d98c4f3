//! Which categories are meant: the `Filter` of GetConfig and of UpdateConfig's `catfilter`.

use std::fmt;

use regex::{Regex, RegexBuilder};

use crate::{Category, limits, scan};

/// A condition on categories, such as `type=^endpoint$,name=fir`.
///
/// Each expression is `name=value`, both regular expressions that may match anywhere (the names of
/// variables with regard to case); a category passes if for each expression one of its variables,
/// inherited or not, fits. `TEMPLATES=include` lets templates pass too, `TEMPLATES=restrict` only
/// templates. An expression with a comma in it is put in quotes.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    terms: Vec<Term>,
    templates: Templates,
}

/// Why a filter cannot be used; displays as what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError(String);

#[derive(Clone, Debug)]
struct Term {
    name: Regex,
    value: Regex,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Templates {
    #[default]
    Exclude,
    Include,
    Only,
}

impl Filter {
    /// Reads expressions separated by commas. The empty text lets every category pass that is not a
    /// template.
    pub fn parse(text: &str) -> Result<Filter, FilterError> {
        Filter::separated(text, ',')
    }

    /// The filter behind `+` in a header, whose expressions `&` separates.
    pub(crate) fn of_addition(text: &str) -> Result<Filter, FilterError> {
        Filter::separated(text, '&')
    }

    /// Lets everything pass.
    pub(crate) fn with_templates() -> Filter {
        Filter {
            terms: Vec::new(),
            templates: Templates::Include,
        }
    }

    /// Lets every template pass and nothing else.
    pub(crate) fn only_templates() -> Filter {
        Filter {
            terms: Vec::new(),
            templates: Templates::Only,
        }
    }

    /// Whether a category passes.
    pub fn matches(&self, category: &Category) -> bool {
        let template_fits = match self.templates {
            Templates::Exclude => !category.is_template,
            Templates::Include => true,
            Templates::Only => category.is_template,
        };
        template_fits && self.terms.iter().all(|term| term.matches(category))
    }

    fn separated(text: &str, separator: char) -> Result<Filter, FilterError> {
        let mut filter = Filter::default();
        if text.is_empty() {
            return Ok(filter);
        }
        for expression in split_quoted(text, separator) {
            let Some((name, value)) = expression.split_once('=') else {
                return Err(FilterError(format!(
                    "'{expression}' is not of the form name=value"
                )));
            };
            let (name, value) = (bare(name), bare(value));
            if name == "TEMPLATES" {
                filter.templates = Templates::parse(value)?;
            } else if filter.terms.len() == limits::FILTER_TERMS {
                let text = format!("more than {} expressions", limits::FILTER_TERMS);
                return Err(FilterError(text));
            } else {
                filter.terms.push(Term {
                    name: regex(name)?,
                    value: regex(value)?,
                });
            }
        }
        Ok(filter)
    }
}

impl Templates {
    fn parse(word: &str) -> Result<Templates, FilterError> {
        if word.eq_ignore_ascii_case("include") {
            Ok(Templates::Include)
        } else if word.eq_ignore_ascii_case("restrict") {
            Ok(Templates::Only)
        } else {
            Err(FilterError(format!(
                "TEMPLATES is 'include' or 'restrict', not '{word}'"
            )))
        }
    }
}

impl Term {
    fn matches(&self, category: &Category) -> bool {
        let fits =
            |v: &crate::Variable| self.name.is_match(&v.name) && self.value.is_match(&v.value);
        category.variables.iter().any(fits)
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "filter: {}", self.0)
    }
}

impl std::error::Error for FilterError {}

/// Cuts a text at separators outside quotes; blanks and then quotes around each part are dropped.
pub(crate) fn split_quoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut quote = None;
        let end = text.char_indices().find_map(|(at, c)| {
            match quote {
                // A quote that is never closed is an ordinary character: O'Brien.
                None if matches!(c, '"' | '\'') && text[at + 1..].contains(c) => quote = Some(c),
                None if c == separator => return Some(at),
                Some(open) if open == c => quote = None,
                _ => {}
            }
            None
        });
        let part = match end {
            Some(at) => {
                rest = Some(&text[at + separator.len_utf8()..]);
                &text[..at]
            }
            None => {
                rest = None;
                text
            }
        };
        Some(bare(part))
    })
}

/// Without blanks, and then quotes, around it.
pub(crate) fn bare(text: &str) -> &str {
    let text = scan::strip(text);
    ['"', '\'']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(text)
}

fn regex(pattern: &str) -> Result<Regex, FilterError> {
    RegexBuilder::new(pattern)
        .size_limit(limits::REGEX_BYTES)
        .dfa_size_limit(limits::REGEX_BYTES)
        .build()
        .map_err(|_| FilterError(format!("'{pattern}' is not a regular expression")))
}
