//! `channel …`, and the short forms `originate` and `hangup request`.

use std::time::Duration;

use engine::request::{
    NameTest, Originate, Place, Redirect, RedirectFailed, Request, Responder, Target,
};
use switch::fact::OriginateTarget;
use switch::{Cause, Party, Text};

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

/// How long a call that an administrator starts may ring.
const RINGING: Duration = Duration::from_secs(30);

const fn originate_as(words: &'static str) -> Command {
    Command {
        words,
        arguments: "<technology>/<destination> application <application> [<data>]\n       \
                    channel originate <technology>/<destination> extension [<exten>@][<context>]",
        summary: "Calls somebody and connects them with an application or an extension",
        details: "The command returns at once. Without an extension the call goes to s, without a context\n\
                  to default.",
        module: "core",
        complete: &[
            Source::Words(&["Local/"]),
            Source::Words(&["application", "extension"]),
        ],
        run: |cx, args| Box::pin(async { originate(cx, args) }),
    }
}

const fn hangup_as(words: &'static str) -> Command {
    Command {
        words,
        arguments: "<channel>|all",
        summary: "Hangs up a channel, or all of them",
        details: "",
        module: "core",
        complete: &[Source::Channels],
        run: |cx, args| Box::pin(hangup(cx, args)),
    }
}

pub(super) const COMMANDS: &[Command] = &[
    originate_as("channel originate"),
    originate_as("originate"),
    hangup_as("channel request hangup"),
    hangup_as("hangup request"),
    Command {
        words: "channel redirect",
        arguments: "<channel> [[<context>,]<exten>,]<priority>",
        summary: "Sends a channel elsewhere in the dialplan",
        details: "",
        module: "core",
        complete: &[Source::Channels],
        run: |cx, args| Box::pin(redirect(cx, args)),
    },
];

fn originate(cx: &Cx, args: &Args<'_>) -> Answer {
    let [called, how, rest @ ..] = args.rest() else {
        return Answer::Usage;
    };
    let Some((technology, destination)) = called.split_once('/') else {
        return Answer::Usage;
    };
    let target = match (how.to_ascii_lowercase().as_str(), rest) {
        ("application", [application, data @ ..]) => OriginateTarget::Application {
            application: application.as_str().into(),
            data: data.join(" ").into(),
        },
        ("extension", []) => extension(""),
        ("extension", [place]) => extension(place),
        _ => return Answer::Usage,
    };
    let order = Originate {
        technology: technology.into(),
        destination: destination.into(),
        target,
        timeout: RINGING,
        caller: Party::default(),
        variables: Vec::new(),
        account: Text::default(),
        early_media: false,
        run_alone: true,
        action_id: Text::default(),
        channel_id: Text::default(),
        other_channel_id: Text::default(),
        pre_dial: Text::default(),
        codecs: Vec::new(),
    };
    cx.host()
        .submit(Request::Originate(Box::new(order), Responder::ignore()));
    Answer::Done(String::new())
}

/// `exten@context`, of which either half may be missing; a word without @ is a context.
fn extension(place: &str) -> OriginateTarget {
    let (exten, context) = place.split_once('@').unwrap_or(("", place));
    let or =
        |text: &str, otherwise: &str| Text::from(if text.is_empty() { otherwise } else { text });
    OriginateTarget::Extension {
        context: or(context, "default"),
        exten: or(exten, "s"),
        priority: 1,
    }
}

async fn hangup(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let all = name.eq_ignore_ascii_case("all");
    let target = if all {
        Target::Matching(NameTest(Box::new(|_| true)))
    } else {
        Target::Name(name.as_str().into())
    };
    let Some(found) = cx
        .ask(|reply| Request::Hangup(target, Cause::UNKNOWN, reply))
        .await
    else {
        return Answer::ended();
    };
    if found.is_empty() && !all {
        return Answer::Done(format!("{name} is not a known channel\n"));
    }
    Answer::Done(
        found
            .iter()
            .map(|name| format!("Requested Hangup on channel '{name}'\n"))
            .collect(),
    )
}

async fn redirect(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name, destination] = args.rest() else {
        return Answer::Usage;
    };
    let found = cx
        .ask(|reply| Request::Channel(name.as_str().into(), reply))
        .await;
    let channel = match found {
        Some(Some(channel)) => channel,
        Some(None) => return Answer::Failed(format!("Channel '{name}' not found\n")),
        None => return Answer::ended(),
    };
    let parts: Vec<&str> = destination.split(',').map(str::trim).collect();
    let (context, exten, priority) = match *parts.as_slice() {
        [priority] => (channel.context.clone(), channel.exten.clone(), priority),
        [exten, priority] => (channel.context.clone(), exten.into(), priority),
        [context, exten, priority] => (context.into(), exten.into(), priority),
        _ => return Answer::Usage,
    };
    let to = Place {
        context,
        exten,
        priority: priority.into(),
    };
    let order = Box::new(Redirect {
        channel: channel.name.clone(),
        to,
        extra: None,
    });
    match cx.ask(|reply| Request::Redirect(order, reply)).await {
        Some(Ok(())) => Answer::Done(format!(
            "Channel '{name}' successfully redirected to {destination}\n"
        )),
        Some(Err(RedirectFailed::NoChannel)) => {
            Answer::Failed(format!("Channel '{name}' not found\n"))
        }
        Some(Err(_)) => Answer::Failed(format!(
            "Channel '{name}' failed to be redirected to {destination}\n"
        )),
        None => Answer::ended(),
    }
}
