use std::sync::{Arc, Mutex};

use dialplan::script::Plan;
use engine::request::{PlanEdit, Request};

use crate::action::testing::Bench;

/// A switch whose dialplan the requests really change.
fn switch() -> Bench {
    let plan = Mutex::new(Arc::new(Plan::new()));
    Bench::new(move |request| match request {
        Request::Plan(answer) => answer.send(plan.lock().unwrap().clone()),
        Request::EditPlan(edit) => {
            let mut plan = plan.lock().unwrap();
            let mut changed = (**plan).clone();
            let (keep, answer) = PlanEdit::make(edit, &mut changed);
            if keep {
                *plan = Arc::new(changed);
            }
            answer();
        }
        other => panic!("{other:?}"),
    })
}

fn error(message: &str) -> String {
    format!("Response: Error\nActionID: 1\nMessage: {message}\n\n")
}

fn success(message: &str) -> String {
    format!("Response: Success\nActionID: 1\nMessage: {message}\n\n")
}

fn add(bench: &Bench, extension: &str, priority: &str, rest: &str) -> String {
    bench.ask(&format!(
        "Action: DialplanExtensionAdd\nActionID: 1\nContext: default\nExtension: {extension}\n\
         Priority: {priority}\nApplication: NoOp\n{rest}"
    ))
}

#[test]
fn a_step_is_added_shown_and_removed() {
    let bench = switch();
    let added = success("Added requested extension");
    assert_eq!(add(&bench, "555", "1", "ApplicationData: added"), added);
    let twice = error("That extension and priority already exist at that context");
    assert_eq!(add(&bench, "555", "1", ""), twice);
    assert_eq!(
        bench.ask("Action: ShowDialPlan\nActionID: 3\nContext: default\nExtension: 555"),
        "Response: Success\nActionID: 3\nEventList: start\nMessage: DialPlan list will follow\n\
         \nEvent: ListDialplan\nActionID: 3\nContext: default\nExtension: 555\nPriority: 1\n\
         Application: NoOp\nAppData: added\nRegistrar: pbx_config\n\
         \nEvent: ShowDialPlanComplete\nActionID: 3\nEventList: Complete\nListItems: 1\n\
         ListExtensions: 1\nListPriorities: 1\nListContexts: 1\n\n"
    );
    assert_eq!(
        add(&bench, "555", "1", "Replace: yes\nApplicationData: new"),
        added
    );
    assert!(
        bench
            .ask("Action: ShowDialPlan")
            .contains("\nAppData: new\n")
    );
    let remove = "Action: DialplanExtensionRemove\nActionID: 1\nContext: default\nExtension: 555";
    assert_eq!(
        bench.ask(remove),
        success("Removed the requested extension")
    );
    assert_eq!(
        bench.ask(remove),
        error("Failed to remove requested extension")
    );
}

#[test]
fn one_step_of_an_extension_is_removed() {
    let bench = switch();
    add(&bench, "555", "1", "");
    add(&bench, "555", "2", "");
    let remove = "Action: DialplanExtensionRemove\nActionID: 1\nContext: default\nExtension: 555";
    let first = bench.ask(&format!("{remove}\nPriority: 1"));
    assert_eq!(first, success("Removed the requested extension"));
    assert!(
        bench
            .ask("Action: ShowDialPlan")
            .contains("\nListPriorities: 1\n")
    );
    let wrong = bench.ask(&format!("{remove}\nPriority: x"));
    assert_eq!(wrong, error("The priority specified was invalid."));
}

#[test]
fn a_hint_and_a_caller() {
    let bench = switch();
    add(&bench, "7000", "hint", "");
    add(&bench, "_1X/5551000", "1", "");
    let shown = bench.ask("Action: ShowDialPlan");
    assert!(shown.contains("\nExtension: 7000\nPriority: hint\n"));
    assert!(shown.contains("\nExtension: _1X/5551000\nPriority: 1\n"));
    let fitting = bench.ask("Action: ShowDialPlan\nExtension: 17");
    assert!(fitting.contains("\nListExtensions: 1\n"));
}

#[test]
fn what_is_missing_is_told() {
    let bench = switch();
    add(&bench, "555", "1", "");
    let show = |rest| bench.ask(&format!("Action: ShowDialPlan\nActionID: 1\n{rest}"));
    assert_eq!(
        show("Context: nosuch"),
        error("Did not find context nosuch")
    );
    assert_eq!(
        show("Context: default\nExtension: 9"),
        error("Did not find extension 9@default")
    );
    assert_eq!(
        show("Extension: 9"),
        error("Did not find extension 9 in any context")
    );
    let add = bench.ask("Action: DialplanExtensionAdd\nActionID: 1\nContext: x");
    let needed = "Context, Extension, Priority, and Application must be defined.";
    assert_eq!(add, error(needed));
    let remove = bench.ask("Action: DialplanExtensionRemove\nActionID: 1\nContext: x");
    assert_eq!(remove, error("Context and Extension must be defined."));
}
