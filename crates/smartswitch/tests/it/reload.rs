//! Reading files anew.

use crate::manager::Client;
use crate::switch::Switch;

#[test]
fn a_broken_dialplan_keeps_what_was_running() {
    let switch = Switch::new("127.0.0.1", 0).start();
    switch.write(
        "extensions.conf",
        "[default]\nexten => 102,1,Answer()\n[never closed\n",
    );
    let said = switch.say("dialplan reload");
    assert!(said.contains("extensions.conf:3: "), "{said}");
    assert!(
        switch
            .say("dialplan show 101@default")
            .contains("1. Answer()")
    );

    switch.write("extensions.conf", "[default]\nexten => 102,1,Answer()\n");
    assert_eq!(switch.say("dialplan reload"), "Dialplan reloaded.\n");
    assert!(
        switch
            .say("dialplan show 102@default")
            .contains("1. Answer()")
    );
    assert!(
        switch
            .say("dialplan show 101@default")
            .contains("There is no existence of")
    );
}

#[test]
fn a_changed_secret_leaves_sessions_alone() {
    let switch = Switch::new("127.0.0.1", 0).start();
    let mut client = Client::log_in(&switch.manager(), "passwd1234");
    switch.write(
        "manager.conf",
        &switch.read("manager.conf").replace("passwd1234", "other"),
    );
    assert_eq!(switch.say("manager reload"), "");
    client.send("Action: Ping\n\n");
    assert!(client.until("Ping: Pong").contains("Success"));
    Client::log_in(&switch.manager(), "other");
}

#[test]
fn a_hangup_signal_reads_everything_anew() {
    let switch = Switch::new("127.0.0.1", 0).start();
    let mut client = Client::log_in(&switch.manager(), "passwd1234");
    switch.write("extensions.conf", "[default]\nexten => 105,1,Answer()\n");
    switch.signal("HUP");
    switch.expect("RELOADING=1");
    switch.expect("READY=1");
    assert!(client.until("Event: Reload").contains("Module: All"));
    assert!(
        switch
            .say("dialplan show 105@default")
            .contains("1. Answer()")
    );
}

#[test]
fn the_log_goes_on_in_a_new_file() {
    let switch = Switch::new("127.0.0.1", 0).start();
    drop(Client::log_in(&switch.manager(), "passwd1234"));
    assert_eq!(switch.say("logger rotate"), "");
    let old = switch.read("log/messages.log.0");
    assert!(
        old.contains("  == Manager 'admin' logged on from 127.0.0.1\n"),
        "{old}"
    );
    assert!(old.starts_with('['));
}

#[test]
fn what_is_not_loaded_is_unknown() {
    let switch = Switch::new("127.0.0.1", 0);
    switch.write(
        "modules.conf",
        "[modules]\nautoload = yes\nnoload => app_echo.so\n",
    );
    let switch = switch.start();
    assert!(
        switch
            .say("core show application echo")
            .starts_with("Your application(s) is (are) not registered")
    );
    assert_eq!(
        switch.say("module load app_echo.so"),
        "Loaded app_echo.so\n"
    );
    assert!(
        switch
            .say("core show application echo")
            .contains("Info about application 'Echo'")
    );
    assert!(
        switch
            .say("module show like app_echo")
            .ends_with("1 modules loaded\n")
    );
}
