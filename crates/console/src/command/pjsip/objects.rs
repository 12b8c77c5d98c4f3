//! `pjsip show endpoints`, `pjsip show endpoint` and the like for the other objects of pjsip.conf.

use sip::directory::{Contact, Directory};
use sip::settings::Settings;

use super::channels::Devices;
use super::columns::{self, Line};
use super::one;
use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

/// `pjsip show …` of all objects of a type, which stand here with what belongs to them.
const fn all(
    words: &'static str,
    summary: &'static str,
    run: for<'a> fn(&'a Cx, &'a Args<'a>) -> crate::host::Answering<'a, Answer>,
) -> Command {
    Command {
        words,
        arguments: "",
        summary,
        details: "",
        module: "res_pjsip",
        complete: &[],
        run,
    }
}

/// `pjsip show …` of one of them.
const fn single(
    words: &'static str,
    summary: &'static str,
    complete: &'static [Source],
    run: for<'a> fn(&'a Cx, &'a Args<'a>) -> crate::host::Answering<'a, Answer>,
) -> Command {
    Command {
        words,
        arguments: "<name>",
        summary,
        details: "",
        module: "res_pjsip",
        complete,
        run,
    }
}

pub(in crate::command) const COMMANDS: &[Command] = &[
    all(
        "pjsip {show|list} endpoints",
        "The endpoints",
        |cx, args| Box::pin(endpoints(cx, args)),
    ),
    single(
        "pjsip show endpoint",
        "An endpoint with all its options",
        &[Source::Endpoints],
        |cx, args| Box::pin(endpoint(cx, args)),
    ),
    all(
        "pjsip {show|list} aors",
        "The addresses of record",
        |cx, args| Box::pin(async { aors(cx, args) }),
    ),
    single(
        "pjsip show aor",
        "An address of record with all its options",
        &[Source::Aors],
        |cx, args| Box::pin(async { aor(cx, args) }),
    ),
    all(
        "pjsip {show|list} auths",
        "The proofs of identity",
        |cx, args| Box::pin(async { auths(cx, args) }),
    ),
    single(
        "pjsip show auth",
        "A proof of identity with all its options",
        &[Source::Auths],
        |cx, args| Box::pin(async { auth(cx, args) }),
    ),
    all("pjsip {show|list} contacts", "The contacts", |cx, args| {
        Box::pin(async { contacts(cx, args) })
    }),
    single(
        "pjsip show contact",
        "A contact with all that is known of it",
        &[Source::Contacts],
        |cx, args| Box::pin(async { contact(cx, args) }),
    ),
    all(
        "pjsip {show|list} identifies",
        "What tells requests apart",
        |cx, args| Box::pin(async { identifies(cx, args) }),
    ),
    single(
        "pjsip show identify",
        "What tells an endpoint's requests from others'",
        &[Source::Identifies],
        |cx, args| Box::pin(async { identify(cx, args) }),
    ),
    all(
        "pjsip {show|list} transports",
        "Where SIP listens",
        |cx, args| Box::pin(async { transports(cx, args) }),
    ),
    single(
        "pjsip show transport",
        "A place where SIP listens, with all its options",
        &[Source::Transports],
        |cx, args| Box::pin(async { transport(cx, args) }),
    ),
];

/// A listing of objects, each in lines of its own.
fn listing<T>(
    args: &Args<'_>,
    lines: &[Line],
    objects: impl IntoIterator<Item = T>,
    mut show: impl FnMut(&mut String, T),
) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut text = columns::head(lines);
    let mut count = 0;
    for object in objects {
        show(&mut text, object);
        // What has lines of its own below it is set apart.
        if lines.len() > 1 {
            text.push('\n');
        }
        count += 1;
    }
    text.push_str(&columns::foot(count));
    Answer::Done(text)
}

/// The answer where there is no object of that name.
pub(super) fn absent(name: &str) -> Answer {
    Answer::Failed(format!("Unable to find object {name}.\n\n"))
}

/// Whether only the objects themselves are wanted: `list` rather than `show`.
fn short(args: &Args<'_>) -> bool {
    let word = args.words.get(1);
    word.is_some_and(|word| word.eq_ignore_ascii_case("list"))
}

async fn endpoints(cx: &Cx, args: &Args<'_>) -> Answer {
    let Some(devices) = Devices::read(cx).await else {
        return Answer::ended();
    };
    let directory = cx.host().sip();
    let settings = directory.settings();
    if short(args) {
        return listing(
            args,
            &[Line::Endpoint],
            settings.endpoints.values(),
            |text, one| {
                columns::endpoint(text, one, &directory, &devices);
            },
        );
    }
    listing(args, ENDPOINT, settings.endpoints.values(), |text, one| {
        columns::whole_endpoint(text, one, &directory, &settings, &devices);
    })
}

/// The lines of an endpoint and all that belongs to it.
const ENDPOINT: &[Line] = &[
    Line::Endpoint,
    Line::Auth,
    Line::Aor,
    Line::Contact,
    Line::Transport,
    Line::Identify,
    Line::Match,
    Line::Channel,
    Line::Exten,
];

async fn endpoint(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let Some(devices) = Devices::read(cx).await else {
        return Answer::ended();
    };
    let directory = cx.host().sip();
    let settings = directory.settings();
    let Some(found) = settings.endpoints.get(name.as_str()) else {
        return absent(name);
    };
    let mut text = columns::head(ENDPOINT);
    columns::whole_endpoint(&mut text, found, &directory, &settings, &devices);
    text.push_str(&one::options(found.fields()));
    Answer::Done(text)
}

fn aors(cx: &Cx, args: &Args<'_>) -> Answer {
    let directory = cx.host().sip();
    let settings = directory.settings();
    if short(args) {
        return listing(args, &[Line::Aor], settings.aors.values(), |text, one| {
            columns::aor(text, one);
        });
    }
    listing(
        args,
        &[Line::Aor, Line::Contact],
        settings.aors.values(),
        |text, one| {
            columns::whole_aor(text, one, &directory);
        },
    )
}

fn aor(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let directory = cx.host().sip();
    let settings = directory.settings();
    let Some(found) = settings.aors.get(name.as_str()) else {
        return absent(name);
    };
    let mut text = columns::head(&[Line::Aor, Line::Contact]);
    columns::whole_aor(&mut text, found, &directory);
    text.push_str(&one::options(found.fields()));
    Answer::Done(text)
}

fn auths(cx: &Cx, args: &Args<'_>) -> Answer {
    let settings = cx.host().sip().settings();
    listing(args, &[Line::Auth], settings.auths.values(), |text, one| {
        columns::auth(text, "Auth", one);
    })
}

fn auth(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let settings = cx.host().sip().settings();
    let Some(found) = settings.auths.get(name.as_str()) else {
        return absent(name);
    };
    let mut text = columns::head(&[Line::Auth]);
    columns::auth(&mut text, "Auth", found);
    text.push_str(&one::options(found.fields()));
    Answer::Done(text)
}

fn all_contacts(directory: &Directory, settings: &Settings) -> Vec<Contact> {
    let aors = settings.aors.values();
    aors.flat_map(|aor| columns::contacts(directory, aor))
        .collect()
}

fn contacts(cx: &Cx, args: &Args<'_>) -> Answer {
    let directory = cx.host().sip();
    let contacts = all_contacts(&directory, &directory.settings());
    listing(args, &[Line::Contact], contacts, |text, one| {
        columns::contact(text, &one)
    })
}

fn contact(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let directory = cx.host().sip();
    let contacts = all_contacts(&directory, &directory.settings());
    let is_named =
        |one: &&Contact| format!("{}/{}", one.aor, one.uri) == *name || *one.id == **name;
    let Some(found) = contacts.iter().find(is_named) else {
        return absent(name);
    };
    let mut text = columns::head(&[Line::Contact]);
    columns::contact(&mut text, found);
    let (expires, port) = (
        (found.expires.0 / 1_000_000).to_string(),
        found.via_port.to_string(),
    );
    let values = [
        ("call_id", &*found.call_id),
        ("endpoint", &*found.endpoint),
        ("expiration_time", &*expires),
        ("path", &*found.path),
        ("uri", &*found.uri),
        ("user_agent", &*found.user_agent),
        ("via_addr", &*found.via_address),
        ("via_port", &*port),
    ];
    let fields = values.map(|(option, value)| sip::settings::Field {
        option,
        key: option,
        value,
    });
    text.push_str(&one::options(fields.into_iter()));
    Answer::Done(text)
}

fn identifies(cx: &Cx, args: &Args<'_>) -> Answer {
    let settings = cx.host().sip().settings();
    let lines = [Line::Identify, Line::Match];
    listing(args, &lines, &settings.identifies, |text, one| {
        columns::identify(text, one)
    })
}

fn identify(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let settings = cx.host().sip().settings();
    let Some(found) = settings.identifies.iter().find(|one| *one.name == **name) else {
        return absent(name);
    };
    let mut text = columns::head(&[Line::Identify, Line::Match]);
    columns::identify(&mut text, found);
    text.push_str(&one::options(found.fields()));
    Answer::Done(text)
}

fn transports(cx: &Cx, args: &Args<'_>) -> Answer {
    let settings = cx.host().sip().settings();
    listing(
        args,
        &[Line::Transport],
        &settings.transports,
        |text, one| {
            columns::transport(text, one);
        },
    )
}

fn transport(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let settings = cx.host().sip().settings();
    let Some(found) = settings.transports.iter().find(|one| *one.name == **name) else {
        return absent(name);
    };
    let mut text = columns::head(&[Line::Transport]);
    columns::transport(&mut text, found);
    text.push_str(&one::options(found.fields()));
    Answer::Done(text)
}
