//! The command line, from arguments to output and exit status.

use std::net::SocketAddr;

use ami::Packet;
use clap::{CommandFactory, Parser};

use super::fake::{self, Hub, TODAY, serve};
use crate::cli::{Arguments, Terminal, run};

/// What a run of `ami` left behind.
struct Ran {
    status: u8,
    out: String,
    err: String,
}

fn ami(address: SocketAddr, arguments: &[&str]) -> Ran {
    ami_with("secret", address, arguments)
}

fn ami_with(secret: &str, address: SocketAddr, arguments: &[&str]) -> Ran {
    let port = address.port().to_string();
    let to = ["ami", "--host", "127.0.0.1", "--port", &port];
    let who = ["--user", "admin", "--secret", secret];
    let arguments = to.iter().chain(&who).chain(arguments);
    let arguments = Arguments::try_parse_from(arguments).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&arguments, &mut Terminal::new(&mut out, &mut err, false));
    Ran {
        status,
        out: String::from_utf8(out).unwrap(),
        err: String::from_utf8(err).unwrap(),
    }
}

fn switch(packet: &Packet, hub: &Hub) -> String {
    match packet.get("Action") {
        "Command" if packet.get("Command") == "core show uptime" => {
            "Response: Success\nMessage: Command output follows\nOutput: a minute\n\n".to_owned()
        }
        "Command" => "Response: Error\nMessage: Command output follows\n\
                      Output: No such command 'x'\n\n"
            .to_owned(),
        "Originate" if packet.get("Channel").starts_with("Local/") => {
            "Response: Success\nMessage: Originate successfully queued\n\n".to_owned()
        }
        "Originate" => "Response: Error\nMessage: Extension does not exist.\n\n".to_owned(),
        _ => fake::unknown(packet, hub),
    }
}

#[test]
fn the_arguments_make_sense_to_their_parser() {
    Arguments::command().debug_assert();
}

#[test]
fn ping() {
    let (address, _) = serve(TODAY, switch);
    let ran = ami(address, &["ping", "--count", "2"]);
    assert_eq!((ran.status, ran.out.lines().count()), (0, 2));
    assert!(
        ran.out
            .starts_with(&format!("Pong from {address} ({TODAY}): ")),
        "{}",
        ran.out
    );
    let ran = ami(address, &["--json", "ping"]);
    let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(said["greeting"], TODAY);
}

#[test]
fn an_action_is_sent_as_it_was_given() {
    let (address, hub) = serve(TODAY, switch);
    let arguments = [
        "action",
        "Originate",
        "Channel=Local/1",
        "Variable=a=1",
        "Variable=b=2",
    ];
    let ran = ami(address, &arguments);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.starts_with("Response: Success\nActionID: "),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .ends_with("\nMessage: Originate successfully queued\n\n"),
        "{}",
        ran.out
    );
    let sent = hub.asked("Originate");
    assert_eq!(sent[0].all("Variable").collect::<Vec<_>>(), ["a=1", "b=2"]);
}

#[test]
fn what_is_unknown_here_is_warned_of_and_sent_all_the_same() {
    let (address, hub) = serve(TODAY, switch);
    let ran = ami(address, &["action", "Orignate", "Chanel=x"]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.err,
        "ami: action Orignate is not known here (do you mean Originate?); sent as it is\n\
         ami: the switch refused: Invalid/unknown command: Orignate.\n"
    );
    assert_eq!(hub.asked("Orignate")[0].get("Chanel"), "x");
}

#[test]
fn a_command_prints_its_output() {
    let (address, _) = serve(TODAY, switch);
    let ran = ami(address, &["command", "core", "show", "uptime"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "a minute\n"));
    let ran = ami(address, &["command", "x"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, "No such command 'x'\n"));
    let ran = ami(address, &["--json", "command", "core show uptime"]);
    let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(said["response"]["Output"], "a minute");
}

#[test]
fn a_call_is_started_or_refused() {
    let (address, hub) = serve(TODAY, switch);
    let arguments = [
        "originate",
        "Local/1",
        "--exten",
        "100",
        "--variable",
        "a=1",
        "--ring",
        "5",
        "--async",
    ];
    let ran = ami(address, &arguments);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "Originate successfully queued\n")
    );
    let sent = &hub.asked("Originate")[0];
    let keys = [
        "Exten", "Context", "Priority", "Timeout", "Variable", "Async",
    ];
    assert_eq!(
        keys.map(|key| sent.get(key)),
        ["100", "default", "1", "5000", "a=1", "true"]
    );
    let ran = ami(
        address,
        &["originate", "PJSIP/1", "--app", "Wait", "--data", "5"],
    );
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.err,
        "ami: the switch refused: Extension does not exist.\n"
    );
    let sent = &hub.asked("Originate")[1];
    assert_eq!(
        ["Application", "Data", "Exten", "Context"].map(|key| sent.get(key)),
        ["Wait", "5", "", ""]
    );
}

#[test]
fn events_are_shown_as_they_come() {
    let (address, _) = serve(TODAY, switch);
    let ran = ami(address, &["events", "--filter", "S*", "--count", "1"]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "SuccessfulAuth       Service=AMI\n")
    );
    let ran = ami(address, &["--json", "events", "--count", "2"]);
    assert_eq!(
        ran.out,
        "{\"Event\":\"FullyBooted\",\"Status\":\"Fully Booted\"}\n\
         {\"Event\":\"SuccessfulAuth\",\"Service\":\"AMI\"}\n"
    );
    let ran = ami(address, &["events", "--full", "--count", "1"]);
    assert_eq!(ran.out, "Event: FullyBooted\nStatus: Fully Booted\n\n");
}

#[test]
fn who_is_not_let_in_fails_with_another_status_than_who_is_refused() {
    let (address, _) = serve(TODAY, switch);
    let ran = ami_with("guess", address, &["ping"]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (
            2,
            "ami: the switch does not let this user in: Authentication failed\n"
        )
    );
    let ran = ami(address, &["--file", "no such file", "ping"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.starts_with("ami: no such file: "), "{}", ran.err);
}

#[test]
fn what_is_declared_can_be_read() {
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    let ran = ami(nowhere, &["actions"]);
    assert_eq!(ran.out.lines().count(), ami::action::ALL.len());
    let ran = ami(nowhere, &["describe", "userevent"]);
    assert!(ran.out.contains("Action UserEvent") && ran.out.contains("Event UserEvent"));
    for spec in ami::action::ALL {
        let ran = ami(nowhere, &["--json", "describe", spec.name]);
        let first = ran.out.lines().next().unwrap();
        let said: serde_json::Value = serde_json::from_str(first).unwrap();
        assert_eq!(said["action"], spec.name);
    }
    let ran = ami(nowhere, &["describe", "Hangop"]);
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (
            2,
            "ami: no action or event Hangop is known here (do you mean Hangup?)\n"
        )
    );
}

#[test]
fn completions_name_the_subcommands() {
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    let ran = ami(nowhere, &["completions", "bash"]);
    assert!(ran.out.contains("originate") && ran.out.contains("_ami"));
}
