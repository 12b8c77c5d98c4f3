use std::collections::BTreeMap;
use std::fs;
use std::sync::mpsc;

use super::*;

mod kill;

fn put(key: &str, value: &str) -> Change {
    Change::Put {
        key: key.into(),
        value: value.into(),
    }
}

fn delete(key: &str) -> Change {
    Change::Delete { key: key.into() }
}

fn delete_tree(prefix: &str) -> Change {
    Change::DeleteTree {
        prefix: prefix.into(),
    }
}

/// Writes one change and waits for its report.
fn write(database: &KeyDatabase, change: Change) -> Result<(), String> {
    let (tell, told) = mpsc::channel();
    database.submit(change, Box::new(move |outcome| tell.send(outcome).unwrap()));
    told.recv().unwrap()
}

/// Opens a file, makes the changes, and returns what the file holds when it is opened again.
fn after(file: &Path, changes: &[Change]) -> Entries {
    let (_, database) = KeyDatabase::open(file).unwrap();
    for change in changes {
        write(&database, change.clone()).unwrap();
    }
    database.close().unwrap();
    KeyDatabase::open(file).unwrap().0
}

fn scratch() -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join(FILE_NAME);
    (directory, file)
}

fn entries(expected: &[(&str, &str)]) -> Entries {
    expected
        .iter()
        .map(|(k, v)| ((*k).into(), (*v).into()))
        .collect()
}

#[test]
fn changes_are_there_when_it_opens_again() {
    let (_directory, file) = scratch();
    let found = after(
        &file,
        &[
            put("/test/one", "1"),
            put("/test/sub/three", "drei"),
            put("/gone/key", "x"),
            put("/test/one", "uno"),
            delete("/gone/key"),
            delete("/never/there"),
        ],
    );
    assert_eq!(
        found,
        entries(&[("/test/one", "uno"), ("/test/sub/three", "drei")])
    );
    let left: Vec<_> = fs::read_dir(file.parent().unwrap())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert!(left.contains(&FILE_NAME.into()), "{left:?}");
}

#[test]
fn a_tree_is_its_top_and_what_lies_below() {
    let (_directory, file) = scratch();
    let all = [
        "/a", "/a/b", "/a/b/c", "/ab", "/a!", "/A/b", "/a%", "/b/a/b", "/c_d/e", "/cxd/e",
    ];
    let fill: Vec<Change> = all.iter().map(|key| put(key, "1")).collect();
    let left = |prefix: &str| -> Vec<String> {
        let changes = [fill.as_slice(), &[delete_tree(prefix)]].concat();
        after(&file, &changes)
            .into_iter()
            .map(|(key, _)| key)
            .collect()
    };
    assert_eq!(
        left("/a"),
        ["/A/b", "/a!", "/a%", "/ab", "/b/a/b", "/c_d/e", "/cxd/e"]
    );
    assert_eq!(left("/c_d/").len(), all.len() - 1);
    assert_eq!(left("/%").len(), all.len());
    assert_eq!(left("/"), [""; 0]);
    assert_eq!(left(""), [""; 0]);
}

#[test]
fn a_file_of_asterisk_opens_and_reads_the_same_to_others() {
    let (_directory, file) = scratch();
    let other = Connection::open(&file).unwrap();
    other
        .execute_batch(
            "CREATE TABLE IF NOT EXISTS astdb(key VARCHAR(256), value VARCHAR(256), PRIMARY KEY(key));
             INSERT INTO astdb VALUES ('/family/key', 'value'), ('/number/key', 7), ('/null/key', NULL);
             INSERT INTO astdb VALUES ('/latin/key', CAST(x'636166e9' AS TEXT));",
        )
        .unwrap();
    other.close().unwrap();

    let found = after(
        &file,
        &[put("/latin/neu", "gr\u{10FFFC}n"), put("/utf8/ü", "ü")],
    );
    let expected = entries(&[
        ("/family/key", "value"),
        ("/latin/key", "caf\u{10FFE9}"),
        ("/latin/neu", "gr\u{10FFFC}n"),
        ("/null/key", ""),
        ("/number/key", "7"),
        ("/utf8/ü", "ü"),
    ]);
    assert_eq!(found, expected);

    let other = Connection::open(&file).unwrap();
    let stored = |key: &str| -> (String, Vec<u8>) {
        let sql = "SELECT typeof(value), CAST(value AS BLOB) FROM astdb WHERE key = ?1";
        other
            .query_row(sql, [key], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
    };
    assert_eq!(stored("/latin/neu"), ("text".into(), b"gr\xfcn".to_vec()));
    assert_eq!(stored("/utf8/ü"), ("text".into(), "ü".into()));
}

#[test]
fn a_broken_file_is_an_error_that_names_it() {
    let (_directory, file) = scratch();
    let refusal = |file: &Path| KeyDatabase::open(file).unwrap_err().to_string();

    fs::write(&file, "this is a text and no database\n".repeat(100)).unwrap();
    let error = refusal(&file);
    assert!(
        error.contains(FILE_NAME) && error.contains("not a database"),
        "{error}"
    );
    assert!(
        fs::read_to_string(&file).unwrap().starts_with("this is"),
        "the file is left alone"
    );

    fs::remove_file(&file).unwrap();
    Connection::open(&file)
        .unwrap()
        .execute_batch("CREATE TABLE astdb(name TEXT)")
        .unwrap();
    let error = refusal(&file);
    assert!(
        error.contains(FILE_NAME) && error.contains("no such column"),
        "{error}"
    );

    let error = refusal(Path::new("/nonexistent/astdb.sqlite3"));
    assert!(error.contains("/nonexistent/astdb.sqlite3"), "{error}");
}

#[test]
fn a_damaged_page_is_found() {
    let (_directory, file) = scratch();
    let many: Vec<Change> = (0..500)
        .map(|n| put(&format!("/family/{n}"), "value"))
        .collect();
    assert_eq!(after(&file, &many).len(), 500);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 4096 / 2 * 4096;
    bytes[middle..middle + 4096].fill(0xA5);
    fs::write(&file, bytes).unwrap();

    let error = KeyDatabase::open(&file).unwrap_err();
    assert!(error.to_string().contains(FILE_NAME), "{error}");
}

#[test]
fn what_waits_goes_in_one_transaction_and_a_full_queue_refuses() {
    let (_directory, file) = scratch();
    let (_, database) = KeyDatabase::open_with_queue(file.clone(), 100).unwrap();
    let (entered, inside) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    database.submit(
        put("/first", "holds the thread"),
        Box::new(move |_| {
            entered.send(()).unwrap();
            wait.recv().unwrap();
        }),
    );
    inside.recv().unwrap();

    let (tell, told) = mpsc::channel();
    for n in 0..101 {
        let tell = tell.clone();
        let report = Box::new(move |outcome: Result<(), String>| {
            tell.send((n, outcome)).unwrap();
        });
        database.submit(put(&format!("/key/{n:03}"), "x"), report);
    }
    let (n, refused) = told.try_recv().unwrap();
    assert_eq!(n, 100);
    assert!(refused.unwrap_err().contains("too many changes"));
    assert!(
        told.try_recv().is_err(),
        "nothing is reported before its transaction"
    );

    go.send(()).unwrap();
    for expected in 0..100 {
        assert_eq!(told.recv().unwrap(), (expected, Ok(())));
    }
    assert_eq!(
        database.statistics(),
        Statistics {
            committed: 101,
            transactions: 2,
            failed: 0,
            refused: 1
        }
    );
    database.close().unwrap();
    assert_eq!(KeyDatabase::open(&file).unwrap().0.len(), 101);
}

#[test]
fn closing_writes_what_waits() {
    let (_directory, file) = scratch();
    let (_, database) = KeyDatabase::open(&file).unwrap();
    for n in 0..3_000 {
        database.submit(put(&format!("/key/{n}"), "x"), Box::new(|_| ()));
    }
    drop(database);
    assert_eq!(KeyDatabase::open(&file).unwrap().0.len(), 3_000);
}

#[test]
fn a_nul_is_refused() {
    let (_directory, file) = scratch();
    let (_, database) = KeyDatabase::open(&file).unwrap();
    for change in [
        put("/a\0b", ""),
        put("/a", "\0"),
        delete("\0"),
        delete_tree("\0"),
    ] {
        let refused = write(&database, change).unwrap_err();
        assert!(refused.contains("NUL"), "{refused}");
    }
    assert_eq!(database.statistics().refused, 4);
}

#[test]
fn a_write_that_fails_is_told_and_the_next_goes_on() {
    let (_directory, file) = scratch();
    let (_, database) = KeyDatabase::open(&file).unwrap();
    let other = Connection::open(&file).unwrap();
    other
        .execute_batch("ALTER TABLE astdb RENAME TO elsewhere")
        .unwrap();
    let error = write(&database, put("/a", "1")).unwrap_err();
    assert!(
        error.contains(FILE_NAME) && error.contains("no such table"),
        "{error}"
    );
    other
        .execute_batch("ALTER TABLE elsewhere RENAME TO astdb")
        .unwrap();
    write(&database, put("/a", "2")).unwrap();
    assert_eq!(
        database.statistics(),
        Statistics {
            committed: 1,
            transactions: 1,
            failed: 1,
            refused: 0
        }
    );
}

#[test]
fn a_panic_in_a_report_does_not_stop_the_writer() {
    let (_directory, file) = scratch();
    let (_, database) = KeyDatabase::open(&file).unwrap();
    database.submit(put("/a", "1"), Box::new(|_| panic!("on purpose")));
    write(&database, put("/b", "2")).unwrap();
    database.close().unwrap();
}

/// What a database holds after some changes, according to a map.
fn model(changes: impl IntoIterator<Item = Change>) -> BTreeMap<String, String> {
    let mut map = BTreeMap::new();
    for change in changes {
        match change {
            Change::Put { key, value } => {
                map.insert(key, value);
            }
            Change::Delete { key } => {
                map.remove(&key);
            }
            Change::DeleteTree { prefix } => {
                let below = format!("{prefix}/");
                map.retain(|key, _| *key != prefix && !key.starts_with(&below));
            }
        }
    }
    map
}
