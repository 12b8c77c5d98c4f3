//! The thread that writes recordings.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::Write;
use crate::plane::tap::Tap;
use crate::record::Writer;

/// How often recordings that are closed are looked for where nobody says so.
const LOOK: Duration = Duration::from_millis(500);

type Files = Vec<(Arc<Tap>, Writer)>;

/// Writes until nobody is left who could say what. Paths that are not absolute lie below `sounds`. `ended` hears
/// of every recording that is over, with what went wrong.
pub(super) fn run(
    writes: &Receiver<Write>,
    sounds: impl Fn() -> PathBuf,
    ended: impl Fn(&Tap, Option<String>),
) {
    let mut files: Files = Vec::new();
    loop {
        match writes.recv_timeout(LOOK) {
            Ok(Write::Begin(tap)) => begin(&mut files, tap, &sounds(), &ended),
            Ok(Write::Sound(tap, sound)) => sound_of(&mut files, &tap, &sound, &ended),
            Ok(Write::Close) | Err(RecvTimeoutError::Timeout) => close(&mut files, &ended),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    for (tap, writer) in files {
        finish(&tap, writer, &ended);
    }
}

fn begin(files: &mut Files, tap: Arc<Tap>, sounds: &Path, ended: &impl Fn(&Tap, Option<String>)) {
    let path = sounds.join(Path::new(tap.path()));
    match Writer::create(&path, tap.format(), tap.appends()) {
        Ok(writer) => files.push((tap, writer)),
        Err(e) => fail(&tap, e.to_string(), ended),
    }
}

fn sound_of(
    files: &mut Files,
    tap: &Arc<Tap>,
    sound: &[i16],
    ended: &impl Fn(&Tap, Option<String>),
) {
    let Some(place) = files.iter().position(|(other, _)| Arc::ptr_eq(other, tap)) else {
        return;
    };
    if let Err(e) = files[place].1.write(sound, tap.format().rate()) {
        files.swap_remove(place);
        fail(tap, e.to_string(), ended);
    }
}

fn close(files: &mut Files, ended: &impl Fn(&Tap, Option<String>)) {
    for place in (0..files.len()).rev() {
        if files[place].0.is_closed() {
            let (tap, writer) = files.swap_remove(place);
            finish(&tap, writer, ended);
        }
    }
}

fn finish(tap: &Tap, writer: Writer, ended: &impl Fn(&Tap, Option<String>)) {
    let path = writer.path().to_owned();
    let mut closed = writer.close().map_err(|e| e.to_string());
    if tap.drops_file()
        && let Err(e) = std::fs::remove_file(&path)
    {
        closed = Err(format!("{}: {e}", path.display()));
    }
    ended(tap, closed.err());
}

fn fail(tap: &Tap, why: String, ended: &impl Fn(&Tap, Option<String>)) {
    tap.end();
    ended(tap, Some(why));
}
