//! Writes the pages of `docs/reference` and its JSON schema from the declarations in the code.
//!
//! Started by `cargo xtask docs`, with the directory to write to.
#![forbid(unsafe_code)]

mod actions;
mod commands;
mod dialplan;
mod events;
mod page;
mod schema;

use std::path::PathBuf;
use std::process::ExitCode;

/// The pages in the order of the index: file, title, text.
fn pages() -> Vec<(&'static str, &'static str, String)> {
    vec![
        ("actions.md", "Actions", actions::page()),
        ("events.md", "Events", events::page()),
        (
            "old-events.md",
            "Events of the old dialect",
            events::old_page(),
        ),
        (
            "applications.md",
            "Dialplan applications",
            dialplan::applications(),
        ),
        ("functions.md", "Dialplan functions", dialplan::functions()),
        ("commands.md", "Console commands", commands::page()),
    ]
}

fn main() -> ExitCode {
    let Some(directory) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("say where to write to: reference DIRECTORY");
        return ExitCode::FAILURE;
    };
    let mut files = vec![("schema.json", schema::text())];
    let mut index = String::from(
        "# Reference\n\nMade by `cargo xtask docs` from the declarations in the code; edit those.\n\n",
    );
    for (file, title, text) in pages() {
        index.push_str(&format!("- [{title}]({file})\n"));
        files.push((file, format!("# {title}\n\n{text}")));
    }
    index.push_str("- [JSON schema](schema.json) of all actions and events\n");
    files.push(("README.md", index));
    for (name, text) in files {
        if let Err(error) = std::fs::write(directory.join(name), text) {
            eprintln!("{name}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
