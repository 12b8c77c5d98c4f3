//! `Dial` in all its outcomes.

use super::*;

const PLAN: &str = "[default]\n\
    exten => 1,1,Dial(Phone/ann,20)\n\
    exten => 2,1,Dial(Phone/ann&Phone/bob&Phone/cid,20)\n\
    exten => 3,1,Dial(Phone/ann,20,g)\n same => n,UserEvent(After,Status: ${DIALSTATUS})\n\
    exten => 4,1,Dial(Phone/absent,20)\n same => n,UserEvent(After,Status: ${DIALSTATUS})\n\
    exten => 5,1,Dial(Phone/ann,20,S(7))\n\
    exten => 6,1,Dial()\n\
    exten => h,1,UserEvent(Over,Status: ${DIALSTATUS},Cause: ${HANGUPCAUSE})\n";

fn exchange() -> Exchange {
    Exchange::new(PLAN)
}

#[test]
fn whoever_answers_talks_until_one_hangs_up() {
    let mut exchange = exchange();
    exchange.phone("ann", answers(3));
    let caller = exchange.dial("zoe", "1").unwrap();
    exchange.act(caller, Duration::from_secs(10), Act::HangUp(Cause::NORMAL));
    assert_eq!(
        story(&all_of(exchange)),
        [
            "Phone/zoe begins",
            "Phone/ann begins",
            "Phone/zoe calls Phone/ann",
            "Phone/ann is Ringing",
            "Phone/ann: RINGING",
            "Phone/ann is Up",
            "Phone/ann: ANSWER",
            "Phone/zoe is Up",
            "Phone/ann joins 0",
            "Phone/zoe joins 1",
            "Phone/zoe leaves 1",
            "event Over Status=ANSWER Cause=16",
            "Phone/zoe ends 16",
            "Phone/ann leaves 0",
            "Phone/ann ends 16",
        ]
    );
}

#[test]
fn a_busy_phone_makes_the_call_busy() {
    let mut exchange = exchange();
    exchange.phone("ann", [at(100, Act::Busy)]);
    exchange.dial("zoe", "3").unwrap();
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &["BUSY"])[..2],
        ["Phone/ann: BUSY", "event After Status=BUSY"]
    );
}

#[test]
fn a_phone_that_refuses_says_why() {
    for (cause, status) in [
        (Cause::BUSY, "BUSY"),
        (Cause::CONGESTION, "CONGESTION"),
        (Cause::NO_ANSWER, "NOANSWER"),
        (Cause::UNALLOCATED, "CHANUNAVAIL"),
    ] {
        let mut exchange = exchange();
        exchange.phone("ann", [at(0, Act::Ring), at(100, Act::HangUp(cause))]);
        exchange.dial("zoe", "3").unwrap();
        let facts = all_of(exchange);
        assert_eq!(
            events(&facts)[0],
            format!("event After Status={status}"),
            "{cause:?}"
        );
    }
}

#[test]
fn a_phone_that_is_not_there_is_unavailable() {
    let mut exchange = exchange();
    exchange.dial("zoe", "4").unwrap();
    let facts = all_of(exchange);
    assert_eq!(events(&facts)[0], "event After Status=CHANUNAVAIL");
}

#[test]
fn after_the_timeout_nobody_answered() {
    let mut exchange = exchange();
    exchange.phone("ann", answers(21));
    exchange.dial("zoe", "3").unwrap();
    exchange.pass(Duration::from_millis(19_999));
    assert!(exchange.channels().len() == 2);
    exchange.pass(Duration::from_millis(1));
    let facts = exchange.take_facts();
    assert!(about(&facts, &["NOANSWER"]).contains(&"event After Status=NOANSWER".to_owned()));
    all_of(exchange);
}

#[test]
fn the_first_to_answer_wins_and_the_others_stop_ringing() {
    let mut exchange = exchange();
    exchange.phone("ann", answers(5));
    exchange.phone("bob", answers(2));
    exchange.phone("cid", [at(100, Act::Busy)]);
    let caller = exchange.dial("zoe", "2").unwrap();
    exchange.act(caller, Duration::from_secs(10), Act::HangUp(Cause::NORMAL));
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &[": BUSY", ": ANSWER", ": CANCEL", "joins", "ends"]),
        [
            "Phone/cid: BUSY",
            "Phone/cid ends 17",
            "Phone/ann: CANCEL",
            "Phone/ann ends 26",
            "Phone/bob: ANSWER",
            "Phone/bob joins 0",
            "Phone/zoe joins 1",
            "Phone/zoe ends 16",
            "Phone/bob ends 16",
        ]
    );
}

#[test]
fn all_busy_is_busy() {
    let mut exchange = exchange();
    for phone in ["ann", "bob", "cid"] {
        exchange.phone(phone, [at(100, Act::Busy)]);
    }
    exchange.dial("zoe", "2").unwrap();
    let facts = all_of(exchange);
    assert_eq!(about(&facts, &[": BUSY"]).len(), 3);
    assert!(events(&facts)[0].starts_with("event Over Status=BUSY"));
}

#[test]
fn a_caller_who_gives_up_cancels_the_call() {
    let mut exchange = exchange();
    exchange.phone("ann", answers(15));
    let caller = exchange.dial("zoe", "1").unwrap();
    exchange.act(caller, Duration::from_secs(5), Act::HangUp(Cause::NORMAL));
    exchange.seconds(6);
    assert!(exchange.channels().is_empty());
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &["CANCEL", "ends"]),
        [
            "Phone/ann: CANCEL",
            "Phone/ann ends 16",
            "event Over Status=CANCEL Cause=16",
            "Phone/zoe ends 16"
        ]
    );
}

#[test]
fn with_g_the_dialplan_goes_on_when_the_called_leaves() {
    let mut exchange = exchange();
    exchange.phone(
        "ann",
        [
            at(0, Act::Ring),
            at(1000, Act::Answer),
            at(9000, Act::HangUp(Cause::NORMAL)),
        ],
    );
    exchange.dial("zoe", "3").unwrap();
    let facts = all_of(exchange);
    assert_eq!(events(&facts)[0], "event After Status=ANSWER");
}

#[test]
fn without_g_the_call_is_over_when_the_called_leaves() {
    let mut exchange = exchange();
    exchange.phone(
        "ann",
        [at(1000, Act::Answer), at(9000, Act::HangUp(Cause::NORMAL))],
    );
    exchange.dial("zoe", "1").unwrap();
    exchange.seconds(10);
    assert!(exchange.channels().is_empty());
    all_of(exchange);
}

#[test]
fn a_call_with_a_limit_ends_by_it() {
    let mut exchange = exchange();
    exchange.phone("ann", answers(1));
    exchange.dial("zoe", "5").unwrap();
    exchange.pass(Duration::from_millis(7_999));
    assert_eq!(exchange.channels().len(), 2);
    exchange.pass(Duration::from_millis(1));
    assert!(exchange.channels().is_empty());
    all_of(exchange);
}

#[test]
fn a_call_to_nobody_is_a_mistake_of_the_dialplan() {
    let mut exchange = exchange();
    exchange.dial("zoe", "6").unwrap();
    let facts = all_of(exchange);
    assert!(
        events(&facts)[0].starts_with("event Over Status=INVALIDARGS"),
        "{:?}",
        events(&facts)
    );
}

#[test]
fn a_record_tells_who_talked_with_whom_and_how_long() {
    let mut exchange = exchange();
    exchange.phone("ann", answers(3));
    let caller = exchange.dial("zoe", "1").unwrap();
    exchange.act(caller, Duration::from_secs(10), Act::HangUp(Cause::NORMAL));
    let facts = all_of(exchange);
    let records: Vec<_> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::Cdr(record) => Some(record),
            _ => None,
        })
        .collect();
    assert_eq!(records.len(), 1);
    assert!(
        records[0].channel.starts_with("Phone/zoe-") && records[0].peer.starts_with("Phone/ann-")
    );
    assert_eq!((records[0].duration(), records[0].billable()), (10, 7));
}
