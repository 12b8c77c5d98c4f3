//! How a line may go on.

use std::collections::BTreeSet;

use engine::request::Request;
use switch::Text;

use crate::command::Source;
use crate::{Cx, line, resolve};

/// Most candidates that are offered. A terminal shows a screenful; a switch may hold ten thousand channels.
const CANDIDATES: usize = 500;

/// How a line may go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where in the line the word begins that is to be replaced, in bytes.
    pub start: usize,
    /// What it may become, sorted, quoted where it must be.
    pub candidates: Vec<String>,
}

/// What the last word of `line` may become. A line that ends in a blank has an empty last word.
pub async fn complete(cx: &Cx, line: &str) -> Completion {
    let start = line::last_word(line);
    let (before, last) = line.split_at(start);
    let words = line::words(before);
    let last = line::words(last).pop().unwrap_or_default();
    let mut candidates: BTreeSet<String> = next_words(cx, &words, &last);
    if let Some((command, fixed)) = resolve::find(cx, &words)
        && let Some(source) = command.complete.get(words.len() - fixed)
    {
        candidates.extend(starting_with(&last, values(cx, *source).await));
    }
    Completion {
        start,
        candidates: candidates.into_iter().take(CANDIDATES).collect(),
    }
}

/// The fixed words that may come after `before`.
fn next_words(cx: &Cx, before: &[String], last: &str) -> BTreeSet<String> {
    let mut next = BTreeSet::new();
    for command in resolve::loaded(cx) {
        let mut places = command.words.split(' ');
        let begins = before.iter().all(|word| {
            places.next().is_some_and(|place| {
                resolve::alternatives(place)
                    .0
                    .any(|one| one.eq_ignore_ascii_case(word))
            })
        });
        if let (true, Some(place)) = (begins, places.next()) {
            let (alternatives, _) = resolve::alternatives(place);
            next.extend(starting_with(last, alternatives.map(str::to_owned)));
        }
    }
    next
}

fn starting_with(
    start: &str,
    values: impl IntoIterator<Item = String>,
) -> impl Iterator<Item = String> {
    values
        .into_iter()
        .filter(move |value| {
            value
                .as_bytes()
                .get(..start.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(start.as_bytes()))
        })
        .map(|value| line::quote(&value))
}

fn names<'a>(names: impl Iterator<Item = &'a Text>) -> Vec<String> {
    names.map(ToString::to_string).collect()
}

async fn values(cx: &Cx, source: Source) -> Vec<String> {
    let host = cx.host();
    let loaded = |module: &str| host.modules().loaded(module);
    match source {
        Source::Words(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        Source::Channels => {
            let channels = cx.ask(Request::Channels).await.unwrap_or_default();
            channels
                .iter()
                .map(|channel| channel.name.to_string())
                .collect()
        }
        Source::Bridges => {
            let bridges = cx.ask(Request::Bridges).await.unwrap_or_default();
            bridges
                .iter()
                .map(|bridge| bridge.uniqueid.to_string())
                .collect()
        }
        Source::Contexts => match cx.ask(Request::Plan).await {
            Some(plan) => plan
                .contexts()
                .map(|context| context.name().to_string())
                .collect(),
            None => Vec::new(),
        },
        Source::Endpoints => names(host.sip().settings().endpoints.keys()),
        Source::Aors => names(host.sip().settings().aors.keys()),
        Source::Auths => names(host.sip().settings().auths.keys()),
        Source::Contacts => {
            let contacts = host.sip().contacts();
            contacts
                .iter()
                .map(|one| format!("{}/{}", one.aor, one.uri))
                .collect()
        }
        Source::Identifies => names(host.sip().settings().identifies.iter().map(|one| &one.name)),
        Source::NotifyOptions => names(host.sip().settings().notify_options.keys()),
        Source::Registrations => names(host.sip().settings().registrations.keys()),
        Source::Transports => names(host.sip().settings().transports.iter().map(|one| &one.name)),
        Source::Users => host.users().into_iter().map(|user| user.name).collect(),
        Source::Sessions => host
            .sessions()
            .iter()
            .map(|session| session.number.to_string())
            .collect(),
        Source::Modules => host
            .modules()
            .all()
            .map(|(spec, _)| format!("{}.so", spec.name))
            .collect(),
        Source::Actions => host
            .actions()
            .iter()
            .filter(|a| loaded(a.module))
            .map(|a| a.name.to_owned())
            .collect(),
        Source::Events => host
            .events()
            .iter()
            .map(|event| event.name.to_owned())
            .collect(),
        Source::Applications => pages(host.applications(), loaded),
        Source::Functions => pages(host.functions(), loaded),
        Source::ConfigurationFiles => host
            .configuration_files()
            .into_iter()
            .map(|(file, _)| file)
            .collect(),
        Source::CustomDevices => custom(
            cx.ask(Request::Devices)
                .await
                .unwrap_or_default()
                .into_iter()
                .map(|(name, _)| name),
            "Custom:",
        ),
        Source::CustomPresences => custom(
            cx.ask(Request::Presences)
                .await
                .unwrap_or_default()
                .into_iter()
                .map(|(name, _)| name),
            "CustomPresence:",
        ),
    }
}

fn pages(pages: Vec<crate::host::Page>, loaded: impl Fn(&str) -> bool) -> Vec<String> {
    pages
        .iter()
        .filter(|page| loaded(page.module))
        .map(|page| page.name.to_owned())
        .collect()
}

fn custom(names: impl Iterator<Item = switch::Text>, prefix: &str) -> Vec<String> {
    names
        .filter(|name| name.starts_with(prefix))
        .map(|name| name.to_string())
        .collect()
}
