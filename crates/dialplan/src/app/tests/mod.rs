//! Applications at work.

mod call;
mod control;
mod event;
mod host;
mod routine;
mod sound;
mod taping;

use std::path::Path;

use super::ALL;
use crate::bench::{Bench, SOUND};

#[test]
fn the_list_is_in_order_and_every_name_is_found() {
    let names: Vec<String> = ALL
        .iter()
        .map(|app| app.name.to_ascii_lowercase())
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    for app in ALL {
        let found = super::find(&app.name.to_uppercase()).expect("found by its name");
        assert!(std::ptr::eq(found, *app));
        assert!(
            app.syntax.starts_with(&format!("{}(", app.name)),
            "{}",
            app.syntax
        );
    }
}

/// An application's file is called as the application is.
#[test]
fn every_file_is_in_the_list() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
    let entries = |folder: &Path| -> Vec<_> {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect()
    };
    let families = entries(&here)
        .into_iter()
        .filter(|path| path.is_dir() && !path.ends_with("tests"));
    let mut names: Vec<String> = families
        .flat_map(|family| entries(&family))
        .filter(|file| {
            file.is_file()
                && std::fs::read_to_string(file)
                    .unwrap()
                    .contains(": App = App {")
        })
        .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let listed: Vec<String> = ALL
        .iter()
        .map(|app| app.name.to_ascii_lowercase())
        .collect();
    assert_eq!(names, listed);
}
