//! `moh …`: music on hold.

use std::fmt::Write as _;

use media::music::{Class, Sort};

use crate::Cx;
use crate::command::{Answer, Args, Command};
use crate::host::Reload;

const MODULE: &str = "res_musiconhold";

pub(super) const COMMANDS: &[Command] = &[
    Command {
        words: "moh show classes",
        arguments: "",
        summary: "The classes of music",
        details: "",
        module: MODULE,
        complete: &[],
        run: |cx, args| Box::pin(async { listing(cx, args, class) }),
    },
    Command {
        words: "moh show files",
        arguments: "",
        summary: "What each class of music plays",
        details: "",
        module: MODULE,
        complete: &[],
        run: |cx, args| Box::pin(async { listing(cx, args, files) }),
    },
    Command {
        words: "moh reload",
        arguments: "",
        summary: "Reads musiconhold.conf anew",
        details: "Music that plays goes on; what plays next is as the file says then.",
        module: MODULE,
        complete: &[],
        run: |cx, args| Box::pin(reload(cx, args)),
    },
];

fn listing(cx: &Cx, args: &Args<'_>, show: fn(&mut String, &Class)) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let mut text = String::new();
    for class in &cx.host().sound().music {
        let _ = writeln!(text, "Class: {}", class.name);
        show(&mut text, class);
    }
    Answer::Done(text)
}

fn class(text: &mut String, class: &Class) {
    if class.entries.is_empty() {
        let _ = writeln!(text, "\tMode: files");
        let _ = writeln!(text, "\tDirectory: {}", class.directory.display());
    } else {
        let _ = writeln!(text, "\tMode: playlist");
    }
    if let Some(announcement) = &class.announcement {
        let _ = writeln!(text, "\tAnnouncement: {announcement}");
    }
    if let Some(digit) = class.digit {
        let _ = writeln!(text, "\tDigit: {digit}");
    }
    let sort = match class.sort {
        Sort::Alpha => "alpha",
        Sort::RandStart => "randstart",
        Sort::Random => "random",
    };
    let _ = writeln!(text, "\tSort: {sort}");
}

fn files(text: &mut String, class: &Class) {
    match class.files() {
        Ok(files) => files.iter().for_each(|file| {
            let _ = writeln!(text, "\tFile: {}", file.display());
        }),
        Err(why) => {
            let _ = writeln!(text, "\t({why})");
        }
    }
}

async fn reload(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    match cx.host().reload(Some(MODULE)).await {
        Reload::Done => Answer::Done(String::new()),
        Reload::Failed(sentences) => Answer::Failed(sentences.join("\n") + "\n"),
        Reload::NoModule | Reload::Unsupported => {
            Answer::Failed(format!("No such module '{MODULE}.so'\n"))
        }
    }
}
