//! `cargo xtask readme`: every command of README.md is run, and prints what README.md says it prints.
//!
//! Commands stand after `$ ` in fenced blocks marked `console`; the lines below a command are its output, in
//! which `…` stands for anything within a line, and a line of `…` alone for any lines. What a command exports
//! is there for all that follow.
//!
//! The commands of a block marked `console background` go on while the others run. Other lines may come
//! between those of the page; what stands before a line of `…` alone is awaited before the next command, the
//! rest at the end.
//!
//! Where the machine allows it, all this happens in a network namespace of its own, so that the README's
//! port 5038 is free whatever else runs here.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::daemon::{self, LOOK};
use crate::{Failure, checkout};

/// How long a command may take. What the page builds is built before.
const PATIENCE: Duration = Duration::from_secs(60);

/// The command that runs this very program; it is not run again from within.
const OURSELVES: &str = "./test";

/// Set in the process that runs inside the namespace.
const INSIDE: &str = "XTASK_README_INSIDE";

struct Step {
    line: usize,
    command: String,
    expected: Vec<String>,
    background: bool,
}

/// Runs them all, in the order of the page.
pub(crate) fn run() -> Result<(), Failure> {
    let page = std::fs::read_to_string(checkout::root().join("README.md"))?;
    let steps = steps(&page);
    if steps.is_empty() {
        return Err("README.md has no block marked `console`".into());
    }
    if std::env::var_os(INSIDE).is_none() {
        // While there is a network to fetch from, and in the same two steps as the page.
        for package in ["smartswitch", "ami-client"] {
            checkout::succeed(checkout::cargo().args([
                "build",
                "--release",
                "--package",
                package,
            ]))?;
        }
        if namespaces_work() {
            return run_inside();
        }
    }
    let mut run = Run::new()?;
    for step in &steps {
        if step.command == OURSELVES || step.command.starts_with("git clone ") {
            continue;
        }
        println!("readme: $ {}", step.command);
        run.step(step)
            .map_err(|failure| format!("README.md:{}: {failure}", step.line))?;
    }
    run.finish()?;
    println!(
        "readme: {} commands ran and printed what the page says",
        steps.len()
    );
    Ok(())
}

fn namespaces_work() -> bool {
    let tried = Command::new("unshare")
        .args(["--map-root-user", "--net", "ip", "link", "set", "lo", "up"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    tried.is_ok_and(|status| status.success())
}

/// Runs this program again in a network namespace that has nothing but a loopback.
fn run_inside() -> Result<(), Failure> {
    checkout::succeed(
        Command::new("unshare")
            .args(["--map-root-user", "--net", "sh", "-c"])
            .arg("ip link set lo up && exec \"$0\" readme")
            .arg(std::env::current_exe()?)
            .env(INSIDE, "yes"),
    )
}

fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut block: Option<bool> = None;
    for (at, line) in page.lines().enumerate() {
        match (block, line.strip_prefix("```")) {
            (None, Some("console")) => block = Some(false),
            (None, Some("console background")) => block = Some(true),
            (Some(_), Some(_)) => block = None,
            (Some(background), None) => {
                if let Some(command) = line.strip_prefix("$ ") {
                    let command = command.to_owned();
                    steps.push(Step {
                        line: at + 1,
                        command,
                        expected: Vec::new(),
                        background,
                    });
                } else if let Some(step) = steps.last_mut() {
                    step.expected.push(line.to_owned());
                }
            }
            (None, _) => {}
        }
    }
    steps
}

/// The page being run: what goes on in the background, and what was exported.
struct Run {
    directory: PathBuf,
    exports: String,
    background: Vec<Background>,
}

struct Background {
    child: Child,
    output: PathBuf,
    command: String,
    expected: Vec<String>,
}

impl Run {
    fn new() -> Result<Run, Failure> {
        let directory = checkout::target().join(format!("xtask-readme-{}", std::process::id()));
        std::fs::create_dir_all(&directory)?;
        Ok(Run {
            directory,
            exports: String::new(),
            background: Vec::new(),
        })
    }

    fn step(&mut self, step: &Step) -> Result<(), Failure> {
        let output = self.directory.join(format!("line-{}", step.line));
        let Step {
            command, expected, ..
        } = step;
        if step.background {
            // The signal that ends it should reach the command and not a shell around it.
            let mut child = self.shell(&format!("exec {command}"), &output)?;
            let begun = expected
                .split(|line| line == "…")
                .next()
                .unwrap_or_default();
            let outcome = await_output(&mut child, &output, begun);
            let (command, expected) = (command.clone(), expected.clone());
            self.background.push(Background {
                child,
                output,
                command,
                expected,
            });
            return outcome;
        }
        let mut child = self.shell(command, &output)?;
        let Some(status) = daemon::wait(&mut child, PATIENCE)? else {
            child.kill()?;
            return Err(format!("no end within {PATIENCE:?}").into());
        };
        let printed = printed(&output);
        if !status.success() {
            return Err(format!("{status}\n{printed}").into());
        }
        if command.starts_with("export ") {
            self.exports.push_str(&format!("{command}\n"));
        }
        compare(expected, &printed)
    }

    /// Waits until the background commands have printed all they should, and ends them.
    fn finish(mut self) -> Result<(), Failure> {
        for Background {
            child,
            output,
            command,
            expected,
        } in &mut self.background
        {
            await_output(child, output, expected)
                .map_err(|failure| format!("README.md: {command}: {failure}"))?;
        }
        Ok(())
    }

    /// Starts a command for somebody whose home is empty.
    fn shell(&self, command: &str, output: &Path) -> Result<Child, Failure> {
        let home = PathBuf::from(std::env::var_os("HOME").ok_or("there is no HOME")?);
        let kept = |variable: &str, directory: &str| {
            std::env::var_os(variable).unwrap_or_else(|| home.join(directory).into())
        };
        let mut path = vec![checkout::target().join("release")];
        path.extend(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        ));
        let file = File::create(output)?;
        Ok(Command::new("bash")
            .args(["-c", &format!("{}{command}", self.exports)])
            .current_dir(checkout::root())
            .env("PATH", std::env::join_paths(path)?)
            .env("CARGO_HOME", kept("CARGO_HOME", ".cargo"))
            .env("RUSTUP_HOME", kept("RUSTUP_HOME", ".rustup"))
            .env("HOME", self.directory.join("home"))
            .env_remove("XDG_STATE_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()?)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        for Background { child, .. } in self.background.iter_mut().rev() {
            // `cargo run` passes no signal on to what it runs, so each gets one of its own.
            let children = format!("pkill -TERM -P {0}; kill -TERM {0}", child.id());
            let _ = Command::new("sh")
                .args(["-c", &children])
                .stderr(Stdio::null())
                .status();
            let _ = child.wait();
        }
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

fn printed(output: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(output).unwrap_or_default()).replace('\r', "")
}

/// Waits until the lines of the page have been printed, in their order and whatever stands between them.
fn await_output(child: &mut Child, output: &Path, expected: &[String]) -> Result<(), Failure> {
    let from = Instant::now();
    loop {
        let ended = child.try_wait()?;
        let printed = printed(output);
        let outcome = follow(expected, &printed);
        if outcome.is_ok() || ended.is_some() || from.elapsed() > PATIENCE {
            return outcome;
        }
        thread::sleep(LOOK);
    }
}

/// Whether the lines of the page come one after the other, with others between.
fn follow(expected: &[String], printed: &str) -> Result<(), Failure> {
    let mut lines = printed.lines();
    let missing = expected
        .iter()
        .filter(|line| *line != "…")
        .find(|wanted| !lines.any(|line| line_fits(wanted, line)));
    match missing {
        None => Ok(()),
        Some(line) => Err(format!("the page says\n{line}\nbut it printed\n{printed}").into()),
    }
}

/// Whether the lines of the page are among the lines printed, in their order and with nothing between but
/// where the page has a line of `…`. What cargo says of its work stands before all of it.
fn compare(expected: &[String], printed: &str) -> Result<(), Failure> {
    let printed_lines: Vec<&str> = printed.lines().collect();
    let fits = (0..=printed_lines.len()).any(|start| lines_fit(expected, &printed_lines[start..]));
    if fits {
        return Ok(());
    }
    Err(format!(
        "the page says\n{}\nbut it printed\n{printed}",
        expected.join("\n")
    )
    .into())
}

fn lines_fit(expected: &[String], printed: &[&str]) -> bool {
    let Some((first, rest)) = expected.split_first() else {
        return true;
    };
    if first.trim() == "…" {
        return (0..=printed.len()).any(|skipped| lines_fit(rest, &printed[skipped..]));
    }
    match printed.split_first() {
        Some((line, others)) => line_fits(first, line) && lines_fit(rest, others),
        None => false,
    }
}

fn line_fits(expected: &str, line: &str) -> bool {
    let mut pieces = expected.trim_end().split('…');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = line.trim_end().strip_prefix(first) else {
        return false;
    };
    let mut last_piece = None;
    for piece in pieces {
        if let Some(before) = last_piece.replace(piece) {
            let Some(at) = rest.find(before) else {
                return false;
            };
            rest = &rest[at + before.len()..];
        }
    }
    last_piece.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Vec<(String, usize, bool)> {
        steps(text)
            .into_iter()
            .map(|s| (s.command, s.expected.len(), s.background))
            .collect()
    }

    #[test]
    fn commands_and_their_output_are_found() {
        let text = "Words\n```console\n$ one\nout\nput\n$ two\n```\n```sh\n$ not this\n```\n\
                    ```console background\n$ three\n```\n";
        assert_eq!(
            page(text),
            [
                ("one".into(), 2, false),
                ("two".into(), 0, false),
                ("three".into(), 0, true)
            ]
        );
    }

    #[test]
    fn dots_stand_for_anything_in_a_line() {
        assert!(line_fits("Uniqueid: …", "Uniqueid: 1234.5"));
        assert!(line_fits("a…c…e", "abcde"));
        assert!(line_fits("same", "same"));
        assert!(!line_fits("same", "same but longer"));
        assert!(!line_fits("a…c", "abcd"));
        assert!(!line_fits("a…b…b", "ab"));
    }

    #[test]
    fn a_line_of_dots_stands_for_any_lines() {
        let expected = ["one".to_owned(), "…".to_owned(), "four".to_owned()];
        assert!(compare(&expected, "cargo says\none\ntwo\nthree\nfour\n").is_ok());
        assert!(compare(&expected, "one\nfour\n").is_ok());
        assert!(compare(&expected, "one\ntwo\n").is_err());
        assert!(compare(&expected[..2], "two\n").is_err());
    }

    #[test]
    fn in_the_background_other_lines_may_come_between() {
        let expected = ["one".to_owned(), "…".to_owned(), "three".to_owned()];
        assert!(follow(&expected, "one\ntwo\nthree\nfour\n").is_ok());
        assert!(follow(&expected, "three\none\n").is_err());
    }
}
