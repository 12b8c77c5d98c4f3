//! A whole set of configuration files as an administrator writes them.

use super::{all_shown, shown};
use crate::{Config, Directory, Document, LoadOptions, load};

fn directory() -> Directory {
    Directory::new(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata"))
}

fn loaded(name: &str) -> Config {
    let config = load(&directory(), name, &LoadOptions::default()).unwrap();
    assert_eq!(config.warnings, []);
    config
}

#[test]
fn all_files_load_and_come_back_unchanged() {
    let sizes = [
        ("acl.conf", 1, 2),
        ("agents.conf", 3, 2),
        ("cdr.conf", 2, 5),
        ("cdr_manager.conf", 1, 1),
        ("cel.conf", 2, 4),
        ("confbridge.conf", 3, 4),
        ("extensions.conf", 6, 97),
        ("features.conf", 2, 3),
        ("http.conf", 1, 3),
        ("manager.conf", 7, 35),
        ("musiconhold.conf", 2, 2),
        ("pjsip.conf", 10, 42),
        ("queuerules.conf", 1, 2),
        ("queues.conf", 3, 15),
        ("res_parking.conf", 2, 4),
        ("scratch.conf", 3, 6),
        ("voicemail.conf", 2, 5),
    ];
    for (name, categories, variables) in sizes {
        let config = loaded(name);
        let found = config
            .categories()
            .map(|c| c.variables.len())
            .sum::<usize>();
        assert_eq!(
            (config.categories().count(), found),
            (categories, variables),
            "{name}"
        );
        let bytes = std::fs::read(directory().path(name)).unwrap();
        assert_eq!(
            Document::open(&directory(), name).unwrap().to_bytes(),
            bytes,
            "{name}"
        );
    }
}

#[test]
fn scratch() {
    assert_eq!(
        all_shown(&loaded("scratch.conf")),
        [
            "general: colour=red size=10",
            "item-one: *kind=base name=first",
            "item-two: *kind=base name=second",
        ]
    );
}

#[test]
fn pjsip_has_three_of_each_name() {
    let config = loaded("pjsip.conf");
    let types: Vec<_> = config
        .named("6001")
        .map(|c| c.get("type").unwrap())
        .collect();
    assert_eq!(types, ["endpoint", "auth", "aor"]);
    let endpoint = config.category("6001").unwrap();
    assert_eq!(endpoint.templates, ["endpoint-base"]);
    assert_eq!(
        shown(endpoint),
        "6001: *type=endpoint *context=default *disallow=all *allow=ulaw,alaw *direct_media=no \
         auth=6001 aors=6001 callerid=Alice <6001>"
    );
}

#[test]
fn manager_has_keys_with_parentheses_and_empty_values() {
    let config = loaded("manager.conf");
    assert_eq!(config.get("dialer", "read"), Some(""));
    assert_eq!(config.get("dialer", "setvar"), Some("CAMPAIGN=autumn"));
    assert_eq!(
        shown(config.category("filtered").unwrap()),
        "filtered: secret=filtered read=all write=all \
         eventfilter(action(include),name(Hangup))= \
         eventfilter(action(include),name(UserEvent))= \
         eventfilter(action(exclude),header(Channel),method(starts_with))=Local/hidden"
    );
}

#[test]
fn extensions_keep_their_arrows_and_lines() {
    let config = loaded("extensions.conf");
    let default = config.category("default").unwrap();
    let second = &default.variables[1];
    assert_eq!(
        (&*second.name, &*second.value, second.object),
        ("same", "n,Echo()", true)
    );
    assert_eq!(second.line, 12);
}
