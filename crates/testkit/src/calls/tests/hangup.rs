//! How calls end: hangup handlers, absolute timeouts, holds, the end of the switch.

use engine::request::{Request, Stop, Target};
use switch::Text;

use super::*;

#[test]
fn hangup_handlers_run_behind_h_the_newest_first() {
    let mut exchange = Exchange::new(
        "[default]\n\
         exten => 1,1,Set(CHANNEL(hangup_handler_push)=handlers,one,1)\n\
          same => n,Set(CHANNEL(hangup_handler_push)=handlers,two,1(word))\n\
          same => n,Wait(5)\n\
         exten => h,1,UserEvent(H)\n\
         [handlers]\n\
         exten => one,1,UserEvent(One)\n same => n,Return()\n\
         exten => two,1,UserEvent(Two,Given: ${ARG1})\n same => n,Return()\n",
    );
    exchange.dial("zoe", "1").unwrap();
    let facts = all_of(exchange);
    assert_eq!(
        events(&facts),
        ["event H", "event Two Given=word", "event One"]
    );
}

#[test]
fn a_handler_that_was_taken_off_does_not_run() {
    let mut exchange = Exchange::new(
        "[default]\n\
         exten => 1,1,Set(CHANNEL(hangup_handler_push)=handlers,one,1)\n\
          same => n,Set(CHANNEL(hangup_handler_pop)=)\n\
         [handlers]\n\
         exten => one,1,UserEvent(One)\n same => n,Return()\n",
    );
    exchange.dial("zoe", "1").unwrap();
    assert!(events(&all_of(exchange)).is_empty());
}

const TIMED: &str = "[default]\n\
    exten => 1,1,Set(TIMEOUT(absolute)=3)\n same => n,Wait(600)\n\
    exten => T,1,UserEvent(Late)\n same => n,Wait(5)\n\
    [other]\n\
    exten => 1,1,Set(TIMEOUT(absolute)=3)\n same => n,Wait(600)\n";

#[test]
fn when_the_absolute_time_is_up_t_takes_the_call() {
    let mut exchange = Exchange::new(TIMED);
    exchange.dial("zoe", "1").unwrap();
    exchange.pass(Duration::from_millis(2_999));
    assert!(events(&exchange.take_facts()).is_empty());
    exchange.pass(Duration::from_millis(1));
    assert_eq!(events(&exchange.take_facts()), ["event Late"]);
    exchange.seconds(6);
    assert!(exchange.channels().is_empty());
    all_of(exchange);
}

#[test]
fn without_t_the_call_is_hung_up() {
    let mut exchange = Exchange::new(TIMED);
    exchange.originate("x", "Local/1@other/n", "Wait", "600");
    exchange.seconds(4);
    assert!(exchange.channels().is_empty(), "{:?}", exchange.channels());
    all_of(exchange);
}

#[test]
fn the_time_can_be_set_and_taken_back_from_outside() {
    let mut exchange = Exchange::new("[default]\nexten => 1,1,Wait(60)\n");
    exchange.dial("zoe", "1").unwrap();
    let name = channel(&mut exchange, "Phone/zoe").name.clone();
    for span in [Some(Duration::from_secs(5)), None] {
        let name = name.clone();
        let answer = exchange
            .ask(|reply| Request::AbsoluteTimeout(name, span, reply))
            .take();
        assert_eq!(answer, Some(Ok(())));
    }
    exchange.seconds(50);
    assert_eq!(exchange.channels().len(), 1);
    let span = Some(Duration::from_secs(5));
    exchange.ask(|reply| Request::AbsoluteTimeout(name, span, reply));
    exchange.seconds(6);
    assert!(exchange.channels().is_empty());
    all_of(exchange);
}

#[test]
fn a_hold_is_told_and_passed_on() {
    let mut exchange = Exchange::new("[default]\nexten => 1,1,Dial(Phone/ann)\n");
    exchange.phone(
        "ann",
        [
            at(1000, Act::Answer),
            at(2000, Act::Hold),
            at(3000, Act::Unhold),
            at(9000, Act::HangUp(Cause::NORMAL)),
        ],
    );
    let zoe = exchange.dial("zoe", "1").unwrap();
    exchange.seconds(5);
    let told = exchange.take_orders();
    let told: Vec<_> = told
        .iter()
        .filter(|(id, _)| *id == zoe)
        .map(|(_, order)| order)
        .collect();
    assert!(told.contains(&&switch::signal::Order::Unhold), "{told:?}");
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &["holds"]),
        ["Phone/ann holds", "Phone/ann holds no more"]
    );
}

#[test]
fn a_hangup_from_outside_carries_its_cause() {
    let mut exchange = Exchange::new("[default]\nexten => 1,1,Wait(60)\n");
    exchange.dial("zoe", "1").unwrap();
    let name = channel(&mut exchange, "Phone/zoe").name.clone();
    let asked =
        exchange.ask(|reply| Request::Hangup(Target::Name(name.clone()), Cause::BUSY, reply));
    assert_eq!(asked.take(), Some(vec![name]));
    let facts = all_of(exchange);
    assert_eq!(about(&facts, &["ends"]), ["Phone/zoe ends 17"]);
    assert!(facts.len() > 2);
}

#[test]
fn the_switch_ends_when_the_last_call_is_over() {
    let mut exchange = Exchange::new("[default]\nexten => 1,1,Wait(60)\n");
    exchange.dial("zoe", "1").unwrap();
    let ended = exchange.ask(|reply| Request::Stop(Stop::Gracefully, reply));
    assert_eq!(exchange.dial("bob", "1"), None);
    exchange.seconds(59);
    assert_eq!(ended.take(), None);
    exchange.seconds(2);
    assert_eq!(ended.take(), Some(true));
}

#[test]
fn an_end_at_once_hangs_all_up() {
    let mut exchange = Exchange::new("[default]\nexten => 1,1,Wait(60)\n");
    exchange.dial("zoe", "1").unwrap();
    let name = Text::from("Local/1@default/n");
    exchange.originate("x", &name, "Wait", "60");
    let ended = exchange.ask(|reply| Request::Stop(Stop::Now, reply));
    assert_eq!(ended.take(), Some(true));
    assert!(exchange.channels().is_empty());
}
