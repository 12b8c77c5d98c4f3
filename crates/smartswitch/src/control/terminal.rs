//! A console at a terminal: history, completion, and the log above the prompt.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, ExternalPrinter, Helper};

use super::client::Connection;
use super::frame::Frame;

/// How long the tab key waits for the switch.
const PATIENCE: Duration = Duration::from_secs(2);

/// How a console came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// The person left.
    Left,
    /// The person pressed Ctrl-C or Ctrl-D.
    Interrupted,
    /// The switch went away.
    Disconnected,
}

/// Reads lines and has the switch run them, until the person leaves or the switch ends.
pub(crate) fn run(connection: Connection, colours: bool) -> io::Result<End> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .auto_add_history(true)
        .max_history_size(1_000)
        .map_err(io::Error::other)?
        .build();
    let mut editor: Editor<Prompt, DefaultHistory> =
        Editor::with_config(config).map_err(io::Error::other)?;
    let history = history_file();
    if let Some(file) = &history {
        // There is none before the first console.
        let _ = editor.load_history(file);
    }

    let Connection {
        mut stream,
        received,
        ..
    } = connection;
    let (answers, answered) = channel();
    let printer = editor
        .create_external_printer()
        .ok()
        .map(|printer| Box::new(printer) as Printer);
    let reading = stream.try_clone()?;
    std::thread::Builder::new()
        .name("console-reader".into())
        .spawn(move || receive(reading, received, printer, &answers))?;

    editor.set_helper(Some(Prompt {
        stream: stream.try_clone()?,
        answered,
        colours,
    }));
    let prompt = prompt();
    let end = loop {
        let line = match editor.readline(&prompt) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted | ReadlineError::Eof) => break End::Interrupted,
            Err(e) => return Err(io::Error::other(e)),
        };
        let line = line.trim();
        match line {
            "" => continue,
            "exit" | "quit" => break End::Left,
            _ => {}
        }
        if let Some(command) = line.strip_prefix('!') {
            shell(command.trim());
            continue;
        }
        let Some(helper) = editor.helper() else {
            break End::Disconnected;
        };
        if !command(&mut stream, helper, line)? {
            break End::Disconnected;
        }
    };
    if let Some(file) = &history {
        // A home that cannot be written to costs the history, nothing else.
        let _ = editor.save_history(file);
    }
    Ok(end)
}

type Printer = Box<dyn ExternalPrinter + Send>;

/// Has the switch run a line and prints what it says; false where the switch has gone.
fn command(stream: &mut UnixStream, helper: &Prompt, line: &str) -> io::Result<bool> {
    if stream
        .write_all(&Frame::Command(line.to_owned()).encode())
        .is_err()
    {
        return Ok(false);
    }
    let mut out = io::stdout().lock();
    loop {
        match helper.answered.recv() {
            Ok(Frame::Output(part)) => out.write_all(&text::to_bytes(&part))?,
            Ok(Frame::Done(_)) => {
                out.flush()?;
                return Ok(true);
            }
            Ok(_) => {}
            Err(_) => return Ok(false),
        }
    }
}

/// Sorts what comes from the switch: lines of the log go above the prompt, answers to whoever waits.
fn receive(
    mut stream: UnixStream,
    mut received: Vec<u8>,
    mut printer: Option<Printer>,
    answers: &Sender<Frame>,
) {
    let mut print = |text: String| match &mut printer {
        Some(printer) => printer.print(format!("{text}\n")).is_ok(),
        None => writeln!(io::stdout(), "{text}").is_ok(),
    };
    while let Ok(Some(frame)) = Frame::read(&mut stream, &mut received) {
        let alive = match frame {
            Frame::Log(text) => print(text),
            Frame::Bye(text) => {
                print(format!("Disconnected from Asterisk server: {text}"));
                false
            }
            answer => answers.send(answer).is_ok(),
        };
        if !alive {
            break;
        }
    }
    // Whoever waits for an answer learns of the end by the channel's.
}

fn shell(command: &str) {
    let shell = std::env::var_os("SHELL").unwrap_or_else(|| "/bin/sh".into());
    let mut process = std::process::Command::new(shell);
    if !command.is_empty() {
        process.arg("-c").arg(command);
    }
    if let Err(e) = process.status() {
        // The terminal is all there is to tell it on.
        let _ = writeln!(io::stderr(), "{e}");
    }
}

fn prompt() -> String {
    let host = nix::unistd::gethostname()
        .ok()
        .and_then(|name| name.into_string().ok())
        .unwrap_or_default();
    format!("{}*CLI> ", host.split('.').next().unwrap_or_default())
}

fn history_file() -> Option<PathBuf> {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty())?;
    io::stdin()
        .is_terminal()
        .then(|| PathBuf::from(home).join(".smartswitch_history"))
}

/// What the line editor asks of us.
struct Prompt {
    stream: UnixStream,
    answered: Receiver<Frame>,
    colours: bool,
}

impl Helper for Prompt {}

impl Validator for Prompt {}

impl Hinter for Prompt {
    type Hint = String;
}

impl Completer for Prompt {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        position: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let nothing = Ok((position, Vec::new()));
        let before = line.get(..position).unwrap_or(line);
        if (&self.stream)
            .write_all(&Frame::Complete(before.to_owned()).encode())
            .is_err()
        {
            return nothing;
        }
        loop {
            match self.answered.recv_timeout(PATIENCE) {
                Ok(Frame::Candidates(start, words)) => {
                    // The only one is followed by the next word.
                    let one = words.len() == 1;
                    let blank = if one { " " } else { "" };
                    return Ok((start, words.into_iter().map(|word| word + blank).collect()));
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return nothing,
            }
        }
    }
}

impl Highlighter for Prompt {
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        use owo_colors::OwoColorize as _;
        if self.colours {
            Cow::Owned(prompt.bold().to_string())
        } else {
            Cow::Borrowed(prompt)
        }
    }
}
