//! A JSON schema of every action and event, for programs that check or generate.
//!
//! Values are strings, as on the wire; a header that may repeat is a list of strings.

use ami::spec::{ActionSpec, EventSpec, FieldSpec, Kind, ParameterSpec};
use serde_json::{Map, Value, json};

use crate::events::keys;

pub(crate) fn text() -> String {
    let actions = ami::action::ALL
        .iter()
        .map(|spec| (spec.name.to_owned(), action(spec)));
    let events = ami::event::ALL
        .iter()
        .map(|spec| (spec.name.to_owned(), event(spec)));
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Actions and events of the manager interface",
        "$defs": {
            "actions": actions.collect::<Map<_, _>>(),
            "events": events.collect::<Map<_, _>>(),
        },
    });
    // Printing what was just built cannot fail; an empty page would be seen by the check of the pages.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn action(spec: &ActionSpec) -> Value {
    let mut properties = Map::new();
    properties.insert("Action".to_owned(), json!({ "const": spec.name }));
    properties.insert("ActionID".to_owned(), json!({ "type": "string" }));
    let named = || {
        spec.parameters
            .iter()
            .filter(|parameter| parameter.name != "*")
    };
    properties
        .extend(named().map(|parameter| (parameter.name.to_owned(), self::parameter(parameter))));
    let required = named()
        .filter(|parameter| parameter.required)
        .map(|parameter| parameter.name);
    json!({
        "description": spec.summary,
        "type": "object",
        "properties": properties,
        "required": std::iter::once("Action").chain(required).collect::<Vec<_>>(),
        "x-privilege": spec.privilege.names().collect::<Vec<_>>(),
        "x-module": spec.module,
        "x-items": spec.items,
        "x-complete": spec.complete,
    })
}

fn parameter(spec: &ParameterSpec) -> Value {
    let mut one = json!({ "type": "string" });
    if !spec.values.is_empty() {
        // Clients write them in any case, so they are examples and no enumeration.
        one["examples"] = json!(spec.values);
    }
    let mut value = match spec.repeated {
        true => json!({ "type": ["string", "array"], "items": one }),
        false => one,
    };
    value["description"] = json!(spec.help);
    value
}

fn event(spec: &EventSpec) -> Value {
    let mut properties = Map::new();
    let mut required = vec!["Event".to_owned()];
    properties.insert("Event".to_owned(), json!({ "const": spec.name }));
    for field in spec.fields {
        match *field {
            FieldSpec::Line {
                name,
                kind,
                optional,
                help,
                ..
            } => {
                let mut value = match kind {
                    Kind::Text => json!({ "type": "string" }),
                    Kind::Number => json!({ "type": "string", "pattern": "^-?[0-9]+$" }),
                    Kind::YesNo => json!({ "type": "string", "enum": ["Yes", "No"] }),
                };
                value["description"] = json!(help);
                properties.insert(name.to_owned(), value);
                required.extend((!optional).then(|| name.to_owned()));
            }
            FieldSpec::Group {
                group,
                prefix,
                optional,
                help,
            } => {
                for key in keys(group).iter().map(|key| format!("{prefix}{key}")) {
                    required.extend((!optional).then(|| key.clone()));
                    properties.insert(key, json!({ "type": "string", "description": help }));
                }
            }
            FieldSpec::Pairs { name, help } => {
                let value = json!({
                    "type": ["string", "array"], "items": { "type": "string" }, "description": help,
                });
                properties.insert(name.to_owned(), value);
            }
            // Other properties are allowed anyway.
            FieldSpec::Free { .. } => {}
        }
    }
    json!({
        "description": spec.summary,
        "type": "object",
        "properties": properties,
        "required": required,
        "x-class": spec.class.names().collect::<Vec<_>>(),
        "x-module": spec.module,
    })
}
