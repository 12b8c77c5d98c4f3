//! `ami actions` and `ami describe`: what the declarations say.

use ami::spec::{ActionSpec, EventSpec, FieldSpec, Group, Kind, ParameterSpec};
use clap::Args;
use serde_json::{Value, json};

use super::check;
use super::failure::Failure;
use super::json;
use super::terminal::Terminal;

#[derive(Debug, Args)]
pub(super) struct Describe {
    /// The name of an action or an event, in any case.
    name: String,
}

/// Lists all actions.
pub(super) fn list(terminal: &mut Terminal<'_>) -> Result<(), Failure> {
    let width = ami::action::ALL.iter().map(|spec| spec.name.len()).max();
    let width = width.unwrap_or_default();
    for spec in ami::action::ALL {
        if terminal.json {
            json::fields(terminal.out, &action_fields(spec))?;
        } else {
            terminal.line(&format!("{:width$}  {}", spec.name, spec.summary))?;
        }
    }
    Ok(())
}

impl Describe {
    pub(super) fn run(&self, terminal: &mut Terminal<'_>) -> Result<(), Failure> {
        let action = ami::action::spec(&self.name);
        let event = ami::event::spec(&self.name);
        if action.is_none() && event.is_none() {
            let actions = ami::action::ALL.iter().map(|spec| spec.name);
            let events = ami::event::ALL.iter().map(|spec| spec.name);
            return Err(Failure::Usage(format!(
                "no action or event {} is known here{}",
                self.name,
                check::suggestion(&self.name, actions.chain(events))
            )));
        }
        if let Some(spec) = action {
            describe_action(spec, terminal)?;
        }
        if let Some(spec) = event {
            if action.is_some() && !terminal.json {
                terminal.line("")?;
            }
            describe_event(spec, terminal)?;
        }
        Ok(())
    }
}

fn describe_action(spec: &ActionSpec, terminal: &mut Terminal<'_>) -> Result<(), Failure> {
    if terminal.json {
        return Ok(json::fields(terminal.out, &action_fields(spec))?);
    }
    terminal.headline(&format!("Action {}", spec.name))?;
    about(spec.summary, spec.details, terminal)?;
    let classes: Vec<_> = spec.privilege.names().collect();
    if classes.is_empty() {
        terminal.line("Permission: everybody who is logged in")?;
    } else {
        terminal.line(&format!("Permission: write = {}", classes.join(" or ")))?;
    }
    if !spec.items.is_empty() || !spec.complete.is_empty() {
        let items = spec.items.join(", ");
        terminal.line(&format!(
            "Answers with a list: {items}, then {}",
            spec.complete
        ))?;
    }
    for parameter in spec.parameters {
        terminal.line("")?;
        terminal.headline(&format!("  {}{}", parameter.name, marks(parameter)))?;
        terminal.line(&format!("    {}", parameter.help))?;
        if !parameter.values.is_empty() {
            terminal.line(&format!("    One of: {}", parameter.values.join(", ")))?;
        }
    }
    Ok(())
}

fn marks(parameter: &ParameterSpec) -> &'static str {
    match (parameter.required, parameter.repeated) {
        (true, true) => " (required, may repeat)",
        (true, false) => " (required)",
        (false, true) => " (may repeat)",
        (false, false) => "",
    }
}

fn describe_event(spec: &EventSpec, terminal: &mut Terminal<'_>) -> Result<(), Failure> {
    if terminal.json {
        return Ok(json::fields(terminal.out, &event_fields(spec))?);
    }
    terminal.headline(&format!("Event {}", spec.name))?;
    about(spec.summary, spec.details, terminal)?;
    if spec.class.is_empty() {
        terminal.line("Comes in answer to an action.")?;
    } else {
        let classes: Vec<_> = spec.class.names().collect();
        terminal.line(&format!("Permission: read = {}", classes.join(" and ")))?;
    }
    for field in spec.fields {
        let (name, help) = name_and_help(field);
        terminal.line("")?;
        terminal.headline(&format!("  {name}"))?;
        terminal.line(&format!("    {help}"))?;
    }
    Ok(())
}

fn about(summary: &str, details: &str, terminal: &mut Terminal<'_>) -> Result<(), Failure> {
    terminal.line(summary)?;
    for line in details.lines() {
        terminal.line(line)?;
    }
    Ok(terminal.line("")?)
}

fn name_and_help(field: &FieldSpec) -> (String, &'static str) {
    match field {
        FieldSpec::Line {
            name,
            optional,
            help,
            ..
        } => {
            let mark = if *optional { " (may be missing)" } else { "" };
            (format!("{name}{mark}"), help)
        }
        FieldSpec::Group {
            group,
            prefix,
            optional,
            help,
        } => {
            let what = match group {
                Group::Channel => "the lines of a channel",
                Group::Bridge => "the lines of a bridge",
                Group::Security => "the lines of an attempt to get in",
            };
            let mark = if *optional { " (may be missing)" } else { "" };
            (format!("{prefix}… {what}{mark}"), help)
        }
        FieldSpec::Pairs { name, help } => (format!("{name} (name=value, may repeat)"), help),
        FieldSpec::Free { help } => ("… other lines".to_owned(), help),
    }
}

fn action_fields(spec: &ActionSpec) -> Vec<(&'static str, Value)> {
    let parameters = spec.parameters.iter().map(|parameter| {
        json!({
            "name": parameter.name,
            "help": parameter.help,
            "required": parameter.required,
            "repeated": parameter.repeated,
            "values": parameter.values,
        })
    });
    vec![
        ("action", json!(spec.name)),
        ("module", json!(spec.module)),
        (
            "privilege",
            json!(spec.privilege.names().collect::<Vec<_>>()),
        ),
        ("summary", json!(spec.summary)),
        ("details", json!(spec.details)),
        ("parameters", parameters.collect()),
        ("items", json!(spec.items)),
        ("complete", json!(spec.complete)),
    ]
}

fn event_fields(spec: &EventSpec) -> Vec<(&'static str, Value)> {
    let fields = spec.fields.iter().map(|field| match field {
        FieldSpec::Line {
            name,
            kind,
            empty,
            optional,
            help,
        } => {
            let kind = match kind {
                Kind::Text => "text",
                Kind::Number => "number",
                Kind::YesNo => "yes or no",
            };
            json!({"name": name, "kind": kind, "empty": empty, "optional": optional, "help": help})
        }
        FieldSpec::Group {
            group,
            prefix,
            optional,
            help,
        } => {
            let group = match group {
                Group::Channel => "channel",
                Group::Bridge => "bridge",
                Group::Security => "security",
            };
            json!({"group": group, "prefix": prefix, "optional": optional, "help": help})
        }
        FieldSpec::Pairs { name, help } => json!({"name": name, "kind": "pairs", "help": help}),
        FieldSpec::Free { help } => json!({"name": "*", "kind": "text", "help": help}),
    });
    vec![
        ("event", json!(spec.name)),
        ("module", json!(spec.module)),
        ("class", json!(spec.class.names().collect::<Vec<_>>())),
        ("summary", json!(spec.summary)),
        ("details", json!(spec.details)),
        ("fields", fields.collect()),
    ]
}
