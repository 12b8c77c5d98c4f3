//! The pages of the dialplan's applications and functions.

use dialplan::app::{self, App};
use dialplan::function::{self, Argument, Function};

use crate::page::{code, section, sentence, table};

pub(crate) fn applications() -> String {
    app::ALL
        .iter()
        .map(|app| application(app))
        .collect::<Vec<_>>()
        .join("\n")
}

pub(crate) fn functions() -> String {
    function::ALL
        .iter()
        .map(|function| one(function))
        .collect::<Vec<_>>()
        .join("\n")
}

fn application(app: &App) -> String {
    let mut text = section(app.name, app.summary, app.description);
    text.push_str(&format!(
        "\n{}. Module: `{}`.\n",
        code(app.syntax),
        app.module
    ));
    text.push_str(&table(
        ("argument", "meaning"),
        app.arguments.iter().map(argument),
    ));
    text
}

fn one(function: &Function) -> String {
    let mut text = section(function.name, function.summary, "");
    let uses = match (function.read.is_some(), function.write.is_some()) {
        (true, true) => "Read and set.",
        (true, false) => "Read only.",
        (false, _) => "Set only.",
    };
    text.push_str(&format!(
        "\n{}. {uses} Module: `{}`.\n",
        code(function.syntax),
        function.module
    ));
    text.push_str(&table(
        ("argument", "meaning"),
        function.arguments.iter().map(argument),
    ));
    text
}

fn argument(argument: &Argument) -> (String, String) {
    (code(argument.name), sentence(argument.help))
}
