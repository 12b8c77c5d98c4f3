//! Makes a plan of the lines of `extensions.conf`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::globals::Globals;
use super::{Line, Problem, Section};
use crate::script::plan::{
    EditError, General, NewStep, PBX_CONFIG, Plan, Priority, Source, Switch,
};
use crate::script::substitute_now;

/// Makes a plan of a file. Lines that are not understood are reported and left out; the rest counts.
///
/// Values of globals and names of extensions may use globals that stand further up, and `${ENV(name)}`,
/// which `environment` answers.
pub fn load(
    sections: &[Section<'_>],
    environment: &dyn Fn(&str) -> Option<String>,
) -> (Plan, Vec<Problem>) {
    let mut loader = Loader {
        plan: Plan::new(),
        problems: Vec::new(),
        registrar: PBX_CONFIG.into(),
        files: HashMap::new(),
        environment,
    };
    // Extensions may use globals wherever these stand in the file.
    for section in sections
        .iter()
        .filter(|section| section.name.eq_ignore_ascii_case("globals"))
    {
        loader.globals(section);
    }
    for section in sections {
        match section.name {
            name if name.eq_ignore_ascii_case("globals") => {}
            name if name.eq_ignore_ascii_case("general") => loader.general(section),
            _ => loader.context(section),
        }
    }
    (loader.plan, loader.problems)
}

struct Loader<'a> {
    plan: Plan,
    problems: Vec<Problem>,
    registrar: Arc<str>,
    /// The files' names, so that all lines of a file share one.
    files: HashMap<&'a str, Arc<str>>,
    environment: &'a dyn Fn(&str) -> Option<String>,
}

/// Where the lines of a context have got to.
#[derive(Default)]
struct Progress<'a> {
    /// The extension that `same` means, with the callers that it is for.
    exten: Option<(String, Option<&'a str>)>,
    /// The last priority, which `n` and `s` count from.
    priority: Option<u32>,
}

impl<'a> Loader<'a> {
    fn problem(&mut self, line: &Line<'_>, text: impl Into<String>) {
        self.problems.push(Problem {
            file: line.file.to_owned(),
            line: line.line,
            text: text.into(),
        });
    }

    fn general(&mut self, section: &Section<'_>) {
        for line in section.lines {
            let yes = is_true(line.value);
            let General {
                is_static,
                write_protect,
                auto_fall_through,
                clear_globals,
                new_pattern_match,
                override_switch,
                users_context,
            } = &mut self.plan.general;
            match line.key.to_ascii_lowercase().as_str() {
                "static" => *is_static = yes,
                "writeprotect" => *write_protect = yes,
                "autofallthrough" => *auto_fall_through = yes,
                "clearglobalvars" => *clear_globals = yes,
                "extenpatternmatchnew" => *new_pattern_match = yes,
                "overrideswitch" => *override_switch = Some(line.value.to_owned()),
                "userscontext" => *users_context = line.value.to_owned(),
                "priorityjumping" | "allow_wildcard" => {}
                _ => self.problem(line, format!("[general] has no setting \"{}\"", line.key)),
            }
        }
    }

    fn globals(&mut self, section: &Section<'_>) {
        for line in section.lines {
            let value = self.filled(line, line.value).into_owned();
            let globals = &mut self.plan.globals;
            match globals.iter_mut().find(|(name, _)| name == line.key) {
                Some((_, old)) => *old = value,
                None => globals.push((line.key.to_owned(), value)),
            }
        }
    }

    fn context(&mut self, section: &Section<'a>) {
        let name = section.name;
        self.plan.add_context(name, &self.registrar);
        let mut progress = Progress::default();
        for line in section.lines {
            let registrar = self.registrar.clone();
            let result = match line.key.to_ascii_lowercase().as_str() {
                "exten" | "extension" => self.exten(name, line, &mut progress),
                "same" => match progress.exten.clone() {
                    Some((exten, caller)) => {
                        self.step(name, &exten, caller, line.value, line, &mut progress)
                    }
                    None => Err("\"same\" comes before any \"exten\"".to_owned()),
                },
                "include" => {
                    let include = self.filled(line, line.value).into_owned();
                    self.plan
                        .add_include(name, &include, &registrar)
                        .map_err(|e| e.to_string())
                }
                "ignorepat" => {
                    let pattern = self.filled(line, line.value).into_owned();
                    self.plan
                        .add_ignore_pattern(name, &pattern, &registrar)
                        .map_err(|e| e.to_string())
                }
                "switch" | "lswitch" => self.switch(name, line, false),
                "eswitch" => self.switch(name, line, true),
                _ => Err(format!("\"{}\" means nothing in a context", line.key)),
            };
            if let Err(text) = result {
                self.problem(line, text);
            }
        }
    }

    fn switch(&mut self, context: &str, line: &Line<'_>, evaluate: bool) -> Result<(), String> {
        let value = if evaluate {
            Cow::Borrowed(line.value)
        } else {
            self.filled(line, line.value)
        };
        let (application, data) = value.split_once('/').unwrap_or((&value, ""));
        let switch = Switch {
            application: application.into(),
            data: data.into(),
            evaluate,
            registrar: self.registrar.clone(),
        };
        self.plan
            .add_switch(context, switch)
            .map_err(|e| e.to_string())
    }

    fn exten(
        &mut self,
        context: &str,
        line: &Line<'a>,
        progress: &mut Progress<'a>,
    ) -> Result<(), String> {
        let (exten, rest) = line
            .value
            .split_once(',')
            .ok_or("an extension wants a priority and an application")?;
        let (name, caller) = match exten.split_once('/') {
            Some((name, caller)) => (name.trim(), Some(caller.trim())),
            None => (exten.trim(), None),
        };
        let name = self.filled(line, name).into_owned();
        progress.exten = Some((name.clone(), caller));
        self.step(context, &name, caller, rest, line, progress)
    }

    /// Reads `priority(label),application(data)`.
    fn step(
        &mut self,
        context: &str,
        exten: &str,
        caller: Option<&str>,
        text: &str,
        line: &Line<'a>,
        progress: &mut Progress<'a>,
    ) -> Result<(), String> {
        let (priority, action) = text
            .split_once(',')
            .ok_or("an extension wants an application")?;
        let (priority, label) = labelled(priority.trim())?;
        let priority = self.priority(context, exten, caller, &priority, progress)?;
        let action = action.trim();
        let (application, data) = match priority {
            Priority::Hint => (action, ""),
            Priority::Number(number) => {
                progress.priority = Some(number);
                application(action)?
            }
        };
        if application.is_empty() {
            return Err("an extension wants an application".to_owned());
        }
        let file = self
            .files
            .entry(line.file)
            .or_insert_with(|| line.file.into())
            .clone();
        let new = NewStep {
            exten,
            caller,
            priority,
            label,
            application,
            data,
            registrar: &self.registrar,
            source: Some(Source {
                file,
                line: line.line,
            }),
        };
        self.plan
            .add_extension(context, &new, false)
            .map_err(|error| match error {
                EditError::StepExists => {
                    format!("extension \"{exten}\" has priority {priority} already")
                }
                other => other.to_string(),
            })
    }

    /// Reads a priority: a number, `n`, `s`, a label of the same extension, each also with `+more`, or `hint`.
    fn priority(
        &self,
        context: &str,
        exten: &str,
        caller: Option<&str>,
        text: &str,
        progress: &Progress<'_>,
    ) -> Result<Priority, String> {
        let (base, more) = text
            .split_once('+')
            .map_or((text, None), |(base, more)| (base, Some(more)));
        let more = match more.map(str::trim) {
            None => 0,
            Some(more) => more
                .parse::<u32>()
                .map_err(|_| format!("\"{more}\" is not a number"))?,
        };
        let last = progress
            .priority
            .ok_or("there is no priority before this one to count from");
        let base = match base.trim() {
            "hint" => return Ok(Priority::Hint),
            "n" | "next" => last?.saturating_add(1),
            "s" | "same" => last?,
            base => match base.parse::<u32>() {
                Ok(number) => number,
                Err(_) => {
                    let extension = self
                        .plan
                        .context(context)
                        .and_then(|c| c.extension(exten, caller));
                    match extension
                        .and_then(|extension| extension.labelled(base))
                        .map(|step| step.priority)
                    {
                        Some(Priority::Number(number)) => number,
                        _ => return Err(format!("\"{base}\" is neither a priority nor a label")),
                    }
                }
            },
        };
        Ok(Priority::Number(base.saturating_add(more)))
    }

    fn filled<'t>(&mut self, line: &Line<'_>, text: &'t str) -> Cow<'t, str> {
        let scope = Globals {
            globals: &self.plan.globals,
            environment: self.environment,
            warnings: Default::default(),
        };
        let filled = substitute_now(text, &scope);
        for warning in scope.warnings.into_inner() {
            self.problem(line, warning);
        }
        filled
    }
}

/// Takes `priority(label)` apart; a `+more` may stand on either side of the label.
fn labelled(text: &str) -> Result<(Cow<'_, str>, Option<&str>), String> {
    let Some((before, rest)) = text.split_once('(') else {
        return Ok((text.into(), None));
    };
    let (label, after) = rest
        .split_once(')')
        .ok_or("the label's parenthesis is not closed")?;
    let priority = if after.is_empty() {
        before.trim().into()
    } else {
        Cow::Owned(format!("{before}{after}"))
    };
    Ok((priority, Some(label.trim())))
}

/// Takes `application(data)` or `application,data` apart. The last parenthesis closes.
fn application(text: &str) -> Result<(&str, &str), String> {
    match text.find(['(', ',']) {
        None => Ok((text, "")),
        Some(at) => {
            let (name, rest) = text.split_at(at);
            let name = name.trim();
            if let Some(data) = rest.strip_prefix(',') {
                return Ok((name, data));
            }
            let end = rest
                .rfind(')')
                .ok_or_else(|| format!("the parenthesis of {name} is not closed"))?;
            Ok((name, &rest[1..end]))
        }
    }
}

fn is_true(text: &str) -> bool {
    ["yes", "true", "y", "t", "1", "on"]
        .iter()
        .any(|yes| yes.eq_ignore_ascii_case(text.trim()))
}
