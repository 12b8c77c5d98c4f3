//! Calls that would never end: found by the seeded calls, kept as small as they can be.

use engine::request::{JoinFailed, Place, Redirect, Request, Trust};
use switch::limits;

use super::*;

#[test]
fn a_dialplan_that_dials_itself_comes_to_an_end() {
    let mut exchange = Exchange::new(
        "[default]\n\
         exten => 1,1,Dial(Local/1@default)\n same => n,NoOp()\n\
         exten => h,1,UserEvent(Over,Status: ${DIALSTATUS},Left: ${CHANNEL(max_forwards)})\n",
    );
    exchange.dial("zoe", "1").unwrap();
    let facts = all_of(exchange);
    let raised = events(&facts);
    assert!(
        raised.contains(&"event Over Status=BUSY Left=0".to_owned()),
        "{raised:?}"
    );
    let begun = about(&facts, &["begins"]).len();
    assert_eq!(begun, 1 + 2 * limits::FORWARDS as usize);
}

#[test]
fn a_dialplan_may_say_how_often_a_call_is_sent_on() {
    let mut exchange = Exchange::new(
        "[default]\n\
         exten => 1,1,Set(CHANNEL(max_forwards)=2)\n same => n,Dial(Local/2@default)\n\
         exten => 2,1,Dial(Local/2@default)\n",
    );
    exchange.dial("zoe", "1").unwrap();
    assert_eq!(about(&all_of(exchange), &["begins"]).len(), 1 + 2 * 2);
}

#[test]
fn a_dialplan_that_starts_ever_new_calls_leaves_room_for_others() {
    let mut exchange = Exchange::new(
        "[default]\n\
         exten => 1,1,Originate(Local/1@default/n,app,NoOp,,,10,a)\n\
         exten => 2,1,Answer()\n same => n,Hangup(17)\n",
    );
    let from = exchange.now();
    exchange.dial("zoe", "1").unwrap();
    assert!(
        exchange.engine().next_timer().is_some_and(|at| at > from),
        "the engine rests"
    );
    exchange.take_facts();
    exchange.dial("ann", "2").unwrap();
    let told = story(&exchange.take_facts());
    assert!(
        told.contains(&"Phone/ann is Up".to_owned()),
        "{}",
        told.len()
    );
}

const TALKING: &str = "[default]\n\
    exten => 1,1,Answer()\n same => n,Echo()\n\
    exten => 2,1,Answer()\n same => n,Bridge(${OTHER})\n same => n,UserEvent(Result,Is: ${BRIDGERESULT})\n";

#[test]
fn the_halves_of_a_pair_are_not_joined() {
    let mut exchange = Exchange::new(TALKING);
    exchange.originate("x", "Local/1@default/n", "Wait", "60");
    let names: Vec<_> = exchange
        .channels()
        .iter()
        .map(|channel| channel.name.clone())
        .collect();
    let (one, two) = (names[0].clone(), names[1].clone());
    let answer = exchange
        .ask(|reply| Request::JoinChannels(one, two, reply))
        .take();
    assert_eq!(answer, Some(Err(JoinFailed::Loop)));
    all_of(exchange);
}

#[test]
fn two_pairs_are_not_joined_at_both_ends() {
    let mut exchange = Exchange::new(TALKING);
    exchange.originate("x", "Local/1@default/n", "Wait", "60");
    exchange.originate("y", "Local/1@default/n", "Wait", "60");
    let names: Vec<_> = exchange
        .channels()
        .iter()
        .map(|channel| channel.name.clone())
        .collect();
    let mut join = |one: usize, two: usize| {
        let (one, two) = (names[one].clone(), names[two].clone());
        exchange
            .ask(|reply| Request::JoinChannels(one, two, reply))
            .take()
            .unwrap()
    };
    assert_eq!(join(0, 2), Ok(()));
    assert_eq!(join(1, 3), Err(JoinFailed::Loop));
}

#[test]
fn the_dialplan_is_told_of_a_loop() {
    let mut exchange = Exchange::new(TALKING);
    exchange.originate("x", "Local/1@default/n", "Wait", "60");
    let one = channel(&mut exchange, "Local/").name.clone();
    let (of, name, value) = (
        Some(one.clone()),
        "OTHER".into(),
        one.replace(";1", ";2").into(),
    );
    exchange.ask(|reply| Request::SetVariable(of, name, value, Trust::Full, reply));
    let to = Place {
        context: "default".into(),
        exten: "2".into(),
        priority: "1".into(),
    };
    let order = Redirect {
        channel: one,
        to,
        extra: None,
    };
    exchange.ask(|reply| Request::Redirect(Box::new(order), reply));
    assert_eq!(events(&all_of(exchange)), ["event Result Is=LOOP"]);
}
