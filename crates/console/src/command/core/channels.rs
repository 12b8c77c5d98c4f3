//! `core show channels`, `core show channel`.

use std::fmt::Write as _;

use engine::request::{Counters, Request};
use switch::fact::Snap;
use switch::{Snapshot, Time};

use crate::Cx;
use crate::command::{Answer, Args, Command, Source, clock, plural};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "core show channels [concise|verbose|count]",
        arguments: "",
        summary: "The channels that there are",
        details: "The channels that there are, the newest first, and how many calls they make.\n\
                  `concise` separates the columns with ! for programs, `verbose` shows more columns,\n\
                  and `count` only the counters.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(show_channels(cx, args)),
    },
    Command {
        words: "core show calls [uptime]",
        arguments: "",
        summary: "How many calls there are",
        details: "How many calls there are, and how many there were since the start. With `uptime` also for\n\
                  how many seconds the switch has counted.",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(show_calls(cx, args)),
    },
    Command {
        words: "core show channel",
        arguments: "<channel>",
        summary: "All that is known of a channel",
        details: "",
        module: "core",
        complete: &[Source::Channels],
        run: |cx, args| Box::pin(show_channel(cx, args)),
    },
];

async fn show_channels(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let choice = args.choice();
    let channels = match choice.as_str() {
        "count" => Some(Vec::new()),
        _ => cx.ask(Request::Channels).await,
    };
    let (Some(channels), Some(counters)) = (channels, cx.ask(Request::Counters).await) else {
        return Answer::ended();
    };
    let now = cx.host().now();
    let mut text = String::new();
    match choice.as_str() {
        "concise" => {
            channels
                .iter()
                .for_each(|channel| concise(&mut text, channel, now));
            return Answer::Done(text);
        }
        "verbose" => {
            verbose_row(
                &mut text,
                [
                    "Channel",
                    "Context",
                    "Extension",
                    "Prio",
                    "State",
                    "Application",
                    "Data",
                    "CallerID",
                    "Duration",
                    "Accountcode",
                    "PeerAccount",
                    "BridgeID",
                ],
            );
            channels
                .iter()
                .for_each(|channel| verbose(&mut text, channel, now));
        }
        "count" => {}
        _ => {
            plain_row(
                &mut text,
                ["Channel", "Location", "State", "Application(Data)"],
            );
            channels
                .iter()
                .for_each(|channel| plain(&mut text, channel));
        }
    }
    count(&mut text, counters);
    Answer::Done(text)
}

fn plain(text: &mut String, channel: &Snapshot) {
    let location = if channel.context.is_empty() && channel.exten.is_empty() {
        "(None)".to_owned()
    } else {
        format!("{}@{}:{}", channel.exten, channel.context, channel.priority)
    };
    let application = if channel.application.is_empty() {
        "(None)".to_owned()
    } else {
        format!("{}({})", channel.application, channel.data)
    };
    plain_row(
        text,
        [&channel.name, &location, channel.state.word(), &application],
    );
}

fn plain_row(text: &mut String, [channel, location, state, application]: [&str; 4]) {
    let _ = writeln!(
        text,
        "{channel:<20.20} {location:<20.20} {state:<7.7} {application:<30.30}"
    );
}

fn verbose(text: &mut String, channel: &Snapshot, now: Time) {
    verbose_row(
        text,
        [
            &channel.name,
            &channel.context,
            &channel.exten,
            &channel.priority.to_string(),
            channel.state.word(),
            or(&channel.application, "(None)"),
            &channel.data,
            &channel.caller.number,
            &clock(now.since(channel.created)),
            &channel.account,
            &channel.peer_account,
            channel.bridge.as_deref().unwrap_or_default(),
        ],
    );
}

fn verbose_row(text: &mut String, row: [&str; 12]) {
    let [
        name,
        context,
        exten,
        priority,
        state,
        application,
        data,
        caller,
        duration,
        account,
        peer,
        bridge,
    ] = row;
    let number = priority.parse::<i32>().is_ok();
    let priority = if number {
        format!("{priority:>4}")
    } else {
        format!("{priority:<4.4}")
    };
    let _ = writeln!(
        text,
        "{name:<20.20} {context:<20.20} {exten:<16.16} {priority} {state:<7.7} {application:<12.12} \
         {data:<25.25} {caller:<15.15} {duration:>8.8} {account:<11.11} {peer:<11.11} {bridge:<20.20}"
    );
}

fn concise(text: &mut String, channel: &Snapshot, now: Time) {
    let _ = writeln!(
        text,
        "{}!{}!{}!{}!{}!{}!{}!{}!{}!{}!{}!{}!{}!{}",
        channel.name,
        channel.context,
        channel.exten,
        channel.priority,
        channel.state.word(),
        or(&channel.application, "(None)"),
        channel.data,
        channel.caller.number,
        channel.account,
        channel.peer_account,
        channel.ama_flags.figure(),
        now.since(channel.created).as_secs(),
        channel.bridge.as_deref().unwrap_or("(None)"),
        channel.uniqueid,
    );
}

fn count(text: &mut String, counters: Counters) {
    let Counters {
        channels,
        calls,
        processed,
        ..
    } = counters;
    let several = plural(usize::try_from(processed).unwrap_or(usize::MAX));
    let _ = writeln!(text, "{channels} active channel{}", plural(channels));
    let _ = writeln!(text, "{calls} active call{}", plural(calls));
    let _ = writeln!(text, "{processed} call{several} processed");
}

async fn show_calls(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(Counters {
        calls, processed, ..
    }) = cx.ask(Request::Counters).await
    else {
        return Answer::ended();
    };
    let mut text = format!("{calls} active call{}\n", plural(calls));
    if args.choice() == "uptime" {
        let uptime = cx.host().now().since(cx.host().started()).as_secs();
        let _ = writeln!(
            text,
            "{processed} calls processed\nSystem uptime {uptime} seconds"
        );
    } else {
        let _ = writeln!(text, "{processed} calls processed");
    }
    Answer::Done(text)
}

async fn show_channel(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let Some(found) = cx
        .ask(|reply| Request::Channel(name.as_str().into(), reply))
        .await
    else {
        return Answer::ended();
    };
    let Some(channel) = found else {
        return Answer::Done(format!("{name} is not a known channel\n"));
    };
    let variables = cx
        .ask(|reply| Request::ChannelVariables(channel.name.clone(), reply))
        .await
        .and_then(Result::ok)
        .unwrap_or_default();
    let mut text = describe(&channel, cx.host().now());
    for (name, value) in variables {
        let _ = writeln!(text, "{name}={value}");
    }
    Answer::Done(text)
}

fn describe(channel: &Snap, now: Time) -> String {
    const NONE: &str = "(N/A)";
    let elapsed = now.since(channel.created).as_secs();
    let elapsed = format!("{}h{}m{}s", elapsed / 3600, elapsed / 60 % 60, elapsed % 60);
    let state = format!("{} ({})", channel.state.word(), channel.state.figure());
    let left = channel
        .hangup_at
        .map_or(0, |at| at.since(now).as_secs())
        .to_string();
    let priority = channel.priority.to_string();
    let call: [(&str, &str); 21] = [
        ("Name", &channel.name),
        ("Type", channel.technology),
        ("UniqueID", &channel.uniqueid),
        ("LinkedID", &channel.linkedid),
        ("Caller ID", or(&channel.caller.number, NONE)),
        ("Caller ID Name", or(&channel.caller.name, NONE)),
        ("Connected Line ID", or(&channel.connected.number, NONE)),
        ("Connected Line ID Name", or(&channel.connected.name, NONE)),
        (
            "Eff. Connected Line ID",
            or(&channel.connected.number, NONE),
        ),
        (
            "Eff. Connected Line ID Name",
            or(&channel.connected.name, NONE),
        ),
        ("DNID Digits", or(&channel.dnid, NONE)),
        ("Language", &channel.language),
        ("State", &state),
        ("NativeFormats", &channel.formats),
        ("WriteFormat", &channel.format),
        ("ReadFormat", &channel.format),
        ("WriteTranscode", "No"),
        ("ReadTranscode", "No"),
        ("Time to Hangup", &left),
        ("Elapsed Time", &elapsed),
        (
            "Bridge ID",
            channel.bridge.as_deref().unwrap_or("(Not bridged)"),
        ),
    ];
    let script: [(&str, &str); 7] = [
        ("Context", &channel.context),
        ("Extension", &channel.exten),
        ("Priority", &priority),
        ("Call Group", "0"),
        ("Pickup Group", "0"),
        ("Application", or(&channel.application, NONE)),
        ("Data", or(&channel.data, "(Empty)")),
    ];
    let mut text = String::from(" -- General --\n");
    for (label, value) in call {
        let _ = writeln!(text, "{label:>15}: {value}");
    }
    text.push_str(" --   PBX   --\n");
    for (label, value) in script {
        let _ = writeln!(text, "{label:>15}: {value}");
    }
    text.push_str("      Variables:\n");
    text
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}
