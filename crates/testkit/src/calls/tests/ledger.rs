//! The ledger itself: a story in which something is left out, or told twice, does not hold.

use super::super::Ledger;
use super::*;

/// A call through a Local pair that is taken out of the middle.
fn facts() -> Vec<Fact> {
    let mut exchange = Exchange::new(
        "[default]\nexten => 1,1,Dial(Local/2@default)\nexten => 2,1,Dial(Phone/ann)\n",
    );
    exchange.phone("ann", answers(2));
    let caller = exchange.dial("zoe", "1").unwrap();
    exchange.act(caller, Duration::from_secs(60), Act::HangUp(Cause::NORMAL));
    all_of(exchange)
}

fn holds<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> bool {
    let mut ledger = Ledger::default();
    facts.into_iter().for_each(|fact| ledger.observe(fact));
    ledger.violations.is_empty() && ledger.leftovers().is_empty()
}

fn must_come_once(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::ChannelCreated(_)
            | Fact::HungUp(_)
            | Fact::DialEnded { .. }
            | Fact::BridgeCreated(_)
            | Fact::BridgeLeft { .. }
            | Fact::BridgeDestroyed(_)
            | Fact::LocalOptimizationEnded { .. }
    )
}

#[test]
fn a_whole_story_holds() {
    assert!(holds(&facts()));
}

#[test]
fn what_is_left_out_is_missed() {
    let facts = facts();
    for (at, fact) in facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| must_come_once(fact))
    {
        let others = facts.iter().enumerate().filter(|(other, _)| *other != at);
        assert!(!holds(others.map(|(_, fact)| fact)), "without {fact:?}");
    }
}

#[test]
fn what_is_told_twice_is_found() {
    let facts = facts();
    for (at, fact) in facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| must_come_once(fact))
    {
        let (before, after) = facts.split_at(at);
        assert!(!holds(before.iter().chain([fact]).chain(after)), "{fact:?}");
    }
}
