//! Messages that were tampered with: an answer or a drop, never a panic, and nothing is left.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rsipstack::sip::{Request, Response};
use switch::signal::Order;
use switch::{Cause, ChannelId};

use super::rig::*;
use crate::wire::{ServerTransaction, ToWire};

/// What is put into messages in place of something else.
const RUBBISH: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "4294967296",
    "99999999999999999999",
    ";",
    ",",
    "<",
    ">",
    "\"",
    "\\",
    "@",
    "sip:",
    "<sip:>",
    ";tag=",
    "%",
    "%zz",
    "a=",
    "m=audio 0",
    "m=audio 99999 RTP/AVP 0",
    "0.0.0.0",
    "::",
    "\r\n",
    "refresher=",
    "Replaces",
    "100rel",
    "timer",
    "\u{7f}",
    "é",
];

/// A message with a few pieces left out, doubled or replaced.
fn tampered(text: &str, dice: &mut StdRng) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..dice.random_range(1..6) {
        if chars.is_empty() {
            break;
        }
        let from = dice.random_range(0..chars.len());
        let to = (from + dice.random_range(0..12)).min(chars.len());
        let piece: Vec<char> = match dice.random_range(0..3) {
            0 => Vec::new(),
            1 => [&chars[from..to], &chars[from..to]].concat(),
            _ => RUBBISH.choose(dice).unwrap().chars().collect(),
        };
        chars.splice(from..to, piece);
    }
    chars.into_iter().collect()
}

fn read(text: &str) -> Option<Request> {
    Request::try_from(text.as_bytes()).ok()
}

#[test]
fn tampered_messages_leave_nothing_behind() {
    let mut dice = StdRng::seed_from_u64(5);
    for round in 0..400u64 {
        let mut rig = Rig::new();
        let lines = [
            "Supported: timer, 100rel",
            "Session-Expires: 600;refresher=uac",
            "Record-Route: <sip:p.example.com;lr>",
            "Diversion: <sip:1@x>;reason=no-answer",
        ];
        let invite = phone("INVITE", 1, "", &lines, SDP);
        let invite = if dice.random() {
            tampered(&invite, &mut dice)
        } else {
            invite
        };
        let Some(request) = read(&invite) else {
            continue;
        };
        let (transaction, endpoint) = (ServerTransaction(round), rig.endpoint.clone());
        rig.does(|calls, cx| calls.invite(cx, transaction, request, flow(), endpoint));
        if !rig.out.engine.is_empty() {
            rig.takes();
            rig.orders(Order::Answer);
        }
        let tag = rig.wire().iter().rev().find_map(|said| match said {
            ToWire::Respond { response, .. } => Some(our_tag(response)),
            _ => None,
        });
        let tag = tag.unwrap_or_default();
        for (number, (method, line, body)) in (2..).zip([
            ("ACK", "X: y", SDP),
            ("INVITE", "Require: timer", SDP),
            ("UPDATE", "Session-Expires: 90", SDP),
            ("PRACK", "RAck: 1 1 INVITE", ""),
            (
                "INFO",
                "Content-Type: application/dtmf-relay",
                "Signal=1\r\nDuration=100\r\n",
            ),
            (
                "REFER",
                "Refer-To: <sip:a@x?Replaces=b%3Bto-tag%3Dc%3Bfrom-tag%3Dd>",
                "",
            ),
            ("NOTIFY", "Event: refer", "SIP/2.0 200 OK\r\n"),
            ("MESSAGE", "Content-Type: text/plain", "x"),
        ]) {
            let text = tampered(&phone(method, number, &tag, &[line], body), &mut dice);
            let Some(request) = read(&text) else {
                continue;
            };
            let transaction = ServerTransaction(1000 + u64::from(number));
            rig.does(|calls, cx| match method {
                "ACK" => calls.ack(cx, request, flow()),
                _ => drop(calls.in_dialog(cx, transaction, request, flow())),
            });
        }
        rig.orders(Order::Hangup(Cause::NORMAL));
        rig.passes(Duration::from_secs(2_000));
        rig.is_clean();
    }
}

#[test]
fn tampered_answers_leave_nothing_behind() {
    let mut dice = StdRng::seed_from_u64(6);
    for _ in 0..400 {
        let mut rig = Rig::new();
        let invite = rig.calls_out("6001");
        for code in [100, 180, 183, 200, 401, 422, 486] {
            let more = "Contact: <sip:6001@192.0.2.9:5071>\r\nRequire: 100rel\r\nRSeq: 1\r\n\
                Session-Expires: 90;refresher=uac\r\nMin-SE: 100\r\n\
                WWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\n";
            let good = answer(&invite, code, "far", more, SDP).to_string();
            let Ok(response) = Response::try_from(tampered(&good, &mut dice).as_bytes()) else {
                continue;
            };
            let transaction = invite.transaction;
            rig.does(|calls, cx| {
                calls.response(cx, transaction, response, flow());
            });
        }
        rig.orders(Order::Hangup(Cause::NORMAL));
        rig.orders_on(ChannelId(99), Order::Hangup(Cause::NORMAL));
        rig.passes(Duration::from_secs(2_000));
        rig.is_clean();
    }
}
