//! Holds what a server said against what was recorded.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::log::{Log, Packet};
use super::mask;
use super::recording::Recording;
use super::report::{Differing, Report, Upset};

/// Compares what a server said with the recording that is nearest to it.
///
/// Equal packets are paired first, wherever they came; then each recorded one that is left with the most
/// alike of the same connection, first line and `ActionID`; what has no partner is missing or extra.
pub fn compare(log: &Log, recordings: &[Recording]) -> Report {
    let mut nearest: Option<Report> = None;
    for recording in recordings {
        let report = compare_one(&recording.log, log);
        if nearest
            .as_ref()
            .is_none_or(|known| report.is_nearer_than(known))
        {
            nearest = Some(report);
        }
    }
    nearest.unwrap_or_default()
}

fn compare_one(recorded: &Log, log: &Log) -> Report {
    let (recorded, said) = (recorded.packets(), log.packets());
    let mask = |packets: &[(&str, Packet)]| -> Vec<(String, Packet)> {
        packets
            .iter()
            .map(|(of, lines)| ((*of).to_owned(), mask::packet(lines)))
            .collect()
    };
    let (wanted, got) = (mask(&recorded), mask(&said));
    let mut report = Report {
        recorded: wanted.len(),
        ..Report::default()
    };

    let mut equal: HashMap<&(String, Packet), Vec<usize>> = HashMap::new();
    for (at, packet) in got.iter().enumerate().rev() {
        equal.entry(packet).or_default().push(at);
    }
    let mut taken = vec![false; got.len()];
    let mut rest = Vec::new();
    for packet in &wanted {
        match equal.get_mut(packet).and_then(Vec::pop) {
            Some(at) => {
                taken[at] = true;
                report.same += 1;
            }
            None => rest.push(packet),
        }
    }
    for packet in rest {
        match most_alike(packet, &got, &taken) {
            Some(at) => {
                taken[at] = true;
                let (recorded, said) = (packet.1.clone(), got[at].1.clone());
                report.differing.push(Differing { recorded, said });
            }
            None => report.missing.push(packet.1.clone()),
        }
    }
    let left = got.into_iter().zip(taken).filter(|(_, taken)| !taken);
    report.extra = left.map(|((_, lines), _)| lines).collect();
    report.upset = upset(&recorded, &said);
    report
}

/// The packet of the same connection, title and `ActionID` that has the most lines in common; the first of
/// them.
fn most_alike(
    (connection, lines): &(String, Packet),
    got: &[(String, Packet)],
    taken: &[bool],
) -> Option<usize> {
    let wanted: HashSet<&String> = lines.iter().collect();
    let mut best: Option<(usize, usize)> = None;
    for (at, (of, said)) in got.iter().enumerate() {
        let other = of != connection || said.first() != lines.first();
        if taken[at] || other || action_id(said) != action_id(lines) {
            continue;
        }
        let said: HashSet<&String> = said.iter().collect();
        let common = said.intersection(&wanted).count();
        if best.is_none_or(|(_, most)| common > most) {
            best = Some((at, common));
        }
    }
    best.map(|(at, _)| at)
}

fn action_id(packet: &Packet) -> Option<&str> {
    packet
        .iter()
        .find_map(|line| line.strip_prefix("ActionID: "))
}

/// Events that tell of a channel without being part of its life.
const OUT_OF_BAND: &[&str] = &[
    "CEL",
    "Cdr",
    "CoreShowChannel",
    "DeviceStateChange",
    "ExtensionStatus",
    "Status",
];

/// A channel as two runs can both name it: its connection, its masked name, and which of that name it is.
type Life = (String, String, usize);

/// The channels whose own events are those recorded, in another order.
fn upset(recorded: &[(&str, Packet)], said: &[(&str, Packet)]) -> Vec<Upset> {
    let (recorded, said) = (lives(recorded), lives(said));
    let mut upset = Vec::new();
    for (life, events) in recorded {
        let Some(others) = said.get(&life) else {
            continue;
        };
        let sorted = |events: &[String]| {
            let mut sorted = events.to_vec();
            sorted.sort();
            sorted
        };
        if *others != events && sorted(others) == sorted(&events) {
            upset.push(Upset {
                channel: life.1,
                recorded: events,
                said: others.clone(),
            });
        }
    }
    upset
}

fn lives(packets: &[(&str, Packet)]) -> BTreeMap<Life, Vec<String>> {
    let mut numbers: HashMap<(&str, &str), usize> = HashMap::new();
    let mut counts: HashMap<(&str, String), usize> = HashMap::new();
    let mut lives: BTreeMap<Life, Vec<String>> = BTreeMap::new();
    for (connection, lines) in packets {
        let event = lines.first().and_then(|line| line.strip_prefix("Event: "));
        let Some(event) = event.filter(|event| !OUT_OF_BAND.contains(event)) else {
            continue;
        };
        let Some(name) = lines.iter().find_map(|line| line.strip_prefix("Channel: ")) else {
            continue;
        };
        let masked = mask::line(&format!("Channel: {name}"));
        let number = *numbers.entry((connection, name)).or_insert_with(|| {
            let count = counts.entry((connection, masked.clone())).or_default();
            *count += 1;
            *count - 1
        });
        let life = ((*connection).to_owned(), masked, number);
        lives.entry(life).or_default().push(event.to_owned());
    }
    lives
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: &str = "a< Event: Newchannel\na< Channel: Local/1@x-00000000;1\na< State: 0\n\n\
         a< Event: Newstate\na< Channel: Local/1@x-00000000;1\na< State: 6\n\n\
         a< Event: Hangup\na< Channel: Local/1@x-00000000;1\na< Cause: 16\n\n";

    fn against(said: &str) -> Report {
        compare(&Log::parse(said), &[Recording::parse(RECORDED)])
    }

    #[test]
    fn another_run_with_other_identifiers_is_the_same() {
        let report = against(&RECORDED.replace("-00000000", "-0000abcd"));
        assert!(report.is_clean() && report.same == 3, "{report}");
    }

    #[test]
    fn a_changed_value_is_found() {
        let report = against(&RECORDED.replace("Cause: 16", "Cause: 17"));
        assert_eq!((report.same, report.differing.len()), (2, 1));
        let (gone, new) = report.differing[0].changes();
        assert_eq!((gone, new), (vec!["Cause: 16"], vec!["Cause: 17"]));
        assert!(
            report.missing.is_empty() && report.extra.is_empty(),
            "{report}"
        );
    }

    #[test]
    fn headers_in_another_order_are_found() {
        let swapped = RECORDED.replace(
            "a< Channel: Local/1@x-00000000;1\na< Cause: 16",
            "a< Cause: 16\na< Channel: Local/1@x-00000000;1",
        );
        let report = against(&swapped);
        assert_eq!(report.differing.len(), 1);
        assert!(
            report
                .to_string()
                .contains("the same lines in another order"),
            "{report}"
        );
    }

    #[test]
    fn a_missing_packet_is_found() {
        let (said, _) = RECORDED.split_at(RECORDED.find("a< Event: Hangup").unwrap());
        let report = against(said);
        assert_eq!((report.same, report.missing.len()), (2, 1));
        assert_eq!(report.missing[0][0], "Event: Hangup");
        assert!(report.to_string().contains("  - Event: Hangup"), "{report}");
    }

    #[test]
    fn an_extra_packet_is_found() {
        let report = against(&format!(
            "{RECORDED}a< Event: Shutdown\na< Restart: False\n\n"
        ));
        assert_eq!((report.same, report.extra.len()), (3, 1));
        assert_eq!(report.extra[0], ["Event: Shutdown", "Restart: False"]);
    }

    #[test]
    fn a_packet_on_another_connection_does_not_count() {
        let report = against(&RECORDED.replace("a< ", "b< "));
        assert_eq!(
            (report.same, report.missing.len(), report.extra.len()),
            (0, 3, 3)
        );
    }

    #[test]
    fn answers_to_different_requests_are_not_compared() {
        let recorded = Recording::parse("a< Response: Success\na< ActionID: 1\na< Value: x\n\n");
        let said = Log::parse("a< Response: Success\na< ActionID: 2\na< Value: x\n\n");
        let report = compare(&said, &[recorded]);
        assert_eq!(
            (
                report.differing.len(),
                report.missing.len(),
                report.extra.len()
            ),
            (0, 1, 1)
        );
    }

    #[test]
    fn a_channel_whose_events_come_in_another_order_is_found() {
        let blocks: Vec<_> = RECORDED.split_terminator("\n\n").collect();
        let report = against(&format!(
            "{}\n\n{}\n\n{}\n\n",
            blocks[0], blocks[2], blocks[1]
        ));
        assert!(report.is_same_by_content(), "{report}");
        assert_eq!(report.upset.len(), 1);
        assert_eq!(report.upset[0].said, ["Newchannel", "Hangup", "Newstate"]);
        assert!(!report.is_clean());
    }

    #[test]
    fn the_nearest_recording_counts() {
        let busy = RECORDED.replace("Cause: 16", "Cause: 17");
        let both = [Recording::parse(RECORDED), Recording::parse(&busy)];
        assert!(compare(&Log::parse(&busy), &both).is_clean());
    }

    #[test]
    fn a_connection_that_is_not_closed_is_found() {
        let recorded = Recording::parse("a< Goodbye: now\n\na! closed by the server\n\n");
        let report = compare(&Log::parse("a< Goodbye: now\n\n"), &[recorded]);
        assert_eq!(report.missing, [["(closed by the server)"]]);
    }
}
