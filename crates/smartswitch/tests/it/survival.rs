//! How a switch ends, and what is there afterwards.

use crate::manager::Client;
use crate::switch::Switch;

#[test]
fn a_graceful_end_comes_by_itself() {
    let mut switch = Switch::new("127.0.0.1", 0).start();
    switch.say("core stop gracefully");
    assert!(switch.wait().success());
    assert!(!switch.path("run/asterisk.ctl").exists() && !switch.path("run/asterisk.pid").exists());
}

#[test]
fn a_graceful_end_waits_for_the_last_call() {
    let mut switch = Switch::new("127.0.0.1", 0).start();
    let mut client = Client::log_in(&switch.manager(), "passwd1234");
    client.send(
        "Action: Originate\nChannel: Local/101@default/n\nApplication: Wait\nData: 600\nAsync: yes\n\n",
    );
    client.until("Event: OriginateResponse");
    switch.say("core stop gracefully");
    assert!(
        switch
            .say("core show channels")
            .contains("2 active channels")
    );
    switch.say("channel request hangup all");
    assert!(
        client
            .until("Event: Shutdown")
            .contains("Shutdown: Cleanly")
    );
    assert!(switch.wait().success());
}

#[test]
fn a_termination_signal_ends_in_order() {
    let mut switch = Switch::new("127.0.0.1", 0).start();
    let mut client = Client::log_in(&switch.manager(), "passwd1234");
    switch.signal("TERM");
    client.until("Event: Shutdown");
    assert!(client.ends());
    switch.expect("STOPPING=1");
    assert!(switch.wait().success());
}

#[test]
fn what_the_key_database_took_survives_a_kill() {
    let mut switch = Switch::new("127.0.0.1", 0).start();
    for number in 0..20 {
        assert_eq!(
            switch.say(&format!("database put kept {number} value-{number}")),
            "Updated database successfully\n"
        );
    }
    switch.signal("KILL");
    assert!(!switch.wait().success());
    let switch = switch.start();
    assert!(
        switch
            .say("database show kept")
            .ends_with("20 results found.\n")
    );
    assert_eq!(switch.say("database get kept 19"), "Value: value-19\n");
}

#[test]
fn a_restart_is_the_same_process_anew() {
    let mut switch = Switch::new("127.0.0.1", 0).start();
    switch.say("database put a b c");
    let process = switch.read("run/asterisk.pid");
    switch.say("core restart now");
    switch.expect("STOPPING=1");
    switch.expect("READY=1");
    assert_eq!(switch.read("run/asterisk.pid"), process);
    assert_eq!(switch.say("database get a b"), "Value: c\n");
    switch.say("core stop now");
    assert!(switch.wait().success());
}

#[test]
fn calls_leave_records() {
    let switch = Switch::new("127.0.0.1", 0);
    switch.write(
        "cdr.conf",
        "[general]\nunanswered = yes\n[csv]\nloguniqueid = yes\n",
    );
    let mut switch = switch.start();
    let mut client = Client::log_in(&switch.manager(), "passwd1234");
    client.send("Action: Originate\nChannel: Local/101@default\nApplication: NoOp\nAsync: yes\n\n");
    client.until("Event: OriginateResponse");
    switch.say("core stop now");
    assert!(switch.wait().success());
    assert!(
        switch
            .read("log/cdr-csv/Master.csv")
            .contains("Local/101@default-")
    );
}
