//! Finding things in the dialplan for a call.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use switch::{ChannelId, Text};

use crate::script::pattern::Mode;
use crate::script::plan::{At, Plan, Priority, Query};
use crate::script::timespec::Moment;
use crate::world::World;

/// A hint of the dialplan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Its extension.
    pub exten: Text,
    /// Its context.
    pub context: Text,
    /// What it watches: devices joined with `&`, then after a comma a presence.
    pub hint: Text,
}

/// All hints, and which of them watch a device.
#[derive(Debug, Default)]
pub struct Hints {
    /// In the order of the dialplan.
    pub all: Vec<Hint>,
    by_device: FxHashMap<Text, Vec<usize>>,
}

impl Hints {
    /// The hints of a dialplan.
    pub fn of(plan: &Plan) -> Hints {
        let mut hints = Hints::default();
        for context in plan.contexts() {
            for extension in context.extensions() {
                let Some(step) = extension.step(Priority::Hint) else {
                    continue;
                };
                let hint = Hint {
                    exten: extension.name().clone(),
                    context: context.name().clone(),
                    hint: step.application.clone(),
                };
                for device in hint.hint.split(',').next().unwrap_or_default().split('&') {
                    hints
                        .by_device
                        .entry(Text::from(device))
                        .or_default()
                        .push(hints.all.len());
                }
                hints.all.push(hint);
            }
        }
        hints
    }

    /// Those that watch a device.
    pub fn watching(&self, device: &str) -> impl Iterator<Item = &Hint> {
        let at = self.by_device.get(device).into_iter().flatten();
        at.filter_map(|at| self.all.get(*at))
    }
}

impl World {
    /// Puts another dialplan in place of the one that stands.
    pub fn set_plan(&mut self, plan: Arc<Plan>) {
        self.hints = Arc::new(Hints::of(&plan));
        self.plan = plan;
    }

    /// The application and its arguments, not filled in, of a step; for a channel, by its caller.
    pub fn step(
        &self,
        channel: Option<ChannelId>,
        context: &str,
        exten: &str,
        priority: i32,
    ) -> Option<(Text, Text)> {
        let number = u32::try_from(priority).ok()?;
        let caller = self.caller(channel);
        let moment = self.moment();
        let query = Query {
            context,
            exten,
            caller: caller.as_deref(),
            moment: &moment,
        };
        let found = self.plan.find(&query, At::from(number))?;
        Some((found.step.application.clone(), found.step.data.clone()))
    }

    /// All priorities and applications of the extension that holds a step, in order.
    pub fn applications(
        &self,
        channel: Option<ChannelId>,
        context: &str,
        exten: &str,
        priority: i32,
    ) -> Vec<(i32, Text)> {
        let Ok(number) = u32::try_from(priority) else {
            return Vec::new();
        };
        let caller = self.caller(channel);
        let moment = self.moment();
        let query = Query {
            context,
            exten,
            caller: caller.as_deref(),
            moment: &moment,
        };
        let Some(found) = self.plan.find(&query, At::from(number)) else {
            return Vec::new();
        };
        let steps = found
            .extension
            .steps()
            .iter()
            .filter_map(|step| match step.priority {
                Priority::Number(number) => {
                    Some((i32::try_from(number).ok()?, step.application.clone()))
                }
                Priority::Hint => None,
            });
        steps.collect()
    }

    /// Whether a step exists for a channel's caller.
    pub fn exists(
        &self,
        channel: Option<ChannelId>,
        context: &str,
        exten: &str,
        priority: i32,
    ) -> bool {
        self.fits(channel, context, exten, priority, Mode::Exact)
    }

    /// Whether a step exists, or could with more digits.
    pub fn fits(
        &self,
        channel: Option<ChannelId>,
        context: &str,
        exten: &str,
        priority: i32,
        mode: Mode,
    ) -> bool {
        let Ok(number) = u32::try_from(priority) else {
            return false;
        };
        let caller = self.caller(channel);
        let moment = self.moment();
        let query = Query {
            context,
            exten,
            caller: caller.as_deref(),
            moment: &moment,
        };
        self.plan.fits(&query, number, mode)
    }

    /// Whether somebody who has no channel yet finds an extension, or could with more digits.
    pub fn has_extension(&self, caller: &str, context: &str, exten: &str, mode: Mode) -> bool {
        let moment = self.moment();
        let query = Query {
            context,
            exten,
            caller: Some(caller).filter(|caller| !caller.is_empty()),
            moment: &moment,
        };
        self.plan.fits(&query, 1, mode)
    }

    /// A priority: a number, or the label of a step.
    pub fn priority(
        &self,
        channel: Option<ChannelId>,
        context: &str,
        exten: &str,
        text: &str,
    ) -> Option<i32> {
        if let Ok(number) = text.trim().parse::<i32>() {
            return (number > 0).then_some(number);
        }
        let caller = self.caller(channel);
        let moment = self.moment();
        let query = Query {
            context,
            exten,
            caller: caller.as_deref(),
            moment: &moment,
        };
        i32::try_from(self.plan.find_label(&query, text.trim())?).ok()
    }

    /// The hint of an extension, where it has one.
    pub fn hint(&self, context: &str, exten: &str) -> Option<Text> {
        let moment = self.moment();
        let query = Query {
            context,
            exten,
            caller: None,
            moment: &moment,
        };
        self.plan
            .hint(&query)
            .map(|found| found.step.application.clone())
    }

    /// Now, where the switch stands.
    pub fn moment(&self) -> Moment {
        Moment {
            microseconds: self.switch.now.0,
            zone: self.zone.clone(),
        }
    }

    fn caller(&self, channel: Option<ChannelId>) -> Option<Text> {
        let view = self.switch.channel(channel?)?.view();
        (!view.caller.number.is_empty()).then(|| view.caller.number.clone())
    }
}
