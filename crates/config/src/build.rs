//! From statements to categories: templates, additions, `+=`.

use std::sync::Arc;

use crate::statement::{Fault, Header, Statement};
use crate::{Category, Filter, Problem, Variable, limits, scan};

/// Takes the statements of all files in order.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    pub(crate) categories: Vec<Category>,
    pub(crate) warnings: Vec<Problem>,
    /// What makes the configuration invalid.
    pub(crate) problems: Vec<Problem>,
    /// The section opened last, in whichever file.
    pub(crate) section: Section,
    variables: usize,
}

/// Where a variable goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Section {
    /// No section was opened yet.
    #[default]
    None,
    /// The header could not be read, which is reported; what follows it belongs nowhere.
    Broken,
    /// An index into the categories.
    Open(usize),
}

/// A line's place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    pub(crate) file: &'a Arc<str>,
    pub(crate) line: u32,
}

/// The configuration is beyond reading; why is among the problems.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stop;

impl At<'_> {
    fn problem(self, text: impl Into<String>) -> Problem {
        Problem {
            file: Arc::clone(self.file),
            line: self.line,
            text: text.into(),
        }
    }
}

impl Builder {
    /// Takes a statement that is not a directive. `section` is that of the statement's file.
    pub(crate) fn take(
        &mut self,
        statement: Result<Statement<'_>, Fault>,
        section: &mut Section,
        at: At<'_>,
    ) -> Result<(), Stop> {
        match statement {
            Ok(Statement::Nothing | Statement::Directive { .. }) => Ok(()),
            Ok(Statement::Header(header)) => {
                *section = Section::Open(self.open(&header, at)?);
                self.section = *section;
                Ok(())
            }
            Ok(Statement::Set {
                name,
                value,
                object,
            }) => match self.inside(*section, at)? {
                Some(index) => self.set(index, name, value, object, at),
                None => Ok(()),
            },
            Ok(Statement::Append { name, value }) => match self.inside(*section, at)? {
                Some(index) => self.append(index, name, value, at),
                None => Ok(()),
            },
            Err(Fault::Odd(text)) => {
                if self.inside(*section, at)?.is_some() {
                    self.warn(at, text);
                }
                Ok(())
            }
            Err(Fault::Fatal(text)) => {
                *section = Section::Broken;
                self.section = *section;
                self.fail(at, text)
            }
        }
    }

    /// Notes something that was passed over.
    pub(crate) fn warn(&mut self, at: At<'_>, text: impl Into<String>) {
        if self.warnings.len() < limits::PROBLEMS {
            self.warnings.push(at.problem(text));
        } else if self.warnings.len() == limits::PROBLEMS {
            self.warnings
                .push(at.problem("further warnings are not listed"));
        }
    }

    /// Notes something that makes the configuration invalid, and stops when that makes too many.
    pub(crate) fn fail(&mut self, at: At<'_>, text: impl Into<String>) -> Result<(), Stop> {
        self.problems.push(at.problem(text));
        if self.problems.len() < limits::PROBLEMS {
            Ok(())
        } else {
            Err(Stop)
        }
    }

    /// The category a line belongs to, if it is not one of a section that is broken anyway.
    fn inside(&mut self, section: Section, at: At<'_>) -> Result<Option<usize>, Stop> {
        match section {
            Section::Open(index) => Ok(Some(index)),
            Section::Broken => Ok(None),
            Section::None => self
                .fail(at, "this line comes before the first [section]")
                .map(|()| None),
        }
    }

    fn open(&mut self, header: &Header<'_>, at: At<'_>) -> Result<usize, Stop> {
        if !header.ignored.is_empty() {
            self.warn(
                at,
                format!("what follows the header of [{}] is ignored", header.name),
            );
        }
        // Looked up before the new category exists: `[a](a)` inherits from an earlier `[a]`.
        let mut bases = Vec::with_capacity(header.bases.len());
        for name in &header.bases {
            match self.find(name, &Filter::with_templates()) {
                Some(base) => bases.push(base),
                None => self.fail(at, format!("there is no [{name}] to inherit from"))?,
            }
        }
        let index = match header.add {
            Some(filter) => match self.find_to_add(header.name, filter, at)? {
                Some(index) => {
                    self.categories[index].headers.push(at.line);
                    index
                }
                None => self.push(header.name, at),
            },
            None => self.push(header.name, at),
        };
        self.categories[index].is_template |= header.template;
        for base in bases {
            self.inherit(index, base, at)?;
        }
        Ok(index)
    }

    fn push(&mut self, name: &str, at: At<'_>) -> usize {
        self.categories.push(Category {
            name: name.to_owned(),
            templates: Vec::new(),
            is_template: false,
            variables: Vec::new(),
            file: Arc::clone(at.file),
            line: at.line,
            headers: vec![at.line],
        });
        self.categories.len() - 1
    }

    fn find(&self, name: &str, filter: &Filter) -> Option<usize> {
        self.categories
            .iter()
            .position(|c| c.is_named(name) && filter.matches(c))
    }

    fn find_to_add(&mut self, name: &str, text: &str, at: At<'_>) -> Result<Option<usize>, Stop> {
        let filter = match Filter::of_addition(text) {
            Ok(filter) => filter,
            Err(e) => return self.fail(at, e.to_string()).map(|()| None),
        };
        // Without a filter an ordinary category comes first, then a template.
        let found = self.find(name, &filter).or_else(|| match text {
            "" => self.find(name, &Filter::with_templates()),
            _ => None,
        });
        if found.is_none() {
            self.fail(at, format!("there is no [{name}] to add to"))?;
        }
        Ok(found)
    }

    fn inherit(&mut self, index: usize, base: usize, at: At<'_>) -> Result<(), Stop> {
        let name = self.categories[base].name.clone();
        let inherited: Vec<Variable> = self.categories[base]
            .variables
            .iter()
            .map(|v| Variable {
                inherited: true,
                appended: Vec::new(),
                ..v.clone()
            })
            .collect();
        let category = &mut self.categories[index];
        if category.variables.len() + inherited.len() > limits::INHERITED {
            let text = format!("inherits more than {} variables", limits::INHERITED);
            return self.fail(at, text);
        }
        category.templates.push(name);
        self.variables += inherited.len();
        category.variables.extend(inherited);
        self.check_size(at)
    }

    fn set(
        &mut self,
        index: usize,
        name: &str,
        value: &str,
        object: bool,
        at: At<'_>,
    ) -> Result<(), Stop> {
        self.categories[index].variables.push(Variable {
            name: name.into(),
            value: value.into(),
            object,
            inherited: false,
            file: Arc::clone(at.file),
            line: at.line,
            appended: Vec::new(),
        });
        self.variables += 1;
        self.check_size(at)
    }

    fn append(&mut self, index: usize, name: &str, value: &str, at: At<'_>) -> Result<(), Stop> {
        let variables = &mut self.categories[index].variables;
        // Here, unlike anywhere else, Asterisk minds the case of the name.
        let Some(variable) = variables.iter_mut().rfind(|v| &*v.name == name) else {
            return self.set(index, name, scan::strip(value), false, at);
        };
        if variable.value.len() + value.len() > limits::LINE_BYTES {
            let text = format!("{name} grows beyond {} bytes", limits::LINE_BYTES);
            return self.fail(at, text);
        }
        let whole = format!("{}{value}", variable.value);
        variable.value = scan::strip(&whole).into();
        variable.appended.push(at.line);
        Ok(())
    }

    fn check_size(&mut self, at: At<'_>) -> Result<(), Stop> {
        if self.variables <= limits::VARIABLES {
            return Ok(());
        }
        self.fail(
            at,
            format!("more than {} variables in all", limits::VARIABLES),
        )?;
        Err(Stop)
    }
}
