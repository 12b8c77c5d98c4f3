//! `Record`.

use std::time::Duration;

use switch::signal::Signal;
use switch::{Text, Time};

use super::listen::{self, Listening};
use super::play::{ANY_DIGIT, Played, play};
use crate::app::control::wait;
use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::{Call, Heard};
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;
use crate::world::{Answer, Question};

/// `Record(filename.format[,silence[,maxduration[,options]]])`.
pub static RECORD: App = App {
    name: "Record",
    module: "app_record",
    summary: "Writes what the caller says into a file",
    syntax: "Record(filename.format[,silence[,maxduration[,options]]])",
    arguments: &[
        Argument {
            name: "filename.format",
            help: "The file and, as its ending, its format. %d becomes a number that is not taken yet.",
        },
        Argument {
            name: "silence",
            help: "Seconds of silence that end it; never if left out.",
        },
        Argument {
            name: "maxduration",
            help: "Seconds that it may last; without end if left out.",
        },
        Argument {
            name: "options",
            help: "a: at the end of a file that is there. k: the file stays when the caller hangs up. n: \
                   without answering. o: 0 ends it for an operator. q: without a beep. s: nothing where the call is not up. t: * ends it, not #. \
                   x: no digit ends it. y: any digit does. Accepted without effect: u.",
        },
    ],
    description: "RECORDED_FILE is the file without its ending; RECORD_STATUS is DTMF, SILENCE, SKIP, \
                  TIMEOUT, HANGUP, OPERATOR or ERROR.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

/// How many numbers are tried for %d.
const NUMBERS: u32 = 10_000;

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 4);
    let arg = |at| arguments::nth(&args, at).trim();
    let options = Options::new(arg(3), "aknoqstuxy", |letter| {
        call.warn("Record", format!("there is no option {letter:?}"));
    });
    let Some((path, format)) = named(arg(0)) else {
        call.warn("Record", "it wants a file name with a format as its ending");
        call.set("RECORD_STATUS", "ERROR");
        return Ok(Outcome::Next);
    };
    let Some(path) = numbered(&call, path).await? else {
        call.warn("Record", "there is no number left for %d");
        call.set("RECORD_STATUS", "ERROR");
        return Ok(Outcome::Next);
    };
    call.set("RECORDED_FILE", path.clone());
    if !call.is_up() {
        if options.has('s') {
            call.set("RECORD_STATUS", "SKIP");
            return Ok(Outcome::Next);
        }
        if !options.has('n') {
            call.answer();
        }
    }
    if !options.has('q') && play(&call, "beep", "").await? == Played::Missing {
        call.warn("Record", "there is no beep");
    }
    let ends = match () {
        () if options.has('x') => "",
        () if options.has('y') => ANY_DIGIT,
        () if options.has('t') => "*",
        () => "#",
    };
    let limits = Limits {
        silence: wait::seconds(arg(1)),
        until: wait::seconds(arg(2)).map(|span| call.now() + span),
        ends,
        operator: options.has('o'),
    };
    let appends = options.has('a');
    let mut recording = begin(&call, &path, format, appends);
    let status = limits.wait(&call).await;
    // What was there before is not this recording's to delete.
    recording.is_kept = status.is_ok() || options.has('k') || appends;
    drop(recording);
    call.set("RECORD_STATUS", status.unwrap_or("HANGUP"));
    status?;
    Ok(Outcome::Next)
}

/// The path and the format behind its last dot.
fn named(file: &str) -> Option<(&str, &str)> {
    let (path, format) = file.rsplit_once('.').or_else(|| file.rsplit_once(':'))?;
    let good = !path.is_empty() && !format.is_empty() && !format.contains('/');
    good.then_some((path, format))
}

/// The path with a number that no file has in place of %d.
async fn numbered(call: &Call, path: &str) -> Result<Option<Text>, Gone> {
    if !path.contains("%d") {
        return Ok(Some(Text::from(path)));
    }
    let language = call.view()?.language.clone();
    for number in 0..NUMBERS {
        let name = Text::from(path.replacen("%d", &number.to_string(), 1));
        let question = Question::SoundLength {
            name: name.clone(),
            language: language.clone(),
        };
        if !matches!(call.ask(question).await?, Answer::Length(Some(_))) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// A recording that goes on until it is dropped.
struct Recording {
    call: Call,
    number: u64,
    /// Whether the file stays when it ends.
    is_kept: bool,
}

fn begin(call: &Call, path: &Text, format: &str, append: bool) -> Recording {
    let format = Text::from(format);
    let number = call.with(|world| {
        world
            .switch
            .start_recording(call.id, path.clone(), format, append)
    });
    Recording {
        call: call.clone(),
        number,
        is_kept: true,
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let Recording {
            call,
            number,
            is_kept,
        } = self;
        call.with(|world| match is_kept {
            true => world.switch.stop_recording(call.id, *number),
            false => world.switch.drop_recording(call.id, *number),
        });
    }
}

/// What ends a recording.
struct Limits<'l> {
    silence: Option<Duration>,
    until: Option<Time>,
    ends: &'l str,
    operator: bool,
}

impl Limits<'_> {
    /// Waits for the end: the word of `RECORD_STATUS`.
    async fn wait(&self, call: &Call) -> Result<&'static str, Gone> {
        let _listening: Option<Listening> = self.silence.map(|span| listen::listen(call, span));
        let mut silent_at = self.silence.map(|span| call.now() + span);
        loop {
            let next = [silent_at, self.until].into_iter().flatten().min();
            match call.hear(next).await? {
                Heard::Nothing if silent_at.is_some() && silent_at == next => return Ok("SILENCE"),
                Heard::Nothing => return Ok("TIMEOUT"),
                Heard::Digit('0') if self.operator => return Ok("OPERATOR"),
                Heard::Digit(digit) if self.ends.contains(digit) => return Ok("DTMF"),
                Heard::Signal(Signal::Talking(true)) => silent_at = None,
                Heard::Signal(Signal::Talking(false)) if self.silence.is_some() => {
                    return Ok("SILENCE");
                }
                _ => {}
            }
        }
    }
}
