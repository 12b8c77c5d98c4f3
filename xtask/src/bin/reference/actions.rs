//! The page of the actions.

use ami::spec::{ActionSpec, ParameterSpec};

use crate::page::{classes, code, section, sentence, table};

const INTRODUCTION: &str = "\
What a client may ask. Keys and names may come in any case; an `ActionID` may come with every action and comes
back with its reply. Where a privilege is named, one of its classes in the user's `write` is enough.
";

pub(crate) fn page() -> String {
    let sections = ami::action::ALL.iter().map(|spec| one(spec));
    std::iter::once(INTRODUCTION.to_owned())
        .chain(sections)
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(spec: &ActionSpec) -> String {
    let mut text = section(spec.name, spec.summary, spec.details);
    let privilege = match classes(spec.privilege) {
        none if none.is_empty() => "none".to_owned(),
        names => code(&names),
    };
    text.push_str(&format!(
        "\nPrivilege: {privilege}. Module: `{}`.\n",
        spec.module
    ));
    text.push_str(&table(
        ("header", "meaning"),
        spec.parameters.iter().map(parameter),
    ));
    if !spec.complete.is_empty() {
        let items = spec
            .items
            .iter()
            .map(|item| code(item))
            .collect::<Vec<_>>()
            .join(", ");
        let items = if items.is_empty() {
            "no items".to_owned()
        } else {
            items
        };
        text.push_str(&format!(
            "\nAnswered with a list: {items}, closed by `{}`.\n",
            spec.complete
        ));
    }
    text
}

fn parameter(spec: &ParameterSpec) -> (String, String) {
    let name = match spec.name {
        "*" => "any other".to_owned(),
        name => code(name),
    };
    let mut help = sentence(spec.help);
    if !spec.values.is_empty() {
        let values = spec
            .values
            .iter()
            .map(|value| code(value))
            .collect::<Vec<_>>()
            .join(", ");
        help.push_str(&format!(" One of {values}."));
    }
    if spec.required {
        help.push_str(" Required.");
    }
    if spec.repeated && spec.name != "*" {
        help.push_str(" May be repeated.");
    }
    (name, help)
}
