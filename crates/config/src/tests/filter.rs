//! Which categories pass.

use super::read;
use crate::Filter;
use crate::filter::split_quoted;

fn passing(filter: &str) -> Vec<String> {
    let text = "[general]\ncolour=red\nsize=10\n[template](!)\nkind=base\n\
                [item-one](template)\nname=first\n[item-two](template)\nname=second\n";
    let filter = Filter::parse(filter).unwrap();
    read(text)
        .filtered(&filter)
        .map(|category| category.name.clone())
        .collect()
}

#[test]
fn every_expression_needs_a_variable() {
    assert_eq!(passing(""), ["general", "item-one", "item-two"]);
    assert_eq!(passing("kind=base"), ["item-one", "item-two"]);
    assert_eq!(passing("kind=base, name=^f"), ["item-one"]);
    assert_eq!(passing("^(name|size)$=^[0-9]+$"), ["general"]);
    assert_eq!(passing("Kind=base"), [""; 0]);
    assert_eq!(passing("\"name=s{1,2}e\""), ["item-two"]);
}

#[test]
fn templates_pass_when_asked_for() {
    assert_eq!(
        passing("kind=base,TEMPLATES=include"),
        ["template", "item-one", "item-two"]
    );
    assert_eq!(passing("TEMPLATES=restrict"), ["template"]);
}

#[test]
fn what_is_no_filter_is_told() {
    let error = |text| Filter::parse(text).unwrap_err().to_string();
    assert_eq!(
        error("kind"),
        "filter: 'kind' is not of the form name=value"
    );
    assert_eq!(error("kind=("), "filter: '(' is not a regular expression");
    assert_eq!(
        error("TEMPLATES=no"),
        "filter: TEMPLATES is 'include' or 'restrict', not 'no'"
    );
    assert_eq!(
        error("a=(b{1000}){1000}"),
        "filter: '(b{1000}){1000}' is not a regular expression"
    );
    assert_eq!(
        error(&"a=b,".repeat(65)),
        "filter: more than 64 expressions"
    );
}

#[test]
fn separators_in_quotes_are_text() {
    let split = |text| split_quoted(text, ',').collect::<Vec<_>>();
    assert_eq!(split("a, b ,\" c,d\",'e,f'"), ["a", "b", " c,d", "e,f"]);
    assert_eq!(split("x=\"a,b\",O'Brien,c"), ["x=\"a,b\"", "O'Brien", "c"]);
    assert_eq!(split("a,"), ["a", ""]);
}
