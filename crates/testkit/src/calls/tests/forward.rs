//! Phones that want somebody else to be called in their place.

use switch::signal::Order;
use switch::{Cause, Text};

use super::*;

const PLAN: &str = "[default]\n\
    exten => 1,1,Dial(Phone/ann,20)\n same => n,UserEvent(Over,Status: ${DIALSTATUS})\n\
    exten => 2,1,Dial(Phone/bob)\n\
    exten => 3,1,Dial(Phone/ann,20,i)\n same => n,UserEvent(Over,Status: ${DIALSTATUS})\n\
    exten => 4,1,Set(__FORWARD_CONTEXT=other)\n same => n,Goto(1,1)\n\
    [other]\n\
    exten => 2,1,UserEvent(Other)\n same => n,Hangup()\n";

/// Who was called, and who was said to have sent the call there.
fn called(exchange: &mut Exchange) -> Vec<(String, Option<String>)> {
    let orders = exchange.take_orders().into_iter();
    orders
        .filter_map(|(_, order)| match order {
            Order::Call {
                destination,
                diverted,
                ..
            } => {
                let by = diverted.map(|(from, reason)| format!("{} {reason}", from.number));
                Some((destination.to_string(), by))
            }
            _ => None,
        })
        .collect()
}

fn ends(facts: &[Fact]) -> Vec<(&'static str, Text)> {
    let end = |fact: &Fact| match fact {
        Fact::DialEnded {
            status, forward, ..
        } => Some((*status, forward.clone())),
        _ => None,
    };
    facts.iter().filter_map(end).collect()
}

#[test]
fn the_dialplan_calls_whom_a_phone_names() {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", [at(0, Act::Ring), at(400, Act::Forward("2"))]);
    exchange.phone("bob", answers(1));
    let zoe = exchange.dial("zoe", "1").unwrap();
    exchange.seconds(5);
    let orders = called(&mut exchange);
    assert_eq!(orders[0], ("ann".to_owned(), None));
    assert_eq!(orders[1], ("bob".to_owned(), Some("1 cfb".to_owned())));
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    let facts = all_of(exchange);
    assert_eq!(
        ends(&facts),
        [
            ("CANCEL", "2".into()),
            ("ANSWER", "".into()),
            ("ANSWER", "".into())
        ]
    );
}

#[test]
fn phones_that_name_each_other_come_to_an_end() {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", [at(10, Act::Forward("2"))]);
    exchange.phone("bob", [at(10, Act::Forward("1"))]);
    exchange.dial("zoe", "1").unwrap();
    exchange.seconds(30);
    // Each way over a Local pair takes two of the times that a call may be sent on.
    let orders = called(&mut exchange).len();
    assert!(
        (4..=switch::limits::FORWARDS as usize).contains(&orders),
        "{orders}"
    );
    all_of(exchange);
}

#[test]
fn what_a_phone_names_is_an_extension_and_no_more() {
    for named in ["Phone/bob", "2@other", "", "none"] {
        let mut exchange = Exchange::new(PLAN);
        exchange.phone("ann", [at(10, Act::Forward(named))]);
        exchange.dial("zoe", "1").unwrap();
        exchange.seconds(5);
        assert_eq!(called(&mut exchange).len(), 1, "{named}");
        let facts = all_of(exchange);
        assert_eq!(ends(&facts).len(), 1, "{named}");
        assert_eq!(events(&facts).len(), 1, "{named}");
    }
}

#[test]
fn forwards_are_ignored_or_led_elsewhere() {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", [at(10, Act::Forward("2"))]);
    exchange.dial("zoe", "3").unwrap();
    exchange.seconds(5);
    assert_eq!(called(&mut exchange).len(), 1);
    assert_eq!(events(&all_of(exchange)), ["event Over Status=NOANSWER"]);
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", [at(10, Act::Forward("2"))]);
    exchange.dial("zoe", "4").unwrap();
    exchange.seconds(5);
    assert_eq!(called(&mut exchange).len(), 1);
    assert!(events(&all_of(exchange)).contains(&"event Other".to_owned()));
}

#[test]
fn an_order_follows_too() {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", [at(10, Act::Forward("2"))]);
    exchange.phone("bob", answers(1));
    exchange.originate("o", "Phone/ann", "Wait", "1");
    exchange.seconds(5);
    let orders = called(&mut exchange);
    assert_eq!(orders.len(), 2, "{orders:?}");
    let facts = all_of(exchange);
    assert_eq!(ends(&facts)[0], ("CANCEL", "2".into()));
    assert!(story(&facts).contains(&"order o ends 4".to_owned()));
}
