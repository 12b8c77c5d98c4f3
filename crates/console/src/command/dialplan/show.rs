//! `dialplan show`.

use std::collections::HashSet;
use std::fmt::Write as _;

use dialplan::script::Plan;
use dialplan::script::pattern::{Fit, Mode, Pattern};
use dialplan::script::plan::{Context, Extension, Priority, Step};
use engine::request::Request;

use crate::Cx;
use crate::command::{Answer, Args, Command, Source, plural};

pub(in crate::command) const COMMANDS: &[Command] = &[Command {
    words: "dialplan show",
    arguments: "[[<exten>@]<context>]",
    summary: "The dialplan, a context, or what an extension does",
    details: "All of the dialplan, or one context of it, or the extensions that a number fits.",
    module: "core",
    complete: &[Source::Contexts],
    run: |cx, args| Box::pin(show(cx, args)),
}];

async fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    let wanted = match args.rest() {
        [] => Wanted::default(),
        [wanted] => Wanted::read(wanted),
        _ => return Answer::Usage,
    };
    match cx.ask(Request::Plan).await {
        Some(plan) => render(&plan, &wanted),
        None => Answer::ended(),
    }
}

/// Which part of the plan.
#[derive(Default)]
struct Wanted<'a> {
    exten: Option<&'a str>,
    context: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn read(text: &'a str) -> Self {
        let (exten, context) = match text.split_once('@') {
            Some((exten, context)) => (Some(exten), context),
            None => (None, text),
        };
        Wanted {
            exten: exten.filter(|text| !text.is_empty()),
            context: Some(context).filter(|text| !text.is_empty()),
        }
    }
}

fn render(plan: &Plan, wanted: &Wanted<'_>) -> Answer {
    let mut listing = Listing {
        exten: wanted.exten,
        ..Listing::default()
    };
    match wanted.context {
        None => plan.contexts().for_each(|context| listing.context(context)),
        Some(name) => match plan.context(name) {
            Some(context) => listing.context_and_included(plan, context),
            None => return Answer::Failed(format!("There is no existence of '{name}' context\n")),
        },
    }
    if let Some(exten) = wanted.exten
        && listing.extensions == 0
    {
        let place = match wanted.context {
            Some(context) => format!("{exten}@{context}"),
            None => exten.to_owned(),
        };
        return Answer::Failed(format!("There is no existence of '{place}' extension\n"));
    }
    let Listing {
        mut text,
        extensions,
        priorities,
        contexts,
        ..
    } = listing;
    let ending = if priorities == 1 {
        "priority"
    } else {
        "priorities"
    };
    let _ = writeln!(
        text,
        "-= {extensions} extension{} ({priorities} {ending}) in {contexts} context{}. =-",
        plural(extensions),
        plural(contexts)
    );
    Answer::Done(text)
}

#[derive(Default)]
struct Listing<'a> {
    text: String,
    exten: Option<&'a str>,
    seen: HashSet<String>,
    extensions: usize,
    priorities: usize,
    contexts: usize,
}

impl Listing<'_> {
    /// A context and, where an extension is looked for, those that it is looked for in after it.
    fn context_and_included(&mut self, plan: &Plan, context: &Context) {
        if !self.seen.insert(context.name().to_string()) {
            return;
        }
        self.context(context);
        if self.exten.is_some() {
            for include in context.includes() {
                if let Some(included) = plan.context(&include.context) {
                    self.context_and_included(plan, included);
                }
            }
        }
    }

    fn context(&mut self, context: &Context) {
        let extensions: Vec<&Extension> = context
            .extensions()
            .filter(|extension| self.exten.is_none_or(|exten| fits(extension, exten)))
            .collect();
        if self.exten.is_some() && extensions.is_empty() {
            return;
        }
        self.contexts += 1;
        let _ = writeln!(
            self.text,
            "[ Context '{}' created by '{}' ]",
            context.name(),
            context.registrar()
        );
        extensions
            .into_iter()
            .for_each(|extension| self.extension(extension));
        if self.exten.is_none() {
            self.beside(context);
        }
        self.text.push('\n');
    }

    fn extension(&mut self, extension: &Extension) {
        self.extensions += 1;
        let name = match extension.caller() {
            Some(caller) => format!("'{}' (CID match '{}') =>", extension.name(), caller.text()),
            None => format!("'{}' =>", extension.name()),
        };
        for (number, step) in extension.steps().iter().enumerate() {
            self.priorities += 1;
            let first = match &step.label {
                _ if number == 0 => name.clone(),
                Some(label) => format!("   [{label}]"),
                None => String::new(),
            };
            self.line(&first, &what(step), &origin(step));
        }
    }

    fn beside(&mut self, context: &Context) {
        for include in context.includes() {
            self.line(
                "Include =>",
                &format!("'{}'", include.text()),
                &include.registrar,
            );
        }
        for ignored in context.ignore_patterns() {
            self.line(
                "Ignore pattern =>",
                &format!("'{}'", ignored.text),
                &ignored.registrar,
            );
        }
        for switch in context.switches() {
            let target = format!("'{}/{}'", switch.application, switch.data);
            self.line("Alt. Switch =>", &target, &switch.registrar);
        }
    }

    fn line(&mut self, first: &str, second: &str, origin: &str) {
        let _ = writeln!(self.text, "  {first:<17} {second:<45} [{origin}]");
    }
}

fn what(step: &Step) -> String {
    match step.priority {
        Priority::Hint => format!("hint: {}", step.application),
        Priority::Number(number) => format!("{number}. {}({})", step.application, step.data),
    }
}

fn origin(step: &Step) -> String {
    match &step.source {
        Some(source) => format!("{}:{}", source.file, source.line),
        None => step.registrar.to_string(),
    }
}

/// Whether a number, or the name of a pattern itself, means this extension.
fn fits(extension: &Extension, wanted: &str) -> bool {
    **extension.name() == *wanted
        || Pattern::parse(extension.name())
            .is_ok_and(|pattern| pattern.fit(wanted, Mode::Exact) != Fit::No)
}
