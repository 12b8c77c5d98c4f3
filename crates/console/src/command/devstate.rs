//! `devstate …`.

use engine::request::Request;
use switch::device::DeviceState;

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

/// What devices of the administrator's own begin with.
const PREFIX: &str = "Custom:";

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "devstate list",
        arguments: "",
        summary: "The custom devices and their states",
        details: "",
        module: "func_devstate",
        complete: &[],
        run: |cx, args| Box::pin(list(cx, args)),
    },
    Command {
        words: "devstate change",
        arguments: "Custom:<name> <state>",
        summary: "Sets the state of a custom device",
        details: "The states are UNKNOWN, NOT_INUSE, INUSE, BUSY, INVALID, UNAVAILABLE, RINGING, RINGINUSE\n\
                  and ONHOLD. A state is kept in the key database.",
        module: "func_devstate",
        complete: &[
            Source::CustomDevices,
            Source::Words(&[
                "BUSY",
                "INUSE",
                "INVALID",
                "NOT_INUSE",
                "ONHOLD",
                "RINGING",
                "RINGINUSE",
                "UNAVAILABLE",
                "UNKNOWN",
            ]),
        ],
        run: |cx, args| Box::pin(change(cx, args)),
    },
];

async fn list(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(devices) = cx.ask(Request::Devices).await else {
        return Answer::ended();
    };
    let devices = devices
        .iter()
        .filter(|(name, _)| name.starts_with(PREFIX))
        .map(|(name, state)| format!("--- Name: '{name}'  State: '{}'\n---\n", state.word()));
    Answer::Done(framed("--- Custom Device States ", devices))
}

/// The frame of dashes that `devstate list` and `presencestate list` stand in.
pub(super) fn framed(title: &str, entries: impl Iterator<Item = String>) -> String {
    let rule = "-".repeat(69);
    let entries: String = entries.collect();
    format!("\n{rule}\n{title:-<69}\n{rule}\n---\n{entries}{rule}\n{rule}\n\n")
}

async fn change(cx: &Cx, args: &Args<'_>) -> Answer {
    let [device, state] = args.rest() else {
        return Answer::Usage;
    };
    let known = device
        .get(..PREFIX.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
    if !known || device.len() == PREFIX.len() {
        return Answer::Failed(
            "The devstate command can only be used to set 'Custom:' device states.\n".to_owned(),
        );
    }
    let Some(state) = DeviceState::parse(state) else {
        return Answer::Usage;
    };
    // The table knows the prefix in one spelling.
    let device = format!("{PREFIX}{}", device.get(PREFIX.len()..).unwrap_or_default());
    let text = format!("Changing {device} to {}\n", state.word());
    match cx
        .ask(|reply| Request::SetDevice(device.into(), state, reply))
        .await
    {
        Some(()) => Answer::Done(text),
        None => Answer::ended(),
    }
}
