//! What a client is told of SIP, held against what a switch was seen to tell it.

// Long because each action has its recording.

use std::sync::{Arc, Mutex};

use config::Config;
use engine::request::{OrderFailed, Request, Target};
use sip::directory::{self, Contact, ContactStatus, NotifyTarget, contact_id};
use sip::settings::Settings;
use switch::device::DeviceState;
use switch::fact::Fact;
use switch::signal::{Notification, Order};
use switch::{Cause, Text, Time};

use crate::action::testing::Bench;

const CONFIG: &str = include_str!("../../../../testkit/etc/pjsip.conf");
const SHOW: &str = include_str!("../../../../testkit/recordings/pjsip-show.txt");
const REGISTER: &str = include_str!("../../../../testkit/recordings/sip-register.txt");

/// A switch with this pjsip.conf, in which one phone is known to be there or not, and nobody talks.
fn configured(text: &str, phone: DeviceState) -> Bench {
    let bench = Bench::new(move |request| match request {
        Request::Devices(answer) => answer.send(vec![
            ("PJSIP/6001".into(), phone),
            ("PJSIP/6002".into(), phone),
        ]),
        Request::Channels(answer) => answer.send(Vec::new()),
        other => panic!("{other:?}"),
    });
    let config = Config::from_text("pjsip.conf", text).unwrap();
    bench
        .host
        .sip
        .configure(Arc::new(Settings::read(&config, None).0));
    bench
}

/// The requests of a recording's first client, each with all that answers it; values that belong to the run
/// are masked in both.
fn recorded(recording: &str) -> Vec<(String, String)> {
    let mut turns: Vec<(String, String)> = Vec::new();
    let (mut asks, mut told) = (false, String::new());
    for line in recording.lines().chain([""]) {
        if let Some(line) = line.strip_prefix("a>") {
            if !asks {
                turns.push(Default::default());
            }
            asks = true;
            if let Some((request, _)) = turns.last_mut() {
                request.push_str(&format!("{}\n", line.trim()));
            }
        } else if let Some(line) = line.strip_prefix("a<") {
            asks = false;
            told.push_str(&format!("{}\n", line.trim()));
        } else if !told.is_empty() {
            // A packet ends; what came by itself has a privilege.
            if let Some((_, answer)) = turns.last_mut().filter(|_| !told.contains("\nPrivilege:")) {
                answer.push_str(&format!("{told}\n"));
            }
            told.clear();
        }
    }
    turns
}

fn tidy(text: &str) -> String {
    text.lines()
        .map(|line| format!("{}\n", line.trim()))
        .collect()
}

#[test]
fn answers_are_as_recorded() {
    let mut bench = configured(CONFIG, DeviceState::Unavailable);
    bench.host.sip.install(|_| true);
    let turns = recorded(SHOW);
    let asked = turns
        .iter()
        .filter(|(request, _)| request.contains("PJSIP"));
    let mut count = 0;
    for (request, answer) in asked {
        assert_eq!(tidy(&bench.ask(request)), tidy(answer), "{request}");
        count += 1;
    }
    assert_eq!(count, 10);
    bench.host = Default::default();
    assert!(
        bench
            .ask("Action: PJSIPShowEndpoints")
            .contains("Message: No endpoints found")
    );
}

fn phone(aor: &str, host: &str, port: u16, call_id: &str, expires: u64) -> Contact {
    let uri = format!("sip:{aor}@{host}:{port}");
    Contact {
        aor: aor.into(),
        id: contact_id(aor, &uri),
        uri: uri.into(),
        endpoint: aor.into(),
        user_agent: "refphone".into(),
        expires: Time(expires * 1_000_000),
        via_address: host.into(),
        via_port: port,
        call_id: call_id.into(),
        ..Contact::default()
    }
}

#[test]
fn registered_phones_are_as_recorded() {
    let bench = configured(CONFIG, DeviceState::NotInUse);
    let directory = &bench.host.sip;
    directory.put_contact(phone(
        "6001",
        "127.0.0.1",
        5071,
        "1-19233@127.0.0.1",
        1_795_418_256,
    ));
    directory.put_contact(phone(
        "6002",
        "127.0.0.2",
        5072,
        "1-19219@127.0.0.2",
        1_795_418_251,
    ));
    // The core tells of those of the configuration too, and they are not among the registered.
    directory.put_contact(Contact {
        fixed: true,
        ..phone("trunk", "127.0.0.9", 5090, "", 0)
    });
    let turns = recorded(REGISTER);
    let mut asked = turns
        .iter()
        .filter(|(request, _)| request.contains("PJSIP"));
    for _ in 0..3 {
        let (request, answer) = asked.next().unwrap();
        assert_eq!(tidy(&bench.ask(request)), tidy(answer), "{request}");
    }
    directory.remove_contact("6001", "sip:6001@127.0.0.1:5071");
    let (request, answer) = asked.next().unwrap();
    assert_eq!(tidy(&bench.ask(request)), tidy(answer), "{request}");
}

#[test]
fn an_endpoint_with_all_that_belongs_to_it() {
    let bench = configured(
        "[air]\ntype=transport\nbind=127.0.0.1:5060\n\
         [trunk]\ntype=endpoint\nallow=ulaw\naors=trunk\ntransport=air\noutbound_auth=us\n\
         [trunk]\ntype=aor\ncontact=sip:a@10.0.0.1\nqualify_frequency=60\n\
         [us]\ntype=auth\nusername=us\n\
         [trunk]\ntype=identify\nendpoint=trunk\nmatch=10.0.0.1\n",
        DeviceState::NotInUse,
    );
    bench.host.sip.put_contact(Contact {
        fixed: true,
        uri: "sip:a@10.0.0.1".into(),
        via_address: "".into(),
        call_id: "".into(),
        status: ContactStatus::Reachable,
        round_trip: Some(std::time::Duration::from_micros(1234)),
        ..phone("trunk", "", 0, "", 0)
    });
    let told = bench.ask("Action: PJSIPShowEndpoint\nEndpoint: PJSIP/trunk");
    let events: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("Event: "))
        .collect();
    assert_eq!(
        events,
        [
            "Event: EndpointDetail",
            "Event: TransportDetail",
            "Event: AuthDetail",
            "Event: AorDetail",
            "Event: ContactStatusDetail",
            "Event: IdentifyDetail",
            "Event: EndpointDetailComplete",
        ]
    );
    for line in [
        "Bind: 127.0.0.1:5060",
        "TotalContacts: 1",
        "ContactsRegistered: 0",
        "Match: 10.0.0.1/255.255.255.255",
        "RoundtripUsec: 1234",
        "QualifyFrequency: 60",
        "ListItems: 6",
    ] {
        assert!(told.contains(&format!("\n{line}\n")), "{line}\n{told}");
    }
}

#[test]
fn registrations_of_ours() {
    let bench = configured(
        "[one]\ntype=registration\nclient_uri=sip:me@x\nserver_uri=sip:x\noutbound_auth=us\n\
         [two]\ntype=registration\nclient_uri=sip:you@x\nserver_uri=sip:x\n\
         [us]\ntype=auth\nusername=us\n",
        DeviceState::NotInUse,
    );
    let host = &bench.host;
    let now = crate::host::Host::now(host);
    host.sip.put_registration(directory::Registration {
        name: "one".into(),
        status: directory::Registered::Registered,
        next: Some(Time(now.0 + 30_500_000)),
    });
    let told = bench.ask("Action: PJSIPShowRegistrationsOutbound\nActionID: 7");
    assert!(told.contains("ClientUri: sip:me@x\n"), "{told}");
    assert!(
        told.contains("Status: Registered\nNextReg: 30\n\nEvent: AuthDetail\n"),
        "{told}"
    );
    assert!(
        told.contains("Status: Unregistered\nNextReg: 0\n"),
        "{told}"
    );
    let end = "Event: OutboundRegistrationDetailComplete\nActionID: 7\nEventList: Complete\n\
               ListItems: 2\nRegistered: 1\nNotRegistered: 1\n\n";
    assert!(told.ends_with(end), "{told}");

    let orders: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = Arc::clone(&orders);
    let ask =
        |action: &str, name: &str| bench.ask(&format!("Action: {action}\nRegistration: {name}"));
    assert!(ask("PJSIPRegister", "one").contains("Error\nMessage: SIP is not running"));
    host.sip.install(move |order| {
        heard.lock().unwrap().push(format!("{order:?}"));
        true
    });
    assert!(ask("PJSIPRegister", "one").contains("Success\nMessage: Reregistration sent"));
    assert!(ask("PJSIPUnregister", "*all").contains("Success\nMessage: Unregistrations queued."));
    assert!(
        ask("PJSIPRegister", "three").contains("Error\nMessage: Unable to retrieve registration")
    );
    assert!(ask("PJSIPRegister", "").contains("Error\nMessage: Registration parameter missing."));
    let orders = orders.lock().unwrap();
    assert_eq!(
        *orders,
        [
            "Register(\"one\")",
            "Unregister(\"one\")",
            "Unregister(\"two\")"
        ]
    );
}

#[test]
fn subscriptions() {
    let bench = configured(CONFIG, DeviceState::NotInUse);
    let subscription = |event: &str| directory::Subscription {
        role: directory::Role::Notifier,
        endpoint: "6001".into(),
        call_id: "abc".into(),
        state: "ACTIVE",
        caller: "\"Alice\" <6001>".into(),
        event: event.into(),
        resource: "6002".into(),
        context: "default".into(),
        extension_states: "Idle".into(),
        mailboxes: "6001@default".into(),
        expires: Time(0),
    };
    bench.host.sip.put_subscription(1, subscription("dialog"));
    bench
        .host
        .sip
        .put_subscription(2, subscription("message-summary"));
    let told = bench.ask("Action: PJSIPShowSubscriptionsInbound");
    assert!(told.contains(
        "Role: Notifier\nEndpoint: 6001\nCallid: abc\nState: ACTIVE\nCallerid: \"Alice\" <6001>\n\
         SubscriptionType: extension_state\nExtension: 6002\nExtensionStates: Idle\n\n"
    ));
    assert!(told.contains("SubscriptionType: mwi\nMailboxes: 6001@default\n\n"));
    let told = bench.ask("Action: PJSIPShowSubscriptionsOutbound");
    assert!(told.contains("Message: Following are Events for each outbound Subscription\n"));
    assert!(told.contains("ListItems: 0\n"));
}

#[test]
fn maintenance() {
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = Arc::clone(&told);
    let mut bench = Bench::new(move |request| match request {
        Request::Tell(Fact::MaintenanceChanged { device, on, .. }) => {
            heard.lock().unwrap().push(format!("{device} {on}"));
        }
        other => panic!("{other:?}"),
    });
    bench.host.sip = configured(CONFIG, DeviceState::NotInUse).host.sip;
    let set = |state: &str| {
        bench.ask(&format!(
            "Action: PJSIPSetMaintenance\nEndpoint: 6001\nState: {state}"
        ))
    };
    assert!(set("on").starts_with("Response: Success\n"));
    assert!(
        set("on").starts_with("Response: Success\n"),
        "it is already so"
    );
    assert!(set("maybe").starts_with("Response: Error\n"));
    let shown = bench.ask("Action: PJSIPShowMaintenance\nEndpoint: 6001");
    assert!(
        shown.contains("Event: PJSIPMaintenanceStatus\nEndpoint: 6001\nStatus: enabled\n"),
        "{shown}"
    );
    assert!(set("off").starts_with("Response: Success\n"));
    let shown = bench.ask("Action: PJSIPShowMaintenance");
    assert!(
        shown.contains("ListItems: 3\n") && !shown.contains("enabled"),
        "{shown}"
    );
    assert_eq!(*told.lock().unwrap(), ["6001 true", "6001 false"]);
}

#[test]
fn notify() {
    let bench = configured(CONFIG, DeviceState::NotInUse);
    let seen: Arc<Mutex<Option<directory::Notify>>> = Arc::default();
    let taken = Arc::clone(&seen);
    bench.host.sip.install(move |order| {
        if let directory::Request::Notify(notify) = order {
            *taken.lock().unwrap() = Some(*notify);
        }
        true
    });
    let told = bench.ask(
        "Action: PJSIPNotify\nEndpoint: 6001\nVariable: Event=check-sync\nVariable: Content=a=1\nVariable: Content=b",
    );
    assert_eq!(told, "Response: Success\nMessage: NOTIFY sent\n\n");
    let notify = seen.lock().unwrap().take().unwrap();
    assert_eq!(notify.to, NotifyTarget::Endpoint("6001".into()));
    assert_eq!(
        notify.headers,
        [(Text::from("Event"), Text::from("check-sync"))]
    );
    assert_eq!(&*notify.body, "a=1\r\nb");
    for wrong in [
        "Action: PJSIPNotify\nVariable: Event=x",
        "Action: PJSIPNotify\nEndpoint: 6001\nURI: sip:x\nVariable: Event=x",
        "Action: PJSIPNotify\nEndpoint: nobody\nVariable: Event=x",
        "Action: PJSIPNotify\nEndpoint: 6001",
        "Action: PJSIPNotify\nEndpoint: 6001\nVariable: Event",
        "Action: PJSIPNotify\nEndpoint: 6001\nOption: none-such",
    ] {
        assert!(bench.ask(wrong).starts_with("Response: Error\n"), "{wrong}");
    }
    assert!(seen.lock().unwrap().is_none());
}

#[test]
fn a_notify_inside_a_call() {
    let bench = Bench::new(|request| {
        let Request::Order(channel, "PJSIP", Order::Notify { to, content }, reply) = request else {
            panic!("{request:?}");
        };
        assert_eq!(&*to, "");
        let pair = |name: &str, value: &str| (Text::from(name), Text::from(value));
        let said = vec![pair("Event", "talk"), pair("content", "a")];
        assert_eq!(content, Notification::Lines(said));
        reply.send(match &*channel {
            "PJSIP/x-1" => Ok(()),
            "Local/x-1" => Err(OrderFailed::OtherTechnology),
            _ => Err(OrderFailed::NoChannel),
        });
    });
    let notify = |channel: &str| {
        bench.ask(&format!(
            "Action: PJSIPNotify\nChannel: {channel}\nVariable: Event=talk\nVariable: content=a"
        ))
    };
    assert_eq!(
        notify("PJSIP/x-1"),
        "Response: Success\nMessage: NOTIFY sent\n\n"
    );
    for wrong in ["Local/x-1", "PJSIP/y-1"] {
        assert!(notify(wrong).starts_with("Response: Error\n"), "{wrong}");
    }
}

#[test]
fn hanging_up_with_an_answer_of_sip() {
    let bench = Bench::new(|request| match request {
        Request::Order(channel, "PJSIP", Order::Set { name, value }, reply) => {
            assert_eq!(
                (&*channel, name, &*value),
                ("PJSIP/x-1", "response_code", "486")
            );
            reply.send(Ok(()));
        }
        Request::Hangup(Target::Name(_), Cause::BUSY, answer) => answer.send(vec!["x".into()]),
        other => panic!("{other:?}"),
    });
    let hangup = |cause: &str| {
        bench.ask(&format!(
            "Action: PJSIPHangup\nChannel: PJSIP/x-1\nCause: {cause}"
        ))
    };
    assert!(hangup("486").contains("Message: Channel Hungup"));
    assert!(hangup("BUSY_HERE").contains("Message: Channel Hungup"));
    assert!(hangup("USER_BUSY").contains("Message: Channel Hungup"));
    for wrong in ["", "200", "1000", "FINE"] {
        assert!(hangup(wrong).starts_with("Response: Error\n"), "{wrong}");
    }
}
