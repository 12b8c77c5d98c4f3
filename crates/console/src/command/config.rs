//! `config …`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::Cx;
use crate::command::{Answer, Args, Command, Source, module};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "config list",
        arguments: "",
        summary: "The configuration files that were read",
        details: "The configuration files that were read, each with the module that reads it.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { list(cx, args) }),
    },
    Command {
        words: "config reload",
        arguments: "<file>",
        summary: "Reads a configuration file anew",
        details: "Reads everything anew that comes from this file.",
        module: "core",
        complete: &[Source::ConfigurationFiles],
        run: |cx, args| Box::pin(reload(cx, args)),
    },
];

fn list(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut text = format!(
        "{:<40} {}\n{} {}\n",
        "Filename",
        "Module",
        "-".repeat(40),
        "-".repeat(20)
    );
    for (file, module) in cx.host().configuration_files() {
        let _ = writeln!(text, "{file:<40} {module}");
    }
    Answer::Done(text)
}

async fn reload(cx: &Cx, args: &Args<'_>) -> Answer {
    let [file] = args.rest() else {
        return Answer::Usage;
    };
    // A file may be named with or without its directory.
    let modules: BTreeSet<&'static str> = cx
        .host()
        .configuration_files()
        .into_iter()
        .filter(|(read, _)| read == file || read.rsplit('/').next() == Some(file))
        .map(|(_, module)| module)
        .collect();
    if modules.is_empty() {
        return Answer::Failed(format!("The file '{file}' is not one that was read\n"));
    }
    for module in modules {
        if let failed @ Answer::Failed(_) = module::reload_one(cx, module).await {
            return failed;
        }
    }
    Answer::Done(String::new())
}
