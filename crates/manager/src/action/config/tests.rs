use std::fs;

use tempfile::TempDir;

use crate::action::testing::Bench;

const SCRATCH: &str = "\
; for trying things out
[general]
colour = red
size = 10

[template](!)
kind = base

[item-one](template)
name = first

[item-two](template)
name = second
";

/// A switch with `scratch.conf` and, next to its directory, a file that is none of its business.
fn switch() -> (Bench, TempDir) {
    let parent = tempfile::tempdir().unwrap();
    let directory = parent.path().join("etc");
    fs::create_dir(&directory).unwrap();
    fs::write(directory.join("scratch.conf"), SCRATCH).unwrap();
    fs::write(parent.path().join("outside.conf"), "[secret]\na = b\n").unwrap();
    let mut bench = Bench::unasked();
    bench.host.directory = directory;
    (bench, parent)
}

fn error(message: &str) -> String {
    format!("Response: Error\nActionID: 1\nMessage: {message}\n\n")
}

const DONE: &str = "Response: Success\nActionID: 1\n\n";

#[test]
fn a_file_is_read() {
    let (bench, _files) = switch();
    assert_eq!(
        bench.ask("Action: GetConfig\nActionID: 1\nFilename: scratch.conf"),
        "Response: Success\nActionID: 1\nCategory-000000: general\n\
         Line-000000-000000: colour=red\nLine-000000-000001: size=10\nCategory-000001: item-one\n\
         Templates-000001: template\nLine-000001-000000: kind=base\nLine-000001-000001: name=first\n\
         Category-000002: item-two\nTemplates-000002: template\nLine-000002-000000: kind=base\n\
         Line-000002-000001: name=second\n\n"
    );
    assert_eq!(
        bench.ask("Action: GetConfig\nActionID: 2\nFilename: scratch.conf\nCategory: item-one"),
        "Response: Success\nActionID: 2\nCategory-000000: item-one\nTemplates-000000: template\n\
         Line-000000-000000: kind=base\nLine-000000-000001: name=first\n\n"
    );
    assert_eq!(
        bench.ask("Action: GetConfig\nActionID: 3\nFilename: scratch.conf\nCategory: nothing"),
        "Response: Success\nActionID: 3\nNo categories found\n\n"
    );
    let filtered =
        bench.ask("Action: GetConfig\nActionID: 9\nFilename: scratch.conf\nFilter: kind=base");
    assert!(filtered.starts_with("Response: Success\nActionID: 9\nCategory-000000: item-one\n"));
    let templates =
        bench.ask("Action: GetConfig\nFilename: scratch.conf\nFilter: TEMPLATES=restrict");
    assert_eq!(
        templates,
        "Response: Success\nCategory-000000: template\nIsTemplate-000000: 1\n\
         Line-000000-000000: kind=base\n\n"
    );
}

#[test]
fn a_file_is_read_as_json() {
    let (bench, _files) = switch();
    assert_eq!(
        bench.ask("Action: GetConfigJSON\nActionID: 6\nFilename: scratch.conf"),
        concat!(
            "Response: Success\nActionID: 6\nJSON: ",
            r#"{"general":{"colour":"red","size":"10"},"#,
            r#""item-one":{"templates":"template","kind":"base","name":"first"},"#,
            r#""item-two":{"templates":"template","kind":"base","name":"second"}}"#,
            "\n\n"
        )
    );
}

#[test]
fn categories_are_listed() {
    let (bench, files) = switch();
    assert_eq!(
        bench.ask("Action: ListCategories\nActionID: 7\nFilename: scratch.conf"),
        "Response: Success\nActionID: 7\nCategory-000000: general\nCategory-000001: item-one\n\
         Category-000002: item-two\n\n"
    );
    fs::write(files.path().join("etc/empty.conf"), "").unwrap();
    assert_eq!(
        bench.ask("Action: ListCategories\nActionID: 1\nFilename: empty.conf"),
        "Response: Success\nActionID: 1\nError: no categories found\n\n"
    );
}

#[test]
fn files_that_cannot_be_read() {
    let (mut bench, files) = switch();
    fs::write(files.path().join("etc/broken.conf"), "[open\n").unwrap();
    for action in ["GetConfig", "GetConfigJSON", "ListCategories"] {
        let read = |bench: &Bench, name: &str| {
            bench.ask(&format!("Action: {action}\nActionID: 1\nFilename: {name}"))
        };
        assert_eq!(read(&bench, ""), error("Filename not specified"));
        assert_eq!(read(&bench, "nothing.conf"), error("Config file not found"));
        assert_eq!(
            read(&bench, "../../nothing/passwd"),
            error("Config file not found")
        );
        assert_eq!(
            read(&bench, "broken.conf"),
            error("Config file has invalid format")
        );
        let outside = read(&bench, "../outside.conf");
        assert_eq!(outside, error("Config file not found"));
    }
    bench.host.settings.live_dangerously = true;
    let outside = bench.ask("Action: GetConfig\nFilename: ../outside.conf");
    assert!(outside.contains("\nCategory-000000: secret\n"));
}

fn update(bench: &Bench, name: &str, steps: &[&str]) -> String {
    let numbered: String = steps
        .iter()
        .enumerate()
        .flat_map(|(n, step)| {
            step.split('|').map(move |header| {
                let (key, value) = header.split_once('=').unwrap();
                format!("{key}-{n:06}: {value}\n")
            })
        })
        .collect();
    bench.ask(&format!(
        "Action: UpdateConfig\nActionID: 1\nSrcFilename: {name}\nDstFilename: {name}\n{numbered}"
    ))
}

#[test]
fn a_file_is_made_and_changed() {
    let (bench, files) = switch();
    let content = || fs::read_to_string(files.path().join("etc/written.conf")).unwrap();
    assert_eq!(
        bench.ask("Action: CreateConfig\nActionID: 1\nFilename: written.conf"),
        "Response: Success\nActionID: 1\nMessage: New configuration file created successfully\n\n"
    );
    assert_eq!(content(), "");
    let change = |steps: &[&str]| update(&bench, "written.conf", steps);
    let steps = [
        "Action=NewCat|Cat=alpha",
        "Action=Append|Cat=alpha|Var=colour|Value=green",
    ];
    assert_eq!(change(&steps), DONE);
    assert_eq!(
        change(&["Action=Update|Cat=alpha|Var=colour|Value=blue"]),
        DONE
    );
    let read = || bench.ask("Action: GetConfig\nActionID: 1\nFilename: written.conf");
    assert_eq!(
        read(),
        "Response: Success\nActionID: 1\nCategory-000000: alpha\nLine-000000-000000: colour=blue\n\n"
    );
    assert_eq!(change(&["Action=RenameCat|Cat=alpha|Value=beta"]), DONE);
    assert_eq!(change(&["Action=Delete|Cat=beta|Var=colour"]), DONE);
    assert_eq!(
        read(),
        "Response: Success\nActionID: 1\nCategory-000000: beta\n\n"
    );
    assert_eq!(change(&["Action=DelCat|Cat=beta"]), DONE);
    assert_eq!(read(), DONE);
    let gone = change(&["Action=Update|Cat=gone|Var=a|Value=b"]);
    assert_eq!(gone, error("Given category does not exist"));
    let nonsense = change(&["Action=Nonsense|Cat=gone"]);
    assert_eq!(nonsense, error("Unknown action command"));
}

#[test]
fn comments_stay_and_a_change_that_fails_changes_nothing() {
    let (bench, files) = switch();
    let content = || fs::read_to_string(files.path().join("etc/scratch.conf")).unwrap();
    let steps = [
        "Action=Update|Cat=general|Var=size|Value=11",
        "Action=Update|Cat=gone|Var=a|Value=b",
    ];
    let failed = update(&bench, "scratch.conf", &steps);
    assert_eq!(failed, error("Given category does not exist"));
    assert_eq!(content(), SCRATCH);
    assert_eq!(update(&bench, "scratch.conf", &steps[..1]), DONE);
    assert_eq!(content(), SCRATCH.replace("size = 10", "size = 11"));
}

#[test]
fn files_that_must_not_be_written() {
    let (bench, _files) = switch();
    let escalated = error("File requires escalated privileges");
    let step = ["Action=NewCat|Cat=x"];
    assert_eq!(update(&bench, "missing.conf", &step), escalated);
    assert_eq!(update(&bench, "../outside.conf", &step), escalated);
    assert_eq!(update(&bench, "", &step), error("Filename not specified"));
    let create = |name| {
        bench.ask(&format!(
            "Action: CreateConfig\nActionID: 1\nFilename: {name}"
        ))
    };
    assert_eq!(create("../new.conf"), escalated);
    assert_eq!(create(""), error("Filename not specified"));
}

#[test]
fn a_change_may_be_put_into_effect_at_once() {
    let (bench, _files) = switch();
    let change = |reload| {
        bench.ask(&format!(
            "Action: UpdateConfig\nActionID: 1\nSrcFilename: scratch.conf\n\
             DstFilename: scratch.conf\nReload: {reload}"
        ))
    };
    assert_eq!(change(""), DONE);
    assert_eq!(change("yes"), DONE);
    assert_eq!(change("app_queue"), DONE);
    assert_eq!(
        *bench.host.orders.lock().unwrap(),
        ["reload all", "reload app_queue"]
    );
}
