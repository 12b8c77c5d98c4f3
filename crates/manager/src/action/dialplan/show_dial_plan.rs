use ami::action::dialplan::ShowDialPlan;
use ami::event::dialplan::{ListDialplan, ShowDialPlanComplete};
use ami::refusal::dialplan as refusal;
use dialplan::script::Plan;
use dialplan::script::pattern::{Fit, Mode, Pattern};
use dialplan::script::plan::{Context, Extension};
use engine::request::Request;

use crate::action::Cx;
use crate::reply::{List, Reply};

pub(super) async fn show_dial_plan(cx: &Cx<'_>, action: ShowDialPlan) -> Result<Reply, Reply> {
    let plan = cx.engine.ask(Request::Plan).await?;
    let (name, exten) = (&*action.context, &*action.extension);
    let mut listing = Listing::new(&plan, exten, cx.list("DialPlan list will follow"));
    if name.is_empty() {
        plan.contexts().for_each(|context| listing.context(context));
    } else {
        let found = plan.context(name);
        listing.context(found.ok_or_else(|| Reply::error(refusal::no_context(name)))?);
    }
    if !exten.is_empty() && listing.extensions == 0 {
        return Err(Reply::error(match name {
            "" => format!("Did not find extension {exten} in any context"),
            name => format!("Did not find extension {exten}@{name}"),
        }));
    }
    Ok(listing.complete())
}

struct Listing<'a> {
    plan: &'a Plan,
    /// The extension that is asked for; empty for all.
    exten: &'a str,
    list: List<'a>,
    /// The contexts that are in it already: includes may go round.
    contexts: Vec<&'a str>,
    extensions: u64,
    priorities: u64,
}

impl<'a> Listing<'a> {
    fn new(plan: &'a Plan, exten: &'a str, list: List<'a>) -> Listing<'a> {
        Listing {
            plan,
            exten,
            list,
            contexts: Vec::new(),
            extensions: 0,
            priorities: 0,
        }
    }

    fn context(&mut self, context: &'a Context) {
        if self.contexts.contains(&&**context.name()) {
            return;
        }
        self.contexts.push(context.name());
        for extension in context
            .extensions()
            .filter(|extension| fits(extension, self.exten))
        {
            self.extension(context, extension);
        }
        if self.exten.is_empty() {
            self.rest(context);
        } else {
            // What is asked for may also be in a context that is searched after this one.
            let plan = self.plan;
            for include in context.includes() {
                if let Some(included) = plan.context(&include.context) {
                    self.context(included);
                }
            }
        }
    }

    fn extension(&mut self, context: &Context, extension: &Extension) {
        self.extensions += 1;
        let name = match extension.caller() {
            None => extension.name().to_string(),
            Some(caller) => format!("{}/{}", extension.name(), caller.text()),
        };
        for step in extension.steps() {
            self.priorities += 1;
            self.list.item(&ListDialplan {
                context: context.name(),
                extension: Some(&name),
                extension_label: step.label.as_deref(),
                priority: Some(&step.priority.to_string()),
                application: Some(&step.application),
                data: Some(&step.data),
                registrar: Some(&step.registrar),
                ..ListDialplan::default()
            });
        }
    }

    /// Where else the context looks.
    fn rest(&mut self, context: &Context) {
        let line = ListDialplan {
            context: context.name(),
            ..ListDialplan::default()
        };
        for include in context.includes() {
            let registrar = Some(&*include.registrar);
            let text = include.text();
            self.list.item(&ListDialplan {
                include_context: Some(&text),
                registrar,
                ..line
            });
        }
        for pattern in context.ignore_patterns() {
            let registrar = Some(&*pattern.registrar);
            let ignore_pattern = Some(&*pattern.text);
            self.list.item(&ListDialplan {
                ignore_pattern,
                registrar,
                ..line
            });
        }
        for switch in context.switches() {
            let registrar = Some(&*switch.registrar);
            let text = format!("{}/{}", switch.application, switch.data);
            self.list.item(&ListDialplan {
                switch: Some(&text),
                registrar,
                ..line
            });
        }
    }

    fn complete(self) -> Reply {
        let complete = ShowDialPlanComplete {
            items: self.list.count(),
            list_extensions: self.extensions,
            list_priorities: self.priorities,
            list_contexts: self.contexts.len() as u64,
        };
        self.list.complete(&complete)
    }
}

/// Whether an extension is the one that is asked for, by its name or by its pattern.
fn fits(extension: &Extension, asked: &str) -> bool {
    asked.is_empty()
        || **extension.name() == *asked
        || Pattern::parse(extension.name())
            .is_ok_and(|pattern| pattern.fit(asked, Mode::Exact) != Fit::No)
}
