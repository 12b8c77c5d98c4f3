//! `bridge …`.

use std::fmt::Write as _;

use engine::request::{KickFailed, Request};

use crate::Cx;
use crate::command::{Answer, Args, Command, Source, clock};

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "bridge show all",
        arguments: "",
        summary: "The bridges that there are",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(show_all(cx, args)),
    },
    Command {
        words: "bridge show",
        arguments: "<bridge>",
        summary: "A bridge and the channels in it",
        details: "",
        module: "core",
        complete: &[Source::Bridges],
        run: |cx, args| Box::pin(show(cx, args)),
    },
    Command {
        words: "bridge destroy",
        arguments: "<bridge>",
        summary: "Ends a bridge",
        details: "Ends a bridge; its channels go on in the dialplan or are hung up.",
        module: "core",
        complete: &[Source::Bridges],
        run: |cx, args| Box::pin(destroy(cx, args)),
    },
    Command {
        words: "bridge kick",
        arguments: "<bridge> <channel>",
        summary: "Throws a channel out of a bridge",
        details: "",
        module: "core",
        complete: &[Source::Bridges, Source::Channels],
        run: |cx, args| Box::pin(kick(cx, args)),
    },
];

async fn show_all(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(bridges) = cx.ask(Request::Bridges).await else {
        return Answer::ended();
    };
    let mut text = String::new();
    row(
        &mut text,
        ["Bridge-ID", "Chans", "Type", "Technology", "Duration"],
    );
    for bridge in bridges {
        let duration = clock(cx.host().now().since(bridge.created));
        let channels = bridge.channels.len().to_string();
        row(
            &mut text,
            [
                &bridge.uniqueid,
                &channels,
                bridge.kind,
                bridge.technology,
                &duration,
            ],
        );
    }
    Answer::Done(text)
}

fn row(text: &mut String, [id, channels, kind, technology, duration]: [&str; 5]) {
    let _ = writeln!(
        text,
        "{id:<36} {channels:>5} {kind:<15} {technology:<15} {duration}"
    );
}

async fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    let [id] = args.rest() else {
        return Answer::Usage;
    };
    let Some(found) = cx
        .ask(|reply| Request::Bridge(id.as_str().into(), reply))
        .await
    else {
        return Answer::ended();
    };
    let Some((bridge, channels)) = found else {
        return not_found(id);
    };
    let duration = clock(cx.host().now().since(bridge.created));
    let mut text = format!(
        "Id: {}\nType: {}\nTechnology: {}\nCreator: {}\nName: {}\nNum-Channels: {}\nNum-Active: {}\n\
         Duration: {duration}\n",
        bridge.uniqueid,
        bridge.kind,
        bridge.technology,
        or_none(&bridge.creator),
        or_none(&bridge.name),
        channels.len(),
        channels.len(),
    );
    for channel in channels {
        let _ = writeln!(text, "Channel: {}", channel.name);
    }
    Answer::Done(text)
}

async fn destroy(cx: &Cx, args: &Args<'_>) -> Answer {
    let [id] = args.rest() else {
        return Answer::Usage;
    };
    match cx
        .ask(|reply| Request::BridgeDestroy(id.as_str().into(), reply))
        .await
    {
        Some(Ok(())) => Answer::Done(format!("Destroying bridge '{id}'\n")),
        Some(Err(_)) => not_found(id),
        None => Answer::ended(),
    }
}

async fn kick(cx: &Cx, args: &Args<'_>) -> Answer {
    let [bridge, channel] = args.rest() else {
        return Answer::Usage;
    };
    let (id, name) = (bridge.as_str().into(), channel.as_str().into());
    match cx
        .ask(|reply| Request::BridgeKick(Some(id), name, reply))
        .await
    {
        Some(Ok(())) => Answer::Done(format!(
            "Kicking channel '{channel}' from bridge '{bridge}'\n"
        )),
        Some(Err(KickFailed::NoBridge)) => not_found(bridge),
        Some(Err(KickFailed::NoChannel)) => {
            Answer::Done(format!("Channel '{channel}' not found\n"))
        }
        Some(Err(KickFailed::NotInBridge)) => {
            Answer::Done(format!("Channel '{channel}' is not in bridge '{bridge}'\n"))
        }
        None => Answer::ended(),
    }
}

fn not_found(id: &str) -> Answer {
    Answer::Done(format!("Bridge '{id}' not found\n"))
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "<none>" } else { text }
}
