use std::path::Path;

use super::*;

#[test]
fn the_list_is_in_order_and_every_name_is_found() {
    assert!(ALL.is_sorted_by(|one, two| one.name < two.name));
    for function in ALL {
        assert!(find(function.name).is_some_and(|found| std::ptr::eq(found, *function)));
        assert!(
            function.syntax.starts_with(&format!("{}(", function.name)),
            "{}",
            function.name
        );
        assert!(
            function.read.is_some() || function.write.is_some(),
            "{}",
            function.name
        );
    }
    assert!(find("len").is_none() && find("").is_none());
}

/// A function's file is called as the function is.
#[test]
fn every_file_is_in_the_list() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/function");
    let mut files = Vec::new();
    for family in std::fs::read_dir(here)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if family.is_dir() {
            files.extend(
                std::fs::read_dir(family)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        }
    }
    let mut names: Vec<String> = files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(|file| file.file_stem().unwrap().to_string_lossy().to_uppercase())
        .filter(|name| name != "MOD" && name != "TESTS")
        .collect();
    names.sort();
    let listed: Vec<&str> = ALL.iter().map(|function| function.name).collect();
    assert_eq!(names, listed);
}

#[test]
fn numbers_are_read_as_far_as_they_go() {
    for (text, expected) in [
        ("12", Some(12.0)),
        (" -1.5x", Some(-1.5)),
        (".5", Some(0.5)),
        ("1e3", Some(1000.0)),
        ("1e", Some(1.0)),
        ("2.", Some(2.0)),
        ("", None),
        ("x", None),
        ("-", None),
        (".", None),
        ("inf", None),
    ] {
        assert_eq!(number(text), expected, "{text:?}");
    }
}
