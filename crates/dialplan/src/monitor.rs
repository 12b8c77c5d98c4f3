//! `MixMonitor`: what is said and heard on a channel goes into a file.

use switch::channel::Monitor;
use switch::{ChannelId, NewTape, Side, Text};

use crate::app::options::Options;
use crate::limits;
use crate::world::World;

/// The letters of its options that do something here.
pub(crate) const LETTERS: &str = "abcdinrt";

/// Those that the field knows and that change nothing here.
pub(crate) const WITHOUT_EFFECT: &str = "BDPVWmpsv";

/// What to write.
#[derive(Debug, Clone, Copy)]
pub struct Order<'t> {
    /// The file with its ending; relative to the directory of monitors.
    pub file: &'t str,
    /// Options as the application has them.
    pub options: &'t str,
    /// A program to run when the file is closed, filled in; empty for none.
    pub command: &'t str,
}

/// Why nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotStarted {
    /// No file is named.
    NoFile,
    /// The channel has too many already, or is being hung up.
    Refused,
}

/// Begins to write.
pub fn start(world: &mut World, id: ChannelId, order: Order<'_>) -> Result<(), NotStarted> {
    let mut without_effect = String::new();
    let options = Options::new(order.options, LETTERS, |letter| without_effect.push(letter));
    for letter in without_effect.chars() {
        let what = match WITHOUT_EFFECT.contains(letter) {
            true => "has no effect",
            false => "is not known",
        };
        world.log(
            switch::fact::Level::Warning,
            "MixMonitor",
            format!("option {letter:?} {what}"),
        );
    }
    let files = [
        (Some(order.file), Side::Both),
        (options.argument('r'), Side::Says),
        (options.argument('t'), Side::Hears),
    ];
    let mut tapes = Vec::new();
    let mut first = None;
    for (file, side) in files {
        let Some(file) = file.map(str::trim).filter(|file| !file.is_empty()) else {
            continue;
        };
        let path = place(&world.rules.monitors, file);
        let (stem, format) = split(&path);
        tapes.push(NewTape {
            path: stem.into(),
            format: format.into(),
            append: options.has('a'),
            side,
            only_bridged: options.has('b'),
        });
        first.get_or_insert(path.clone());
    }
    let Some(file) = first else {
        return Err(NotStarted::NoFile);
    };
    let room = world.switch.channel(id).is_some_and(|channel| {
        !channel.is_hanging_up() && channel.monitors.len() < limits::MONITORS
    });
    if !room {
        return Err(NotStarted::Refused);
    }
    let name = Text::from(format!("0x{:x}", world.switch.random()));
    if let Some(variable) = options
        .argument('i')
        .filter(|variable| !variable.is_empty())
    {
        world.switch.set_variable(Some(id), variable, name.clone());
    }
    let file = Text::from(file);
    world
        .switch
        .set_variable(Some(id), "MIXMONITOR_FILENAME", file.clone());
    let delete = options.has('d').then(|| {
        let files = tapes
            .iter()
            .map(|tape| quoted(&format!("{}.{}", tape.path, tape.format)));
        format!("rm -f -- {}", files.collect::<Vec<_>>().join(" "))
    });
    let command = match (order.command, delete) {
        ("", None) => None,
        (command, None) => Some(command.to_owned()),
        ("", Some(delete)) => Some(delete),
        (command, Some(delete)) => Some(format!("{command}; {delete}")),
    };
    let monitor = Monitor {
        name,
        file,
        tapes: Vec::new(),
        command: command.map(Text::from),
    };
    world.switch.start_monitor(id, monitor, tapes);
    Ok(())
}

/// The path of a file, with an ending that says its format.
fn place(directory: &str, file: &str) -> String {
    let mut path = match file.starts_with('/') {
        true => file.to_owned(),
        false => format!("{directory}/{file}"),
    };
    if split(&path).1.is_empty() {
        path.push_str(".raw");
    }
    path
}

/// The path and the ending.
fn split(path: &str) -> (&str, &str) {
    match path.rsplit_once('.') {
        Some((stem, format)) if !format.contains('/') && !stem.ends_with('/') => (stem, format),
        _ => (path, ""),
    }
}

/// A word that the shell takes as it is.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_places_and_endings() {
        for (file, placed) in [
            ("a.wav", "/m/a.wav"),
            ("/x/a.b.wav", "/x/a.b.wav"),
            ("a", "/m/a.raw"),
            ("d.x/a", "/m/d.x/a.raw"),
        ] {
            assert_eq!(place("/m", file), placed);
        }
        assert_eq!(split("/m/a.b.wav"), ("/m/a.b", "wav"));
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
