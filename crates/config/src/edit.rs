//! One step of the manager's UpdateConfig, and what may go wrong with it.

use std::fmt;

use crate::filter::{Filter, bare, split_quoted};

/// One step of UpdateConfig as its headers give it; what the client left out is empty.
///
/// [`Document::apply`](crate::Document::apply) says what each action does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edit<'a> {
    /// `Action-…`: NewCat, RenameCat, DelCat, EmptyCat, Update, Delete, Append or Insert, in any case.
    pub action: &'a str,
    /// `Cat-…`: the category's name, in any case. Every category of that name is meant.
    pub category: &'a str,
    /// `Var-…`: the variable's name.
    pub variable: &'a str,
    /// `Value-…`: the value, after a `>` if it is an object's; for RenameCat the new name.
    pub value: &'a str,
    /// `Match-…`: the value that a variable must have to be updated or deleted; for NewCat the category
    /// to stand before; for Append the word `object`.
    pub matching: &'a str,
    /// `Line-…`: the place among the category's variables, inherited ones included, from 0.
    pub line: &'a str,
    /// `Options-…`: separated by commas, `allowdups`, `template`, `ignoreerror`, `inherit="a,b"`,
    /// `catfilter="name=value,…"`.
    pub options: &'a str,
}

/// Why an [`Edit`] was not carried out. Displays as the text that AMI sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The action is none of those there are.
    UnknownAction,
    /// No category was named.
    CategoryMissing,
    /// No category of that name passes the filter.
    UnknownCategory,
    /// A name, a value, a line or an option that is needed is missing or cannot be written down.
    Argument,
    /// The category exists already, or the one to stand before does not.
    NewCategory,
    /// Another category inherits from it or adds to it.
    DeleteCategory,
    /// There is no such template.
    Template,
    /// No variable fits.
    Update,
    /// No variable fits that is the category's own.
    Delete,
    /// The place for the line is inside a comment.
    Append,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EditError::UnknownAction => "Unknown action command",
            EditError::CategoryMissing => "Category not specified",
            EditError::UnknownCategory => "Given category does not exist",
            EditError::Argument => "Problem with category, value, or line (if required)",
            EditError::NewCategory => "Create category did not complete successfully",
            EditError::DeleteCategory => "Delete category did not complete successfully",
            EditError::Template => "Template category not found",
            EditError::Update => "Update did not complete successfully",
            EditError::Delete => "Delete did not complete successfully",
            EditError::Append => "Append did not complete successfully",
        })
    }
}

impl std::error::Error for EditError {}

/// `Options-…`, read.
#[derive(Debug, Default)]
pub(crate) struct EditOptions<'a> {
    pub(crate) allow_duplicates: bool,
    pub(crate) template: bool,
    pub(crate) ignore_errors: bool,
    pub(crate) inherit: Vec<&'a str>,
    pub(crate) filter: Filter,
}

impl<'a> EditOptions<'a> {
    /// What is not an option is passed over, as Asterisk does.
    pub(crate) fn parse(text: &'a str) -> Result<EditOptions<'a>, EditError> {
        let mut options = EditOptions::default();
        for option in split_quoted(text, ',') {
            let (word, value) = option.split_once('=').unwrap_or((option, ""));
            let is = |name: &str| bare(word).eq_ignore_ascii_case(name);
            if is("allowdups") {
                options.allow_duplicates = true;
            } else if is("template") {
                options.template = true;
            } else if is("ignoreerror") {
                options.ignore_errors = true;
            } else if is("inherit") {
                let names = split_quoted(bare(value), ',');
                options.inherit = names.filter(|name| !name.is_empty()).collect();
            } else if is("catfilter") {
                options.filter = Filter::parse(bare(value)).map_err(|_| EditError::Argument)?;
            }
        }
        Ok(options)
    }
}
