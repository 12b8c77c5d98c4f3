use super::*;

const TRUNK: &str = "
[transport-udp]
type = transport
protocol = udp
bind = 127.0.0.1:5060

[trunk]
type = registration
client_uri = sip:me@192.0.2.1
server_uri = sip:192.0.2.1
contact_user = inbound
outbound_auth = trunk
expiration = 300
retry_interval = 30
forbidden_retry_interval = 600

[trunk]
type = auth
auth_type = userpass
username = me
password = secret
";

const CHALLENGE: (&str, &str) = (
    "WWW-Authenticate",
    "Digest realm=\"far\",nonce=\"abc\",algorithm=MD5,qop=\"auth\"",
);

fn header(request: &Request, name: &str) -> String {
    crate::carrier::message::value(&request.headers, name)
        .unwrap_or_default()
        .to_owned()
}

fn state(world: &World) -> directory::Registered {
    world.directory.registration("trunk").unwrap().status
}

#[test]
fn a_registration_is_made_proved_and_kept() {
    let mut world = World::new(TRUNK);
    world.pass(Duration::ZERO);
    assert_eq!(world.sent.len(), 1);
    let first = world.sent[0].1.clone();
    assert_eq!(first.uri.to_string(), "sip:192.0.2.1");
    assert_eq!(header(&first, "Contact"), "<sip:inbound@127.0.0.1:5060>");
    assert_eq!(header(&first, "Expires"), "300");
    world.answer(0, 401, &[CHALLENGE]);
    let second = world.sent[0].1.clone();
    assert!(header(&second, "Authorization").contains("username=\"me\""));
    assert_eq!(header(&second, "CSeq"), "2 REGISTER");
    assert_eq!(header(&second, "Call-ID"), header(&first, "Call-ID"));
    world.seen();
    let contact = header(&second, "Contact") + ";expires=120";
    world.answer(0, 200, &[("Contact", &contact)]);
    assert_eq!(world.seen(), ["registry sip:192.0.2.1 Registered "]);
    assert_eq!(state(&world), directory::Registered::Registered);
    // Some seconds before its end it is sent again, which is no news.
    world.pass(Duration::from_secs(99));
    assert!(world.sent.is_empty());
    world.pass(Duration::from_secs(1));
    assert_eq!(header(&world.sent[0].1, "CSeq"), "3 REGISTER");
    world.answer(0, 200, &[("Expires", "300")]);
    assert_eq!(world.seen(), Vec::<String>::new());
    // It is taken back at the end.
    world.core.stop(world.now);
    world.gather();
    assert_eq!(header(&world.sent[0].1, "Expires"), "0");
    world.answer(0, 200, &[]);
    assert_eq!(world.seen(), ["registry sip:192.0.2.1 Unregistered "]);
    assert_eq!(world.core.counts().waiting, 0);
    world.pass(Duration::from_secs(3600));
    assert!(world.sent.is_empty());
}

#[test]
fn a_server_that_is_down_is_met_less_and_less() {
    let mut world = World::new(TRUNK);
    let mut moments = Vec::new();
    world.pass(Duration::ZERO);
    for _ in 0..5 {
        moments.push(world.now);
        world.answer(0, 503, &[]);
        while world.sent.is_empty() {
            world.pass(Duration::from_secs(1));
        }
    }
    let waits: Vec<u64> = moments
        .windows(2)
        .map(|m| m[1].since(m[0]).as_secs())
        .collect();
    assert_eq!(waits, [30, 60, 120, 240]);
    assert_eq!(state(&world), directory::Registered::Rejected);
}

#[test]
fn a_refused_proof_is_the_end() {
    let mut world = World::new(TRUNK);
    world.pass(Duration::ZERO);
    world.answer(0, 401, &[CHALLENGE]);
    world.answer(0, 401, &[CHALLENGE]);
    assert_eq!(state(&world), directory::Registered::Rejected);
    world.pass(Duration::from_secs(7200));
    assert!(world.sent.is_empty());
    // Somebody asks for it.
    world
        .core
        .request(world.now, directory::Request::Register("trunk".into()));
    world.pass(Duration::ZERO);
    assert_eq!(world.sent.len(), 1);
    // What the other side wants at least is asked for.
    world.answer(0, 423, &[("Min-Expires", "900")]);
    assert_eq!(header(&world.sent[0].1, "Expires"), "900");
}

#[test]
fn a_text_goes_out() {
    let mut world = World::new(CONF);
    let sent = Arc::new(Mutex::new(None));
    let told = Arc::clone(&sent);
    let message = |to: &str, reply| {
        directory::Request::Message(Box::new(directory::Message {
            to: to.into(),
            to_header: "".into(),
            from: "Boss".into(),
            body: "hello".into(),
            headers: vec![("X-Kind".into(), "test".into())],
            reply,
        }))
    };
    let reply = engine::request::Responder::new(move |well| *told.lock().unwrap() = Some(well));
    world.core.request(world.now, message("pjsip:open", reply));
    world.gather();
    assert_eq!(*sent.lock().unwrap(), Some(true));
    let request = &world.sent[0].1;
    assert_eq!(
        (request.uri.to_string().as_str(), &request.body[..]),
        ("sip:127.0.0.9:5090", &b"hello"[..])
    );
    assert!(header(request, "From").starts_with("<sip:Boss@127.0.0.1"));
    assert_eq!(header(request, "X-Kind"), "test");
    assert_eq!(header(request, "Contact"), "");
    world.answer(0, 202, &[]);
    assert_eq!(world.core.counts().waiting, 0);
    let told = Arc::clone(&sent);
    let reply = engine::request::Responder::new(move |well| *told.lock().unwrap() = Some(well));
    world.core.request(world.now, message("pjsip:6001", reply));
    assert_eq!(*sent.lock().unwrap(), Some(false));
}

#[test]
fn a_line_tells_whose_call_comes_back() {
    let lined = TRUNK.replace("client_uri", "line = yes\nendpoint = trunk\nclient_uri")
        + "\n[trunk]\ntype = endpoint\ncontext = default\nallow = ulaw\n";
    let mut world = World::new(&lined);
    world.pass(Duration::ZERO);
    let contact = header(&world.sent[0].1, "Contact");
    let token = contact
        .strip_prefix("<sip:inbound@127.0.0.1:5060;line=")
        .and_then(|rest| rest.strip_suffix('>'))
        .unwrap()
        .to_owned();
    world.from = "203.0.113.7:5060".parse().unwrap();
    let options = |token: &str, n: u32| {
        format!(
            "OPTIONS sip:127.0.0.1:5060;line={token} SIP/2.0\nVia: SIP/2.0/UDP 203.0.113.7;branch=z9hG4bK{n}\n\
             From: <sip:a@203.0.113.7>;tag=1\nTo: <sip:x@127.0.0.1>\nCall-ID: o{n}\nCSeq: 1 OPTIONS\n"
        )
    };
    world.say(&options(&token, 1));
    assert_eq!(world.code(), 200);
    // A token that nobody was given is nobody's.
    world.seen();
    world.say(&options("0123456789", 2));
    world.pass(Duration::from_secs(5));
    assert_eq!(world.code(), 401);
    assert!(world.seen().contains(&"InvalidAccountID a".to_owned()));
}

#[test]
fn who_does_not_answer_in_time_is_not_there() {
    let mut world = World::new(CONF);
    let contact = "Contact: <sip:6002@192.0.2.9:5062>\n";
    world.register("6002", contact, "");
    assert_eq!(world.code(), 200);
    world.answer(0, 200, &[]);
    let status = |world: &World| world.core.contacts.of("6002").next().unwrap().status;
    assert_eq!(status(&world), crate::contacts::Status::Reachable);
    world.pass(Duration::from_secs(60));
    assert_eq!(world.sent.len(), 1);
    world.pass(Duration::from_millis(2999));
    assert_eq!(status(&world), crate::contacts::Status::Reachable);
    world.pass(Duration::from_millis(1));
    assert_eq!(status(&world), crate::contacts::Status::Unreachable);
    // What comes late is no news; the next question is.
    world.answer(0, 200, &[]);
    assert_eq!(status(&world), crate::contacts::Status::Unreachable);
    world.pass(Duration::from_secs(57));
    world.answer(0, 200, &[]);
    assert_eq!(status(&world), crate::contacts::Status::Reachable);
}

#[test]
fn a_contact_that_is_over_is_not_called_though_nobody_has_looked() {
    let mut world = World::new(CONF);
    let contact = "Contact: <sip:6001@192.0.2.9:5062>;expires=60\n";
    world.register("6001", contact, "");
    assert_eq!(world.code(), 200);
    let aors = ["6001".into()];
    let at = |world: &World, span| world.core.contacts.best(&aors, world.now + span).is_some();
    assert!(at(&world, Duration::from_secs(59)));
    assert!(!at(&world, Duration::from_secs(60)));
    assert_eq!(world.core.contacts.of("6001").count(), 1);
}
