//! The daemon against what was recorded of a reference Asterisk.

use testkit::transcript::{Leftovers, Pace, check_all, copy_configuration};

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
    // Wherever there is room: the port is in no recording.
    let manager = switch
        .read("manager.conf")
        .replace("port = 5038", "port = 0");
    switch.write("manager.conf", &manager);
    let switch = switch.start();
    let address = switch.manager().parse().unwrap();
    let table = check_all(address, pace, &Leftovers::load().unwrap()).unwrap();
    println!("{table}");
    assert!(table.is_as_expected(), "\n{table}");
}
