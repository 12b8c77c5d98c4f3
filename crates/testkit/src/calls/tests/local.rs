//! Local channels in the middle of calls.

use super::*;

const PLAN: &str = "[default]\n\
    exten => 1,1,Dial(Local/2@default)\n\
    exten => 2,1,Dial(Phone/ann)\n\
    exten => 3,1,Dial(Local/2@default/n)\n\
    exten => 4,1,Dial(Local/5@default)\n\
    exten => 5,1,Dial(Local/2@default)\n";

fn talking(exten: &str) -> Exchange {
    let mut exchange = Exchange::new(PLAN);
    exchange.phone("ann", answers(2));
    let caller = exchange.dial("zoe", exten).unwrap();
    exchange.act(caller, Duration::from_secs(60), Act::HangUp(Cause::NORMAL));
    exchange.seconds(10);
    exchange
}

fn names(exchange: &mut Exchange) -> Vec<String> {
    let channels = exchange.channels();
    channels
        .iter()
        .map(|channel| channel.name.split('-').next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_pair_between_two_who_talk_is_taken_out() {
    let mut exchange = talking("1");
    assert_eq!(names(&mut exchange), ["Phone/zoe", "Phone/ann"]);
    let (zoe, ann) = (
        channel(&mut exchange, "Phone/zoe"),
        channel(&mut exchange, "Phone/ann"),
    );
    assert!(zoe.bridge.is_some());
    assert_eq!(zoe.bridge, ann.bridge);
    assert_eq!(zoe.linkedid, ann.linkedid);
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &["middle"]),
        ["Local/2@default leaves the middle"]
    );
}

#[test]
fn with_n_it_stays() {
    let mut exchange = talking("3");
    assert_eq!(
        names(&mut exchange),
        [
            "Phone/zoe",
            "Local/2@default",
            "Local/2@default",
            "Phone/ann"
        ]
    );
    let facts = all_of(exchange);
    assert_eq!(about(&facts, &["middle"]), Vec::<String>::new());
}

#[test]
fn a_chain_of_pairs_is_taken_out_whole() {
    let mut exchange = talking("4");
    assert_eq!(names(&mut exchange), ["Phone/zoe", "Phone/ann"]);
    let facts = all_of(exchange);
    assert_eq!(about(&facts, &["middle"]).len(), 2);
}

#[test]
fn a_pair_may_be_taken_out_later_on_request() {
    use engine::request::Request;

    let mut exchange = talking("3");
    let half = channel(&mut exchange, "Local/").name.clone();
    let answer = exchange
        .ask(|reply| Request::LocalOptimizeAway(half, reply))
        .take();
    assert_eq!(answer, Some(Ok(())));
    assert_eq!(names(&mut exchange), ["Phone/zoe", "Phone/ann"]);
    all_of(exchange);
}

#[test]
fn whoever_is_left_hangs_up_and_all_is_over() {
    let mut exchange = talking("1");
    let ann = channel(&mut exchange, "Phone/ann").id;
    exchange.act(ann, Duration::ZERO, Act::HangUp(Cause::NORMAL));
    exchange.seconds(1);
    assert!(exchange.channels().is_empty());
    all_of(exchange);
}

#[test]
fn a_pair_to_nowhere_fails() {
    let mut exchange = Exchange::new(PLAN);
    exchange.originate("x", "Local/99@default", "Wait", "1");
    let facts = all_of(exchange);
    assert_eq!(
        about(&facts, &["order", "begins"]).last().unwrap(),
        "order x ends 0"
    );
}
