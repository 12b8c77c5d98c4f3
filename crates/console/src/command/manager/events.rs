//! `manager show events`, `manager show event`.

use std::fmt::Write as _;

use ami::spec::{EventSpec, FieldSpec, Group};

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "manager show events",
        arguments: "",
        summary: "The events of the manager interface",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { show_events(cx, args) }),
    },
    Command {
        words: "manager show event",
        arguments: "<event>",
        summary: "When an event of the manager interface comes, and what it holds",
        details: "",
        module: "core",
        complete: &[Source::Events],
        run: |cx, args| Box::pin(async { show_event(cx, args) }),
    },
];

fn show_events(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut names: Vec<&str> = loaded(cx).iter().map(|event| event.name).collect();
    names.sort_unstable_by_key(|name| name.to_ascii_lowercase());
    let rule = "-".repeat(20);
    let mut text = format!("Events:\n {rule}  {rule}  {rule}\n");
    for row in names.chunks(3) {
        let row: Vec<String> = row.iter().map(|name| format!("{name:<20.20}")).collect();
        let _ = writeln!(text, " {}", row.join("  "));
    }
    Answer::Done(text)
}

fn show_event(cx: &Cx, args: &Args<'_>) -> Answer {
    let [wanted] = args.rest() else {
        return Answer::Usage;
    };
    let Some(event) = loaded(cx)
        .into_iter()
        .find(|event| event.name.eq_ignore_ascii_case(wanted))
    else {
        return Answer::Failed(format!(
            "Could not find event '{wanted}'; see 'manager show events' for those that there are\n"
        ));
    };
    let mut text = format!(
        "Event: {}\n\n[Synopsis]\n{}\n\n[Syntax]\nEvent: {}\n",
        event.name, event.summary, event.name
    );
    event
        .fields
        .iter()
        .for_each(|field| syntax(&mut text, field));
    if !event.details.is_empty() {
        let _ = writeln!(text, "\n[Description]\n{}", event.details);
    }
    text.push_str("\n[Arguments]\n");
    event
        .fields
        .iter()
        .for_each(|field| explain(&mut text, field));
    if !event.class.is_empty() {
        let _ = writeln!(text, "\n[Class]\n{}", event.class);
    }
    Answer::Done(text)
}

fn syntax(text: &mut String, field: &FieldSpec) {
    let _ = match *field {
        FieldSpec::Line {
            name,
            optional: false,
            ..
        } => writeln!(text, "{name}: <value>"),
        FieldSpec::Line { name, .. } => writeln!(text, "[{name}:] <value>"),
        FieldSpec::Group { group, prefix, .. } => {
            writeln!(
                text,
                "{prefix}{}: … (the lines of a {})",
                first(group),
                word(group)
            )
        }
        FieldSpec::Pairs { name, .. } => writeln!(text, "[{name}:] <name>=<value> …"),
        FieldSpec::Free { .. } => writeln!(text, "[<any key>:] <value> …"),
    };
}

fn explain(text: &mut String, field: &FieldSpec) {
    let (name, help) = match *field {
        FieldSpec::Line { name, help, .. } | FieldSpec::Pairs { name, help } => {
            (name.to_owned(), help)
        }
        FieldSpec::Group {
            group,
            prefix,
            help,
            ..
        } => (format!("{prefix}{} …", first(group)), help),
        FieldSpec::Free { help } => ("Other keys".to_owned(), help),
    };
    let _ = writeln!(text, "{name}\n    {help}");
}

fn first(group: Group) -> &'static str {
    match group {
        Group::Channel => "Channel",
        Group::Bridge => "BridgeUniqueid",
        Group::Security => "EventTV",
    }
}

fn word(group: Group) -> &'static str {
    match group {
        Group::Channel => "channel",
        Group::Bridge => "bridge",
        Group::Security => "security event",
    }
}

fn loaded(cx: &Cx) -> Vec<EventSpec> {
    let mut events = cx.host().events();
    events.retain(|event| cx.host().modules().loaded(event.module));
    events
}
