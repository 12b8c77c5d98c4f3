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
