//! Transactions on virtual time.

// Long because each test plays one rule of the tables in RFC 3261, 17.

use std::time::Duration;

use rsipstack::sip::{Request, StatusCode};
use switch::Time;

use crate::carrier::transactions::{Held, Transactions};
use crate::carrier::{Message, Spans, parse};
use crate::reply;
use crate::wire::{ClientTransaction, Flow, FromWire, ServerTransaction, Transport, Unanswered};

struct World {
    all: Transactions,
    now: Time,
    /// First lines of what was sent, with its moment in milliseconds.
    sent: Vec<(u64, String)>,
    raw: Vec<String>,
    events: Vec<FromWire>,
}

fn flow(transport: Transport) -> Flow {
    Flow {
        transport,
        local: "127.0.0.1:5060".parse().unwrap(),
        remote: "127.0.0.1:5071".parse().unwrap(),
    }
}

fn request(method: &str, branch: &str, more: &str) -> String {
    let cseq = if method == "ACK" || method == "CANCEL" {
        "INVITE"
    } else {
        method
    };
    let named = if method == "ACK" || method == "CANCEL" {
        method
    } else {
        cseq
    };
    format!(
        "{method} sip:100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5071;branch={branch}\r\n\
         From: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:100@127.0.0.1>\r\nCall-ID: c1\r\n\
         CSeq: 1 {named}\r\n{more}\r\n"
    )
}

impl World {
    fn new() -> World {
        World {
            all: Transactions::new(Spans::default(), 99),
            now: Time(0),
            sent: Vec::new(),
            raw: Vec::new(),
            events: Vec::new(),
        }
    }

    fn hear(&mut self, text: &str) {
        self.hear_on(text, Transport::Udp);
    }

    fn hear_on(&mut self, text: &str, transport: Transport) {
        let message = parse(text.as_bytes()).unwrap();
        self.all.received(self.now, message, flow(transport));
        self.gather();
    }

    fn gather(&mut self) {
        for (_, bytes) in std::mem::take(&mut self.all.said.packets) {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let first = text.lines().next().unwrap().to_owned();
            self.sent.push((self.now.0 / 1000, first));
            self.raw.push(text);
        }
        self.events.append(&mut self.all.said.events);
    }

    fn pass(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(next) = self.all.next_timer().filter(|next| *next <= end) {
            self.now = next.max(self.now);
            self.all.tick(self.now);
            self.gather();
        }
        self.now = end;
    }

    /// The request that came last, and its number.
    fn came(&mut self) -> (ServerTransaction, Box<Request>) {
        match self.events.pop() {
            Some(FromWire::Request {
                transaction,
                request,
                ..
            }) => (transaction, request),
            other => panic!("no request: {other:?}"),
        }
    }

    fn respond(&mut self, to: &(ServerTransaction, Box<Request>), code: StatusCode) {
        let answer = reply::to(&to.1, code, "ours");
        self.all.respond(self.now, to.0, &answer);
        self.gather();
    }

    /// Sends a request of ours.
    fn send(&mut self, number: u64, text: &str) -> Request {
        let Message::Request(request) = parse(text.as_bytes()).unwrap() else {
            panic!("no request");
        };
        let copy = (*request).clone();
        let number = ClientTransaction(number);
        let to = flow(Transport::Udp);
        self.all
            .send(self.now, number, request, to, "127.0.0.1:5060");
        self.gather();
        copy
    }

    /// The far side answers what we sent last of this method.
    fn answer(&mut self, code: u16, method: &str) {
        let sent = self
            .raw
            .iter()
            .rev()
            .find(|text| text.starts_with(method))
            .unwrap()
            .clone();
        let Message::Request(request) = parse(sent.as_bytes()).unwrap() else {
            panic!("no request");
        };
        let response = reply::to(&request, code.into(), "far");
        let vias: Vec<String> = sent
            .lines()
            .filter_map(|line| line.strip_prefix("Via: "))
            .map(str::to_owned)
            .collect();
        let bytes = crate::carrier::write::response(&response, &vias);
        self.hear(&String::from_utf8(bytes).unwrap());
    }

    fn moments(&self, first: &str) -> Vec<u64> {
        self.sent
            .iter()
            .filter(|(_, line)| line.starts_with(first))
            .map(|(at, _)| *at)
            .collect()
    }

    fn assert_over(&mut self) {
        self.pass(Duration::from_secs(100));
        let held = self.all.held();
        assert_eq!(held, Held::default());
    }
}

#[test]
fn a_refusal_is_said_again_until_its_ack() {
    let mut world = World::new();
    world.hear(&request("INVITE", "z9hG4bK1", ""));
    let invite = world.came();
    world.hear(&request("INVITE", "z9hG4bK1", ""));
    assert!(world.events.is_empty() && world.sent.is_empty());
    world.respond(&invite, StatusCode::Ringing);
    world.hear(&request("INVITE", "z9hG4bK1", ""));
    assert_eq!(world.moments("SIP/2.0 180"), [0, 0]);
    world.respond(&invite, StatusCode::BusyHere);
    world.pass(Duration::from_millis(9000));
    assert_eq!(world.moments("SIP/2.0 486"), [0, 500, 1500, 3500, 7500]);
    world.hear(&request("ACK", "z9hG4bK1", ""));
    assert!(world.events.is_empty());
    world.pass(Duration::from_secs(4));
    assert_eq!(world.moments("SIP/2.0 486").len(), 5);
    world.assert_over();
}

#[test]
fn an_acceptance_is_the_cores_to_repeat() {
    let mut world = World::new();
    world.hear(&request("INVITE", "z9hG4bK1", ""));
    let invite = world.came();
    world.respond(&invite, StatusCode::OK);
    world.pass(Duration::from_secs(2));
    world.hear(&request("INVITE", "z9hG4bK1", ""));
    assert_eq!(world.moments("SIP/2.0 200"), [0]);
    world.respond(&invite, StatusCode::OK);
    assert_eq!(world.moments("SIP/2.0 200"), [0, 2000]);
    // What is no 2xx comes too late.
    world.respond(&invite, StatusCode::BusyHere);
    assert_eq!(world.sent.len(), 2);
    for branch in ["z9hG4bK2", "z9hG4bK1"] {
        world.hear(&request("ACK", branch, ""));
        assert!(
            matches!(world.events.pop(), Some(FromWire::Ack { .. })),
            "{branch}"
        );
    }
    world.assert_over();
}

#[test]
fn other_requests_are_answered_again_for_a_while() {
    let mut world = World::new();
    world.hear(&request("BYE", "z9hG4bK1", ""));
    let bye = world.came();
    world.respond(&bye, StatusCode::OK);
    world.pass(Duration::from_secs(31));
    world.hear(&request("BYE", "z9hG4bK1", ""));
    assert_eq!(world.moments("SIP/2.0 200"), [0, 31_000]);
    assert!(world.events.is_empty());
    world.assert_over();
    // Over a connection nothing comes twice.
    world.hear_on(&request("BYE", "z9hG4bK2", ""), Transport::Tcp);
    let bye = world.came();
    world.respond(&bye, StatusCode::OK);
    assert_eq!(world.all.held().servers, 0);
    // One that the core forgets is not kept for ever.
    world.hear(&request("BYE", "z9hG4bK3", ""));
    world.assert_over();
}

#[test]
fn an_answer_goes_the_same_way_each_time() {
    for (forced, port) in [(true, 5071), (false, 5999)] {
        let mut world = World::new();
        let bye = request("BYE", "z9hG4bK1", "").replace("127.0.0.1:5071;", "127.0.0.1:5999;");
        world.hear(&bye);
        let (number, came) = world.came();
        if forced {
            world.all.force_rport(number);
        }
        let answer = reply::to(&came, StatusCode::OK, "ours");
        world.all.respond(world.now, number, &answer);
        let again = parse(bye.as_bytes()).unwrap();
        world.all.received(world.now, again, flow(Transport::Udp));
        let said = std::mem::take(&mut world.all.said.packets);
        let ports: Vec<u16> = said.iter().map(|(to, _)| to.remote.port()).collect();
        assert_eq!(ports, [port; 2]);
        world.assert_over();
    }
}

#[test]
fn a_challenge_leaves_nothing_behind() {
    let mut world = World::new();
    for n in 0..100 {
        world.hear(&request("REGISTER", &format!("z9hG4bK{n}"), ""));
        let register = world.came();
        world.respond(&register, StatusCode::Unauthorized);
    }
    assert_eq!(world.all.held().servers, 0);
    world.hear(&request("INVITE", "z9hG4bKi", ""));
    let invite = world.came();
    world.respond(&invite, StatusCode::Unauthorized);
    world.hear(&request("ACK", "z9hG4bKi", ""));
    assert_eq!(world.all.held().servers, 0);
}

#[test]
fn the_same_request_by_two_ways_is_taken_once() {
    let mut world = World::new();
    world.hear(&request("INVITE", "z9hG4bK1", ""));
    let invite = world.came();
    world.hear(&request("INVITE", "z9hG4bK2", ""));
    assert!(world.events.is_empty());
    assert_eq!(world.moments("SIP/2.0 482"), [0]);
    world.respond(&invite, StatusCode::BusyHere);
    world.assert_over();
}

#[test]
fn a_cancel_finds_its_invite() {
    let mut world = World::new();
    world.hear(&request("CANCEL", "z9hG4bK1", ""));
    assert_eq!(world.moments("SIP/2.0 481"), [0]);
    world.hear(&request("INVITE", "z9hG4bK1", ""));
    let invite = world.came();
    world.respond(&invite, StatusCode::Ringing);
    world.hear(&request("CANCEL", "z9hG4bK1", "Reason: SIP;cause=200\r\n"));
    assert!(matches!(
        world.events.pop(),
        Some(FromWire::Cancelled { .. })
    ));
    assert_eq!(world.moments("SIP/2.0 200"), [0]);
    assert!(
        world
            .raw
            .last()
            .unwrap()
            .contains("To: <sip:100@127.0.0.1>;tag=ours")
    );
    world.hear(&request("CANCEL", "z9hG4bK1", ""));
    assert!(world.events.is_empty());
    world.respond(&invite, StatusCode::RequestTerminated);
    world.assert_over();
}

#[test]
fn an_invite_of_ours_is_said_again_and_given_up() {
    let mut world = World::new();
    world.send(1, &request("INVITE", "x", ""));
    world.pass(Duration::from_secs(40));
    assert_eq!(
        world.moments("INVITE"),
        [0, 500, 1500, 3500, 7500, 15_500, 31_500]
    );
    assert!(matches!(
        world.events.pop(),
        Some(FromWire::Unanswered {
            why: Unanswered::Timeout,
            ..
        })
    ));
    world.assert_over();
}

#[test]
fn a_refusal_of_ours_is_acknowledged_each_time() {
    let mut world = World::new();
    world.send(1, &request("INVITE", "x", "Route: <sip:p;lr>\r\n"));
    world.answer(180, "INVITE");
    world.pass(Duration::from_secs(60));
    assert_eq!(world.moments("INVITE"), [0]);
    world.answer(486, "INVITE");
    world.answer(486, "INVITE");
    assert_eq!(world.moments("ACK").len(), 2);
    let ack = world.raw.last().unwrap();
    assert!(ack.contains("Route: <sip:p;lr>") && ack.contains(";tag=far"));
    assert_eq!(world.events.len(), 2);
    world.assert_over();
}

#[test]
fn all_acceptances_reach_the_core() {
    let mut world = World::new();
    world.send(1, &request("INVITE", "x", ""));
    for code in [200, 200] {
        world.answer(code, "INVITE");
    }
    assert_eq!(world.events.len(), 2);
    assert!(world.moments("ACK").is_empty());
    world.assert_over();
    world.answer(200, "INVITE");
    assert_eq!(world.events.len(), 2);
}

#[test]
fn a_cancel_of_ours_waits_for_the_first_sign() {
    let mut world = World::new();
    world.send(1, &request("INVITE", "x", ""));
    world
        .all
        .cancel(world.now, ClientTransaction(1), "Q.850;cause=16");
    world.gather();
    assert!(world.moments("CANCEL").is_empty());
    world.answer(100, "INVITE");
    assert_eq!(world.moments("CANCEL"), [0]);
    assert!(world.raw.last().unwrap().contains("Reason: Q.850;cause=16"));
    world.pass(Duration::from_millis(600));
    assert_eq!(world.moments("CANCEL"), [0, 500]);
    world.answer(200, "CANCEL");
    world.pass(Duration::from_secs(5));
    assert_eq!(world.moments("CANCEL").len(), 2);
    // Whoever never ends the INVITE is not waited for for ever.
    world.pass(Duration::from_secs(30));
    assert!(matches!(
        world.events.pop(),
        Some(FromWire::Unanswered {
            why: Unanswered::Timeout,
            ..
        })
    ));
    world.assert_over();
}

#[test]
fn nobody_else_can_answer_for_the_far_side() {
    let mut world = World::new();
    world.send(1, &request("OPTIONS", "x", ""));
    let sent = world.raw[0].clone();
    let mut response = sent.replacen("OPTIONS sip:100@127.0.0.1 SIP/2.0", "SIP/2.0 200 OK", 1);
    response = response.replace("z9hG4bKPj1.", "z9hG4bKPj1.0");
    world.hear(&response);
    assert!(world.events.is_empty());
    world.answer(200, "OPTIONS");
    assert_eq!(world.events.len(), 1);
    world.assert_over();
}

/// A finished call leaves its INVITE and its BYE behind, and of these no more than is needed to know them
/// when they come again.
#[test]
fn little_is_kept_of_a_finished_call() {
    const CALLS: usize = 1000;
    let mut world = World::new();
    for n in 0..CALLS {
        let own = |method: &str, branch: &str, number: u32| {
            request(method, &format!("z9hG4bK-{branch}-{n}"), "")
                .replace("Call-ID: c1", &format!("Call-ID: call-{n}@192.0.2.1"))
                .replace("CSeq: 1", &format!("CSeq: {number}"))
        };
        world.hear(&own("INVITE", "i", 1));
        let invite = world.came();
        world.respond(&invite, StatusCode::Trying);
        world.respond(&invite, StatusCode::OK);
        assert_eq!(world.all.held().timers, 1);
        world.hear(&own("ACK", "a", 1));
        assert!(matches!(world.events.pop(), Some(FromWire::Ack { .. })));
        assert_eq!(world.all.held().servers, 0);
        world.hear(&own("BYE", "b", 2));
        let bye = world.came();
        world.respond(&bye, StatusCode::OK);
        // The INVITE is passed over when it comes again, and another copy of it is none.
        let before = world.sent.len();
        world.hear(&own("INVITE", "i", 1));
        assert_eq!(world.sent.len(), before);
        world.hear(&own("INVITE", "other", 1));
        assert!(world.sent[before].1.starts_with("SIP/2.0 482"));
        world.hear(&own("BYE", "b", 2));
        assert!(world.sent[before + 1].1.starts_with("SIP/2.0 200"));
        assert!(world.events.is_empty());
        world.sent.clear();
        world.raw.clear();
    }
    let held = world.all.held();
    assert_eq!((held.servers, held.clients, held.timers), (0, 0, 0));
    assert_eq!(held.answered, 2 * CALLS);
    let each = world.all.remembered() / CALLS;
    assert!(each < 600, "{each} bytes");
    world.assert_over();
    assert_eq!(world.all.remembered(), 0);
}

/// The same of calls of ours: what is needed to know a 2xx that comes again.
#[test]
fn a_call_of_ours_keeps_one_timer() {
    let mut world = World::new();
    for number in 1..=100 {
        world.send(number, &request("INVITE", "x", ""));
        world.answer(180, "INVITE");
        assert_eq!(world.all.held().timers as u64, number - 1);
        world.answer(200, "INVITE");
        world.send(1000 + number, &request("BYE", "x", ""));
        world.answer(200, "BYE");
        let held = world.all.held();
        assert_eq!((held.clients as u64, held.timers as u64), (number, number));
    }
    world.assert_over();
}
