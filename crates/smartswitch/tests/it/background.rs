//! Starting as Asterisk does, without -f.

use std::io::Read as _;
use std::net::TcpStream;

use crate::switch::Switch;

#[test]
fn the_prompt_comes_back_when_the_switch_is_up() {
    let switch = Switch::new("127.0.0.1", 0);
    let started = switch
        .command(&[])
        .env_remove("NOTIFY_SOCKET")
        .output()
        .unwrap();
    assert!(started.status.success(), "{started:?}");
    assert_eq!(
        switch.say("core waitfullybooted"),
        "Asterisk has fully booted.\n"
    );
    let mut stream = TcpStream::connect(switch.manager()).unwrap();
    switch.say("core stop now");
    // Its end is the end of its connections.
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(rest.starts_with(b"Asterisk Call Manager/"));
}

#[test]
fn a_start_that_fails_says_so() {
    let switch = Switch::new("127.0.0.1", 0);
    // A directory in the key database's place.
    std::fs::create_dir_all(switch.path("lib/astdb.sqlite3")).unwrap();
    let started = switch
        .command(&[])
        .env_remove("NOTIFY_SOCKET")
        .output()
        .unwrap();
    assert_eq!(started.status.code(), Some(1));
    assert!(
        String::from_utf8(started.stderr)
            .unwrap()
            .contains("astdb.sqlite3")
    );
}

#[test]
fn a_wrong_line_is_told_at_the_start() {
    let switch = Switch::new("127.0.0.1", 0);
    switch.write(
        "extensions.conf",
        "[default]\nexten => 101,1,Answer()\nexten => 102,soon,Answer()\n",
    );
    let started = switch
        .command(&[])
        .env_remove("NOTIFY_SOCKET")
        .output()
        .unwrap();
    assert!(started.status.success());
    let said = String::from_utf8(started.stderr).unwrap();
    assert!(said.contains("extensions.conf:3: "), "{said}");
    assert!(
        switch
            .say("dialplan show 101@default")
            .contains("1. Answer()")
    );
    switch.say("core stop now");
}
