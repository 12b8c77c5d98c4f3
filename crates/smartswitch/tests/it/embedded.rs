//! The configuration that is part of the program.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::manager::Client;
use crate::switch::{Switch, program};

#[test]
fn it_shows_where_everything_is_and_the_secret() {
    let state = tempfile::tempdir().unwrap();
    let etc = state.path().join("etc");
    std::fs::create_dir(&etc).unwrap();
    // The one file of the person's own: the usual port may be taken where tests run.
    let manager = "[general]\nenabled = yes\nbindaddr = 127.0.0.1\nport = 0\n\
                   [admin]\nsecret = my-own\nread = all\nwrite = all\n";
    std::fs::write(etc.join("manager.conf"), manager).unwrap();
    let mut child = program()
        .arg("--state")
        .arg(state.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut value = |label: &str| {
        let line = lines
            .find(|line| line.as_ref().unwrap().trim_start().starts_with(label))
            .unwrap()
            .unwrap();
        line.split_whitespace().last().unwrap().to_owned()
    };
    assert_eq!(value("state "), state.path().to_str().unwrap());
    let address = value("manager ");
    assert_eq!(value("secret "), "my-own");

    let mut client = Client::log_in(&address, "my-own");
    client.send(
        "Action: Originate\nChannel: Local/105@default\nApplication: Wait\nData: 1\nAsync: yes\n\n",
    );
    assert!(client.until("Event: UserEvent").contains("To: 3"));
    client.send("Action: Command\nCommand: core stop now\n\n");
    assert!(client.ends());
    assert!(child.wait().unwrap().success());
    assert!(etc.join("extensions.conf").exists());
}

#[test]
fn a_file_of_settings_is_not_touched_by_it() {
    let switch = Switch::new("127.0.0.1", 0).start();
    assert!(!switch.path("modules.conf").exists() && !switch.path("etc").exists());
}
