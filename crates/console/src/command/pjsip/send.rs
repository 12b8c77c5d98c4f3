//! `pjsip send …`, `pjsip qualify`.

use engine::request::OrderFailed;
use sip::directory::{Notify, NotifyTarget, Request};
use switch::Text;
use switch::signal::{Notification, Order};

use super::objects;
use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "pjsip send notify",
        arguments: "<option> {endpoint|uri|channel} <to> [<to> …]",
        summary: "Sends a NOTIFY",
        details: "Sends what a section of pjsip_notify.conf says: to endpoints, to addresses, or inside the\n\
                  calls of channels.",
        module: "res_pjsip_notify",
        complete: &[
            Source::NotifyOptions,
            Source::Words(&["channel", "endpoint", "uri"]),
            Source::Endpoints,
        ],
        run: |cx, args| Box::pin(notify(cx, args)),
    },
    Command {
        words: "pjsip send register",
        arguments: "{*all|<registration>}",
        summary: "Sends a registration of ours at once",
        details: "",
        module: "res_pjsip_outbound_registration",
        complete: &[Source::Registrations],
        run: |cx, args| {
            Box::pin(async { register(cx, args, Request::Register, "Re-registration") })
        },
    },
    Command {
        words: "pjsip send unregister",
        arguments: "{*all|<registration>}",
        summary: "Takes a registration of ours back",
        details: "",
        module: "res_pjsip_outbound_registration",
        complete: &[Source::Registrations],
        run: |cx, args| {
            Box::pin(async { register(cx, args, Request::Unregister, "Un-registration") })
        },
    },
    Command {
        words: "pjsip qualify",
        arguments: "<endpoint>",
        summary: "Asks the contacts of an endpoint whether they are there",
        details: "",
        module: "res_pjsip",
        complete: &[Source::Endpoints],
        run: |cx, args| Box::pin(async { qualify(cx, args) }),
    },
];

async fn notify(cx: &Cx, args: &Args<'_>) -> Answer {
    let [option, kind, targets @ ..] = args.rest() else {
        return Answer::Usage;
    };
    let target: Option<fn(Text) -> NotifyTarget> = match kind.to_ascii_lowercase().as_str() {
        "endpoint" => Some(NotifyTarget::Endpoint),
        "uri" => Some(NotifyTarget::Uri),
        "channel" => None,
        _ => return Answer::Usage,
    };
    if targets.is_empty() {
        return Answer::Usage;
    }
    let settings = cx.host().sip().settings();
    let Some(pairs) = settings.notify_options.get(option.as_str()) else {
        return Answer::Failed(format!("Unable to find notify type '{option}'\n"));
    };
    let mut said = String::new();
    for name in targets {
        if kind.eq_ignore_ascii_case("endpoint") && !settings.endpoints.contains_key(name.as_str())
        {
            return Answer::Failed(format!("{said}Unable to retrieve endpoint {name}\n"));
        }
        said.push_str(&format!("Sending NOTIFY of type '{option}' to '{name}'\n"));
        let failed = match target {
            Some(target) => {
                let notify = Notify::of(target(name.as_str().into()), pairs.clone());
                order(cx, Request::Notify(Box::new(notify)))
            }
            None => notify_channel(cx, name, pairs.clone()).await,
        };
        if let Some(failed) = failed {
            return failed;
        }
    }
    Answer::Done(said)
}

/// Sends a NOTIFY inside a channel's call; the answer where that cannot be.
async fn notify_channel(cx: &Cx, name: &str, pairs: Vec<(Text, Text)>) -> Option<Answer> {
    let order = Order::Notify {
        to: Text::default(),
        content: Notification::Lines(pairs),
    };
    let ask = |reply| engine::request::Request::Order(name.into(), "PJSIP", order, reply);
    match cx.ask(ask).await {
        None => Some(Answer::ended()),
        Some(Ok(())) => None,
        Some(Err(OrderFailed::NoChannel)) => {
            Some(Answer::Failed(format!("{name} is not a known channel\n")))
        }
        Some(Err(OrderFailed::OtherTechnology)) => {
            Some(Answer::Failed(format!("{name} is not a PJSIP channel\n")))
        }
    }
}

fn register(cx: &Cx, args: &Args<'_>, request: fn(Text) -> Request, what: &str) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let settings = cx.host().sip().settings();
    let names: Vec<Text> = match name.as_str() {
        "*all" => settings.registrations.keys().cloned().collect(),
        name if settings.registrations.contains_key(name) => vec![name.into()],
        _ => {
            return Answer::Failed(format!("Unable to retrieve registration {name}\n"));
        }
    };
    names
        .into_iter()
        .find_map(|name| order(cx, request(name)))
        .unwrap_or_else(|| Answer::Done(format!("{what} of '{name}' queued\n")))
}

fn qualify(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let settings = cx.host().sip().settings();
    if !settings.endpoints.contains_key(name.as_str()) {
        return objects::absent(name);
    }
    let said = format!("Sending qualify to all reachable contacts on endpoint {name}\n");
    order(cx, Request::Qualify(name.as_str().into())).unwrap_or(Answer::Done(said))
}

/// Gives an order; the answer where nobody takes it.
fn order(cx: &Cx, request: Request) -> Option<Answer> {
    let absent = cx.host().sip().order(request).err()?;
    Some(Answer::Failed(format!("{absent}\n")))
}
