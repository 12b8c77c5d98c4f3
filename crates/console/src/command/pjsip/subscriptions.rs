//! `pjsip show subscriptions`.

use std::fmt::Write as _;

use sip::directory::Role;

use super::columns;
use crate::Cx;
use crate::command::{Answer, Args, Command};

pub(in crate::command) const COMMANDS: &[Command] = &[Command {
    words: "pjsip {show|list} subscriptions {inbound|outbound}",
    arguments: "",
    summary: "Who is told of what, by us or by others",
    details: "With `inbound` the subscriptions of others with us, with `outbound` ours with others.",
    module: "res_pjsip_pubsub",
    complete: &[],
    run: |cx, args| Box::pin(async { show(cx, args) }),
}];

fn show(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let role = match args.choice().as_str() {
        "inbound" => Role::Notifier,
        _ => Role::Subscriber,
    };
    let mut subscriptions = cx.host().sip().subscriptions();
    subscriptions.retain(|subscription| subscription.role == role);
    let mut text = format!(
        "\n <Endpoint..................>  <Event........>  <Resource.................>  <Expires>\n{:=<90}\n\n",
        ""
    );
    for subscription in &subscriptions {
        let resource = match &*subscription.context {
            "" => subscription.resource.to_string(),
            context => format!("{}@{context}", subscription.resource),
        };
        let left = subscription.expires.0.saturating_sub(cx.host().now().0) / 1_000_000;
        let _ = writeln!(
            text,
            " {:28}  {:15}  {resource:27}  {left}",
            subscription.endpoint, subscription.event
        );
    }
    text.push_str(&columns::foot(subscriptions.len()));
    Answer::Done(text)
}
