use switch::signal::Order;

use super::Bench;
use crate::world::Question;

#[test]
fn a_recording_is_deleted_with_its_call_unless_it_is_kept() {
    for (options, kept) in [("q", false), ("qk", true), ("qa", true)] {
        let (mut bench, id) = Bench::with_call(&format!("exten => s,1,Record(x.wav,,,{options})"));
        bench.orders();
        bench.shared.borrow_mut().switch.hangup_requested(id, None);
        bench.run();
        let orders = bench.orders();
        let ends =
            |order: &&Order| matches!(order, Order::EndRecording(_) | Order::DropRecording(_));
        let ended: Vec<bool> = orders
            .iter()
            .filter(ends)
            .map(|order| matches!(order, Order::EndRecording(_)))
            .collect();
        assert_eq!(ended, [kept], "{options}");
    }
}

#[test]
fn a_program_runs_when_the_file_is_closed() {
    let (mut bench, id) = Bench::with_call(
        "exten => s,1,Set(NAME=x)\nsame => n,MixMonitor(/m/a.wav,d,convert ^{NAME})\nsame => n,Wait(9)",
    );
    let mut rules = bench.shared.borrow().rules.clone();
    rules.programs_allowed = true;
    bench.shared.borrow_mut().set_rules(rules);
    let number = bench.orders().into_iter().find_map(|order| match order {
        Order::Record(recording) => Some(recording.id),
        _ => None,
    });
    bench.shared.borrow_mut().switch.hangup_requested(id, None);
    bench.run();
    assert!(bench.asked.is_empty(), "{:?}", bench.asked);
    bench
        .shared
        .borrow_mut()
        .switch
        .recording_closed(id, number.expect("it is recorded"));
    bench.run();
    let run = Question::Run {
        command: "convert x; rm -f -- '/m/a.wav'".into(),
        output: false,
    };
    assert_eq!(bench.asked, [run]);
}

#[test]
fn a_program_runs_whose_file_was_closed_before_the_call_ended() {
    let (mut bench, id) =
        Bench::with_call("exten => s,1,MixMonitor(/m/a.wav,,convert)\nsame => n,Wait(9)");
    let mut rules = bench.shared.borrow().rules.clone();
    rules.programs_allowed = true;
    bench.shared.borrow_mut().set_rules(rules);
    let number = bench.orders().into_iter().find_map(|order| match order {
        Order::Record(recording) => Some(recording.id),
        _ => None,
    });
    let number = number.expect("it is recorded");
    bench
        .shared
        .borrow_mut()
        .switch
        .recording_closed(id, number);
    bench.run();
    assert!(bench.asked.is_empty(), "{:?}", bench.asked);
    bench.shared.borrow_mut().switch.hangup_requested(id, None);
    bench.run();
    let run = Question::Run {
        command: "convert".into(),
        output: false,
    };
    assert_eq!(bench.asked, [run]);
}
