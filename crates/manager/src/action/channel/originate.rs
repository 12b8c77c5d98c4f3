use std::time::Duration;

use ami::Permission;
use ami::action::channel::Originate;
use ami::refusal::{self, originate};
use dialplan::script::pattern::Mode;
use dialplan::script::plan::{Plan, Query};
use dialplan::script::timespec::Moment;
use engine::request::{OriginateFailed, Request};
use switch::fact::OriginateTarget;
use switch::{Party, Text};

use crate::action::{Cx, local, number};
use crate::reply::Reply;

/// How long a call rings unless the order says otherwise.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The longest that a call may ring.
const MAX_TIMEOUT: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) async fn originate(cx: &Cx<'_>, action: Originate) -> Result<Reply, Reply> {
    if action.channel.is_empty() {
        return Err(Reply::error(refusal::channel::CHANNEL_NOT_SPECIFIED));
    }
    let caller = Party::parse(&action.caller_id);
    let place = Place::find(cx, &action, &caller).await?;
    let timeout = timeout(&action.timeout)?;
    let Some((technology, destination)) = action.channel.split_once('/') else {
        return Err(Reply::error(originate::INVALID_CHANNEL));
    };
    if !cx.user.write.contains(Permission::SYSTEM) && reaches_outside(&action) {
        return Err(Reply::error(originate::FORBIDDEN));
    }
    place.exists()?;
    let target = if action.application.is_empty() {
        OriginateTarget::Extension {
            context: action.context.into(),
            exten: action.exten.into(),
            priority: place.number()?,
        }
    } else {
        OriginateTarget::Application {
            application: action.application.into(),
            data: action.data.into(),
        }
    };
    let order = engine::request::Originate {
        technology: technology.into(),
        destination: destination.into(),
        target,
        timeout,
        caller,
        variables: variables(cx, &action.variables),
        account: action.account.into(),
        early_media: config::is_true(&action.early_media),
        run_alone: config::is_true(&action.r#async),
        action_id: cx.action_id.into(),
        channel_id: action.channel_id.into(),
        other_channel_id: action.other_channel_id.into(),
        pre_dial: action.pre_dial_gosub.into(),
        codecs: list(&action.codecs).map(Text::from).collect(),
    };
    let outcome = cx
        .engine
        .ask(|answer| Request::Originate(Box::new(order), answer))
        .await?;
    outcome.map_err(|why| {
        Reply::error(match why {
            OriginateFailed::Reason(_) | OriginateFailed::IdInUse => originate::FAILED,
            OriginateFailed::Stopping => refusal::request::SHUTTING_DOWN,
        })
    })?;
    Ok(Reply::success("Originate successfully queued"))
}

/// Where in the dialplan an answered call is to go.
struct Place {
    /// The priority, if the order names one.
    priority: Option<i32>,
    /// Whether the dialplan has it.
    exists: bool,
}

impl Place {
    async fn find(cx: &Cx<'_>, action: &Originate, caller: &Party) -> Result<Place, Reply> {
        if action.priority.is_empty() {
            return Ok(Place {
                priority: None,
                exists: false,
            });
        }
        let plan = cx.engine.ask(Request::Plan).await?;
        let moment = Moment {
            microseconds: cx.host.now().0,
            zone: local::zone(cx),
        };
        let query = Query {
            context: &action.context,
            exten: &action.exten,
            caller: (!caller.number.is_empty()).then_some(&caller.number),
            moment: &moment,
        };
        Place::look_up(&plan, &query, &action.priority)
            .ok_or_else(|| Reply::error(originate::INVALID_PRIORITY))
    }

    fn look_up(plan: &Plan, query: &Query<'_>, priority: &str) -> Option<Place> {
        let priority = match number::leading(priority) {
            Some(number) => number,
            None => i32::try_from(plan.find_label(query, priority.trim())?).ok()?,
        };
        let exists =
            u32::try_from(priority).is_ok_and(|priority| plan.fits(query, priority, Mode::Exact));
        Some(Place {
            priority: Some(priority).filter(|number| *number != 0),
            exists,
        })
    }

    /// A place that is named has to exist, even beside an application.
    fn exists(&self) -> Result<(), Reply> {
        if self.priority.is_some() && !self.exists {
            return Err(Reply::error(originate::NO_EXTENSION));
        }
        Ok(())
    }

    fn number(&self) -> Result<i32, Reply> {
        self.priority
            .ok_or_else(|| Reply::error(originate::EXTEN_NEEDS_CONTEXT))
    }
}

fn timeout(text: &str) -> Result<Duration, Reply> {
    if text.is_empty() {
        return Ok(TIMEOUT);
    }
    let milliseconds =
        number::leading(text).ok_or_else(|| Reply::error(originate::INVALID_TIMEOUT))?;
    // Less than nothing is for ever, as far as there is such a thing.
    Ok(u64::try_from(milliseconds)
        .map_or(MAX_TIMEOUT, Duration::from_millis)
        .min(MAX_TIMEOUT))
}

/// Whether the order could run programs or touch files, for which originating calls is not permission
/// enough.
fn reaches_outside(action: &Originate) -> bool {
    const APPLICATIONS: [&str; 6] = [
        "system",
        "exec",
        "agi",
        "mixmonitor",
        "externalivr",
        "originate",
    ];
    const FUNCTIONS: [&str; 4] = ["SHELL", "EVAL", "FILE(", "CURL("];
    let application = action.application.to_ascii_lowercase();
    let calls_a_function = |text: &String| FUNCTIONS.iter().any(|name| text.contains(name));
    APPLICATIONS.iter().any(|name| application.contains(name))
        || calls_a_function(&action.data)
        || calls_a_function(&action.pre_dial_gosub)
        || action.variables.iter().any(calls_a_function)
}

/// The user's own variables first, so that the order's can replace them.
fn variables(cx: &Cx<'_>, headers: &[String]) -> Vec<(Text, Text)> {
    let pair = |text: &str| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        (Text::from(name.trim()), Text::from(value))
    };
    let ordered = headers.iter().flat_map(|header| assignments(header));
    cx.user
        .variables
        .iter()
        .cloned()
        .chain(ordered.map(|text| pair(&text)))
        .collect()
}

/// The parts of a list with commas. A comma in quotes, in a function's arguments or behind a backslash
/// belongs to its part, and the backslash and the quotes do not.
fn assignments(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut depth) = (false, 0_u32);
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        let Some(part) = parts.last_mut() else { break };
        match c {
            ',' if !quoted && depth == 0 => parts.push(String::new()),
            '"' => quoted = !quoted,
            '\\' => part.extend(characters.next()),
            _ => {
                match c {
                    '(' if !quoted => depth += 1,
                    ')' if !quoted => depth = depth.saturating_sub(1),
                    _ => {}
                }
                part.push(c);
            }
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_header_may_hold_several_variables() {
        assert_eq!(assignments("a=1,b=2"), ["a=1", "b=2"]);
        assert_eq!(
            assignments(r#"a="1,2",HASH(x,y)=3,c=4\,5"#),
            ["a=1,2", "HASH(x,y)=3", "c=4,5"]
        );
        assert_eq!(assignments(",,"), Vec::<String>::new());
    }

    #[test]
    fn what_could_run_a_program() {
        let with = |application: &str, data: &str| Originate {
            application: application.to_owned(),
            data: data.to_owned(),
            ..Originate::default()
        };
        assert!(reaches_outside(&with("TrySystem", "rm")));
        assert!(reaches_outside(&with("EAGI", "x")));
        assert!(reaches_outside(&with("NoOp", "${SHELL(rm)}")));
        assert!(!reaches_outside(&with("Wait", "600")));
    }
}
