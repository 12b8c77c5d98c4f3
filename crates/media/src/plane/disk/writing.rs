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

/// Writes until nobody is left who could say what. Paths that are not absolute lie below `sounds`.
pub(super) fn run(
    writes: &Receiver<Write>,
    sounds: impl Fn() -> PathBuf,
    failed: impl Fn(&Tap, String),
) {
    let mut files: Files = Vec::new();
    loop {
        match writes.recv_timeout(LOOK) {
            Ok(Write::Begin(tap)) => begin(&mut files, tap, &sounds(), &failed),
            Ok(Write::Sound(tap, sound)) => sound_of(&mut files, &tap, &sound, &failed),
            Ok(Write::Close) | Err(RecvTimeoutError::Timeout) => close(&mut files, &failed),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    for (tap, writer) in files {
        finish(&tap, writer, &failed);
    }
}

fn begin(files: &mut Files, tap: Arc<Tap>, sounds: &Path, failed: &impl Fn(&Tap, String)) {
    let path = sounds.join(Path::new(tap.path()));
    match Writer::create(&path, tap.format(), tap.appends()) {
        Ok(writer) => files.push((tap, writer)),
        Err(e) => fail(&tap, e.to_string(), failed),
    }
}

fn sound_of(files: &mut Files, tap: &Arc<Tap>, sound: &[i16], failed: &impl Fn(&Tap, String)) {
    let Some(place) = files.iter().position(|(other, _)| Arc::ptr_eq(other, tap)) else {
        return;
    };
    if let Err(e) = files[place].1.write(sound, tap.format().rate()) {
        files.swap_remove(place);
        fail(tap, e.to_string(), failed);
    }
}

fn close(files: &mut Files, failed: &impl Fn(&Tap, String)) {
    for place in (0..files.len()).rev() {
        if files[place].0.is_closed() {
            let (tap, writer) = files.swap_remove(place);
            finish(&tap, writer, failed);
        }
    }
}

fn finish(tap: &Tap, writer: Writer, failed: &impl Fn(&Tap, String)) {
    if let Err(e) = writer.close() {
        fail(tap, e.to_string(), failed);
    }
}

fn fail(tap: &Tap, why: String, failed: &impl Fn(&Tap, String)) {
    tap.end();
    failed(tap, why);
}
