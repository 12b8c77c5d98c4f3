use std::cell::RefCell;

use switch::Text;
use switch::fact::Level;

use super::Bench;
use crate::world::{Change, Question, Rules};

#[test]
fn set_and_mset_set() {
    let lines = "exten => s,1,Set(A= x,y )
        same => n,Set(GLOBAL(G)=all)
        same => n,MSet(B=1,C=\"2,3\")
        same => n,Set(nonsense)
        same => n,NoOp(${A}|${G}|${B}|${C})
        same => n,Wait(1)";
    let (bench, id) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), [" x,y |all|1|2,3"]);
    assert_eq!(bench.value(id, "A"), " x,y ");
    assert_eq!(bench.warnings(), 1);
}

#[test]
fn clearhash_empties_a_table() {
    let lines = "exten => s,1,Set(HASH(h,a)=1)
        same => n,Set(HASH(h,b)=2)
        same => n,Set(HASH(other,a)=3)
        same => n,ClearHash(h)
        same => n,NoOp(${HASHKEYS(h)}|${HASHKEYS(other)})";
    let (bench, _) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), ["|a"]);
}

#[test]
fn lines_go_to_the_log() {
    let mut bench = Bench::new(
        "exten => s,1,Log(NOTICE,hello, you)
        same => n,Log(LOUD,hello)
        same => n,Verbose(2,seen)
        same => n,Verbose(9,unseen)
        same => n,DumpChan(1)",
    );
    bench.shared.borrow_mut().set_rules(Rules {
        verbosity: 2,
        ..Rules::default()
    });
    bench.call("s");
    assert_eq!(bench.logged(Level::Notice), ["[s@default:1] hello, you"]);
    assert_eq!(bench.warnings(), 1);
    assert_eq!(bench.logged(Level::Verbose(2)), ["seen"]);
    assert!(bench.logged(Level::Verbose(9)).is_empty());
    assert!(bench.logged(Level::Verbose(1))[0].contains("CallerIDNum          5551000\n"));
}

#[test]
fn programs_run_only_where_they_may() {
    let lines = "exten => s,1,TrySystem(true)
        same => n,NoOp(${SYSTEMSTATUS})
        same => n,System(false)
        same => n,NoOp(${SYSTEMSTATUS})
        same => n,TrySystem(nosuch)
        same => n,NoOp(${SYSTEMSTATUS})
        same => n,System(nosuch)
        same => n,NoOp(unreached)";
    let mut bench = Bench::new(lines);
    bench.shared.borrow_mut().set_rules(Rules {
        programs_allowed: true,
        ..Rules::default()
    });
    bench.call("s");
    assert_eq!(bench.ran("NoOp"), ["SUCCESS", "APPERROR", "FAILURE"]);
    assert_eq!(bench.asked.len(), 4);

    let (bench, _) = Bench::with_call(lines);
    assert_eq!(bench.ran("NoOp"), ["FAILURE"]);
    assert!(bench.asked.is_empty());
}

#[test]
fn dbdeltree_takes_what_is_below() {
    let mut bench = Bench::new("exten => s,1,DBdeltree(a/b)\nsame => n,DBdeltree()");
    for key in ["/a/b", "/a/b/c", "/a/bc"] {
        bench
            .shared
            .borrow_mut()
            .switch
            .database
            .insert(key.into(), "x".into());
    }
    bench.call("s");
    let left: Vec<Text> = bench
        .shared
        .borrow()
        .switch
        .database
        .keys()
        .cloned()
        .collect();
    assert_eq!(left, [Text::from("/a/bc")]);
    let change = Change::DeleteTree {
        prefix: "/a/b".into(),
    };
    assert_eq!(bench.asked, [Question::Database(change)]);
    assert_eq!(bench.warnings(), 1);
}

#[test]
fn a_call_gives_every_recorded_expression_its_value() {
    let plan = include_str!("../../../testdata/extensions.conf");
    let mut bench = Bench::of(&format!(
        "{plan}\n[oracle]\nexten => s,1,Answer()\nsame => n,Wait(100)"
    ));
    let id = bench.call_in("oracle", "s");
    bench
        .shared
        .borrow_mut()
        .switch
        .globals
        .set("COMPANY".into(), "Example Ltd".into());
    let bench = RefCell::new(bench);
    let set = |name: &str, value: &str| bench.borrow_mut().set(id, name, value);
    crate::script::recorded::check(&set, &|text| match text {
        // Queues are not there yet.
        "${QUEUE_MEMBER(support,count)}" | "${QUEUE_EXISTS(support)}" => "1".to_owned(),
        "${QUEUE_EXISTS(none)}" => "0".to_owned(),
        text => bench.borrow_mut().fill(id, text),
    });
}

#[test]
fn programs_run_after_a_hangup_too() {
    let mut bench =
        Bench::new("exten => h,1,System(true)\nsame => n,NoOp(${SYSTEMSTATUS} ${STAT(s,/a)})");
    bench.shared.borrow_mut().set_rules(Rules {
        programs_allowed: true,
        ..Rules::default()
    });
    let id = bench.call("h");
    assert!(!bench.is_there(id));
    assert_eq!(bench.ran("NoOp"), ["SUCCESS 42"; 2]);
}
