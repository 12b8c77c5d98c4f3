use ami::Dialect;
use engine::request::{Counters, Request};

use crate::action::testing::Bench;
use crate::host::{CommandOutput, HostSettings, Reloaded};

fn error(message: &str) -> String {
    format!("Response: Error\nActionID: 1\nMessage: {message}\n\n")
}

fn success(message: &str) -> String {
    format!("Response: Success\nActionID: 1\nMessage: {message}\n\n")
}

fn printing(success: bool, lines: &[&str]) -> Bench {
    let mut bench = Bench::unasked();
    let lines = lines.iter().map(|line| (*line).to_owned()).collect();
    bench.host.output = CommandOutput { success, lines };
    bench
}

#[test]
fn a_command_prints_lines() {
    let bench = printing(true, &["username", "--------", ""]);
    assert_eq!(
        bench.ask("Action: Command\nActionID: 1\nCommand: manager show users"),
        "Response: Success\nActionID: 1\nMessage: Command output follows\nOutput: username\n\
         Output: --------\nOutput: \n\n"
    );
    assert_eq!(
        *bench.host.orders.lock().unwrap(),
        ["admin: manager show users"]
    );
    assert_eq!(
        printing(false, &["No such command 'x'"]).ask("Action: Command\nActionID: 2\nCommand: x"),
        "Response: Error\nActionID: 2\nMessage: Command output follows\n\
         Output: No such command 'x'\n\n"
    );
    assert_eq!(
        printing(true, &[])
            .ask("Action: Command\nActionID: 4\nCommand: core show channels concise"),
        "Response: Success\nActionID: 4\nMessage: Command output follows\nOutput: \n\n"
    );
}

#[test]
fn old_clients_read_up_to_a_mark() {
    let mut bench = printing(true, &["  one", "two\r\n--END COMMAND--"]);
    bench.dialect = Dialect::Old;
    assert_eq!(
        bench.ask("Action: Command\nActionID: 1\nCommand: core show uptime"),
        "Response: Follows\nActionID: 1\nPrivilege: Command\n  one\ntwo\n--END COMMAND--\n\n"
    );
}

#[test]
fn some_commands_are_not_for_programs() {
    let bench = Bench::unasked();
    assert_eq!(
        bench.ask("Action: Command\nActionID: 1"),
        error("No command provided")
    );
    let unload = bench.ask("Action: Command\nActionID: 1\nCommand: MODULE  unload x");
    assert_eq!(unload, error("Command blacklisted"));
    assert!(bench.host.orders.lock().unwrap().is_empty());
}

#[test]
fn settings() {
    let mut bench = Bench::unasked();
    bench.host.settings = HostSettings {
        version: "22.0.0".into(),
        cdr: true,
        http: true,
        ..HostSettings::default()
    };
    assert_eq!(
        bench.ask("Action: CoreSettings\nActionID: 8"),
        "Response: Success\nActionID: 8\nAMIversion: 13.0.0\nAsteriskVersion: 22.0.0\n\
         SystemName: \nCoreMaxCalls: 0\nCoreMaxLoadAvg: 0.000000\nCoreRunUser: \nCoreRunGroup: \n\
         CoreMaxFilehandles: 0\nCoreRealTimeEnabled: No\nCoreCDRenabled: Yes\n\
         CoreHTTPenabled: Yes\nSoundsSearchCustomDir: No\n\n"
    );
}

#[test]
fn status_is_in_local_time() {
    let bench = Bench::new(|request| {
        let Request::Counters(answer) = request else {
            panic!("{request:?}")
        };
        answer.send(Counters {
            channels: 1,
            processed: 28,
            ..Counters::default()
        });
    });
    assert_eq!(
        bench.ask("Action: CoreStatus\nActionID: 7"),
        "Response: Success\nActionID: 7\nCoreStartupDate: 2026-11-23\nCoreStartupTime: 08:15:10\n\
         CoreReloadDate: 2026-11-23\nCoreReloadTime: 09:15:10\nCoreCurrentCalls: 1\n\
         CoreProcessedCalls: 28\n\n"
    );
}

#[test]
fn modules_are_looked_for() {
    let bench = Bench::unasked();
    let check = |module| {
        bench.ask(&format!(
            "Action: ModuleCheck\nActionID: 1\nModule: {module}"
        ))
    };
    let loaded = "Response: Success\nActionID: 1\nVersion: \n\n";
    assert_eq!(check("app_queue"), loaded);
    assert_eq!(check("app_queue.so"), loaded);
    for module in ["app_park", "app_nothing", "core", ""] {
        assert_eq!(check(module), error("Module not loaded"));
    }
}

#[test]
fn modules_are_loaded_and_unloaded() {
    let bench = Bench::unasked();
    let load = |kind: &str, module: &str| {
        bench.ask(&format!(
            "Action: ModuleLoad\nActionID: 1\nLoadType: {kind}\nModule: {module}"
        ))
    };
    assert_eq!(load("", "app_park"), error("Incomplete ModuleLoad action."));
    assert_eq!(load("load", ""), error("Need module name"));
    let outside = error("Module must be in the configured modules directory.");
    assert_eq!(load("load", "../x"), outside);
    assert_eq!(
        load("dance", "app_park"),
        error("Incomplete ModuleLoad action.")
    );
    assert_eq!(load("load", "app_nothing"), error("Module not found."));
    assert_eq!(load("load", "app_park"), success("Module loaded."));
    assert_eq!(load("load", "app_park"), error("Could not load module."));
    assert_eq!(
        load("Refresh", "app_park"),
        success("Module unloaded and loaded.")
    );
    assert_eq!(load("unload", "app_park"), success("Module unloaded."));
    assert_eq!(
        load("unload", "app_park"),
        error("Could not unload module.")
    );
    assert_eq!(
        load("refresh", "app_park"),
        error("Could not refresh module.")
    );
    assert_eq!(load("reload", "app_queue"), success("Module reloaded."));
    assert_eq!(load("reload", ""), success("All modules reloaded"));
}

#[test]
fn reloads() {
    let outcome = |reloaded| {
        let mut bench = Bench::unasked();
        bench.host.reloaded = reloaded;
        let reload = bench.ask("Action: Reload\nActionID: 1\nModule: x");
        (
            reload,
            bench.ask("Action: ModuleLoad\nActionID: 1\nLoadType: reload\nModule: x"),
        )
    };
    let both = |words: &str, load_words: &str| (error(words), error(load_words));
    assert_eq!(
        outcome(Reloaded::NotFound),
        both("No such module", "No such module.")
    );
    assert_eq!(
        outcome(Reloaded::NotSupported),
        both(
            "Module does not support reload",
            "Module does not support reload action."
        )
    );
    let busy = "A reload is in progress";
    assert_eq!(outcome(Reloaded::InProgress), both(busy, busy));
    let broken = "An unknown error occurred";
    assert_eq!(outcome(Reloaded::Failed), both(broken, broken));

    let bench = Bench::unasked();
    assert_eq!(
        bench.ask("Action: Reload\nActionID: 1"),
        success("Module Reloaded")
    );
    assert_eq!(*bench.host.orders.lock().unwrap(), ["reload all"]);
}

#[test]
fn logs_are_rotated() {
    let bench = Bench::unasked();
    let rotated = bench.ask("Action: LoggerRotate\nActionID: 1");
    assert_eq!(
        rotated,
        success("Reloaded the logger and rotated log files")
    );
}
