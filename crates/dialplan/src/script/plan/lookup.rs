//! Finding the step that a call runs.

use std::borrow::Cow;
use std::ops::Bound;
use std::sync::Arc;

use super::context::plain_name;
use super::{Context, Extension, Plan, Priority, Step};
use crate::script::pattern::{Fit, Mode};
use crate::script::timespec::Moment;

/// Most contexts that one search goes through.
const MAX_CONTEXTS: usize = 128;

/// What is dialled, where, by whom and when.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// The context to begin in.
    pub context: &'q str,
    /// What is dialled.
    pub exten: &'q str,
    /// The caller's number, if known.
    pub caller: Option<&'q str>,
    /// Now, for includes that have their times.
    pub moment: &'q Moment,
}

/// Which step of an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<'q> {
    /// The one with this number, or the hint.
    Priority(Priority),
    /// The one with this label.
    Label(&'q str),
}

impl From<u32> for At<'_> {
    fn from(number: u32) -> Self {
        At::Priority(Priority::Number(number))
    }
}

/// A step and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Found<'p> {
    /// The context that holds it: the one asked for, or one that is included.
    pub context: &'p Context,
    /// The extension, which may be a pattern.
    pub extension: &'p Extension,
    /// The step.
    pub step: &'p Step,
}

impl Plan {
    /// Finds a step. An extension that fits but has no such step does not end the search: the next one
    /// that fits is tried, then the includes.
    pub fn find(&self, query: &Query<'_>, at: At<'_>) -> Option<Found<'_>> {
        self.search(query, at, Mode::Exact)
    }

    /// The number of the step with a label.
    pub fn find_label(&self, query: &Query<'_>, label: &str) -> Option<u32> {
        match self.find(query, At::Label(label))?.step.priority {
            Priority::Number(number) => Some(number),
            Priority::Hint => None,
        }
    }

    /// The hint of an extension; what it watches is the application.
    pub fn hint(&self, query: &Query<'_>) -> Option<Found<'_>> {
        self.find(query, At::Priority(Priority::Hint))
    }

    /// Whether the step exists, with [`Mode::Exact`]; whether it does or could with more digits, with
    /// [`Mode::Can`]; whether waiting for more digits makes sense, with [`Mode::More`].
    pub fn fits(&self, query: &Query<'_>, priority: u32, mode: Mode) -> bool {
        self.search(query, priority.into(), mode).is_some()
    }

    /// Whether the dial tone goes on after this was dialled in the context.
    pub fn ignores(&self, context: &str, dialled: &str) -> bool {
        self.context(context).is_some_and(|context| {
            context
                .ignore_patterns
                .iter()
                .any(|ignored| ignored.pattern.fit(dialled, Mode::Exact) != Fit::No)
        })
    }

    fn search(&self, query: &Query<'_>, at: At<'_>, mode: Mode) -> Option<Found<'_>> {
        let dialled = if query.exten.contains('-') {
            Cow::Owned(plain_name(query.exten))
        } else {
            Cow::Borrowed(query.exten)
        };
        let mut search = Search {
            plan: self,
            query,
            dialled: &dialled,
            at,
            mode,
            seen: [0; MAX_CONTEXTS],
            count: 0,
        };
        match search.within(query.context) {
            Outcome::Found(found) => Some(found),
            Outcome::Nothing | Outcome::Final => None,
        }
    }
}

struct Search<'p, 'q> {
    plan: &'p Plan,
    query: &'q Query<'q>,
    /// What is dialled, without hyphens.
    dialled: &'q str,
    at: At<'q>,
    mode: Mode,
    /// The contexts searched so far: each is searched once, so includes may go round.
    seen: [usize; MAX_CONTEXTS],
    count: usize,
}

enum Outcome<'p> {
    Found(Found<'p>),
    Nothing,
    /// Nothing, and there is no use in looking further.
    Final,
}

impl<'p> Search<'p, '_> {
    fn within(&mut self, name: &str) -> Outcome<'p> {
        let plan = self.plan;
        let Some(&number) = plan.by_name.get(name) else {
            return Outcome::Nothing;
        };
        let Some(context) = plan.contexts.get(number) else {
            return Outcome::Nothing;
        };
        if self
            .seen
            .iter()
            .take(self.count)
            .any(|seen| *seen == number)
        {
            return Outcome::Nothing;
        }
        let Some(place) = self.seen.get_mut(self.count) else {
            return Outcome::Nothing;
        };
        *place = number;
        self.count += 1;

        for extension in self.plain(context).chain(&context.patterns) {
            let outcome = self.try_extension(context, extension);
            if !matches!(outcome, Outcome::Nothing) {
                return outcome;
            }
        }
        for include in &context.includes {
            if include
                .times
                .as_ref()
                .is_some_and(|times| !times.matches(self.query.moment))
            {
                continue;
            }
            let outcome = self.within(&include.context);
            if !matches!(outcome, Outcome::Nothing) {
                return outcome;
            }
        }
        Outcome::Nothing
    }

    /// The plain extensions that can fit: the one that is dialled, and where more digits may come all
    /// that begin so.
    fn plain(&self, context: &'p Context) -> impl Iterator<Item = &'p Arc<Extension>> + use<'p> {
        let exact = context
            .plain
            .get(self.dialled)
            .filter(|_| self.mode != Mode::More);
        let longer = (self.mode != Mode::Exact).then(|| {
            let dialled: Box<str> = self.dialled.into();
            let from = (Bound::Excluded(dialled.clone()), Bound::Unbounded);
            context
                .plain
                .range(from)
                .take_while(move |(name, _)| name.starts_with(&*dialled))
        });
        let longer = longer
            .into_iter()
            .flatten()
            .map(|(_, extensions)| extensions);
        exact.into_iter().chain(longer).flatten()
    }

    fn try_extension(&self, context: &'p Context, extension: &'p Extension) -> Outcome<'p> {
        if extension.pattern.is_pattern() {
            match extension.pattern.fit(self.dialled, self.mode) {
                Fit::No => return Outcome::Nothing,
                Fit::Yes => {}
                Fit::AtOnce if self.mode != Mode::More => {}
                Fit::AtOnce => return Outcome::Final,
            }
        }
        if extension
            .caller
            .as_ref()
            .is_some_and(|caller| !caller.fits(self.query.caller))
        {
            return Outcome::Nothing;
        }
        let step = match self.at {
            At::Priority(priority) => extension.step(priority),
            At::Label(label) => extension.labelled(label),
        };
        step.map_or(Outcome::Nothing, |step| {
            Outcome::Found(Found {
                context,
                extension,
                step,
            })
        })
    }
}
