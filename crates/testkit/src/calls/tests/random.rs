//! Seeded random calls: whatever is done to them in whatever order, what must hold for all calls holds.
//!
//! A seed that fails is in the message; `SMARTSWITCH_SEED=17 cargo test -p testkit one_seed` runs it alone
//! and prints what was done.

mod caller;

use self::caller::Caller;
use super::*;

/// How many seeds every change must pass, and how many `./test --long` runs.
const SEEDS: u64 = 200;
const LONG: u64 = 20_000;

/// How much is done with one seed.
const STEPS: usize = 60;

#[test]
fn what_must_hold_for_all_calls_holds() {
    (0..SEEDS).for_each(run);
}

#[test]
#[ignore = "takes minutes"]
fn what_must_hold_for_all_calls_holds_for_long() {
    (SEEDS..LONG).for_each(run);
}

#[test]
fn the_same_seed_gives_the_same_calls() {
    let told = || {
        let mut caller = Caller::new(7);
        let steps: Vec<_> = (0..STEPS).map(|_| caller.step()).collect();
        (steps, story(&caller.exchange.take_facts()))
    };
    assert_eq!(told(), told());
}

/// For whoever looks for a fault.
#[test]
fn one_seed() {
    if let Some(seed) = std::env::var("SMARTSWITCH_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
    {
        run(seed);
    }
}

fn run(seed: u64) {
    let mut caller = Caller::new(seed);
    for step in 0..STEPS {
        let what = caller.step();
        if std::env::var_os("SMARTSWITCH_SEED").is_some() {
            println!("{step} at {}: {what}", caller.exchange.now().0);
            story(&caller.exchange.take_facts())
                .iter()
                .for_each(|line| println!("    {line}"));
        }
        let violations = &caller.exchange.ledger.violations;
        assert!(
            violations.is_empty(),
            "seed {seed}, step {step}, {what}: {violations:#?}"
        );
    }
    caller.end();
    let violations = &caller.exchange.ledger.violations;
    assert!(
        violations.is_empty(),
        "seed {seed}, at the end: {violations:#?}"
    );
    let left = caller.exchange.leftovers();
    assert!(left.is_empty(), "seed {seed}, at the end: {left:#?}");
    let ledger = &caller.exchange.ledger;
    assert_eq!(ledger.created, ledger.hung_up, "seed {seed}");
    assert_eq!(
        ledger.originated, caller.told,
        "seed {seed}: ends of originates that were told"
    );
}
