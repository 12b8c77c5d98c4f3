//! `pjsip show channelstats`, `pjsip show identifiers`.

use std::fmt::Write as _;

use engine::request::Request;
use media::session::Statistics;
use switch::fact::Snap;

use super::columns;
use crate::Cx;
use crate::command::{Answer, Args, Command, clock};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "pjsip show channelstats",
        arguments: "",
        summary: "How the sound of calls fares",
        details: "Packets that came and went, those that were lost on the way, jitter and round trip in\n\
                  seconds.",
        module: "chan_pjsip",
        complete: &[],
        run: |cx, args| Box::pin(channel_figures(cx, args)),
    },
    Command {
        words: "pjsip show identifiers",
        arguments: "",
        summary: "By what a request's endpoint is found, in order",
        details: "",
        module: "res_pjsip",
        complete: &[],
        run: |cx, args| Box::pin(async { identifiers(cx, args) }),
    },
];

const HEAD: &str = "\
                                             ...........Receive......... .........Transmit..........\n \
BridgeId ChannelId ........ UpTime.. Codec.   Count    Lost Pct  Jitter   Count    Lost Pct  Jitter \
RTT....\n ";

async fn channel_figures(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(mut channels) = cx.ask(Request::Channels).await else {
        return Answer::ended();
    };
    channels.retain(|channel| channel.technology == "PJSIP");
    let mut text = format!("\n{HEAD}{:=<107}\n\n", "");
    for channel in &channels {
        let counted = cx.host().counted(channel.id);
        line(&mut text, cx, channel, counted.as_ref());
    }
    text.push_str(&columns::foot(channels.len()));
    Answer::Done(text)
}

fn line(text: &mut String, cx: &Cx, channel: &Snap, counted: Option<&Statistics>) {
    let name = channel.name.trim_start_matches("PJSIP/");
    let Some(counted) = counted else {
        let _ = writeln!(text, " {name} not valid\n");
        return;
    };
    let bridge = channel.bridge.as_deref().unwrap_or_default();
    let time = clock(cx.host().now() - channel.created);
    let _ = write!(
        text,
        " {:8.8} {name:18.18} {time:8.8} {:6.6}",
        bridge, &*channel.format
    );
    for side in [0, 1] {
        let (packets, lost) = (counted.packets[side], counted.lost[side]);
        let _ = write!(
            text,
            " {} {} {:>3} {:7.3}",
            figure(packets),
            figure(lost),
            percent(lost, packets),
            counted.jitter[side]
        );
    }
    let _ = writeln!(text, " {:7.3}\n", counted.round_trip);
}

/// A figure of seven columns, the last for a `K` where it is one of thousands.
fn figure(count: u64) -> String {
    match count {
        0..=100_000 => format!("{count:>6} "),
        more => format!("{:>6}K", more / 1_000),
    }
}

/// Of all that were sent, how many of a hundred were lost.
fn percent(lost: u64, came: u64) -> u64 {
    (lost * 100).checked_div(lost + came).unwrap_or(0)
}

fn identifiers(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let settings = cx.host().sip().settings();
    let order = settings.global.endpoint_identifier_order.iter();
    let names: String = order.map(|name| format!("{name}\n")).collect();
    Answer::Done(format!("Identifier Names:\n{names}"))
}
