//! Carrying out the steps of UpdateConfig.

// Long because the eight sub-actions of UpdateConfig share their checks and stand together.

use std::collections::BTreeSet;

use crate::build::Builder;
use crate::document::{Document, Plan};
use crate::edit::{Edit, EditError, EditOptions};
use crate::statement::{self, Header, Statement};
use crate::{Category, Filter, Variable, scan, written};

impl Document {
    /// Carries out one step; if it fails, the document is as before.
    ///
    /// - `NewCat` opens a category at the end, or before the category in `Match`.
    /// - `RenameCat` renames it, and what inherits from it follows.
    /// - `DelCat` takes it out with its lines and the comment above it. Directives stay.
    /// - `EmptyCat` takes its variables out.
    /// - `Update` gives the first variable that fits a new value. One that is only inherited gets a
    ///   line of its own.
    /// - `Delete` takes all variables that fit out, or the one at `Line`.
    /// - `Append` and `Insert` add a variable, at the end or at `Line`.
    ///
    /// Categories are those of the name that pass `catfilter`, templates only if it includes them.
    /// A step that would leave the file unable to load, or change another category, fails.
    pub fn apply(&mut self, edit: &Edit<'_>) -> Result<(), EditError> {
        if edit.category.is_empty() {
            return Err(EditError::CategoryMissing);
        }
        let step = match edit.action.to_ascii_lowercase().as_str() {
            "newcat" => Step::new_category,
            "renamecat" => Step::rename_category,
            "delcat" => Step::delete_category,
            "emptycat" => Step::empty_category,
            "update" => Step::update,
            "delete" => Step::delete,
            "append" => Step::append,
            "insert" => Step::insert,
            _ => return Err(EditError::UnknownAction),
        };
        let options = EditOptions::parse(edit.options)?;
        let view = self.view();
        let changed = step(&Step {
            document: self,
            view: &view,
            edit,
            options,
        });
        match changed {
            Ok(document) => *self = document,
            Err(Refusal::Excused) => {}
            Err(Refusal::Failed(error)) => return Err(error),
        }
        Ok(())
    }
}

/// A step about to be carried out.
struct Step<'a> {
    document: &'a Document,
    view: &'a Builder,
    edit: &'a Edit<'a>,
    options: EditOptions<'a>,
}

/// Why a step changes nothing.
enum Refusal {
    Failed(EditError),
    /// It cannot be done, and `ignoreerror` says that this is as well.
    Excused,
}

impl From<EditError> for Refusal {
    fn from(error: EditError) -> Self {
        Refusal::Failed(error)
    }
}

impl Step<'_> {
    fn new_category(&self) -> Result<Document, Refusal> {
        let name = self.edit.category;
        let everything = Filter::with_templates();
        if !self.options.allow_duplicates && self.first(name, &everything).is_some() {
            return Err(self.excusable(EditError::NewCategory));
        }
        for base in &self.options.inherit {
            self.first(base, &Filter::only_templates())
                .ok_or(EditError::Template)?;
        }
        let (template, bases) = (self.options.template, self.options.inherit.clone());
        let header = written::header(&Header {
            name,
            template,
            bases,
            ..Header::default()
        })?;

        let lines = &self.document.lines;
        let mut plan = Plan::default();
        let (at, before) = if self.edit.matching.is_empty() {
            let blank = lines
                .last()
                .filter(|line| !line.is_blank())
                .map(|_| String::new());
            plan.insert
                .insert(lines.len(), blank.into_iter().chain([header]).collect());
            (lines.len(), self.view.categories.len())
        } else {
            let next = self
                .first(self.edit.matching, &everything)
                .ok_or(EditError::NewCategory)?;
            let at = self.document.leading(index(next.line));
            plan.insert.insert(at, vec![header, String::new()]);
            (
                at,
                self.view
                    .categories
                    .iter()
                    .filter(|c| c.line < next.line)
                    .count(),
            )
        };
        if !self.document.is_open_at(at) {
            return Err(EditError::NewCategory.into());
        }
        let changed = self.carry_out(&plan, EditError::NewCategory)?;
        let after = changed.view();
        let others = after
            .categories
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != before);
        let unchanged = same(&self.view.categories, others.map(|(_, category)| category));
        unchanged
            .then_some(changed)
            .ok_or(EditError::NewCategory.into())
    }

    fn rename_category(&self) -> Result<Document, Refusal> {
        let (old, new) = (self.edit.category, self.edit.value);
        if new.is_empty() {
            return Err(EditError::Argument.into());
        }
        let renamed = self.selected()?;
        let headers: BTreeSet<usize> = renamed
            .iter()
            .flat_map(|category| &category.headers)
            .map(|line| index(*line))
            .collect();
        // Who inherits from the old name follows, unless a category of that name is left.
        let all = self
            .view
            .categories
            .iter()
            .filter(|c| c.is_named(old))
            .count();
        let gone = all == renamed.len();
        let mut plan = Plan::default();
        for (at, line) in self.document.lines.iter().enumerate() {
            let Ok(Statement::Header(was)) = statement::parse(&line.code) else {
                continue;
            };
            let mut header = was.clone();
            if headers.contains(&at) {
                header.name = new;
            }
            for base in header
                .bases
                .iter_mut()
                .filter(|base| base.eq_ignore_ascii_case(old))
            {
                if gone {
                    *base = new;
                }
            }
            if header != was {
                plan.rewrite.insert(at, written::header(&header)?);
            }
        }
        let changed = self.carry_out(&plan, EditError::Argument)?;
        let unchanged = same(&self.view.categories, &changed.view().categories);
        unchanged
            .then_some(changed)
            .ok_or(EditError::Argument.into())
    }

    fn delete_category(&self) -> Result<Document, Refusal> {
        let doomed = match self.selected() {
            Err(Refusal::Failed(error)) => return Err(self.excusable(error)),
            doomed => doomed?,
        };
        let mut plan = Plan::default();
        for header in doomed.iter().flat_map(|category| &category.headers) {
            let header = index(*header);
            let section = self.document.leading(header)..self.document.section_end(header);
            plan.erase
                .extend(section.filter(|at| !self.document.is_directive(*at)));
        }
        let changed = self.carry_out(&plan, EditError::DeleteCategory)?;
        let spared = |category: &&Category| !doomed.iter().any(|other| other.line == category.line);
        let unchanged = same(
            self.view.categories.iter().filter(spared),
            &changed.view().categories,
        );
        unchanged
            .then_some(changed)
            .ok_or(EditError::DeleteCategory.into())
    }

    fn empty_category(&self) -> Result<Document, Refusal> {
        let mut plan = Plan::default();
        for variable in self
            .selected()?
            .iter()
            .flat_map(|category| &category.variables)
        {
            plan.erase.extend(own_lines(variable));
        }
        self.carry_out(&plan, EditError::Argument)
    }

    fn update(&self) -> Result<Document, Refusal> {
        let (value, object) = self.value();
        if self.edit.variable.is_empty() {
            return Err(EditError::Argument.into());
        }
        let mut plan = Plan::default();
        let mut found = false;
        for category in self.selected()? {
            let Some(variable) = category.variables.iter().find(|v| self.fits(v)) else {
                continue;
            };
            found = true;
            let mut lines = own_lines(variable);
            match lines.next() {
                Some(first) => {
                    let line = self.document.lines.get(first).ok_or(EditError::Update)?;
                    plan.rewrite
                        .insert(first, written::updated(line, value, object)?);
                    plan.erase.extend(lines);
                }
                None => {
                    let line = written::variable(&variable.name, value, object || variable.object)?;
                    plan.insert_line(self.end_of(category)?, line);
                }
            }
        }
        if !found {
            return Err(EditError::Update.into());
        }
        self.carry_out(&plan, EditError::Update)
    }

    fn delete(&self) -> Result<Document, Refusal> {
        let Edit { variable, line, .. } = *self.edit;
        if variable.is_empty() && line.is_empty() {
            return Err(EditError::Argument.into());
        }
        let place = if line.is_empty() {
            None
        } else {
            Some(self.place()?)
        };
        let mut plan = Plan::default();
        for category in self.selected()? {
            for (n, variable) in category.variables.iter().enumerate() {
                if place.map_or_else(|| self.fits(variable), |place| place == n) {
                    plan.erase.extend(own_lines(variable));
                }
            }
        }
        if plan.erase.is_empty() {
            return Err(self.excusable(EditError::Delete));
        }
        self.carry_out(&plan, EditError::Delete)
    }

    fn append(&self) -> Result<Document, Refusal> {
        let line = self.new_line()?;
        let mut plan = Plan::default();
        for category in self.selected()? {
            plan.insert_line(self.end_of(category)?, line.clone());
        }
        self.carry_out(&plan, EditError::Append)
    }

    fn insert(&self) -> Result<Document, Refusal> {
        let line = self.new_line()?;
        let place = self.place()?;
        let mut plan = Plan::default();
        for category in self.selected()? {
            // What is inherited stands elsewhere: the first place in the category comes after it.
            let next = category.variables.iter().skip(place).find(|v| !v.inherited);
            let at = match next {
                Some(next) => self.document.leading(index(next.line)),
                None => self.end_of(category)?,
            };
            if !self.document.is_open_at(at) {
                return Err(EditError::Append.into());
            }
            plan.insert_line(at, line.clone());
        }
        self.carry_out(&plan, EditError::Append)
    }

    /// The categories that the step is about, at least one.
    fn selected(&self) -> Result<Vec<&Category>, Refusal> {
        let selected: Vec<&Category> = self
            .view
            .categories
            .iter()
            .filter(|c| c.is_named(self.edit.category) && self.options.filter.matches(c))
            .collect();
        if selected.is_empty() {
            Err(EditError::UnknownCategory.into())
        } else {
            Ok(selected)
        }
    }

    fn first(&self, name: &str, filter: &Filter) -> Option<&Category> {
        self.view
            .categories
            .iter()
            .find(|c| c.is_named(name) && filter.matches(c))
    }

    /// Whether a variable is one that Update or Delete means.
    fn fits(&self, variable: &Variable) -> bool {
        let value = self.edit.matching;
        variable.is_named(self.edit.variable)
            && (value.is_empty() || variable.value.eq_ignore_ascii_case(value))
    }

    /// The value, and whether it is an object's.
    fn value(&self) -> (&str, bool) {
        let value = self.edit.value;
        value
            .strip_prefix('>')
            .map_or((value, false), |value| (value, true))
    }

    fn place(&self) -> Result<usize, EditError> {
        scan::strip(self.edit.line)
            .parse()
            .map_err(|_| EditError::Argument)
    }

    fn new_line(&self) -> Result<String, EditError> {
        let (value, object) = self.value();
        let object = object || self.edit.matching.eq_ignore_ascii_case("object");
        written::variable(self.edit.variable, value, object)
    }

    /// The index behind a category's last variable, or behind its header if it has none there.
    fn end_of(&self, category: &Category) -> Result<usize, EditError> {
        let headers = category.headers.iter().map(|line| index(*line));
        let last = category
            .variables
            .iter()
            .flat_map(own_lines)
            .chain(headers)
            .max();
        let mut at = last.map_or(0, |last| last + 1);
        // A comment that begins on that line is left behind first.
        while !self.document.is_open_at(at) {
            let line = self.document.lines.get(at).ok_or(EditError::Append)?;
            if line.is_header() {
                return Err(EditError::Append);
            }
            at += 1;
        }
        Ok(at)
    }

    fn carry_out(&self, plan: &Plan, error: EditError) -> Result<Document, Refusal> {
        let changed = self.document.carried_out(plan);
        // Such as a header that adds to `(+type=auth)`, and there is none any more.
        let broken = changed.view().problems.len() > self.view.problems.len();
        if broken {
            Err(error.into())
        } else {
            Ok(changed)
        }
    }

    fn excusable(&self, error: EditError) -> Refusal {
        if self.options.ignore_errors {
            Refusal::Excused
        } else {
            Refusal::Failed(error)
        }
    }
}

/// The index of a line that is counted from 1.
fn index(line: u32) -> usize {
    usize::try_from(line)
        .unwrap_or(usize::MAX)
        .saturating_sub(1)
}

/// The indexes of the lines by which a category itself has a variable.
fn own_lines(variable: &Variable) -> impl Iterator<Item = usize> {
    let set = (!variable.inherited).then_some(variable.line);
    set.into_iter()
        .chain(variable.appended.iter().copied())
        .map(index)
}

/// Whether categories still have as many headers, templates and variables, so that what stands in one
/// stands in it and not in another of its name.
fn same<'a>(
    before: impl IntoIterator<Item = &'a Category>,
    after: impl IntoIterator<Item = &'a Category>,
) -> bool {
    let shape = |c: &Category| (c.headers.len(), c.templates.len(), c.variables.len());
    before
        .into_iter()
        .map(shape)
        .eq(after.into_iter().map(shape))
}
