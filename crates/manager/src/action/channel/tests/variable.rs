//! Getvar and Setvar, and who may have what evaluated.

use ami::Permission;
use engine::request::{Request, Trust, VariableFailed};

use super::{error, success};
use crate::action::testing::Bench;

#[test]
fn variables_are_read() {
    let unasked = Bench::unasked();
    assert_eq!(
        unasked.ask("Action: Getvar\nActionID: 1"),
        error("No variable specified")
    );
    let bench = Bench::new(|request| {
        let Request::GetVariable(channel, name, Trust::Outside, answer) = request else {
            panic!()
        };
        answer.send(match (channel.as_deref(), &*name) {
            (None, "COMPANY") => Ok("Example Ltd".into()),
            (Some("none"), _) => Err(VariableFailed::NoChannel),
            _ => Err(VariableFailed::Refused("no such function".into())),
        });
    });
    assert_eq!(
        bench.ask("Action: Getvar\nActionID: 3\nVariable: COMPANY"),
        "Response: Success\nActionID: 3\nVariable: COMPANY\nValue: Example Ltd\n\n"
    );
    assert_eq!(
        bench.ask("Action: Getvar\nActionID: 13\nVariable: NOSUCHFUNC(x)"),
        "Response: Success\nActionID: 13\nVariable: NOSUCHFUNC(x)\nValue: \n\n"
    );
    let none = bench.ask("Action: Getvar\nActionID: 1\nVariable: X\nChannel: none");
    assert_eq!(none, error("No such channel"));
}

#[test]
fn functions_that_run_programs_need_the_permission() {
    let mut bench = Bench::unasked();
    bench.user.write = Permission::CALL;
    let getvar = bench.ask("Action: Getvar\nActionID: 1\nVariable: SHELL(id)");
    assert_eq!(getvar, error("GetVar Access Forbidden: Variable"));
    let status = bench.ask("Action: Status\nActionID: 1\nVariables: EVAL(${X})");
    assert_eq!(status, error("Status Access Forbidden: Variables"));
}

#[test]
fn variables_are_set() {
    let unasked = Bench::unasked();
    assert_eq!(
        unasked.ask("Action: Setvar\nActionID: 1"),
        error("No variable specified")
    );
    let bench = Bench::new(|request| {
        let Request::SetVariable(channel, name, value, trust, answer) = request else {
            panic!()
        };
        answer.send(match (channel.as_deref(), &*name, &*value, trust) {
            (None, "GREETING", "hello there", Trust::Outside) => Ok(()),
            (Some(_), ..) => Err(VariableFailed::NoChannel),
            _ => Err(VariableFailed::Refused(
                "it reaches outside the call".into(),
            )),
        });
    });
    let setvar = |rest| bench.ask(&format!("Action: Setvar\nActionID: 1\n{rest}"));
    assert_eq!(
        setvar("Variable: GREETING\nValue: hello there"),
        success("Variable Set")
    );
    assert_eq!(
        setvar("Variable: DB(a/b)\nValue: stored"),
        error("Variable not set")
    );
    let none = "Channel: Local/nobody-00000000;1\nVariable: X\nValue: y";
    assert_eq!(setvar(none), error("No such channel"));
}
