//! A child process writes and says which changes were reported as done; it is killed in the middle.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio, exit};

use super::*;

/// Tells the child which file to write.
const FILE: &str = "RECORDS_KILL_TEST_FILE";

/// Tells the child at which change of [`history`] to go on.
const BEGIN: &str = "RECORDS_KILL_TEST_BEGIN";

/// Changes that the child has under way at a time.
const IN_FLIGHT: usize = 64;

const ROUNDS: usize = 8;

/// More changes than all rounds together can get through before they are killed: a child may be ahead
/// of its reader by a pipe's 64 KiB, which hold some 6,500 reports.
const CHANGES: usize = ROUNDS * 10_000;

#[test]
fn what_was_reported_survives_kill_9() {
    let (_directory, file) = scratch();
    let mut random = fastrand::Rng::with_seed(0xDB);
    let mut begin = 0;
    for round in 0..ROUNDS {
        let reported = write_and_kill(&file, begin, random.usize(1..1_000));
        check_integrity(&file);
        let (found, database) = KeyDatabase::open(&file).unwrap();
        database.close().unwrap();
        let found: BTreeMap<_, _> = found.into_iter().collect();

        // The file holds the changes up to some moment, in their order: all that were reported, and of
        // those under way as many as were committed before the kill.
        let least = begin + reported;
        let moment = (least..=least + IN_FLIGHT).find(|end| model(history().take(*end)) == found);
        let Some(moment) = moment else {
            panic!("round {round}: after {least} reported changes the file holds {found:?}");
        };
        begin = moment;
    }
    assert!(begin > ROUNDS, "the rounds wrote something");
}

/// The child: goes through the changes, and writes a line for each that is reported as done.
#[test]
#[ignore = "runs as a child of the test above"]
fn child() {
    let (Some(file), Ok(begin)) = (env::var_os(FILE), env::var(BEGIN)) else {
        return;
    };
    let (_, database) = KeyDatabase::open(file).unwrap();
    let (done, room) = mpsc::sync_channel(IN_FLIGHT);
    for _ in 0..IN_FLIGHT {
        done.send(()).unwrap();
    }
    for change in history().skip(begin.parse().unwrap()) {
        room.recv().unwrap();
        let done = done.clone();
        let report = move |outcome: Result<(), String>| {
            // The parent has gone, or must fail: no more lines.
            if outcome.is_err() || writeln!(std::io::stdout(), "\nreported").is_err() {
                exit(1);
            }
            done.send(()).unwrap();
        };
        database.submit(change, Box::new(report));
    }
}

/// Lets a child write until it has reported `enough` changes, kills it, and returns how many changes it
/// reported in all.
fn write_and_kill(file: &Path, begin: usize, enough: usize) -> usize {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([
            "key_database::tests::kill::child",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(FILE, file)
        .env(BEGIN, begin.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut reported = 0;
    for line in lines {
        if line.unwrap() == "reported" {
            reported += 1;
            if reported == enough {
                child.kill().unwrap();
            }
        }
    }
    assert!(
        reported >= enough,
        "the child ended by itself after {reported} changes"
    );
    assert!(
        !child.wait().unwrap().success(),
        "the child came to the end before it was killed"
    );
    reported
}

fn check_integrity(file: &Path) {
    let connection = Connection::open(file).unwrap();
    let finding: String = connection
        .query_row("PRAGMA integrity_check", (), |row| row.get(0))
        .unwrap();
    assert_eq!(finding, "ok");
}

/// Always the same changes: of few keys, so that they overwrite and remove each other, and with values
/// that differ, so that each moment can be told from the next.
fn history() -> impl Iterator<Item = Change> {
    let mut random = fastrand::Rng::with_seed(0xCA11);
    (0..CHANGES).map(move |n| {
        let key = format!("/family{}/key{}", random.u8(..4), random.u8(..50));
        match random.u8(..40) {
            0 => delete_tree(&format!("/family{}", random.u8(..4))),
            1..5 => delete(&key),
            _ => put(&key, &format!("{n} {}", "x".repeat(random.usize(..500)))),
        }
    })
}
