//! The daemon against what was recorded of a reference Asterisk.

use std::net::{SocketAddr, UdpSocket};

use testkit::transcript::{Leftovers, Pace, Server, check_all, copy_configuration};

use crate::switch::Switch;

#[test]
fn it_answers_as_recorded() {
    check(Pace::Brisk);
}

/// The same with all silences waited out, as the recordings were made.
#[test]
#[ignore = "takes two minutes"]
fn it_answers_as_recorded_at_the_recorded_pace() {
    check(Pace::Recorded);
}

fn check(pace: Pace) {
    let switch = Switch::new("127.0.0.1", 0);
    copy_configuration(&switch.path("")).unwrap();
    // Wherever there is room: these ports are in no recording.
    let sip = free_port();
    for (file, recorded, ours) in [
        ("manager.conf", "port = 5038", "port = 0".to_owned()),
        (
            "pjsip.conf",
            "bind = 127.0.0.1:5060",
            format!("bind = {sip}"),
        ),
    ] {
        switch.write(file, &switch.read(file).replace(recorded, &ours));
    }
    let switch = switch.start();
    let server = Server {
        manager: switch.manager().parse().unwrap(),
        sip,
    };
    let table = check_all(server, pace, &Leftovers::load().unwrap()).unwrap();
    println!("{table}");
    assert!(table.is_as_expected(), "\n{table}");
}

fn free_port() -> SocketAddr {
    UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}
