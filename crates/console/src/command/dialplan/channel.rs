//! `dialplan show chanvar`, `dialplan set chanvar`, `dialplan eval function`.

use std::fmt::Write as _;

use engine::request::{Request, Trust, VariableFailed};

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "dialplan show chanvar",
        arguments: "<channel>",
        summary: "The variables of a channel",
        details: "",
        module: "core",
        complete: &[Source::Channels],
        run: |cx, args| Box::pin(show(cx, args)),
    },
    Command {
        words: "dialplan set chanvar",
        arguments: "<channel> <name> <value>",
        summary: "Sets a variable of a channel",
        details: "",
        module: "core",
        complete: &[Source::Channels],
        run: |cx, args| Box::pin(set(cx, args)),
    },
    Command {
        words: "dialplan eval function",
        arguments: "<function>(<arguments>)",
        summary: "What a function of the dialplan yields",
        details: "What a function yields where there is no channel, such as dialplan eval function \
                  LEN(text).",
        module: "core",
        complete: &[Source::Functions],
        run: |cx, args| Box::pin(evaluate(cx, args)),
    },
];

async fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    let [channel] = args.rest() else {
        return Answer::Usage;
    };
    match cx
        .ask(|reply| Request::ChannelVariables(channel.as_str().into(), reply))
        .await
    {
        Some(Ok(variables)) => {
            let mut text = String::new();
            for (name, value) in variables {
                let _ = writeln!(text, "{name}={value}");
            }
            Answer::Done(text)
        }
        Some(Err(_)) => Answer::Failed(format!("Channel '{channel}' not found\n")),
        None => Answer::ended(),
    }
}

async fn set(cx: &Cx, args: &Args<'_>) -> Answer {
    let [channel, name, value] = args.rest() else {
        return Answer::Usage;
    };
    let (place, variable, text) = (
        channel.as_str().into(),
        name.as_str().into(),
        value.as_str().into(),
    );
    match cx
        .ask(|reply| Request::SetVariable(Some(place), variable, text, Trust::Full, reply))
        .await
    {
        Some(Ok(())) => Answer::Done(format!(
            "    -- Channel variable '{name}' set to '{value}' for '{channel}'\n"
        )),
        Some(Err(VariableFailed::NoChannel)) => {
            Answer::Failed(format!("Channel '{channel}' not found\n"))
        }
        Some(Err(VariableFailed::Refused(why))) => Answer::Failed(format!("{why}\n")),
        None => Answer::ended(),
    }
}

async fn evaluate(cx: &Cx, args: &Args<'_>) -> Answer {
    let function = args.rest().join(" ");
    if function.is_empty() {
        return Answer::Usage;
    }
    let wanted = function.as_str().into();
    match cx
        .ask(|reply| Request::GetVariable(None, wanted, Trust::Full, reply))
        .await
    {
        Some(Ok(value)) => Answer::Done(format!("Return Value: Success (0)\nResult: {value}\n")),
        Some(Err(_)) => Answer::Failed("Return Value: Failure (-1)\nResult: \n".to_owned()),
        None => Answer::ended(),
    }
}
