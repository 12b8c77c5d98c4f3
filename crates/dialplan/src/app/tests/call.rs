use switch::signal::{Order, Signal};
use switch::{Cause, State};

use super::Bench;

fn state(bench: &Bench, id: switch::ChannelId) -> (State, Cause) {
    let world = bench.shared.borrow();
    let channel = world.switch.channel(id).unwrap();
    (channel.state(), channel.cause())
}

#[test]
fn signals_go_to_the_far_end() {
    let lines = "exten => s,1,Proceeding()
        same => n,Ringing()
        same => n,Progress()
        same => n,Wait(1)
        same => n,Answer(500)
        same => n,NoOp(up)
        same => n,Answer()
        same => n,Wait(9)";
    let (mut bench, id) = Bench::with_call(lines);
    assert_eq!(
        bench.orders(),
        [Order::Proceeding, Order::Ringing, Order::Progress]
    );
    assert_eq!(state(&bench, id).0, State::Ring);
    bench.seconds(1);
    assert!(bench.ran("NoOp").is_empty());
    bench.seconds(1);
    assert_eq!(bench.orders(), [Order::Answer]);
    assert_eq!(bench.ran("NoOp"), ["up"]);
    assert_eq!(state(&bench, id).0, State::Up);
}

#[test]
fn busy_and_congestion_wait_and_hang_up() {
    for (application, order, cause) in [
        ("Busy", Order::Busy, Cause::BUSY),
        ("Congestion", Order::Congestion, Cause::CONGESTION),
    ] {
        let (mut bench, id) = Bench::with_call(&format!(
            "exten => s,1,{application}(5)\nsame => n,NoOp(next)\nexten => h,1,NoOp(h)"
        ));
        assert_eq!(bench.orders(), [order]);
        bench.seconds(4);
        assert_eq!(state(&bench, id), (State::Busy, cause));
        bench.seconds(1);
        assert_eq!(bench.ran("NoOp"), ["h"]);
        assert_eq!(bench.orders(), [Order::Hangup(cause)]);
    }
}

#[test]
fn busy_leaves_a_call_that_is_up_as_it_is() {
    let (mut bench, id) = Bench::with_call("exten => s,1,Answer()\nsame => n,Busy()");
    bench.seconds(1000);
    assert_eq!(state(&bench, id), (State::Up, Cause::UNKNOWN));
}

#[test]
fn hangup_has_a_cause() {
    let (mut bench, id) = Bench::with_call("exten => s,1,Hangup(USER_BUSY)\nsame => n,NoOp(next)");
    assert_eq!(bench.orders(), [Order::Hangup(Cause::BUSY)]);
    assert!(!bench.is_there(id) && bench.ran("NoOp").is_empty());
}

#[test]
fn softhangup_takes_one_or_all_of_a_device() {
    let mut bench = Bench::new(
        "exten => other,1,Wait(100)
        exten => one,1,SoftHangup(test/PHONE)
        exten => all,1,SoftHangup(Test/phone,a)
        exten => exact,1,SoftHangup(Test/phone-00000001)
        exten => none,1,SoftHangup()",
    );
    let others: Vec<_> = (0..4).map(|_| bench.call("other")).collect();
    let there = |bench: &Bench| {
        others
            .iter()
            .map(|id| bench.is_there(*id))
            .collect::<Vec<_>>()
    };
    bench.call("exact");
    assert_eq!(there(&bench), [true, false, true, true]);
    bench.call("one");
    assert_eq!(there(&bench), [false, false, true, true]);
    bench.call("none");
    bench.call("all");
    assert_eq!(there(&bench), [false; 4]);
}

#[test]
fn transfer_says_what_the_far_end_says() {
    let lines = "exten => s,1,Transfer(Other/100)
        same => n,NoOp(${TRANSFERSTATUS})
        same => n,Transfer(Test/100)
        same => n,NoOp(${TRANSFERSTATUS} ${TRANSFERSTATUSPROTOCOL})
        same => n,Transfer(101)
        same => n,NoOp(${TRANSFERSTATUS} ${TRANSFERSTATUSPROTOCOL})
        same => n,Transfer(102)
        same => n,NoOp(${TRANSFERSTATUS})";
    let (mut bench, id) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), ["FAILURE"]);
    assert_eq!(bench.orders(), [Order::Transfer("100".into())]);
    let told = Signal::Transferred {
        success: true,
        figure: 0,
    };
    bench.shared.borrow_mut().switch.signal(id, told);
    bench.run();
    assert_eq!(bench.ran("NoOp"), ["FAILURE", "SUCCESS 0"]);
    let told = Signal::Transferred {
        success: false,
        figure: 486,
    };
    bench.shared.borrow_mut().switch.signal(id, told);
    bench.run();
    assert_eq!(bench.ran("NoOp")[2], "FAILURE 486");
    // A driver that never says gets an end too.
    bench.seconds(600);
    assert_eq!(bench.ran("NoOp")[3], "FAILURE");
}

#[test]
fn sip_is_notified_and_refused_where_the_channel_speaks_it() {
    let lines = "exten => s,1,PJSIPNotify(,check-sync)
        same => n,PJSIPHangup(BUSY_HERE)
        same => n,PJSIPHangup(FINE)
        same => n,NoOp(next)";
    let (mut bench, _) = Bench::with_call(lines);
    // The bench's channels are of another technology.
    assert_eq!(bench.ran("NoOp"), ["next"]);
    let ends = |order: &Order| matches!(order, Order::Hangup(_));
    assert!(bench.orders().iter().all(ends));
    assert_eq!(bench.warnings(), 3);
}
