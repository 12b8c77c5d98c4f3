//! The load generator: each measurement to its end, by number and not by time.

use std::net::SocketAddr;

use ami::Packet;
use clap::Parser;
use serde_json::Value;

use super::fake::{self, Hub, TODAY, serve};
use crate::cli::{Arguments, Terminal, run};

/// Long enough for any machine; each measurement ends at its count.
const SECONDS: &str = "60";

fn switch(packet: &Packet, hub: &Hub) -> String {
    let success = "Response: Success\nMessage: done\n\n";
    match packet.get("Action") {
        "UserEvent" => {
            hub.tell(&format!(
                "Event: UserEvent\nPrivilege: user,all\nUserEvent: Load\nSent: {}\n\n",
                packet.get("Sent")
            ));
            success.to_owned()
        }
        "Filter" | "Hangup" => success.to_owned(),
        "Originate" if packet.get("Channel") == "Local/hold@load" => {
            *hub.channels.lock().unwrap() += 2;
            success.to_owned()
        }
        "Originate" if packet.get("Channel") == "Local/quick@load" => {
            hub.tell("Event: HangupRequest\n\nEvent: Hangup\nCause: 16\n\n");
            hub.tell("Event: Hangup\nCause: 16\n\n");
            success.to_owned()
        }
        "CoreShowChannels" => list(packet.get("ActionID"), *hub.channels.lock().unwrap()),
        _ => fake::unknown(packet, hub),
    }
}

fn list(id: &str, channels: usize) -> String {
    let item = format!("Event: CoreShowChannel\nActionID: {id}\nChannel: Local/1\n\n");
    format!(
        "Response: Success\nEventList: start\nMessage: Channels will follow\n\n{}\
         Event: CoreShowChannelsComplete\nActionID: {id}\nEventList: Complete\nListItems: {channels}\n\n",
        item.repeat(channels)
    )
}

fn load(address: SocketAddr, arguments: &[&str]) -> Result<Value, String> {
    let port = address.port().to_string();
    let own = std::process::id().to_string();
    let to = [
        "ami",
        "--host",
        "127.0.0.1",
        "--port",
        &port,
        "--user",
        "admin",
    ];
    let rest = ["--secret", "secret", "load", "--pid", &own];
    let arguments = Arguments::try_parse_from(to.iter().chain(&rest).chain(arguments)).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&arguments, &mut Terminal::new(&mut out, &mut err, false));
    if status != 0 {
        return Err(String::from_utf8(err).unwrap());
    }
    let out = String::from_utf8(out).unwrap();
    let (figures, sentence) = out.split_once('\n').unwrap();
    assert!(
        sentence.len() > 10 && sentence.ends_with('\n'),
        "{sentence}"
    );
    let figures: Value = serde_json::from_str(figures).unwrap();
    assert!(figures["switch_rss_kb_after"].as_u64().unwrap() > 0);
    Ok(figures)
}

#[test]
fn every_event_is_counted_once_for_each_listener() {
    let (address, hub) = serve(TODAY, switch);
    let arguments = [
        "events",
        "--listeners",
        "3",
        "--filters",
        "2",
        "--count",
        "500",
    ];
    let found = load(address, &[&arguments[..], &["--seconds", SECONDS]].concat()).unwrap();
    assert_eq!(found["events"], 500);
    assert_eq!(found["deliveries"], 1_500);
    assert_eq!((&found["lost"], &found["cut"]), (&0.into(), &0.into()));
    assert_eq!(hub.asked("Filter").len(), 6);
}

#[test]
fn paced_events_tell_how_late_they_are() {
    let (address, _) = serve(TODAY, switch);
    let arguments = [
        "events",
        "--listeners",
        "2",
        "--rate",
        "100000",
        "--count",
        "200",
    ];
    let found = load(address, &[&arguments[..], &["--seconds", SECONDS]].concat()).unwrap();
    assert_eq!(
        (&found["events"], &found["deliveries"]),
        (&200.into(), &400.into())
    );
    assert!(found["p99_ms"].as_f64().unwrap() >= found["p50_ms"].as_f64().unwrap());
}

#[test]
fn the_limit_of_loopback_needs_no_switch() {
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
    let arguments = [
        "limit",
        "--listeners",
        "3",
        "--count",
        "1000",
        "--seconds",
        SECONDS,
    ];
    let found = load(nowhere, &arguments).unwrap();
    assert!(found["deliveries"].as_u64().unwrap() >= 3_000);
}

#[test]
fn pings() {
    let (address, hub) = serve(TODAY, switch);
    let arguments = [
        "pings",
        "--connections",
        "2",
        "--outstanding",
        "8",
        "--count",
        "500",
    ];
    let found = load(address, &[&arguments[..], &["--seconds", SECONDS]].concat()).unwrap();
    let answered = found["pings"].as_u64().unwrap();
    assert!(answered >= 500 && answered <= hub.asked("Ping").len() as u64);
}

#[test]
fn logins() {
    let (address, hub) = serve(TODAY, switch);
    let arguments = [
        "logins",
        "--clients",
        "2",
        "--count",
        "20",
        "--seconds",
        SECONDS,
    ];
    let found = load(address, &arguments).unwrap();
    assert_eq!(
        found["logins"].as_u64().unwrap(),
        hub.asked("Logoff").len() as u64
    );
    assert!(found["logins"].as_u64().unwrap() >= 20);
}

#[test]
fn channels_are_made_listed_and_hung_up() {
    let (address, hub) = serve(TODAY, switch);
    let arguments = [
        "channels",
        "--channels",
        "10",
        "--count",
        "7",
        "--seconds",
        SECONDS,
    ];
    let found = load(address, &arguments).unwrap();
    assert_eq!((&found["lists"], &found["items"]), (&7.into(), &70.into()));
    assert_eq!(hub.asked("Hangup")[0].get("Channel"), "/^Local/hold@load/");
}

#[test]
fn calls_are_counted_by_their_hangups() {
    let (address, _) = serve(TODAY, switch);
    let arguments = [
        "calls",
        "--outstanding",
        "5",
        "--count",
        "50",
        "--seconds",
        SECONDS,
    ];
    let found = load(address, &arguments).unwrap();
    let calls = found["calls"].as_u64().unwrap();
    assert!((50..=55).contains(&calls), "{calls}");
    assert!(found["events"].as_u64().unwrap() >= 3 * calls);
}

#[test]
fn a_call_that_is_refused_ends_the_measurement() {
    let (address, _) = serve(TODAY, switch);
    let arguments = ["calls", "--channel", "Local/absent", "--seconds", SECONDS];
    assert_eq!(
        load(address, &arguments).unwrap_err(),
        "ami: the switch refused a call: Invalid/unknown command: Originate.\n"
    );
}

#[test]
fn sessions_are_opened_and_weighed() {
    let (address, hub) = serve(TODAY, switch);
    let found = load(address, &["sessions", "--count", "5"]).unwrap();
    assert_eq!(found["sessions"], 5);
    assert_eq!(hub.asked("Login").len(), 6);
    assert!(found["kb_per_session"].as_f64().is_some());
}

#[test]
fn slow_sessions_stand_beside_healthy_ones() {
    let (address, _) = serve(TODAY, switch);
    let arguments = ["slow", "--slow", "1", "--count", "50", "--seconds", SECONDS];
    let found = load(address, &arguments).unwrap();
    assert_eq!(
        (&found["deliveries"], &found["slow_cut"]),
        (&50.into(), &0.into())
    );
}

#[test]
fn who_may_not_is_told_so() {
    let (address, _) = serve(TODAY, fake::unknown);
    assert_eq!(
        load(address, &["events"]).unwrap_err(),
        "ami: the switch refused \"Action: UserEvent\": Invalid/unknown command: UserEvent.\n"
    );
}
