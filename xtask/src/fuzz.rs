//! `cargo xtask fuzz`: the targets of `fuzz/` with coverage feedback, on the stable compiler.
//!
//! `cargo fuzz run TARGET fuzz/seeds/TARGET` does the same with address sanitizer, which wants a nightly
//! compiler and has little to find in code without `unsafe`.

use std::path::Path;
use std::process::Command;

use crate::{Failure, checkout};

const TARGETS: &[&str] = &["conf", "expression", "headers", "sdp", "sip", "wire"];

/// What `cargo fuzz` passes for coverage without a sanitizer.
const COVERAGE: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// Builds all targets and runs those named, or all.
pub(crate) fn run(options: &[&str]) -> Result<(), Failure> {
    let (seconds, named) = match options {
        ["--seconds", seconds, named @ ..] => (seconds.parse::<u32>()?, named),
        named => (10, named),
    };
    if let Some(unknown) = named.iter().find(|name| !TARGETS.contains(name)) {
        return Err(format!("no such fuzz target: {unknown}").into());
    }
    let triple = host()?;
    let directory = checkout::target().join("fuzz");
    checkout::succeed(
        checkout::cargo()
            .args(["build", "--release", "--manifest-path", "fuzz/Cargo.toml"])
            // With a target named, build scripts and derives are left without the flags.
            .args(["--target", &triple])
            .arg("--target-dir")
            .arg(&directory)
            .env("CARGO_ENCODED_RUSTFLAGS", COVERAGE.join("\u{1f}")),
    )?;
    let binaries = directory.join(triple).join("release");
    for target in TARGETS
        .iter()
        .filter(|target| named.is_empty() || named.contains(target))
    {
        run_target(&binaries.join(target), target, seconds)?;
    }
    println!("fuzz: nothing found");
    Ok(())
}

/// Runs the seeds, each of which must pass, then new input made from them.
fn run_target(binary: &Path, target: &str, seconds: u32) -> Result<(), Failure> {
    let seeds = checkout::root().join("fuzz/seeds").join(target);
    let corpus = checkout::target().join("fuzz/corpus").join(target);
    let artifacts = checkout::root().join("fuzz/artifacts").join(target);
    std::fs::create_dir_all(&corpus)?;
    std::fs::create_dir_all(&artifacts)?;
    let count = std::fs::read_dir(&seeds)
        .map_err(|error| format!("{}: {error}", seeds.display()))?
        .count();
    if count == 0 {
        return Err(format!("{}: no seeds", seeds.display()).into());
    }
    let mut command = Command::new(binary);
    command
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args([
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-verbosity=0",
            "-print_final_stats=1",
        ])
        .arg(format!("-max_total_time={seconds}"))
        .arg(&corpus)
        .arg(&seeds);
    if seconds == 0 {
        command.arg("-runs=0");
    }
    println!("fuzz: {target}, {count} seeds, {seconds} s");
    checkout::succeed(&mut command)
}

/// The triple of the machine we are on.
fn host() -> Result<String, Failure> {
    let version = Command::new("rustc").arg("-vV").output()?;
    let version = String::from_utf8(version.stdout)?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc -vV names no host")?.to_owned())
}
