//! What a context holds.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Priority, Step};
use crate::script::pattern::{Fit, Mode, Pattern, UnclosedBracket, meaningful};
use crate::script::timespec::TimeSpec;

/// A context: extensions, and where else to look.
#[derive(Debug, Clone)]
pub struct Context {
    pub(super) name: Arc<str>,
    pub(super) registrar: Arc<str>,
    /// The plain extensions by name, hyphens left out; of one name those for certain callers first. The
    /// tree gives the order of listings and finds all names that begin with what is dialled so far.
    pub(super) plain: BTreeMap<Box<str>, Vec<Arc<Extension>>>,
    /// The patterns in the order in which they are tried.
    pub(super) patterns: Vec<Arc<Extension>>,
    pub(super) includes: Vec<Include>,
    pub(super) ignore_patterns: Vec<IgnorePattern>,
    pub(super) switches: Vec<Switch>,
}

impl Context {
    pub(super) fn new(name: Arc<str>, registrar: Arc<str>) -> Self {
        Context {
            name,
            registrar,
            plain: BTreeMap::new(),
            patterns: Vec::new(),
            includes: Vec::new(),
            ignore_patterns: Vec::new(),
            switches: Vec::new(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Who made it.
    pub fn registrar(&self) -> &Arc<str> {
        &self.registrar
    }

    /// Its extensions: plain names in order, then patterns as they are tried.
    pub fn extensions(&self) -> impl Iterator<Item = &Extension> {
        self.plain
            .values()
            .flatten()
            .chain(&self.patterns)
            .map(Arc::as_ref)
    }

    /// The extension that was put in under exactly this name, and for exactly these callers.
    pub fn extension(&self, name: &str, caller: Option<&str>) -> Option<&Extension> {
        self.variants(name)
            .find(|extension| extension.is(name, caller))
    }

    /// The extensions of exactly this name, which differ in the callers that they are for.
    pub fn variants(&self, name: &str) -> impl Iterator<Item = &Extension> {
        let list = if name.starts_with('_') {
            self.patterns.as_slice()
        } else {
            self.plain
                .get(plain_name(name).as_str())
                .map_or(&[][..], Vec::as_slice)
        };
        list.iter()
            .map(Arc::as_ref)
            .filter(move |extension| extension.has_name(name))
    }

    /// The contexts that are searched after it, in order.
    pub fn includes(&self) -> &[Include] {
        &self.includes
    }

    /// The numbers after which the dial tone goes on.
    pub fn ignore_patterns(&self) -> &[IgnorePattern] {
        &self.ignore_patterns
    }

    /// The other dialplans that are asked after its extensions.
    pub fn switches(&self) -> &[Switch] {
        &self.switches
    }

    /// The extension, to be changed; made when it is not there.
    pub(super) fn extension_mut(
        &mut self,
        name: &str,
        caller: Option<&str>,
    ) -> Result<&mut Extension, UnclosedBracket> {
        let list = if name.starts_with('_') {
            &mut self.patterns
        } else {
            self.plain.entry(plain_name(name).into()).or_default()
        };
        let at = match list.iter().position(|extension| extension.is(name, caller)) {
            Some(at) => at,
            None => {
                let extension = Extension::new(name, caller)?;
                let at = list.partition_point(|other| other.order(&extension) != Ordering::Greater);
                list.insert(at, Arc::new(extension));
                at
            }
        };
        // The place was found or made just now.
        list.get_mut(at).map(Arc::make_mut).ok_or(UnclosedBracket)
    }

    /// Takes away the extensions without steps.
    pub(super) fn drop_empty(&mut self) {
        self.patterns
            .retain(|extension| !extension.steps.is_empty());
        self.plain.retain(|_, list| {
            list.retain(|extension| !extension.steps.is_empty());
            !list.is_empty()
        });
    }
}

/// An extension, plain or a pattern.
#[derive(Debug, Clone)]
pub struct Extension {
    pub(super) name: Arc<str>,
    pub(super) pattern: Pattern,
    pub(super) caller: Option<CallerPattern>,
    pub(super) steps: Vec<Step>,
}

impl Extension {
    fn new(name: &str, caller: Option<&str>) -> Result<Self, UnclosedBracket> {
        Ok(Extension {
            name: name.into(),
            pattern: Pattern::parse(name)?,
            caller: caller.map(CallerPattern::parse).transpose()?,
            steps: Vec::new(),
        })
    }

    /// Its name, with the `_` of a pattern.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// Which callers it is for; all when it does not say.
    pub fn caller(&self) -> Option<&CallerPattern> {
        self.caller.as_ref()
    }

    /// Its steps by priority, a hint first.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The step at a priority.
    pub fn step(&self, priority: Priority) -> Option<&Step> {
        self.place(priority).ok().and_then(|at| self.steps.get(at))
    }

    /// The step with a label.
    pub fn labelled(&self, label: &str) -> Option<&Step> {
        self.steps
            .iter()
            .find(|step| step.label.as_deref() == Some(label))
    }

    pub(super) fn place(&self, priority: Priority) -> Result<usize, usize> {
        self.steps
            .binary_search_by(|step| step.priority.cmp(&priority))
    }

    fn is(&self, name: &str, caller: Option<&str>) -> bool {
        self.has_name(name) && self.caller.as_ref().map(CallerPattern::text) == caller
    }

    /// Hyphens do not tell plain names apart.
    fn has_name(&self, name: &str) -> bool {
        if self.pattern.is_pattern() {
            *self.name == *name
        } else {
            meaningful(&self.name).eq(meaningful(name))
        }
    }

    /// The order in which extensions are tried: those for certain callers before those for all.
    fn order(&self, other: &Self) -> Ordering {
        self.pattern
            .precedence(&other.pattern)
            .then_with(|| match (&self.caller, &other.caller) {
                (None, None) => Ordering::Equal,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(one), Some(two)) => one.pattern.precedence(&two.pattern),
            })
    }
}

/// Which callers an extension is for: a number, a pattern of numbers, or empty for those without one.
#[derive(Debug, Clone)]
pub struct CallerPattern {
    text: Box<str>,
    pattern: Pattern,
}

impl CallerPattern {
    fn parse(text: &str) -> Result<Self, UnclosedBracket> {
        Ok(CallerPattern {
            text: text.into(),
            pattern: Pattern::parse(text)?,
        })
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a caller is one of them.
    pub fn fits(&self, caller: Option<&str>) -> bool {
        match caller.filter(|number| !number.is_empty()) {
            None => self.text.is_empty(),
            Some(number) => self.pattern.fit(number, Mode::Exact) != Fit::No,
        }
    }
}

/// Another context that is searched too.
#[derive(Debug, Clone)]
pub struct Include {
    /// Its name.
    pub context: Arc<str>,
    /// When; always when it does not say.
    pub times: Option<TimeSpec>,
    /// Who put it there.
    pub registrar: Arc<str>,
}

impl Include {
    /// As it is written in the file: the name, and the times after a comma.
    pub fn text(&self) -> String {
        match &self.times {
            None => self.context.to_string(),
            Some(times) => format!("{},{}", self.context, times.text()),
        }
    }
}

/// A number after which the dial tone goes on.
#[derive(Debug, Clone)]
pub struct IgnorePattern {
    /// As it was written.
    pub text: Arc<str>,
    /// Who put it there.
    pub registrar: Arc<str>,
    pub(super) pattern: Pattern,
}

/// Another dialplan that is asked: `switch => Application/data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// What kind of dialplan, such as `Loopback`.
    pub application: Arc<str>,
    /// Which one.
    pub data: Arc<str>,
    /// `eswitch`: variables in the data are filled in at each call.
    pub evaluate: bool,
    /// Who put it there.
    pub registrar: Arc<str>,
}

/// A plain name without its hyphens.
pub(super) fn plain_name(name: &str) -> String {
    meaningful(name).collect()
}
