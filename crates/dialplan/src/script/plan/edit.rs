//! Changing a plan, line by line.

use std::fmt;
use std::sync::Arc;

use super::context::IgnorePattern;
use super::{Context, Include, Plan, Priority, Source, Step, Switch};
use crate::script::pattern::Pattern;
use crate::script::timespec::{TimeSpec, TimeSpecError};

/// Why a plan was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// There is no context of that name.
    NoContext,
    /// There is no such extension, or it has no such step.
    NoExtension,
    /// There is such a step already, and it was not to be replaced.
    StepExists,
    /// The context includes that already.
    IncludeExists,
    /// The context does not include that.
    NoInclude,
    /// The context ignores that pattern already.
    IgnorePatternExists,
    /// The context does not ignore that pattern.
    NoIgnorePattern,
    /// The context has that switch already.
    SwitchExists,
    /// Steps are counted from one.
    NoPriority,
    /// The extension has no name.
    NoName,
    /// A `[` in the pattern has no `]`.
    UnclosedBracket,
    /// The times of an include make no sense.
    Times(TimeSpecError),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EditError::NoContext => "there is no such context",
            EditError::NoExtension => "there is no such extension",
            EditError::StepExists => "the extension has that priority already",
            EditError::IncludeExists => "the context is included already",
            EditError::NoInclude => "the context is not included",
            EditError::IgnorePatternExists => "the pattern is ignored already",
            EditError::NoIgnorePattern => "the pattern is not ignored",
            EditError::SwitchExists => "the switch is there already",
            EditError::NoPriority => "priorities are counted from 1",
            EditError::NoName => "the extension has no name",
            EditError::UnclosedBracket => "a '[' in the pattern has no ']'",
            EditError::Times(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for EditError {}

/// A step to be put into an extension.
#[derive(Debug, Clone)]
pub struct NewStep<'a> {
    /// The extension's name, with the `_` of a pattern.
    pub exten: &'a str,
    /// The callers that the extension is for.
    pub caller: Option<&'a str>,
    /// The step's number, or a hint.
    pub priority: Priority,
    /// Its label.
    pub label: Option<&'a str>,
    /// The application.
    pub application: &'a str,
    /// Its arguments.
    pub data: &'a str,
    /// Who puts it there.
    pub registrar: &'a Arc<str>,
    /// Where it was read.
    pub source: Option<Source>,
}

impl Plan {
    /// Makes a context, unless there is one of that name.
    pub fn add_context(&mut self, name: &str, registrar: &Arc<str>) -> &Context {
        self.make_context(name, registrar)
    }

    /// Takes a context away with all it holds.
    pub fn remove_context(&mut self, name: &str) -> Result<(), EditError> {
        let at = self.by_name.remove(name).ok_or(EditError::NoContext)?;
        self.contexts.remove(at);
        for place in self.by_name.values_mut().filter(|place| **place > at) {
            *place -= 1;
        }
        Ok(())
    }

    /// Puts a step into an extension of a context that exists.
    pub fn add_extension(
        &mut self,
        context: &str,
        new: &NewStep<'_>,
        replace: bool,
    ) -> Result<(), EditError> {
        if new.exten.is_empty() {
            return Err(EditError::NoName);
        }
        if new.priority == Priority::Number(0) {
            return Err(EditError::NoPriority);
        }
        let context = self.context_mut(context)?;
        let extension = context
            .extension_mut(new.exten, new.caller)
            .map_err(|_| EditError::UnclosedBracket)?;
        let step = Step {
            priority: new.priority,
            label: new.label.filter(|label| !label.is_empty()).map(Arc::from),
            application: new.application.into(),
            data: new.data.into(),
            registrar: new.registrar.clone(),
            source: new.source.clone(),
        };
        match extension.place(new.priority) {
            Err(at) => extension.steps.insert(at, step),
            Ok(at) if replace => {
                if let Some(old) = extension.steps.get_mut(at) {
                    *old = step;
                }
            }
            Ok(_) => return Err(EditError::StepExists),
        }
        Ok(())
    }

    /// Takes a step away, or all of an extension. Without a caller given all variants of the extension
    /// are meant. Says how many steps that were.
    pub fn remove_extension(
        &mut self,
        context: &str,
        exten: &str,
        caller: Option<&str>,
        priority: Option<Priority>,
    ) -> Result<usize, EditError> {
        let context = self.context_mut(context)?;
        let callers: Vec<Option<Box<str>>> = context
            .variants(exten)
            .map(|extension| extension.caller().map(|known| known.text()))
            .filter(|known| caller.is_none() || *known == caller)
            .map(|known| known.map(Box::from))
            .collect();
        let mut removed = 0;
        for caller in callers {
            let extension = context
                .extension_mut(exten, caller.as_deref())
                .map_err(|_| EditError::NoExtension)?;
            let before = extension.steps.len();
            extension
                .steps
                .retain(|step| priority.is_some_and(|priority| step.priority != priority));
            removed += before - extension.steps.len();
        }
        context.drop_empty();
        if removed == 0 {
            Err(EditError::NoExtension)
        } else {
            Ok(removed)
        }
    }

    /// Has a context include another, which need not exist yet. Times may follow its name after a comma
    /// or a `|`.
    pub fn add_include(
        &mut self,
        context: &str,
        include: &str,
        registrar: &Arc<str>,
    ) -> Result<(), EditError> {
        let (name, times) = include.split_once([',', '|']).unwrap_or((include, ""));
        let name = name.trim();
        let times = match times.trim() {
            "" => None,
            times => Some(TimeSpec::parse(times).map_err(EditError::Times)?),
        };
        let includes = &mut self.context_mut(context)?.includes;
        let same = |known: &Include| {
            &*known.context == name
                && known.times.as_ref().map(TimeSpec::text) == times.as_ref().map(TimeSpec::text)
        };
        if includes.iter().any(same) {
            return Err(EditError::IncludeExists);
        }
        includes.push(Include {
            context: name.into(),
            times,
            registrar: registrar.clone(),
        });
        Ok(())
    }

    /// Ends an inclusion.
    pub fn remove_include(&mut self, context: &str, include: &str) -> Result<(), EditError> {
        let includes = &mut self.context_mut(context)?.includes;
        let at = includes
            .iter()
            .position(|known| known.text() == include)
            .or_else(|| includes.iter().position(|known| &*known.context == include))
            .ok_or(EditError::NoInclude)?;
        includes.remove(at);
        Ok(())
    }

    /// Lets the dial tone go on after a number.
    pub fn add_ignore_pattern(
        &mut self,
        context: &str,
        text: &str,
        registrar: &Arc<str>,
    ) -> Result<(), EditError> {
        let pattern = Pattern::parse(text).map_err(|_| EditError::UnclosedBracket)?;
        let ignored = &mut self.context_mut(context)?.ignore_patterns;
        if ignored.iter().any(|known| *known.text == *text) {
            return Err(EditError::IgnorePatternExists);
        }
        ignored.push(IgnorePattern {
            text: text.into(),
            registrar: registrar.clone(),
            pattern,
        });
        Ok(())
    }

    /// Ends the dial tone after a number.
    pub fn remove_ignore_pattern(&mut self, context: &str, text: &str) -> Result<(), EditError> {
        let ignored = &mut self.context_mut(context)?.ignore_patterns;
        let at = ignored
            .iter()
            .position(|known| *known.text == *text)
            .ok_or(EditError::NoIgnorePattern)?;
        ignored.remove(at);
        Ok(())
    }

    /// Has a context ask another dialplan.
    pub fn add_switch(&mut self, context: &str, switch: Switch) -> Result<(), EditError> {
        let switches = &mut self.context_mut(context)?.switches;
        if switches
            .iter()
            .any(|known| known.application == switch.application && known.data == switch.data)
        {
            return Err(EditError::SwitchExists);
        }
        switches.push(switch);
        Ok(())
    }

    /// Forgets all that a registrar put in, and the contexts that it made and that are empty then.
    pub fn remove_registrar(&mut self, registrar: &str) {
        for context in &mut self.contexts {
            let context = Arc::make_mut(context);
            let all = context
                .plain
                .values_mut()
                .flatten()
                .chain(&mut context.patterns);
            for extension in all {
                Arc::make_mut(extension)
                    .steps
                    .retain(|step| &*step.registrar != registrar);
            }
            context.drop_empty();
            context
                .includes
                .retain(|include| &*include.registrar != registrar);
            context
                .ignore_patterns
                .retain(|ignored| &*ignored.registrar != registrar);
            context
                .switches
                .retain(|switch| &*switch.registrar != registrar);
        }
        self.contexts.retain(|context| {
            let empty = context.extensions().next().is_none()
                && context.includes.is_empty()
                && context.ignore_patterns.is_empty()
                && context.switches.is_empty();
            !(empty && &*context.registrar == registrar)
        });
        self.by_name = self
            .contexts
            .iter()
            .enumerate()
            .map(|(at, context)| (context.name.clone(), at))
            .collect();
    }

    fn make_context(&mut self, name: &str, registrar: &Arc<str>) -> &mut Context {
        let at = match self.by_name.get(name) {
            Some(at) => *at,
            None => {
                let name: Arc<str> = name.into();
                self.by_name.insert(name.clone(), self.contexts.len());
                self.contexts
                    .push(Arc::new(Context::new(name, registrar.clone())));
                self.contexts.len() - 1
            }
        };
        Arc::make_mut(&mut self.contexts[at])
    }

    fn context_mut(&mut self, name: &str) -> Result<&mut Context, EditError> {
        let at = self.by_name.get(name).ok_or(EditError::NoContext)?;
        self.contexts
            .get_mut(*at)
            .map(Arc::make_mut)
            .ok_or(EditError::NoContext)
    }
}
