//! Originate: what is refused, and what the engine is given.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ami::Permission;
use dialplan::script::Plan;
use dialplan::script::plan::{NewStep, PBX_CONFIG, Priority};
use engine::request::{Originate, OriginateFailed, Request};
use switch::Text;
use switch::fact::OriginateTarget;

use super::{error, success};
use crate::action::testing::Bench;
use crate::tell::testing::party;

/// A switch whose dialplan has `101@default`, priority 1 with the label `start`, and that keeps orders.
fn originating(outcome: Result<(), OriginateFailed>) -> (Bench, Arc<Mutex<Vec<Originate>>>) {
    let orders = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&orders);
    let bench = Bench::new(move |request| match request {
        Request::Plan(answer) => {
            let registrar = Text::from(PBX_CONFIG);
            let mut plan = Plan::new();
            plan.add_context("default", &registrar);
            let step = NewStep {
                exten: "101",
                caller: None,
                priority: Priority::Number(1),
                label: Some("start"),
                application: "Answer",
                data: "",
                registrar: &registrar,
                source: None,
            };
            plan.add_extension("default", &step, false).unwrap();
            answer.send(Arc::new(plan));
        }
        Request::Originate(order, answer) => {
            kept.lock().unwrap().push(*order);
            answer.send(outcome);
        }
        other => panic!("{other:?}"),
    });
    (bench, orders)
}

#[test]
fn an_order_that_makes_no_sense_is_refused() {
    let (bench, orders) = originating(Ok(()));
    let originate = |rest| bench.ask(&format!("Action: Originate\nActionID: 1\n{rest}"));
    assert_eq!(originate(""), error("Channel not specified"));
    assert_eq!(
        originate("Channel: Local/101@default"),
        error("Originate with 'Exten' requires 'Context' and 'Priority'")
    );
    assert_eq!(
        originate("Channel: Local/101@default\nContext: default\nExten: 101\nPriority: x"),
        error("Invalid priority")
    );
    assert_eq!(
        originate("Channel: Local\nApplication: Wait"),
        error("Invalid channel")
    );
    assert_eq!(
        originate("Channel: Local/101@default\nApplication: Wait\nTimeout: never"),
        error("Invalid timeout")
    );
    assert_eq!(
        originate("Channel: Local/1\nContext: default\nExten: none\nPriority: 1"),
        error("Extension does not exist.")
    );
    assert!(orders.lock().unwrap().is_empty());
}

#[test]
fn an_order_of_everything() {
    let (mut bench, orders) = originating(Ok(()));
    bench.user.variables = vec![("CAMPAIGN".into(), "autumn".into())];
    let reply = bench.ask(
        "Action: Originate\nActionID: o1\nChannel: Local/101@default/n\nApplication: Wait\nData: 600\n\
         CallerID: \"Click To Call\" <5551000>\nVariable: TICKET=42\nVariable: __DEEP=yes\n\
         Account: acme\nTimeout: 5000\nAsync: true\nEarlyMedia: yes\nCodecs: ulaw,alaw\n\
         ChannelId: my-id-1\nOtherChannelId: my-id-2\nPreDialGoSub: sub,s,1",
    );
    assert_eq!(
        reply,
        "Response: Success\nActionID: o1\nMessage: Originate successfully queued\n\n"
    );
    let orders = orders.lock().unwrap();
    let order = &orders[0];
    assert_eq!(
        (&*order.technology, &*order.destination),
        ("Local", "101@default/n")
    );
    let OriginateTarget::Application { application, data } = &order.target else {
        panic!()
    };
    assert_eq!((&**application, &**data), ("Wait", "600"));
    assert_eq!(order.caller, party("5551000", "Click To Call"));
    let pair = |name: &str, value: &str| (Text::from(name), Text::from(value));
    assert_eq!(
        order.variables,
        [
            pair("CAMPAIGN", "autumn"),
            pair("TICKET", "42"),
            pair("__DEEP", "yes")
        ]
    );
    assert_eq!(order.timeout, Duration::from_secs(5));
    assert!(order.run_alone && order.early_media);
    assert_eq!(&*order.action_id, "o1");
    assert_eq!(
        (&*order.channel_id, &*order.other_channel_id),
        ("my-id-1", "my-id-2")
    );
    assert_eq!(order.codecs, [Text::from("ulaw"), Text::from("alaw")]);
    assert_eq!(&*order.pre_dial, "sub,s,1");
}

#[test]
fn a_label_is_a_priority() {
    let (bench, orders) = originating(Ok(()));
    bench.ask("Action: Originate\nChannel: Local/1\nContext: default\nExten: 101\nPriority: start");
    let OriginateTarget::Extension { priority, .. } = orders.lock().unwrap()[0].target else {
        panic!()
    };
    assert_eq!(priority, 1);
}

#[test]
fn an_order_that_fails() {
    let request = "Action: Originate\nActionID: 1\nChannel: NoTech/1\nApplication: Wait";
    let (bench, _) = originating(Err(OriginateFailed::Reason(0)));
    assert_eq!(bench.ask(request), error("Originate failed"));
    let (bench, _) = originating(Err(OriginateFailed::Stopping));
    assert_eq!(bench.ask(request), error("Asterisk is shutting down"));
}

#[test]
fn applications_that_run_programs_need_the_permission() {
    let (mut bench, _) = originating(Ok(()));
    let request = "Action: Originate\nActionID: 1\nChannel: Local/1\nApplication: System\nData: id";
    assert_eq!(bench.ask(request), success("Originate successfully queued"));
    bench.user.write = Permission::ORIGINATE;
    let forbidden = error("Originate Access Forbidden: app or data blacklisted");
    assert_eq!(bench.ask(request), forbidden);
    let request = "Action: Originate\nActionID: 1\nChannel: Local/1\nApplication: NoOp\n\
                   Variable: FILE(/etc/passwd)=x";
    assert_eq!(bench.ask(request), forbidden);
}
