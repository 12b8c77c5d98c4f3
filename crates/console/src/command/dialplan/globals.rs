//! `dialplan show globals`, `dialplan set global`.

use std::fmt::Write as _;

use engine::request::{Request, Trust};

use crate::Cx;
use crate::command::{Answer, Args, Command};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "dialplan show globals",
        arguments: "",
        summary: "The variables of all channels",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(show(cx, args)),
    },
    Command {
        words: "dialplan set global",
        arguments: "<name> <value>",
        summary: "Sets a variable of all channels",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(set(cx, args)),
    },
];

async fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(globals) = cx.ask(Request::Globals).await else {
        return Answer::ended();
    };
    let mut text = String::new();
    for (name, value) in &globals {
        let _ = writeln!(text, "   {name}={value}");
    }
    let _ = writeln!(text, "\n    -- {} variable(s)", globals.len());
    Answer::Done(text)
}

async fn set(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name, value] = args.rest() else {
        return Answer::Usage;
    };
    let (variable, text) = (name.as_str().into(), value.as_str().into());
    match cx
        .ask(|reply| Request::SetVariable(None, variable, text, Trust::Full, reply))
        .await
    {
        Some(Ok(())) => Answer::Done(format!("Global variable '{name}' set to '{value}'\n")),
        Some(Err(_)) => Answer::Failed(format!("Global variable '{name}' could not be set\n")),
        None => Answer::ended(),
    }
}
