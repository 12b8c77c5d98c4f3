//! `-rx`.

use std::net::TcpListener;

use crate::manager::Client;
use crate::switch::{Switch, program};

#[test]
fn commands_answer_with_status_0() {
    let switch = Switch::new("127.0.0.1", 0).start();
    assert_eq!(
        switch.say("core waitfullybooted"),
        "Asterisk has fully booted.\n"
    );
    assert!(switch.say("core show version").starts_with("Asterisk 22."));
    assert!(
        switch
            .say("dialplan show 101@default")
            .contains("1. Answer()")
    );
    assert_eq!(
        switch.say("no such command"),
        "No such command 'no such command' (type 'core show help no such' for other possible commands)\n"
    );
    assert_eq!(switch.say("core show channels concise"), "");
}

#[test]
fn without_a_switch_the_status_is_1_and_says_why() {
    let switch = Switch::new("127.0.0.1", 0);
    let output = switch.remote("core show version");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        format!(
            "Unable to connect to remote asterisk (does {} exist?)\n",
            switch.path("run/asterisk.ctl").display()
        )
    );
}

#[test]
fn a_wrong_command_line_is_refused() {
    assert_eq!(
        program().arg("--nonsense").output().unwrap().status.code(),
        Some(1)
    );
    let output = program()
        .args(["-C", "/no/such.conf", "-rx", "core show version"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("/no/such.conf: no such file")
    );
    let output = program().arg("-V").output().unwrap();
    assert!(output.status.success() && output.stdout.starts_with(b"Asterisk 22."));
}

#[test]
fn a_command_over_the_manager_says_the_same() {
    let switch = Switch::new("127.0.0.1", 0).start();
    let mut client = Client::log_in(&switch.manager(), "passwd1234");
    client.send("Action: Command\nCommand: core waitfullybooted\n\n");
    assert!(
        client
            .until("Output")
            .contains("Output: Asterisk has fully booted.\n")
    );
    assert!(switch.say("manager show connected").contains("  admin "));
}

#[test]
fn two_switches_run_side_by_side() {
    // A port that nobody has on one address is free on its neighbour too.
    let port = TcpListener::bind("127.0.0.2:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let one = Switch::new("127.0.0.2", port).start();
    let two = Switch::new("127.0.0.3", port).start();
    one.say("database put which switch one");
    two.say("database put which switch two");
    assert_eq!(one.say("database get which switch"), "Value: one\n");
    assert_eq!(two.say("database get which switch"), "Value: two\n");
    assert_eq!(one.manager(), format!("127.0.0.2:{port}"));
    Client::log_in(&two.manager(), "passwd1234");
}

#[test]
fn a_second_switch_in_the_same_place_is_refused() {
    let switch = Switch::new("127.0.0.1", 0).start();
    let output = switch.command(&["-f"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("Asterisk already running on")
    );
    assert!(switch.say("core show version").starts_with("Asterisk"));
}
