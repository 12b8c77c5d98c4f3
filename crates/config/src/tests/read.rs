//! What a text means.

use super::{all_shown, problems, read};
use crate::{is_false, is_true, limits};

#[test]
fn variables_keep_order_sign_and_place() {
    let config = read("; top\n[a]\nx = 1 ; one\n\tY=>2\\;3\n\nz=\n");
    assert_eq!(all_shown(&config), ["a: x=1 Y=>2;3 z="]);
    let a = config.category("A").unwrap();
    assert_eq!((a.line, a.file.as_ref()), (2, "t.conf"));
    assert_eq!(
        a.variables.iter().map(|v| v.line).collect::<Vec<_>>(),
        [3, 4, 6]
    );
    assert_eq!(a.get("y"), Some("2;3"));
    assert_eq!(a.variables[1].problem("odd").to_string(), "t.conf:4: odd");
}

#[test]
fn the_last_of_several_wins_and_all_can_be_had() {
    let config = read("[a]\nx=1\nX=2\n");
    assert_eq!(config.get("a", "x"), Some("2"));
    assert_eq!(
        config
            .category("a")
            .unwrap()
            .get_all("x")
            .collect::<Vec<_>>(),
        ["1", "2"]
    );
}

#[test]
fn categories_of_one_name_stay_apart() {
    let config = read("[6001]\ntype=auth\n[6001]\ntype=aor\n");
    assert_eq!(all_shown(&config), ["6001: type=auth", "6001: type=aor"]);
    assert_eq!(config.named("6001").count(), 2);
}

#[test]
fn templates_come_first_in_order_and_are_not_listed() {
    let config = read("[t](!)\na=1\n[u](!,t)\nb=2\n[x](u,t)\na=3\n[y](x)\n");
    assert_eq!(
        all_shown(&config),
        ["x: *a=1 *b=2 *a=1 a=3", "y: *a=1 *b=2 *a=1 *a=3"]
    );
    let x = config.category("x").unwrap();
    assert_eq!(x.templates, ["u", "t"]);
    assert_eq!(x.get("a"), Some("3"));
    assert!(config.category("t").is_none());
    assert_eq!(config.categories_and_templates().count(), 4);
}

#[test]
fn additions_go_to_the_first_that_fits() {
    let config = read("[a]\ntype=x\n[a]\ntype=y\n[a](+)\nb=1\n[a](+type=y)\nc=2\n");
    assert_eq!(all_shown(&config), ["a: type=x b=1", "a: type=y c=2"]);
    let config = read("[t](!)\n[t](+)\na=1\n[x](t)\n[t](+)\nb=2\n");
    assert_eq!(all_shown(&config), ["x: *a=1"]);
    let config = read("[t](!)\na=1\n[x]\nb=2\n[x](+,t)\nc=3\n");
    assert_eq!(all_shown(&config), ["x: b=2 *a=1 c=3"]);
}

#[test]
fn appending_continues_the_last_value() {
    let config = read("[t](!)\nallow=ulaw\n[x](t)\nallow+=,alaw\nallow += gsm\nnew += 1\n");
    assert_eq!(all_shown(&config), ["x: *allow=ulaw,alaw gsm new=1"]);
    // The template is as it was, and the name's case counts.
    let config = read("[t](!)\na=1\n[x](t)\na+=2\n[y](t)\nA+=3\n");
    assert_eq!(all_shown(&config), ["x: *a=12", "y: *a=1 A=3"]);
}

#[test]
fn bytes_that_are_not_utf8_survive() {
    let memory = crate::Memory::from([("t.conf", &b"\xef\xbb\xbf[a]\r\nx = caf\xe9\r\n"[..])]);
    let config = crate::load(&memory, "t.conf", &crate::LoadOptions::default()).unwrap();
    assert_eq!(
        text::to_bytes(config.get("a", "x").unwrap()).as_ref(),
        b"caf\xe9"
    );
}

#[test]
fn what_is_passed_over_is_told() {
    let config = read("[a]\nnonsense\n = 1\n#colour\n#include\n#exec \"ls\"\n[b] (a)\n;-- open\n");
    let warnings: Vec<String> = config.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "t.conf:2: no '=' in this line; it is ignored",
            "t.conf:3: no name before the '='; the line is ignored",
            "t.conf:4: unknown directive #colour",
            "t.conf:5: #include says not what",
            "t.conf:6: #exec is not allowed unless execincludes is set in asterisk.conf",
            "t.conf:7: what follows the header of [b] is ignored",
            "t.conf:8: this comment is never closed",
        ]
    );
}

#[test]
fn all_that_is_wrong_is_listed_with_its_place() {
    let text = "x=1\n[a\ny=2\n[b](\n[c](gone)\n[d](+)\n[c](+x=()\n\\ = 1\n";
    assert_eq!(
        problems(text),
        [
            "t.conf:1: this line comes before the first [section]",
            "t.conf:2: no closing ']'",
            "t.conf:4: no closing ')'",
            "t.conf:5: there is no [gone] to inherit from",
            "t.conf:6: there is no [d] to add to",
            "t.conf:7: filter: '(' is not a regular expression",
            "t.conf:8: nothing follows the escaping '\\'",
        ]
    );
}

#[test]
fn limits_are_told() {
    let long = format!("[a]\nx={}\n", "y".repeat(limits::LINE_BYTES));
    assert_eq!(
        problems(&long),
        ["t.conf:2: line is longer than 32768 bytes"]
    );
    let grown = format!(
        "[a]\n{}",
        "x+=yyyyyyyy\n".repeat(limits::LINE_BYTES / 8 + 1)
    );
    assert_eq!(
        problems(&grown),
        ["t.conf:4098: x grows beyond 32768 bytes"]
    );
    // Each template names the one before twice: 2^40 variables.
    let doubling: String = (1..40)
        .map(|n| format!("[t{n}](t{0},t{0})\n", n - 1))
        .collect();
    let found = problems(&format!("[t0](!)\nx=1\n{doubling}"));
    assert_eq!(found[0], "t.conf:16: inherits more than 10000 variables");
    let deep = format!("[a]\n{}\n", ";-- ".repeat(limits::COMMENT_DEPTH + 1));
    assert_eq!(problems(&deep), ["t.conf:2: comments nest deeper than 128"]);
    assert_eq!(problems(&"[\n".repeat(1000)).len(), limits::PROBLEMS);
}

#[test]
fn yes_no_and_numbers() {
    let config = read("[a]\non=Yes\noff=0\nodd=maybe\nport=5038\nbad=50380000\n");
    let a = config.category("a").unwrap();
    assert_eq!(a.flag("on", false), Ok(true));
    assert_eq!(a.flag("off", true), Ok(false));
    assert_eq!(a.flag("none", true), Ok(true));
    assert_eq!(
        a.flag("odd", true).unwrap_err().to_string(),
        "t.conf:4: odd is neither yes nor no: maybe"
    );
    assert_eq!(a.parsed::<u16>("port"), Ok(Some(5038)));
    assert_eq!(a.parsed::<u16>("none"), Ok(None));
    assert_eq!(
        a.parsed::<u16>("bad").unwrap_err().to_string(),
        "t.conf:6: bad cannot be 50380000"
    );
    assert!(is_true("ON") && !is_true("off") && is_false("F") && !is_false(""));
}
