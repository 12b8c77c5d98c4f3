use super::*;

const CONTACT: &str = "Contact: <sip:6001@127.0.0.1:5071>\nExpires: 60\n";

fn contacts(response: &Response) -> Vec<String> {
    let only = |h: &Header| match h {
        Header::Contact(v) => Some(v.value().to_owned()),
        _ => None,
    };
    response.headers.iter().filter_map(only).collect()
}

#[test]
fn a_phone_comes_and_goes_as_recorded() {
    let mut world = World::new(CONF);
    world.seen();
    world.register("6001", CONTACT, "");
    assert_eq!(world.code(), 200);
    assert_eq!(
        contacts(world.last()),
        ["<sip:6001@127.0.0.1:5071>;expires=60"]
    );
    assert_eq!(
        world.seen(),
        [
            "ChallengeSent 6001",
            "SuccessfulAuth 6001",
            "put registrar/contact/6001;@10e209c6d5a36b7f54478677f98cde95",
            "reach 6001 sip:6001@127.0.0.1:5071",
            "PJSIP/6001 Reachable",
            "sip:6001@127.0.0.1:5071 NonQualified 0us",
        ]
    );
    let shown = world.directory.contacts_of("6001");
    assert_eq!(shown.len(), 1);
    assert_eq!(
        (&*shown[0].user_agent, shown[0].via_port),
        ("refphone", 5071)
    );
    // A refresh is no news.
    world.register("6001", CONTACT, "");
    assert_eq!(
        world.seen()[2..],
        ["put registrar/contact/6001;@10e209c6d5a36b7f54478677f98cde95"]
    );
    world.register(
        "6001",
        "Contact: <sip:6001@127.0.0.1:5071>\nExpires: 0\n",
        "",
    );
    assert_eq!(contacts(world.last()), Vec::<String>::new());
    assert_eq!(
        world.seen()[2..],
        [
            "delete registrar/contact/6001;@10e209c6d5a36b7f54478677f98cde95",
            "reach 6001 ",
            "PJSIP/6001 Unreachable",
            "sip:6001@127.0.0.1:5071 Removed 0us",
        ]
    );
    assert!(world.directory.contacts_of("6001").is_empty());
}

#[test]
fn wrong_secrets_and_unknown_users_get_the_same() {
    let mut world = World::new(CONF);
    world.seen();
    let mut shapes = Vec::new();
    for user in ["6001", "6999"] {
        world.say(&register(user, user, 1, CONTACT, ""));
        let challenge = match world
            .last()
            .headers
            .iter()
            .find(|h| h.name() == "WWW-Authenticate")
        {
            Some(header) => header.value().to_owned(),
            None => panic!("no challenge"),
        };
        let proof = prove(user, "wrong-pass", &challenge, "REGISTER");
        world.say(&register(
            user,
            user,
            2,
            CONTACT,
            &format!("Authorization: {proof}\n"),
        ));
        let shape: Vec<(u16, Vec<String>)> = world.answers[world.answers.len() - 2..]
            .iter()
            .map(|(_, _, r)| {
                let names = r.headers.iter().map(|h| h.name().to_owned()).collect();
                (r.status_code.code(), names)
            })
            .collect();
        shapes.push(shape);
    }
    assert_eq!(shapes[0], shapes[1]);
    assert_eq!(shapes[0][1].0, 401);
    assert_eq!(
        world.seen(),
        [
            "ChallengeSent 6001",
            "ChallengeResponseFailed 6001",
            "InvalidAccountID 6999",
            "ChallengeSent <unknown>",
            "InvalidAccountID 6999",
            "ChallengeResponseFailed <unknown>",
        ]
    );
}

#[test]
fn a_contact_ends_with_its_time() {
    let mut world = World::new(CONF);
    world.register("6001", CONTACT, "");
    world.pass(Duration::from_secs(59));
    assert_eq!(world.core.counts().contacts, 2);
    world.seen();
    world.pass(Duration::from_secs(32));
    assert_eq!(world.core.counts().contacts, 1);
    assert_eq!(
        world.seen().last().unwrap(),
        "sip:6001@127.0.0.1:5071 Removed 0us"
    );
}

#[test]
fn bounds_are_kept() {
    let mut world = World::new(CONF);
    world.register("6001", "Contact: <sip:a@127.0.0.1>;expires=59\n", "");
    assert_eq!(world.code(), 423);
    let least = world
        .last()
        .headers
        .iter()
        .find(|h| h.name() == "Min-Expires")
        .unwrap();
    assert_eq!(least.value(), "60");
    world.register("6001", "Contact: <sip:a@127.0.0.1>;expires=99999\n", "");
    assert_eq!(contacts(world.last()), ["<sip:a@127.0.0.1>;expires=7200"]);
    world.register("6001", "Contact: <sip:a@127.0.0.1>\n", "");
    assert_eq!(contacts(world.last()), ["<sip:a@127.0.0.1>;expires=3600"]);
    // Two are allowed, a third is not, and does not make the others go.
    world.register("6001", "Contact: <sip:b@127.0.0.1>\n", "");
    world.register("6001", "Contact: <sip:c@127.0.0.1>\n", "");
    assert_eq!(world.code(), 403);
    // Asking for nothing tells what there is.
    world.register("6001", "", "");
    assert_eq!(contacts(world.last()).len(), 2);
    for bad in [
        "Contact: *\n",
        "Contact: *\nExpires: 60\n",
        "Contact: nonsense\n",
        "Contact: <x:>\n",
    ] {
        world.register("6001", bad, "");
        assert_eq!(world.code(), 400, "{bad}");
    }
    world.register("6001", "Contact: *\nExpires: 0\n", "");
    assert_eq!((world.code(), contacts(world.last()).len()), (200, 0));
}

#[test]
fn only_ones_own_address_can_be_registered() {
    let mut world = World::new(CONF);
    let text = register("6001", "other", 1, CONTACT, "").replace("To: <sip:6001", "To: <sip:6002");
    world.say(&text);
    let challenge = world
        .last()
        .headers
        .iter()
        .find(|h| h.name() == "WWW-Authenticate");
    let proof = prove("6001", "alice-pass", challenge.unwrap().value(), "REGISTER");
    world.say(&(text.replace("CSeq: 1", "CSeq: 2") + &format!("Authorization: {proof}\n")));
    assert_eq!(world.code(), 404);
    assert_eq!(world.core.counts().contacts, 1);
}

#[test]
fn the_new_one_takes_the_place_of_the_old_one() {
    let mut world = World::new(CONF);
    world.register("6002", "Contact: <sip:6002@10.0.0.1>\n", "");
    // Rewritten, told as it was said.
    assert_eq!(contacts(world.last()), ["<sip:6002@10.0.0.1>;expires=3600"]);
    assert_eq!(
        &*world.directory.contacts_of("6002")[0].uri,
        "sip:6002@127.0.0.1:5071"
    );
    world.from = "127.0.0.2:5072".parse().unwrap();
    world.register(
        "6002",
        "Contact: <sip:6002@10.0.0.1>\n",
        "Path: <sip:p1;lr>, <sip:p2;lr>\n",
    );
    let shown = world.directory.contacts_of("6002");
    assert_eq!(shown.len(), 1);
    assert_eq!(&*shown[0].uri, "sip:6002@127.0.0.2:5072");
    assert_eq!(&*shown[0].path, "<sip:p1;lr>,<sip:p2;lr>");
}

#[test]
fn contacts_are_asked_and_believed() {
    let mut world = World::new(CONF);
    world.register("6002", "Contact: <sip:6002@10.0.0.1>\n", "");
    assert_eq!(world.sent.len(), 1);
    assert_eq!(world.sent[0].1.method, Method::Options);
    assert!(matches!(world.sent[0].2, Target::Flow(flow) if flow == world.flow()));
    world.seen();
    world.now = world.now + Duration::from_micros(1500);
    world.answer(0, 404, &[]);
    assert_eq!(
        world.seen(),
        [
            "reach 6002 sip:6002@127.0.0.1:5071",
            "PJSIP/6002 Reachable",
            "sip:6002@127.0.0.1:5071 Reachable 1500us",
        ]
    );
    world.pass(Duration::from_secs(60));
    let (transaction, ..) = world.sent.remove(0);
    let why = Unanswered::Timeout;
    world
        .core
        .handle(world.now, FromWire::Unanswered { transaction, why });
    world.gather();
    assert_eq!(
        world.seen(),
        [
            "reach 6002 ",
            "PJSIP/6002 Unreachable",
            "sip:6002@127.0.0.1:5071 Unreachable 0us",
        ]
    );
    // One that is asked on demand is asked once at a time.
    world
        .core
        .request(world.now, directory::Request::Qualify("6002".into()));
    world
        .core
        .request(world.now, directory::Request::Qualify("6002".into()));
    world.gather();
    assert_eq!(world.sent.len(), 1);
}

#[test]
fn what_was_stored_is_taken_up_again() {
    let mut first = World::new(CONF);
    first.register("6001", CONTACT, "");
    let stored: Vec<(Text, Text)> = first
        .inputs
        .iter()
        .filter_map(|input| match input {
            Input::Request(engine::request::Request::DatabasePut(family, key, value, _)) => {
                Some((format!("/{family}/{key}").into(), value.clone()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(stored.len(), 1);
    let mut second = World::new(CONF);
    let junk: (Text, Text) = ("/registrar/contact/6001;@x".into(), "{]".into());
    second
        .core
        .back(second.now, Back::Stored(vec![stored[0].clone(), junk]));
    assert_eq!(
        second.directory.contacts_of("6001"),
        first.directory.contacts_of("6001")
    );
    // Past its time it is not.
    let mut third = World::new(CONF);
    let late = third.now + Duration::from_secs(61);
    third.core.back(late, Back::Stored(stored));
    assert!(third.directory.contacts_of("6001").is_empty());
}

#[test]
fn a_scanner_waits_longer_each_time() {
    let mut world = World::new(CONF);
    let mut waits = Vec::new();
    for n in 0..200 {
        let began = world.now;
        let number = world.say(&register(
            &format!("u{n}"),
            &format!("scan{n}"),
            1,
            CONTACT,
            "",
        ));
        while !world.answers.iter().any(|(_, one, _)| *one == number) {
            world.pass(Duration::from_millis(100));
        }
        waits.push(world.now.since(began));
    }
    assert_eq!(waits[..50], [Duration::ZERO; 50]);
    assert!(
        waits[50..].windows(2).all(|pair| pair[0] <= pair[1]),
        "{waits:?}"
    );
    assert_eq!(*waits.last().unwrap(), Duration::from_secs(4));
    assert_eq!(world.core.counts().held, 0);
    // Others are not touched.
    world.from = "127.0.0.3:5071".parse().unwrap();
    let began = world.answers.len();
    world.say(&register("6001", "other", 1, CONTACT, ""));
    assert_eq!(world.answers.len(), began + 1);
    // Whoever is quiet for a while is forgiven.
    world.from = "127.0.0.1:5071".parse().unwrap();
    world.pass(Duration::from_secs(60));
    world.say(&register("6001", "later", 1, CONTACT, ""));
    assert_eq!(world.answers.len(), began + 2);
}

#[test]
fn requests_that_nobody_knows_are_told_so() {
    let mut world = World::new(CONF);
    world.from = "127.0.0.9:5090".parse().unwrap();
    let request = |method: &str, more: &str| {
        format!(
            "{method} sip:100@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.9:5090;branch=z9hG4bK1\n\
             From: <sip:trunk@127.0.0.9>;tag=1\nTo: <sip:100@127.0.0.1>{more}\n\
             Call-ID: x\nCSeq: 1 {method}\n"
        )
    };
    for (method, more, code) in [
        ("BYE", "", 481),
        ("BYE", ";tag=nobody", 481),
        ("SUBSCRIBE", "", 489),
        ("PUBLISH", "", 489),
        ("NOTIFY", "", 405),
        ("OPTIONS", "\nRequire: nothing", 420),
        ("REGISTER", "", 404),
    ] {
        world.say(&request(method, more));
        assert_eq!(world.code(), code, "{method}{more}");
    }
}
