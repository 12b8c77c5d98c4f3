//! `Read`.

use std::time::Duration;

use switch::Text;

use super::music;
use super::play::{ANY_DIGIT, play_all};
use crate::app::control::wait;
use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::{Call, Heard};
use crate::function::Argument;
use crate::limits;
use crate::script::arguments;
use crate::task::Gone;

/// `Read(variable[,filename[&filename2…][,maxdigits[,options[,attempts[,timeout]]]]])`.
pub static READ: App = App {
    name: "Read",
    module: "app_read",
    summary: "Reads digits into a variable",
    syntax: "Read(variable[,filename[&filename2[&...]][,maxdigits[,options[,attempts[,timeout]]]]])",
    arguments: &[
        Argument {
            name: "variable",
            help: "The variable that the digits come into.",
        },
        Argument {
            name: "filenames",
            help: "Files to play first; a digit ends them.",
        },
        Argument {
            name: "maxdigits",
            help: "Stop after so many digits; 255 if left out.",
        },
        Argument {
            name: "options",
            help: "s: nothing where the call is not up. n: read without answering. i: the file names a \
                tone. t(digits): what ends the reading, instead of #; nothing does if empty. e: the \
                ending digit alone is read as itself.",
        },
        Argument {
            name: "attempts",
            help: "How often to try where nothing is dialled; once if left out.",
        },
        Argument {
            name: "timeout",
            help: "Seconds to wait for each digit.",
        },
    ],
    description: "READSTATUS is OK, TIMEOUT, SKIPPED, HANGUP or ERROR.",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

struct Reading<'t> {
    files: &'t str,
    is_tone: bool,
    most: usize,
    ends: &'t str,
    /// How long to wait for the first digit, and for each after it.
    first: Duration,
    next: Duration,
}

/// How one attempt came out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    /// All digits, or the one that ends.
    Full,
    /// The digit that ends, and none before it.
    EndAlone(char),
    /// No digit in time.
    TooLate,
}

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 6);
    let arg = |at| arguments::nth(&args, at);
    let variable = arg(0);
    if variable.is_empty() {
        call.warn("Read", "it wants the name of a variable");
        call.set("READSTATUS", "ERROR");
        return Ok(Outcome::Next);
    }
    let options = Options::new(arg(3), "snite", |letter| {
        call.warn("Read", format!("there is no option {letter:?}"));
    });
    if options.has('s') && !call.is_up() {
        call.set(variable, "");
        call.set("READSTATUS", "SKIPPED");
        return Ok(Outcome::Next);
    }
    if !options.has('n') {
        call.answer();
    }
    let (first, next) = match wait::seconds(arg(5)) {
        Some(span) => (span, span),
        None => timeouts(&call),
    };
    let reading = Reading {
        files: arg(1),
        is_tone: options.has('i'),
        most: arg(2)
            .parse()
            .ok()
            .filter(|most| (1..=limits::DIGITS).contains(most))
            .unwrap_or(limits::DIGITS),
        ends: options.argument('t').unwrap_or("#"),
        first,
        next,
    };
    let attempts = arg(4).parse::<u32>().unwrap_or(1).max(1);
    let mut status = "TIMEOUT";
    for _ in 0..attempts {
        let mut digits = String::new();
        let came = reading.attempt(&call, &mut digits).await;
        if let Ok(Came::EndAlone(end)) = came
            && options.has('e')
        {
            digits.push(end);
        }
        call.set(variable, &*digits);
        status = match came {
            Ok(Came::TooLate) => "TIMEOUT",
            Ok(Came::Full | Came::EndAlone(_)) => "OK",
            Err(gone) => {
                call.set("READSTATUS", "HANGUP");
                return Err(gone);
            }
        };
        if !digits.is_empty() {
            break;
        }
    }
    call.set("READSTATUS", status);
    Ok(Outcome::Next)
}

impl Reading<'_> {
    async fn attempt(&self, call: &Call, digits: &mut String) -> Result<Came, Gone> {
        let mut tone =
            (self.is_tone && !self.files.is_empty()).then(|| music::tone(call, self.files));
        let files = if self.is_tone { "" } else { self.files };
        let files = files.split('&').filter(|name| !name.is_empty());
        let mut digit = play_all(call, files, ANY_DIGIT).await?;
        loop {
            let wait = if digits.is_empty() {
                self.first
            } else {
                self.next
            };
            let digit = match digit.take() {
                Some(digit) => digit,
                None => match next_digit(call, wait).await? {
                    Some(digit) => digit,
                    None => return Ok(Came::TooLate),
                },
            };
            drop(tone.take());
            if self.ends.contains(digit) {
                return Ok(if digits.is_empty() {
                    Came::EndAlone(digit)
                } else {
                    Came::Full
                });
            }
            digits.push(digit);
            if digits.len() >= self.most {
                return Ok(Came::Full);
            }
        }
    }
}

/// The next digit, where one comes in time.
pub(super) async fn next_digit(call: &Call, wait: Duration) -> Result<Option<char>, Gone> {
    let until = call.now() + wait;
    loop {
        match call.hear(Some(until)).await? {
            Heard::Digit(digit) => return Ok(Some(digit)),
            Heard::Nothing => return Ok(None),
            Heard::Signal(_) => {}
        }
    }
}

/// How long the dialplan waits for a first digit, and between two.
pub(super) fn timeouts(call: &Call) -> (Duration, Duration) {
    call.with(|world| {
        let own = world
            .switch
            .channel(call.id)
            .map(|channel| channel.digit_timeouts);
        let own = own.unwrap_or_default();
        let first = own.response.unwrap_or(world.rules.response_timeout);
        (first, own.digit.unwrap_or(world.rules.digit_timeout))
    })
}
