//! `pjsip show registrations`, `pjsip show registration`.

use std::fmt::Write as _;

use sip::directory::Registered;
use sip::settings::Registration;

use super::{columns, objects, one};
use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "pjsip {show|list} registrations",
        arguments: "",
        summary: "The registrations of ours",
        details: "",
        module: "res_pjsip_outbound_registration",
        complete: &[],
        run: |cx, args| Box::pin(async { show_all(cx, args) }),
    },
    Command {
        words: "pjsip show registration",
        arguments: "<name>",
        summary: "A registration of ours with all its options",
        details: "",
        module: "res_pjsip_outbound_registration",
        complete: &[Source::Registrations],
        run: |cx, args| Box::pin(async { show_one(cx, args) }),
    },
];

fn head() -> String {
    format!(
        "\n <Registration/ServerURI..............................>  <Auth....................>  \
         <Status.......>\n{:=<90}\n\n",
        ""
    )
}

fn line(cx: &Cx, text: &mut String, registration: &Registration) {
    let live = cx.host().sip().registration(&registration.name);
    let status = live
        .as_ref()
        .map_or(Registered::Unregistered, |live| live.status);
    let name = format!("{}/{}", registration.name, registration.server_uri);
    let _ = write!(
        text,
        " {:54}  {:26}  {:16}",
        name,
        registration.outbound_auth.join(","),
        status.word()
    );
    if let Some(next) = live.and_then(|live| live.next) {
        let left = next.0.saturating_sub(cx.host().now().0) / 1_000_000;
        let _ = write!(text, "  (exp. {left}s)");
    }
    let trimmed = text.trim_end().len();
    text.truncate(trimmed);
    text.push('\n');
}

fn show_all(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let settings = cx.host().sip().settings();
    let mut text = head();
    for registration in settings.registrations.values() {
        line(cx, &mut text, registration);
    }
    text.push_str(&columns::foot(settings.registrations.len()));
    Answer::Done(text)
}

fn show_one(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let settings = cx.host().sip().settings();
    let Some(found) = settings.registrations.get(name.as_str()) else {
        return objects::absent(name);
    };
    let mut text = head();
    line(cx, &mut text, found);
    text.push_str(&one::options(found.fields()));
    Answer::Done(text)
}
