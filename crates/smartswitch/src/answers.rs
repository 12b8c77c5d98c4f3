//! Answering what the engine asks of the world outside: files, programs, the key database on the disk.

use std::fs;
use std::io::Read as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use dialplan::world::{Answer, Change, Question};
use media::file::{self, NotFound, Sounds};
use records::KeyDatabase;
use switch::Text;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::phones::Phones;

/// Programs that calls may have running at once; each is a process of the machine's.
const PROGRAMS: usize = 64;

/// Most bytes of a program's output that a call gets: as much as a variable may hold.
const OUTPUT: u64 = 64 * 1024;

/// What answers the engine's questions.
pub(crate) struct Answerer {
    runtime: Handle,
    sounds: PathBuf,
    database: KeyDatabase,
    programs: Arc<Semaphore>,
}

impl Answerer {
    /// Answers from the sounds of this directory and into this database.
    pub(crate) fn new(runtime: Handle, sounds: PathBuf, database: KeyDatabase) -> Answerer {
        Answerer {
            runtime,
            sounds,
            database,
            programs: Arc::new(Semaphore::new(PROGRAMS)),
        }
    }

    /// Waits until every change of the key database so far is on the disk.
    pub(crate) fn flush(&self) {
        // Changes become durable in order, so one that changes nothing comes after all others.
        let (done, wait) = std::sync::mpsc::sync_channel(1);
        let nothing = records::Change::Delete {
            key: "/".to_owned(),
        };
        // Errors mean that either side has stopped, and nothing is left to wait for.
        let done = move |_| {
            let _ = done.send(());
        };
        self.database.submit(nothing, Box::new(done));
        let _ = wait.recv();
    }

    /// Finds the answer without holding the caller up; `reply` gets it, from another thread. What drivers know
    /// is known to `phones`.
    pub(crate) fn answer(
        &self,
        question: Question,
        phones: &Arc<Phones>,
        reply: impl FnOnce(Answer) + Send + 'static,
    ) {
        match question {
            Question::Database(change) => {
                let done = move |outcome: Result<(), String>| {
                    reply(outcome.map_or_else(Answer::Failed, |()| Answer::Done))
                };
                self.database.submit(stored(change), Box::new(done));
            }
            Question::SoundLength { name, language } => {
                let sounds = self.sounds.clone();
                self.runtime
                    .spawn_blocking(move || reply(sound_length(&sounds, &language, &name)));
            }
            Question::Detail { of, field, .. } => {
                let phones = Arc::clone(phones);
                self.runtime.spawn_blocking(move || {
                    let found = phones.detail(&of, &field);
                    reply(found.map_or_else(Answer::Failed, |text| Answer::Text(text.into())));
                });
            }
            Question::Message {
                destination,
                message,
            } => {
                // How it went is said on the thread of SIP, which waits for nobody.
                let runtime = self.runtime.clone();
                phones.message(destination, *message, move |sent| {
                    let answer = match sent {
                        true => Answer::Done,
                        false => Answer::Failed("nobody can be reached there".to_owned()),
                    };
                    runtime.spawn_blocking(move || reply(answer));
                });
            }
            Question::FileFact { fact, path } => {
                self.runtime
                    .spawn_blocking(move || reply(Answer::Text(file_fact(fact, &path).into())));
            }
            Question::Run { command, output } => match self.programs.clone().try_acquire_owned() {
                Ok(place) => {
                    self.runtime.spawn_blocking(move || {
                        let answer = run(&command, output);
                        drop(place);
                        reply(answer);
                    });
                }
                Err(_) => {
                    let why = format!("{PROGRAMS} programs are running already");
                    tracing::warn!(target: "programs", "{command:?} does not run: {why}");
                    // The engine's own thread asks: it must not wait for room in its own queue.
                    self.runtime
                        .spawn_blocking(move || reply(Answer::Failed(why)));
                }
            },
        }
    }
}

fn stored(change: Change) -> records::Change {
    match change {
        Change::Put { key, value } => records::Change::Put {
            key: key.to_string(),
            value: value.to_string(),
        },
        Change::Delete { key } => records::Change::Delete {
            key: key.to_string(),
        },
        Change::DeleteTree { prefix } => records::Change::DeleteTree {
            prefix: prefix.to_string(),
        },
    }
}

fn sound_length(sounds: &Path, language: &str, name: &str) -> Answer {
    let sounds = Sounds {
        directories: vec![sounds.to_owned()],
    };
    // All formats of a sound last as long as each other.
    let found = match file::find(&sounds, name, language, 8000) {
        Ok(found) => found,
        Err(NotFound::Missing { .. }) => return Answer::Length(None),
        Err(why) => return Answer::Failed(why.to_string()),
    };
    match found.length() {
        Ok(length) => Answer::Length(u64::try_from(length.as_millis()).ok()),
        Err(why) => Answer::Failed(why.to_string()),
    }
}

/// What `STAT` says of a file; `0` where there is none.
fn file_fact(fact: char, path: &str) -> String {
    let path = PathBuf::from(std::ffi::OsString::from_vec(
        text::to_bytes(path).into_owned(),
    ));
    let Ok(metadata) = fs::metadata(path) else {
        return "0".to_owned();
    };
    let yes = |yes: bool| if yes { "1" } else { "0" }.to_owned();
    match fact {
        'e' => yes(true),
        'd' => yes(metadata.is_dir()),
        'f' => yes(metadata.is_file()),
        's' => metadata.len().to_string(),
        'm' => format!("{:o}", metadata.mode()),
        'A' => metadata.atime().to_string(),
        'M' => metadata.mtime().to_string(),
        'C' => metadata.ctime().to_string(),
        _ => String::new(),
    }
}

fn run(command: &str, output: bool) -> Answer {
    let line = std::ffi::OsString::from_vec(text::to_bytes(command).into_owned());
    let stdout = if output {
        Stdio::piped()
    } else {
        Stdio::null()
    };
    let child = Command::new("/bin/sh")
        .arg("-c")
        .arg(line)
        .stdin(Stdio::null())
        .stdout(stdout)
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(e) => return Answer::Failed(format!("the program did not start: {e}")),
    };
    let mut said = Vec::new();
    if let Some(mut stdout) = child.stdout.take() {
        let read = stdout.by_ref().take(OUTPUT).read_to_end(&mut said);
        // What is more is read and forgotten, so that the program can end.
        let rest = read.and_then(|_| std::io::copy(&mut stdout, &mut std::io::sink()));
        if let Err(e) = rest {
            tracing::warn!("the output of {command} was not read whole: {e}");
        }
    }
    match child.wait() {
        Ok(status) => Answer::Ran {
            status: status.code(),
            output: Text::from(&*text::decode(&said)),
        },
        Err(e) => Answer::Failed(format!("the program was lost: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_files() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "four").unwrap();
        let path = file.path().to_str().unwrap();
        let facts: Vec<String> = "efds".chars().map(|fact| file_fact(fact, path)).collect();
        assert_eq!(facts, ["1", "1", "0", "4"]);
        assert_eq!(file_fact('e', "/nothing/here"), "0");
    }

    #[test]
    fn programs_end_with_status_and_output() {
        assert_eq!(
            run("echo out; exit 3", true),
            Answer::Ran {
                status: Some(3),
                output: "out\n".into()
            }
        );
        assert_eq!(
            run("exit 0", false),
            Answer::Ran {
                status: Some(0),
                output: "".into()
            }
        );
        let Answer::Ran {
            status: Some(0),
            output,
        } = run("head -c 200000 /dev/zero | tr '\\0' x", true)
        else {
            panic!("the program ends well");
        };
        assert_eq!(output.len() as u64, OUTPUT);
    }
}
