//! Sending calls elsewhere.

use engine::request::{Place, Redirect, RedirectFailed, Request, TransferFailed};
use switch::Text;

use super::*;

const PLAN: &str = "[default]\n\
    exten => 1,1,Dial(Phone/ann,20)\n same => n,UserEvent(Wrong)\n\
    exten => 7,1,UserEvent(Seven,Who: ${CHANNEL(name):0:9})\n same => n,Wait(30)\n\
    exten => 8,1,UserEvent(Eight,Who: ${CHANNEL(name):0:9})\n same => n(later),Wait(30)\n";

fn talking() -> Exchange {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", answers(2));
    exchange.dial("zoe", "1").unwrap();
    exchange.seconds(5);
    exchange.take_facts();
    exchange
}

fn place(exten: &str, priority: &str) -> Place {
    let (context, exten) = (Text::from("default"), Text::from(exten));
    Place {
        context,
        exten,
        priority: Text::from(priority),
    }
}

fn redirect(
    exchange: &mut Exchange,
    channel: Text,
    extra: Option<(Text, Place)>,
) -> Result<(), RedirectFailed> {
    let order = Redirect {
        channel,
        to: place("7", "1"),
        extra,
    };
    exchange
        .ask(|reply| Request::Redirect(Box::new(order), reply))
        .take()
        .unwrap()
}

#[test]
fn a_redirected_caller_goes_on_there_and_the_called_is_hung_up() {
    let mut exchange = talking();
    let zoe = channel(&mut exchange, "Phone/zoe").name.clone();
    assert_eq!(redirect(&mut exchange, zoe, None), Ok(()));
    assert_eq!(exchange.channels().len(), 1);
    let facts = all_of(exchange);
    assert_eq!(events(&facts), ["event Seven Who=Phone/zoe"]);
    assert_eq!(about(&facts, &["ends"])[0], "Phone/ann ends 16");
}

#[test]
fn a_redirected_called_phone_runs_the_dialplan() {
    let mut exchange = talking();
    let ann = channel(&mut exchange, "Phone/ann").name.clone();
    assert_eq!(redirect(&mut exchange, ann, None), Ok(()));
    assert_eq!(channel(&mut exchange, "Phone/ann").exten.as_ref(), "7");
    let facts = all_of(exchange);
    assert_eq!(events(&facts), ["event Seven Who=Phone/ann"]);
}

#[test]
fn two_can_be_sent_to_two_places() {
    let mut exchange = talking();
    let zoe = channel(&mut exchange, "Phone/zoe").name.clone();
    let ann = channel(&mut exchange, "Phone/ann").name.clone();
    assert_eq!(
        redirect(&mut exchange, zoe, Some((ann, place("8", "1")))),
        Ok(())
    );
    assert_eq!(exchange.channels().len(), 2);
    let mut raised = events(&all_of(exchange));
    raised.sort();
    assert_eq!(
        raised,
        ["event Eight Who=Phone/ann", "event Seven Who=Phone/zoe"]
    );
}

#[test]
fn a_label_will_do_for_a_priority() {
    let mut exchange = talking();
    let zoe = channel(&mut exchange, "Phone/zoe").name.clone();
    let order = Redirect {
        channel: zoe,
        to: place("8", "later"),
        extra: None,
    };
    let answer = exchange
        .ask(|reply| Request::Redirect(Box::new(order), reply))
        .take();
    assert_eq!(answer, Some(Ok(())));
    assert_eq!(channel(&mut exchange, "Phone/zoe").priority, 2);
    all_of(exchange);
}

#[test]
fn nobody_can_be_sent_nowhere() {
    let mut exchange = talking();
    let zoe = channel(&mut exchange, "Phone/zoe").name.clone();
    let missing = Text::from("Phone/nobody-00000000");
    assert_eq!(
        redirect(&mut exchange, missing.clone(), None),
        Err(RedirectFailed::NoChannel)
    );
    let extra = Some((missing, place("8", "1")));
    assert_eq!(
        redirect(&mut exchange, zoe.clone(), extra),
        Err(RedirectFailed::NoExtraChannel)
    );
    let order = Redirect {
        channel: zoe,
        to: place("8", "no-such-label"),
        extra: None,
    };
    let answer = exchange
        .ask(|reply| Request::Redirect(Box::new(order), reply))
        .take();
    assert_eq!(answer, Some(Err(RedirectFailed::BadPriority)));
    assert!(story(&exchange.take_facts()).is_empty());
    let zoe = channel(&mut exchange, "Phone/zoe").id;
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

fn transfer(exchange: &mut Exchange, who: &str, exten: &str) -> Result<(), TransferFailed> {
    let channel = channel(exchange, who).name.clone();
    let (context, exten) = (Text::from("default"), Text::from(exten));
    let ask = |reply| Request::BlindTransfer {
        channel,
        context,
        exten,
        reply,
    };
    exchange.ask(ask).take().unwrap()
}

#[test]
fn a_blind_transfer_sends_the_other_and_hangs_up_whoever_asked() {
    let mut exchange = talking();
    assert_eq!(transfer(&mut exchange, "Phone/ann", "7"), Ok(()));
    assert_eq!(exchange.channels().len(), 1);
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &["sends", "ends", "event"]),
        [
            "Phone/ann sends Phone/zoe to 7: Success",
            "event Seven Who=Phone/zoe",
            "Phone/ann ends 16",
            "Phone/zoe ends 16"
        ]
    );
}

#[test]
fn a_called_party_can_be_transferred_too() {
    let mut exchange = talking();
    assert_eq!(transfer(&mut exchange, "Phone/zoe", "7"), Ok(()));
    let facts = all_of(exchange);
    assert_eq!(events(&facts), ["event Seven Who=Phone/ann"]);
}

#[test]
fn a_transfer_to_nowhere_changes_nothing() {
    let mut exchange = talking();
    assert_eq!(
        transfer(&mut exchange, "Phone/zoe", "99"),
        Err(TransferFailed::NoExtension)
    );
    assert_eq!(exchange.channels().len(), 2);
    let zoe = channel(&mut exchange, "Phone/zoe").id;
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

const DESK: &str = "[default]\n\
    exten => 1,1,Dial(Phone/ann,20)\n\
    exten => 2,1,Dial(Phone/bob,20)\n\
    exten => 3,1,Pickup(9&1@nowhere&1)\n same => n,UserEvent(Wrong)\n\
    exten => 4,1,Pickup(1)\n same => n,UserEvent(Nobody)\n\
    exten => 7,1,Answer()\n same => n,UserEvent(Seven,Who: ${CHANNEL(name):0:9})\n\
    same => n,Wait(30)\n";

/// Zoe has called ann, who called bob on a second line.
fn desk() -> (Exchange, [switch::ChannelId; 4]) {
    let mut exchange = Exchange::new(DESK);
    exchange.phone("ann", answers(1));
    exchange.phone("bob", answers(1));
    let zoe = exchange.dial("zoe", "1").unwrap();
    exchange.seconds(2);
    let first = channel(&mut exchange, "Phone/ann").id;
    exchange.act(first, Duration::ZERO, Act::Hold);
    let second = exchange.dial("ann", "2").unwrap();
    exchange.seconds(2);
    let bob = channel(&mut exchange, "Phone/bob").id;
    exchange.take_facts();
    (exchange, [zoe, first, second, bob])
}

#[test]
fn an_attended_transfer_joins_those_two() {
    let (mut exchange, [zoe, first, second, bob]) = desk();
    assert_eq!(exchange.hears(zoe), ["music default"]);
    let done = exchange.transfer(first, "", Some(second));
    assert_eq!(done.take(), Some(true));
    assert_eq!(exchange.hears(zoe), ["bob"]);
    assert_eq!(exchange.hears(bob), ["zoe"]);
    assert_eq!(exchange.channels().len(), 2);
    exchange.act(bob, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &["joins Phone", "ends"]),
        [
            "Phone/ann joins Phone/zoe and Phone/bob: Bridge",
            "Phone/ann ends 16",
            "Phone/ann ends 16",
            "Phone/bob ends 16",
            "Phone/zoe ends 16",
        ]
    );
}

#[test]
fn an_attended_transfer_goes_to_an_application_too() {
    let mut exchange = Exchange::new(DESK);
    exchange.phone("ann", answers(1));
    exchange.dial("zoe", "1").unwrap();
    exchange.seconds(2);
    let first = channel(&mut exchange, "Phone/ann").id;
    let second = exchange.dial("ann", "7").unwrap();
    exchange.seconds(2);
    let done = exchange.transfer(first, "", Some(second));
    assert_eq!(done.take(), Some(true));
    let channels = exchange.channels();
    let [zoe] = &*channels else {
        panic!("{channels:?}");
    };
    assert_eq!((&*zoe.exten, &*zoe.application), ("7", "Wait"));
    all_of(exchange);
}

#[test]
fn a_phone_sends_the_other_elsewhere_blindly() {
    let mut exchange = Exchange::new(DESK);
    exchange.phone("ann", answers(1));
    let zoe = exchange.dial("zoe", "1").unwrap();
    exchange.seconds(2);
    assert_eq!(exchange.transfer(zoe, "99", None).take(), Some(false));
    assert_eq!(exchange.transfer(zoe, "7", None).take(), Some(true));
    let facts = all_of(exchange);
    assert_eq!(events(&facts), ["event Seven Who=Phone/ann"]);
    assert_eq!(
        about(&facts, &["sends"]),
        ["Phone/zoe sends Phone/ann to 7: Success"]
    );
}

#[test]
fn a_call_in_the_place_of_another_talks_on() {
    let (mut exchange, [zoe, first, second, _]) = desk();
    let bob = exchange.replace("bob", first).unwrap();
    assert_eq!(exchange.hears(zoe), ["bob"]);
    assert_eq!(exchange.hears(bob), ["zoe"]);
    assert!(
        exchange
            .channels()
            .iter()
            .all(|channel| channel.id != first)
    );
    // Nobody is there to be replaced any more.
    assert!(exchange.replace("bob", first).is_some());
    exchange.act(second, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    all_of(exchange);
}

#[test]
fn a_call_that_rings_is_picked_up_by_another_phone() {
    let mut exchange = Exchange::new(DESK);
    exchange.phone("ann", [at(0, Act::Ring)]);
    let zoe = exchange.dial("zoe", "1").unwrap();
    exchange.seconds(2);
    let ann = channel(&mut exchange, "Phone/ann").id;
    let bob = exchange.replace("bob", ann).unwrap();
    assert_eq!(exchange.hears(zoe), ["bob"]);
    assert_eq!(exchange.hears(bob), ["zoe"]);
    exchange.act(zoe, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &["picks", "ends", "Phone/bob:", "Phone/ann:"]),
        [
            "Phone/ann: RINGING",
            "Phone/bob picks Phone/ann up",
            "Phone/ann: CANCEL",
            "Phone/ann ends 26",
            "Phone/bob: ANSWER",
            "Phone/zoe ends 16",
            "Phone/bob ends 16",
        ]
    );
}

#[test]
fn an_extension_that_rings_is_picked_up() {
    let mut exchange = Exchange::new(DESK);
    exchange.phone("ann", [at(0, Act::Ring)]);
    exchange.dial("bob", "4").unwrap();
    assert_eq!(
        events(&exchange.take_facts()),
        ["event Nobody"],
        "nobody rings yet"
    );
    let zoe = exchange.dial("zoe", "1").unwrap();
    let bob = exchange.dial("bob", "3").unwrap();
    assert_eq!(exchange.hears(zoe), ["bob"]);
    exchange.act(bob, Duration::from_secs(1), Act::HangUp(Cause::NORMAL));
    assert!(events(&all_of(exchange)).is_empty());
}
