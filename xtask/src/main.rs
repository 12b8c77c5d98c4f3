//! The project's own chores, as `cargo xtask NAME`.
#![forbid(unsafe_code)]

mod checkout;
mod daemon;
mod docs;
mod fuzz;
mod new;
mod peers;
mod readme;
mod tidy;

use std::process::ExitCode;

/// What went wrong, in words for the one at the terminal.
type Failure = Box<dyn std::error::Error>;

const HELP: &str = "\
Usage: cargo xtask CHORE

  tidy                       check the rules of the house
  new action DOMAIN NAME     write the files and list lines of a new action, such as: channel Hangup
  docs [--check]             write docs/reference from the declarations, or say whether it is up to date
  readme                     run every command of README.md and compare what it prints
  peers [NAME …]             run the stock clients of tests/peers, and the examples, against a fresh switch
  phones [NAME …]            run the soft phones of tests/phones against a fresh switch
  fuzz [--seconds N] [NAME]  build the fuzz targets, run their seeds, and N seconds (10) of new input each
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["tidy"] => tidy::run(),
        ["new", "action", domain, name] => new::action(domain, name),
        ["docs"] => docs::write(),
        ["docs", "--check"] => docs::check(),
        ["readme"] => readme::run(),
        ["peers", names @ ..] => peers::run(names),
        ["phones", names @ ..] => peers::phones(names),
        ["fuzz", options @ ..] => fuzz::run(options),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("no such chore: {}\n\n{HELP}", words.join(" ")).into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
