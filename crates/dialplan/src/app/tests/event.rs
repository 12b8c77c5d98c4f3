use switch::cdr::Rules;
use switch::fact::Fact;

use super::Bench;

#[test]
fn userevent_has_headers() {
    let lines = "exten => s,1,Set(COLOUR=blue)
        same => n,UserEvent(FromDialplan,Colour: ${COLOUR},Time: 12:30,bare)
        same => n,UserEvent()";
    let (bench, id) = Bench::with_call(lines);
    let told = bench.facts.iter().filter_map(|fact| match fact {
        Fact::UserEvent {
            channel,
            name,
            headers,
        } => Some((channel, name, headers)),
        _ => None,
    });
    let [(channel, name, headers)] = told.collect::<Vec<_>>()[..] else {
        panic!("one event")
    };
    assert_eq!(channel.as_ref().map(|channel| channel.id), Some(id));
    assert_eq!(&**name, "FromDialplan");
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .collect();
    assert_eq!(
        headers,
        [("Colour", "blue"), ("Time", "12:30"), ("bare", "")]
    );
    assert_eq!(bench.warnings(), 1);
}

#[test]
fn celgenuserevent_is_told() {
    let (bench, _) = Bench::with_call("exten => s,1,CELGenUserEvent(Mine,a,b)");
    let told = bench.facts.iter().filter_map(|fact| match fact {
        Fact::ChannelEvent { name, extra, .. } => Some((name.to_string(), extra.to_string())),
        _ => None,
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [("Mine".to_owned(), "a,b".to_owned())]
    );
}

/// The records of a call whose dialplan has these lines: start, in seconds after the call began, and user
/// field.
fn records(lines: &str) -> Vec<(u64, String)> {
    let mut bench = Bench::new(lines);
    bench.shared.borrow_mut().switch.records.configure(Rules {
        enabled: true,
        unanswered: true,
        congestion: false,
        end_before_h: true,
        round_up: false,
    });
    bench.call("s");
    bench.seconds(100);
    let told = bench.facts.iter().filter_map(|fact| match fact {
        Fact::Cdr(record) => Some((
            record.start.seconds() - 1_800_000_000,
            record.userfield.to_string(),
        )),
        _ => None,
    });
    told.collect()
}

#[test]
fn resetcdr_starts_the_record_anew() {
    let lines = |options: &str| {
        format!(
            "exten => s,1,Answer()
            same => n,Set(CDR(userfield)=kept)
            same => n,Wait(5)
            same => n,ResetCDR({options})
            same => n,Wait(5)"
        )
    };
    assert_eq!(records(&lines("")), [(5, String::new())]);
    assert_eq!(records(&lines("v")), [(5, "kept".to_owned())]);
}

#[test]
fn forkcdr_begins_another_record() {
    let lines = "exten => s,1,Answer()
        same => n,Wait(5)
        same => n,ForkCDR(er)
        same => n,Set(CDR(userfield)=second)
        same => n,Wait(5)";
    assert_eq!(
        records(lines),
        [(0, String::new()), (5, "second".to_owned())]
    );
}
