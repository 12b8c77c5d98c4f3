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
