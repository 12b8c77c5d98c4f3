use std::fs;
use std::sync::mpsc;

use super::*;

/// A row is a name of a file and a text.
struct Plain;

impl Format<(&'static str, String)> for Plain {
    fn add(&self, (file, text): &(&'static str, String), batch: &mut Batch) {
        batch.line(file).text(text).end();
    }
}

fn start(directory: &Path, report: Report) -> CsvWriter<(&'static str, String)> {
    CsvWriter::start(directory, Plain, report).unwrap()
}

#[test]
fn rows_come_in_order_and_directories_as_needed() {
    let directory = tempfile::tempdir().unwrap();
    let deep = directory.path().join("a/b");
    let writer = start(&deep, Box::new(|_| ()));
    let texts: Vec<String> = (0..1_000).map(|n| n.to_string()).collect();
    for text in &texts {
        writer.write(("x.csv", text.clone())).unwrap();
    }
    writer.flush();
    assert_eq!(
        writer.counters(),
        Counters {
            written: 1_000,
            ..Counters::default()
        }
    );
    let expected: String = texts.iter().map(|text| format!("\"{text}\"\n")).collect();
    assert_eq!(fs::read_to_string(deep.join("x.csv")).unwrap(), expected);
}

#[test]
fn a_rotated_file_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let (now, old) = (
        directory.path().join("x.csv"),
        directory.path().join("x.csv.1"),
    );
    let writer = start(directory.path(), Box::new(|_| ()));
    writer.write(("x.csv", "before".into())).unwrap();
    writer.flush();
    fs::rename(&now, &old).unwrap();
    writer.write(("x.csv", "after".into())).unwrap();
    writer.close();
    assert_eq!(fs::read_to_string(old).unwrap(), "\"before\"\n");
    assert_eq!(fs::read_to_string(now).unwrap(), "\"after\"\n");
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_counted() {
    let directory = tempfile::tempdir().unwrap();
    let obstacle = directory.path().join("bad.csv");
    fs::create_dir(&obstacle).unwrap();
    let (tell, told) = mpsc::channel();
    let writer = start(
        directory.path(),
        Box::new(move |e| tell.send(e.to_string()).unwrap()),
    );
    writer.write(("bad.csv", "lost".into())).unwrap();
    writer.write(("good.csv", "kept".into())).unwrap();
    writer.flush();
    assert_eq!(
        writer.counters(),
        Counters {
            written: 1,
            failed: 1,
            dropped: 0
        }
    );
    let report = told.try_recv().unwrap();
    assert!(report.contains("bad.csv: 1 row(s)"), "{report}");

    fs::remove_dir(&obstacle).unwrap();
    writer.write(("bad.csv", "found".into())).unwrap();
    writer.close();
    assert_eq!(fs::read_to_string(obstacle).unwrap(), "\"found\"\n");
}

#[test]
fn a_full_queue_drops_and_tells() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("bad.csv")).unwrap();
    let (tell, told) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let report: Report = Box::new(move |_| {
        tell.send(()).unwrap();
        wait.recv().unwrap();
    });
    let writer = CsvWriter::start_with_queue(directory.path(), Plain, report, 2).unwrap();
    writer
        .write(("bad.csv", "holds the thread".into()))
        .unwrap();
    told.recv().unwrap();
    writer.write(("x.csv", "1".into())).unwrap();
    writer.write(("x.csv", "2".into())).unwrap();
    assert_eq!(writer.write(("x.csv", "3".into())), Err(Dropped));
    go.send(()).unwrap();
    writer.flush();
    assert_eq!(
        writer.counters(),
        Counters {
            written: 2,
            failed: 1,
            dropped: 1
        }
    );
    assert_eq!(
        fs::read_to_string(directory.path().join("x.csv")).unwrap(),
        "\"1\"\n\"2\"\n"
    );
}
