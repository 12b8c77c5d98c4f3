//! `presencestate …`.

use engine::request::{Request, Trust};
use switch::Text;
use switch::presence::PresenceState;

use super::devstate::framed;
use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

/// What presences of the administrator's own begin with.
const PREFIX: &str = "CustomPresence:";

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "presencestate list",
        arguments: "",
        summary: "The custom presences",
        details: "",
        module: "func_presencestate",
        complete: &[],
        run: |cx, args| Box::pin(list(cx, args)),
    },
    Command {
        words: "presencestate change",
        arguments: "CustomPresence:<name> <state>[,<subtype>[,<message>[,<options>]]]",
        summary: "Sets a custom presence",
        details: "The states are not_set, unavailable, available, away, xa, chat and dnd. A presence is kept\n\
                  in the key database. With the option e the texts are base64.",
        module: "func_presencestate",
        complete: &[
            Source::CustomPresences,
            Source::Words(&[
                "available",
                "away",
                "chat",
                "dnd",
                "not_set",
                "unavailable",
                "xa",
            ]),
        ],
        run: |cx, args| Box::pin(change(cx, args)),
    },
];

async fn list(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(presences) = cx.ask(Request::Presences).await else {
        return Answer::ended();
    };
    let presences = presences.iter().filter(|(name, _)| name.starts_with(PREFIX)).map(|(name, presence)| {
        format!(
            "--- Name: '{name}'\n    --- State: '{}'\n    --- Subtype: '{}'\n    --- Message: '{}'\n---\n",
            presence.state.word(),
            presence.subtype,
            presence.message
        )
    });
    Answer::Done(framed("--- Custom Presence States ", presences))
}

async fn change(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name, value @ ..] = args.rest() else {
        return Answer::Usage;
    };
    let value = value.join(" ");
    let known = name
        .get(..PREFIX.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
    if !known || name.len() == PREFIX.len() {
        return Answer::Failed(
            "The presencestate command can only be used to set 'CustomPresence:' presence states.\n".to_owned(),
        );
    }
    if PresenceState::parse(value.split(',').next().unwrap_or_default()).is_none() {
        return Answer::Usage;
    }
    let name = format!("{PREFIX}{}", name.get(PREFIX.len()..).unwrap_or_default());
    let text = format!("Changing {name} to {value}\n");
    // The dialplan's function is the one place that knows how a presence is kept.
    let function = Text::from(format!("PRESENCE_STATE({name})"));
    match cx
        .ask(|reply| Request::SetVariable(None, function, value.into(), Trust::Full, reply))
        .await
    {
        Some(Ok(())) => Answer::Done(text),
        Some(Err(_)) => Answer::Failed(format!("{name} could not be changed\n")),
        None => Answer::ended(),
    }
}
