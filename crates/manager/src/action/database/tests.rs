use engine::request::{DatabaseFailed, Request};

use crate::action::testing::Bench;

/// A database with `/test/one` and `/test/sub/three`, in which `full` takes nothing.
fn database() -> Bench {
    let failed = || DatabaseFailed("the disk is full".into());
    Bench::new(move |request| match request {
        Request::DatabaseGet(family, key, answer) => {
            answer.send(((&*family, &*key) == ("test", "one")).then(|| "1".into()));
        }
        Request::DatabasePut(family, _, _, answer) => {
            answer.send(if &*family == "full" {
                Err(failed())
            } else {
                Ok(())
            });
        }
        Request::DatabaseDelete(_, key, answer) => answer.send(Ok(&*key == "one")),
        Request::DatabaseDeleteTree(family, _, answer) => answer.send(match &*family {
            "test" => Ok(2),
            "full" => Err(failed()),
            _ => Ok(0),
        }),
        Request::DatabaseTree(prefix, answer) => answer.send(match &*prefix {
            "" | "/test" => {
                vec![
                    ("/test/one".into(), "1".into()),
                    ("/test/sub/three".into(), "drei".into()),
                ]
            }
            "/test/sub" => vec![("/test/sub/three".into(), "drei".into())],
            _ => Vec::new(),
        }),
        other => panic!("{other:?}"),
    })
}

fn error(message: &str) -> String {
    format!("Response: Error\nActionID: 1\nMessage: {message}\n\n")
}

fn success(message: &str) -> String {
    format!("Response: Success\nActionID: 1\nMessage: {message}\n\n")
}

#[test]
fn put() {
    let put = |rest| database().ask(&format!("Action: DBPut\nActionID: 1\n{rest}"));
    assert_eq!(
        put("Family: test\nKey: two\nVal: zwei"),
        success("Updated database successfully")
    );
    assert_eq!(put("Key: one"), error("No family specified"));
    assert_eq!(put("Family: test"), error("No key specified"));
    assert_eq!(
        put("Family: full\nKey: x\nVal: y"),
        error("Failed to update entry")
    );
}

#[test]
fn get() {
    assert_eq!(
        database().ask("Action: DBGet\nActionID: 4\nFamily: test\nKey: one"),
        "Response: Success\nActionID: 4\nEventList: start\nMessage: Result will follow\n\
         \nEvent: DBGetResponse\nFamily: test\nKey: one\nVal: 1\nActionID: 4\n\
         \nEvent: DBGetComplete\nActionID: 4\nEventList: Complete\nListItems: 1\n\n"
    );
    let get = |rest| database().ask(&format!("Action: DBGet\nActionID: 1\n{rest}"));
    assert_eq!(
        get("Family: test\nKey: none"),
        error("Database entry not found")
    );
    assert_eq!(get("Family: test"), error("No key specified."));
    assert_eq!(get("Key: one"), error("No family specified."));
}

#[test]
fn get_tree() {
    assert_eq!(
        database().ask("Action: DBGetTree\nActionID: 6\nFamily: test"),
        "Response: Success\nActionID: 6\nEventList: start\nMessage: Result will follow\n\
         \nEvent: DBGetTreeResponse\nKey: /test/one\nVal: 1\nActionID: 6\n\
         \nEvent: DBGetTreeResponse\nKey: /test/sub/three\nVal: drei\nActionID: 6\n\
         \nEvent: DBGetTreeComplete\nActionID: 6\nEventList: Complete\nListItems: 2\n\n"
    );
    let get = |rest| database().ask(&format!("Action: DBGetTree\nActionID: 1\n{rest}"));
    assert!(get("").ends_with("\nListItems: 2\n\n"));
    assert!(get("Family: test\nKey: sub").ends_with("\nListItems: 1\n\n"));
    assert_eq!(get("Family: none"), error("Database entry not found"));
}

#[test]
fn del() {
    let del = |rest| database().ask(&format!("Action: DBDel\nActionID: 1\n{rest}"));
    assert_eq!(
        del("Family: test\nKey: one"),
        success("Key deleted successfully")
    );
    assert_eq!(
        del("Family: test\nKey: two"),
        error("Database entry could not be deleted")
    );
    assert_eq!(del("Key: one"), error("No family specified."));
    assert_eq!(del("Family: test"), error("No key specified."));
}

#[test]
fn del_tree() {
    let del = |rest| database().ask(&format!("Action: DBDelTree\nActionID: 1\n{rest}"));
    assert_eq!(
        del("Family: test"),
        success("Key tree deleted successfully")
    );
    assert_eq!(del("Family: none"), error("Database entry not found"));
    assert_eq!(del("Family: full"), error("Database unavailable"));
    assert_eq!(del(""), error("No family specified."));
}
