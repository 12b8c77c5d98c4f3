//! What a configuration includes.

use super::{all_shown, displayed};
use crate::{Config, Error, LoadOptions, Memory, load};

fn loaded(memory: &Memory) -> Result<Config, Error> {
    load(
        memory,
        "main.conf",
        &LoadOptions {
            exec_includes: true,
        },
    )
}

#[test]
fn a_file_that_does_not_exist_is_not_an_invalid_one() {
    let error = loaded(&Memory::default()).unwrap_err();
    assert_eq!(error, Error::NotFound("main.conf".to_owned()));
    assert_eq!(error.to_string(), "main.conf: no such file");
}

#[test]
fn included_lines_go_on_in_the_open_section_and_the_includer_in_its_own() {
    let memory = Memory::from([
        (
            "main.conf",
            "[a]\nx=1\n#include \"sub.conf\"\ny=2\n#include <more.conf>\n",
        ),
        ("sub.conf", "z=3\n[b]\nx=4\n"),
        ("more.conf", "y=5\n"),
    ]);
    let config = loaded(&memory).unwrap();
    assert_eq!(all_shown(&config), ["a: x=1 z=3 y=2", "b: x=4 y=5"]);
    assert_eq!(config.category("b").unwrap().file.as_ref(), "sub.conf");
    let files: Vec<&str> = config.files.iter().map(AsRef::as_ref).collect();
    assert_eq!(files, ["main.conf", "sub.conf", "more.conf"]);
}

#[test]
fn wildcards_and_braces_find_files_in_order_or_none() {
    let memory = Memory::from([
        (
            "main.conf",
            "[a]\n#include d/*.conf\n#include nothing/*.conf\n#include {f,e}.conf\n",
        ),
        ("d/2.conf", "x=2\n"),
        ("d/1.conf", "x=1\n"),
        ("d/.3.conf", "x=3\n"),
        ("d/d/4.conf", "x=4\n"),
        ("e.conf", "x=e\n"),
        ("f.conf", "x=f\n"),
    ]);
    assert_eq!(all_shown(&loaded(&memory).unwrap()), ["a: x=1 x=2 x=f x=e"]);
}

#[test]
fn a_missing_include_has_its_place_and_tryinclude_is_content() {
    let memory = Memory::from([
        ("main.conf", "#tryinclude none.conf\n#include sub.conf\n"),
        ("sub.conf", "[a]\n\n#include none.conf\n[b](c)\n"),
    ]);
    assert_eq!(
        displayed(loaded(&memory).unwrap_err()),
        [
            "sub.conf:3: cannot include none.conf: no such file",
            "sub.conf:4: there is no [c] to inherit from",
        ]
    );
}

#[test]
fn circles_end() {
    for line in [
        "#include main.conf\n",
        "#tryinclude main.conf\n",
        "#include m*.conf\n",
    ] {
        let memory = Memory::from([("main.conf", line.repeat(3))]);
        assert_eq!(
            displayed(loaded(&memory).unwrap_err()),
            ["main.conf:1: includes nest deeper than 10: a circle?"]
        );
    }
}

#[test]
fn the_number_of_files_is_limited() {
    // Each level includes the next thirty times: no circle, but 30^9 files.
    let mut memory = Memory::from([("main.conf", "#include 1.conf\n".to_owned())]);
    for n in 1..9 {
        memory.insert(
            format!("{n}.conf"),
            format!("#include {}.conf\n", n + 1).repeat(30),
        );
    }
    memory.insert("9.conf", "");
    let error = displayed(loaded(&memory).unwrap_err());
    assert_eq!(error.len(), 1);
    assert!(
        error[0].ends_with("more than 10000 files in all"),
        "{error:?}"
    );
}

#[test]
fn exec_takes_what_the_command_prints() {
    let mut memory = Memory::from([("main.conf", "[a]\n#exec \"say x\"\n")]);
    memory.insert_command("say x", "x=1\nodd\n");
    let config = loaded(&memory).unwrap();
    assert_eq!(all_shown(&config), ["a: x=1"]);
    let odd = config.warnings[0].to_string();
    assert_eq!(odd, "#exec say x:2: no '=' in this line; it is ignored");

    memory.insert("main.conf", "[a]\n#exec other\n");
    let error = displayed(loaded(&memory).unwrap_err());
    assert!(
        error[0].starts_with("main.conf:2: cannot #exec other: "),
        "{error:?}"
    );
}
