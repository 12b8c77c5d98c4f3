//! Any bytes as a `.conf` file: read, taken apart and put together again, edited.
#![no_main]

use config::{Config, Document, Edit, LoadOptions, Memory};
use libfuzzer_sys::fuzz_target;

const ACTIONS: [&str; 8] = [
    "NewCat",
    "RenameCat",
    "DelCat",
    "EmptyCat",
    "Update",
    "Delete",
    "Append",
    "Insert",
];

fuzz_target!(|bytes: &[u8]| {
    let loaded = load(bytes);
    let memory = Memory::from([("fuzz.conf", bytes)]);
    let document = Document::open(&memory, "fuzz.conf").expect("it exists and is not too large");
    assert_eq!(document.to_bytes(), bytes, "a document is its text");

    let Some(config) = loaded else { return };
    let Some(category) = config.categories().next() else {
        return;
    };
    let variable = category
        .variables
        .last()
        .map_or("x", |variable| &*variable.name);
    for action in ACTIONS {
        let mut edited = document.clone();
        let edit = Edit {
            action,
            category: &category.name,
            variable,
            value: "a;--b",
            line: if action == "Insert" { "1" } else { "" },
            options: "allowdups",
            ..Edit::default()
        };
        if edited.apply(&edit).is_err() {
            assert_eq!(
                edited, document,
                "{action} failed and yet changed something"
            );
        } else if !bytes.contains(&b'#') {
            // With directives, what a file means depends on others, which an edit does not see.
            assert!(
                load(&edited.to_bytes()).is_some(),
                "{action} broke the file"
            );
        }
    }
});

fn load(bytes: &[u8]) -> Option<Config> {
    let mut memory = Memory::from([("fuzz.conf", bytes), ("other.conf", b"x=1\n[o](!)\ny=2\n")]);
    memory.insert_command("say", "[e]\nz=3\n");
    match config::load(
        &memory,
        "fuzz.conf",
        &LoadOptions {
            exec_includes: true,
        },
    ) {
        Ok(config) => Some(config),
        Err(error) => {
            assert!(
                !error.problems().is_empty(),
                "it exists, so something in it is wrong"
            );
            None
        }
    }
}
