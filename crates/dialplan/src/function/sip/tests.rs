//! What the dialplan reads and changes of a call that speaks SIP.

use crate::bench::Bench;

#[test]
fn headers_come_and_go() {
    let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
    let headers = [("From", "<sip:1@a>"), ("X-Case", "7"), ("x-case", "8")];
    bench
        .shared
        .borrow_mut()
        .switch
        .channel_mut(id)
        .unwrap()
        .headers = headers
        .map(|(name, value)| (name.into(), value.into()))
        .into();
    for (asked, value) in [
        ("PJSIP_HEADER(read,X-CASE)", "7"),
        ("PJSIP_HEADER(read,X-Case,2)", "8"),
        ("PJSIP_HEADER(read,X-Case,-1)", "8"),
        ("PJSIP_HEADER(read,X-Case,3)", ""),
        ("PJSIP_HEADERS(X-)", "X-Case"),
        ("PJSIP_RESPONSE_HEADER(read,From)", "<sip:1@a>"),
    ] {
        assert_eq!(bench.fill(id, &format!("${{{asked}}}")), value, "{asked}");
    }
    bench.set(id, "PJSIP_HEADER(add,X-One)", "1");
    bench.set(id, "PJSIP_HEADER(add,X-Two)", "2");
    bench.set(id, "PJSIP_HEADER(add,Y-Three)", "3");
    bench.set(id, "PJSIP_HEADER(update,x-two)", "4");
    bench.set(id, "PJSIP_HEADER(remove,Y-*)", "");
    assert!(
        bench
            .try_set(id, true, "PJSIP_HEADER(update,None)", "1")
            .is_err()
    );
    assert!(
        bench
            .try_set(id, true, "PJSIP_HEADER(add,Bad)", "a\r\nb")
            .is_err()
    );
    let attached = bench
        .shared
        .borrow()
        .switch
        .channel(id)
        .unwrap()
        .attached
        .clone();
    let attached: Vec<_> = attached
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    assert_eq!(attached, [("X-One", "1"), ("X-Two", "4")]);
}

#[test]
fn settings_of_a_call_are_read_and_changed() {
    let plan = "exten => go,1,Wait(100)\nexten => out,1,Dial(PJSIP/6001)";
    let mut bench = Bench::new(plan);
    let far = crate::far::FarEnd {
        device: "6001".into(),
        ..Default::default()
    };
    {
        let mut world = bench.shared.borrow_mut();
        world.set_devices("PJSIP", vec![far]);
        world.set_reach("PJSIP", "6001", vec!["sip:6001@a".into()]);
    }
    bench.call("out");
    let id = {
        let world = bench.shared.borrow();
        let all = world.switch.channels().into_iter();
        let of_sip = |id: &switch::ChannelId| {
            world
                .switch
                .view(*id)
                .is_some_and(|view| view.technology == "PJSIP")
        };
        all.into_iter().find(of_sip).unwrap()
    };
    bench.orders();
    // The bench answers with the option's name.
    assert_eq!(bench.fill(id, "${PJSIP_DTMF_MODE()}"), "dtmf_mode");
    assert_eq!(bench.fill(id, "${PJSIP_MEDIA_OFFER(audio)}"), "allow");
    bench.set(id, "PJSIP_DTMF_MODE()", "info");
    bench.set(id, "PJSIP_MEDIA_OFFER(audio)", "ulaw,alaw");
    bench.set(id, "PJSIP_MEDIA_OFFER(video)", "h264");
    bench.set(id, "PJSIP_SEND_SESSION_REFRESH(update)", "");
    assert_eq!(bench.fill(id, "${PJSIP_DTMF_MODE()}"), "info");
    assert_eq!(bench.fill(id, "${PJSIP_MEDIA_OFFER(audio)}"), "ulaw,alaw");
    let order = |name, value: &str| switch::signal::Order::Set {
        name,
        value: value.into(),
    };
    assert_eq!(
        bench.orders(),
        [
            order("dtmf_mode", "info"),
            order("media_offer", "ulaw,alaw"),
            order("session_refresh", "update")
        ]
    );
    for (name, value) in [
        ("PJSIP_DTMF_MODE()", "smoke"),
        ("PJSIP_MEDIA_OFFER(smoke)", "ulaw"),
        ("PJSIP_SEND_SESSION_REFRESH()", "bye"),
        ("PJSIP_MOH_PASSTHROUGH()", "maybe"),
        ("PJSIP_TRANSFER_HANDLING()", "smoke"),
    ] {
        assert!(bench.try_set(id, true, name, value).is_err(), "{name}");
    }
}

#[test]
fn headers_are_left_to_whoever_is_called() {
    let plan = "exten => go,1,Set(PJSIP_INHERITABLE_HEADER(add,X-Case)=7)
        same => n,Set(PJSIP_INHERITABLE_HEADER(add,X-Gone)=8)
        same => n,Set(PJSIP_INHERITABLE_HEADER(remove,X-Gone)=)
        same => n,Dial(Local/next@default)
        exten => next,1,Dial(PJSIP/6001)";
    let mut bench = Bench::new(plan);
    let far = crate::far::FarEnd {
        device: "6001".into(),
        ..Default::default()
    };
    {
        let mut world = bench.shared.borrow_mut();
        world.set_devices("PJSIP", vec![far]);
        world.set_reach("PJSIP", "6001", vec!["sip:6001@a".into()]);
    }
    bench.call("go");
    let attach = bench.orders().into_iter().find_map(|order| match order {
        switch::signal::Order::Attach { name, value } => Some((name, value)),
        _ => None,
    });
    assert_eq!(attach, Some(("X-Case".into(), "7".into())));
}

#[test]
fn all_contacts_of_an_endpoint_are_dialled() {
    let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
    let far = crate::far::FarEnd {
        device: "6001".into(),
        ..Default::default()
    };
    let contacts = vec!["sip:6001@a:5061".into(), "PJSIP/6001/sip:6001@b".into()];
    {
        let mut world = bench.shared.borrow_mut();
        world.set_devices("PJSIP", vec![far]);
        world.set_reach("PJSIP", "6001", contacts);
    }
    for (asked, value) in [
        (
            "PJSIP_DIAL_CONTACTS(6001)",
            "PJSIP/6001/sip:6001@a:5061&PJSIP/6001/sip:6001@b",
        ),
        (
            "PJSIP_DIAL_CONTACTS(6001,,55)",
            "PJSIP/6001/sip:55@a:5061&PJSIP/6001/sip:55@b",
        ),
        ("PJSIP_DIAL_CONTACTS(6002)", ""),
        ("DEVICE_STATE(SIP/6001)", "NOT_INUSE"),
        ("PJSIP_AOR(6001,max_contacts)", "max_contacts"),
        ("CHANNEL(rtp,dest)", "rtp,dest"),
    ] {
        assert_eq!(bench.fill(id, &format!("${{{asked}}}")), value, "{asked}");
    }
}

#[test]
fn addresses_are_taken_apart() {
    let (mut bench, id) = Bench::with_call("exten => s,1,Wait(100)");
    let uri = "\"Ann B\" <sip:ann:pw@[::1]:5070;transport=tcp;lr>;tag=1";
    bench.set(id, "URI", uri);
    for (part, value) in [
        ("display", "Ann B"),
        ("scheme", "sip"),
        ("user", "ann"),
        ("passwd", "pw"),
        ("host", "[::1]"),
        ("port", "5070"),
        ("transport_param", "tcp"),
        ("lr_param", "1"),
        ("ttl_param", ""),
    ] {
        let asked = format!("${{PJSIP_PARSE_URI_FROM(URI,{part})}}");
        assert_eq!(bench.fill(id, &asked), value, "{part}");
    }
    assert_eq!(
        bench.fill(id, "${PJSIP_PARSE_URI(sips:a.example,host)}"),
        "a.example"
    );
    assert_eq!(bench.fill(id, "${PJSIP_PARSE_URI(nonsense,host)}"), "");
    assert_eq!(bench.warnings(), 1);
}
