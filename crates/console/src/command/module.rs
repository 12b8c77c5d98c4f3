//! `module …`, and the short form `reload`.

use std::fmt::Write as _;

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};
use crate::host::Reload;

const fn reload_as(words: &'static str) -> Command {
    Command {
        words,
        arguments: "[<module> …]",
        summary: "Reads the files of modules anew, or of all",
        details: "A file that is broken keeps what was there before, and the command says where it is broken.",
        module: "core",
        complete: &[Source::Modules],
        run: |cx, args| Box::pin(reload(cx, args)),
    }
}

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "module show [like]",
        arguments: "[<text>]",
        summary: "The modules that are loaded",
        details: "",
        module: "core",
        complete: &[Source::Modules],
        run: |cx, args| Box::pin(async { show(cx, args) }),
    },
    Command {
        words: "module load",
        arguments: "<module>",
        summary: "Loads a module",
        details: "",
        module: "core",
        complete: &[Source::Modules],
        run: |cx, args| Box::pin(load(cx, args)),
    },
    Command {
        words: "module unload",
        arguments: "[-f|-h] <module> [<module> …]",
        summary: "Unloads modules",
        details: "What a module gives is unknown as soon as it is unloaded; calls that use it already go on.",
        module: "core",
        complete: &[Source::Modules],
        run: |cx, args| Box::pin(unload(cx, args)),
    },
    reload_as("module reload"),
    reload_as("reload"),
];

fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    let like = match (args.choice().as_str(), args.rest()) {
        ("like", [like]) => like.to_ascii_lowercase(),
        ("show", []) => String::new(),
        _ => return Answer::Usage,
    };
    let mut text = String::new();
    row(
        &mut text,
        [
            "Module",
            "Description",
            "Use Count",
            "Status",
            "Support Level",
        ],
    );
    let mut count = 0;
    for (spec, loaded) in cx.host().modules().all() {
        let name = format!("{}.so", spec.name);
        if loaded && name.contains(&like) {
            row(&mut text, [&name, spec.summary, "0", "Running", "core"]);
            count += 1;
        }
    }
    let _ = writeln!(text, "{count} modules loaded");
    Answer::Done(text)
}

fn row(text: &mut String, [name, summary, uses, status, level]: [&str; 5]) {
    let _ = writeln!(
        text,
        "{name:<30} {summary:<40.40} {uses:<10} {status:<11} {level:>13}"
    );
}

async fn load(cx: &Cx, args: &Args<'_>) -> Answer {
    let [module] = args.rest() else {
        return Answer::Usage;
    };
    match cx.host().load(module).await {
        Ok(()) => Answer::Done(format!("Loaded {module}\n")),
        Err(why) => Answer::Failed(format!("Unable to load module {module}: {why}\n")),
    }
}

async fn unload(cx: &Cx, args: &Args<'_>) -> Answer {
    let modules = match args.rest() {
        [flag, modules @ ..] if matches!(flag.as_str(), "-f" | "-h") => modules,
        modules => modules,
    };
    if modules.is_empty() {
        return Answer::Usage;
    }
    let mut text = String::new();
    for module in modules {
        match cx.host().unload(module).await {
            Ok(()) => {
                let _ = writeln!(text, "Unloaded {module}");
            }
            Err(why) => {
                let _ = writeln!(text, "Unable to unload resource {module}: {why}");
                return Answer::Failed(text);
            }
        }
    }
    Answer::Done(text)
}

/// Reloads the modules named, or everything.
pub(super) async fn reload(cx: &Cx, args: &Args<'_>) -> Answer {
    if args.rest().is_empty() {
        return match cx.host().reload(None).await {
            Reload::Failed(lines) => {
                Answer::Failed(lines.iter().map(|line| format!("{line}\n")).collect())
            }
            _ => Answer::Done(String::new()),
        };
    }
    let mut text = String::new();
    for module in args.rest() {
        match reload_one(cx, module).await {
            Answer::Done(more) => text.push_str(&more),
            Answer::Failed(more) => return Answer::Failed(text + &more),
            Answer::Usage => return Answer::Usage,
        }
    }
    Answer::Done(text)
}

/// Reloads one module.
pub(super) async fn reload_one(cx: &Cx, module: &str) -> Answer {
    match cx.host().reload(Some(module)).await {
        Reload::Done => Answer::Done(format!("Module '{module}' reloaded successfully.\n")),
        Reload::NoModule => Answer::Done(format!("No such module '{module}'\n")),
        Reload::Unsupported => Answer::Done(format!("Module '{module}' does not support reload\n")),
        Reload::Failed(lines) => {
            let mut text = format!("The module '{module}' reported a reload failure\n");
            lines.iter().for_each(|line| {
                let _ = writeln!(text, "{line}");
            });
            Answer::Failed(text)
        }
    }
}
