//! What keys do while two talk.

use std::sync::Arc;

use dialplan::world::FeatureRules;
use engine::Settings;
use switch::ChannelId;
use switch::signal::Order;

use super::*;

const PLAN: &str = "[default]\n\
    exten => 1,1,Dial(Phone/ann,20,HT)\n same => n,UserEvent(After)\n\
    exten => 2,1,Dial(Phone/ann,20,ht)\n\
    exten => 3,1,Dial(Phone/ann,20)\n\
    exten => 4,1,Dial(Phone/ann,20,gH)\n same => n,UserEvent(After)\n\
    exten => 200,1,Answer()\n same => n,Wait(100)\n";

/// Zoe and Ann talk.
fn talk(exten: &str) -> (Exchange, ChannelId, ChannelId) {
    let features = FeatureRules {
        blind_transfer: "#1".into(),
        ..FeatureRules::default()
    };
    let settings = Settings {
        features: Arc::new(features),
        ..Settings::default()
    };
    let mut exchange = Exchange::with_settings(PLAN, settings);
    exchange.phone("ann", answers(2));
    let zoe = exchange.dial("zoe", exten).unwrap();
    exchange.seconds(3);
    let ann = channel(&mut exchange, "Phone/ann").id;
    exchange.take_facts();
    exchange.take_orders();
    (exchange, zoe, ann)
}

fn press(exchange: &mut Exchange, id: ChannelId, keys: &str) {
    for key in keys.chars() {
        exchange.act(id, Duration::ZERO, Act::Digit(key));
    }
    exchange.pass(Duration::from_millis(100));
}

/// The digits that somebody was sent.
fn digits(exchange: &mut Exchange, to: ChannelId) -> String {
    let orders = exchange.take_orders().into_iter();
    let sent = orders.filter_map(|(id, order)| match order {
        Order::DigitEnd(digit, _) if id == to => Some(digit),
        _ => None,
    });
    sent.collect()
}

#[test]
fn a_key_hangs_up_for_those_who_may() {
    for (exten, caller_presses, goes_on) in [("1", true, 0), ("2", false, 0), ("4", true, 1)] {
        let (mut exchange, zoe, ann) = talk(exten);
        let (who, other) = if caller_presses {
            (zoe, ann)
        } else {
            (ann, zoe)
        };
        press(&mut exchange, who, "*");
        assert_eq!(digits(&mut exchange, other), "");
        exchange.seconds(1);
        assert!(exchange.channels().is_empty(), "{exten}");
        let facts = all_of(exchange);
        let after = |fact: &&Fact| matches!(fact, Fact::UserEvent { .. });
        assert_eq!(facts.iter().filter(after).count(), goes_on, "{exten}");
    }
}

#[test]
fn others_hear_a_digit() {
    for (exten, caller_presses) in [("1", false), ("2", true), ("3", true), ("3", false)] {
        let (mut exchange, zoe, ann) = talk(exten);
        let (who, other) = if caller_presses {
            (zoe, ann)
        } else {
            (ann, zoe)
        };
        press(&mut exchange, who, "*#1");
        exchange.seconds(10);
        assert_eq!(digits(&mut exchange, other), "*#1");
        assert_eq!(exchange.channels().len(), 2);
        exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
        all_of(exchange);
    }
}

#[test]
fn keys_that_come_to_nothing_are_digits() {
    let (mut exchange, zoe, ann) = talk("1");
    press(&mut exchange, zoe, "5#6");
    assert_eq!(digits(&mut exchange, ann), "5#6");
    press(&mut exchange, zoe, "#");
    assert_eq!(digits(&mut exchange, ann), "");
    exchange.seconds(2);
    assert_eq!(digits(&mut exchange, ann), "#");
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

#[test]
fn keys_send_the_other_elsewhere() {
    let (mut exchange, zoe, ann) = talk("2");
    press(&mut exchange, ann, "#1");
    assert_eq!(exchange.hears(ann), ["files pbx-transfer"]);
    assert_eq!(exchange.hears(zoe), ["music default"]);
    exchange.seconds(2);
    assert_eq!(exchange.hears(ann), ["tones 350+440"]);
    press(&mut exchange, ann, "200");
    exchange.seconds(1);
    let facts = exchange.take_facts();
    let transfer = facts.iter().find_map(|fact| match fact {
        Fact::BlindTransferred(transfer) => Some(transfer),
        _ => None,
    });
    let transfer = transfer.expect("it is told");
    assert_eq!(
        (transfer.external, &*transfer.exten, transfer.transferer.id),
        (false, "200", ann)
    );
    assert_eq!(digits(&mut exchange, zoe), "");
    let left = exchange.channels();
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].id, &*left[0].exten), (zoe, "200"));
    assert_eq!(exchange.hears(zoe), Vec::<String>::new());
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

#[test]
fn a_transfer_to_nowhere_comes_back_to_the_call() {
    let (mut exchange, zoe, ann) = talk("1");
    press(&mut exchange, zoe, "#1");
    exchange.seconds(2);
    press(&mut exchange, zoe, "7");
    assert_eq!(exchange.hears(zoe), ["files pbx-invalid"]);
    exchange.seconds(30);
    assert_eq!(exchange.hears(zoe), ["ann"]);
    assert_eq!(exchange.hears(ann), ["zoe"]);
    // Whoever waits may leave meanwhile.
    press(&mut exchange, zoe, "#1");
    exchange.act(ann, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    exchange.seconds(30);
    assert!(exchange.channels().is_empty());
    all_of(exchange);
}
