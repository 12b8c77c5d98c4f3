//! `core show codecs`, `core show channeltypes`: in which forms sound comes, and by which ways calls.

use std::fmt::Write as _;

use media::codec::Codec;

use crate::Cx;
use crate::command::{Answer, Args, Command, Source};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "core show codecs [audio|video|image|text]",
        arguments: "",
        summary: "The codecs that calls may use",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { codecs(cx, args) }),
    },
    Command {
        words: "core show codec",
        arguments: "<number>",
        summary: "One codec, by its number in the list of all",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { codec(cx, args) }),
    },
    Command {
        words: "core show channeltypes",
        arguments: "",
        summary: "The ways by which calls come and go",
        details: "",
        module: "core",
        complete: &[],
        run: |cx, args| Box::pin(async { channel_types(cx, args) }),
    },
    Command {
        words: "core show channeltype",
        arguments: "<type>",
        summary: "One way by which calls come and go",
        details: "",
        module: "core",
        complete: &[Source::Words(&["Local", "PJSIP"])],
        run: |cx, args| Box::pin(async { channel_type(cx, args) }),
    },
];

fn row(text: &mut String, [number, kind, name, format, what]: [&str; 5]) {
    let _ = writeln!(text, "{number:>8} {kind:<5} {name:<12} {format:<16} {what}");
}

fn codecs(_: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut text = String::new();
    row(&mut text, ["ID", "TYPE", "NAME", "FORMAT", "DESCRIPTION"]);
    let _ = writeln!(text, "{:-<96}", "");
    // All that is carried is sound.
    let is_sound = matches!(args.choice().as_str(), "codecs" | "audio");
    for (at, codec) in Codec::ALL.into_iter().enumerate().filter(|_| is_sound) {
        let number = (at + 1).to_string();
        let what = format!("({})", described(codec));
        let name = codec.name();
        row(&mut text, [&number, "audio", name, name, &what]);
    }
    Answer::Done(text)
}

fn codec(_: &Cx, args: &Args<'_>) -> Answer {
    let [number] = args.rest() else {
        return Answer::Usage;
    };
    let Ok(number) = number.parse::<usize>() else {
        return Answer::Usage;
    };
    let found = number.checked_sub(1).and_then(|at| Codec::ALL.get(at));
    match found {
        Some(codec) => Answer::Done(format!("{number:>11} {}\n", described(*codec))),
        None => Answer::Failed(format!("Codec {number} not found\n")),
    }
}

fn described(codec: Codec) -> String {
    let name = match codec {
        Codec::Ulaw => "G.711 u-law",
        Codec::Alaw => "G.711 A-law",
        Codec::G722 => "G.722",
        Codec::Opus => "Opus",
        Codec::Slin | Codec::Slin16 => "Signed linear",
    };
    format!("{name}, {} kHz", codec.sample_rate() / 1000)
}

/// A way by which calls come and go.
struct Type {
    name: &'static str,
    what: &'static str,
    /// Whether its devices' states are known, whether digits and states are indicated to the far end, and
    /// whether the far end can be sent elsewhere.
    device_state: bool,
    indications: bool,
    transfer: bool,
}

const TYPES: [Type; 2] = [
    Type {
        name: "Local",
        what: "Calls to extensions of the dialplan",
        device_state: true,
        indications: true,
        transfer: false,
    },
    Type {
        name: "PJSIP",
        what: "Calls by SIP",
        device_state: true,
        indications: true,
        transfer: true,
    },
];

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn type_row(text: &mut String, [name, what, device, presence, indications, transfer]: [&str; 6]) {
    let line = format!(
        "{name:<15}  {what:<40} {device:<12} {presence:<12} {indications:<12} {transfer:<12}"
    );
    let _ = writeln!(text, "{}", line.trim_end());
}

fn channel_types(_: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut text = String::new();
    type_row(
        &mut text,
        [
            "Type",
            "Description",
            "Devicestate",
            "Presencestate",
            "Indications",
            "Transfer",
        ],
    );
    let rule = "-----------";
    type_row(&mut text, [rule; 6]);
    for one in &TYPES {
        type_row(
            &mut text,
            [
                one.name,
                one.what,
                yes(one.device_state),
                yes(false),
                yes(one.indications),
                yes(one.transfer),
            ],
        );
    }
    let _ = writeln!(
        text,
        "----------\n{} channel drivers registered.",
        TYPES.len()
    );
    Answer::Done(text)
}

fn channel_type(_: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let Some(one) = TYPES.iter().find(|one| one.name.eq_ignore_ascii_case(name)) else {
        return Answer::Failed(format!("{name} is not a registered channel driver.\n"));
    };
    let lines = [
        ("Device State", yes(one.device_state)),
        ("Presence State", yes(false)),
        ("Indication", yes(one.indications)),
        ("Transfer", yes(one.transfer)),
        ("Image Support", yes(false)),
        ("Text Support", yes(one.name == "PJSIP")),
    ];
    let lines = lines.map(|(label, value)| format!("{label:>17}: {value}\n"));
    let title = format!("-- Info about channel driver: {} --\n", one.name);
    Answer::Done(title + &lines.concat())
}
