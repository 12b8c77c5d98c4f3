use super::*;

const MORE: &str = "
[desk]
type = endpoint
context = default
disallow = all
allow = ulaw
aors = desk
mailboxes = 1@a,2@a
mwi_from_user = *97
voicemail_extension = 8500

[desk]
type = aor
contact = sip:127.0.0.9:5090
mailboxes = 1@a

[desk]
type = identify
endpoint = desk
match = 127.0.0.9
";

/// A switch with one phone, which was told what waits from the start.
fn world(options: &str) -> World {
    let (head, _) = CONF.split_once("[open]").unwrap();
    let more = MORE.replace("mwi_from_user", &format!("{options}\nmwi_from_user"));
    let mut world = World::new(&format!("{head}{more}"));
    world.from = "127.0.0.9:5090".parse().unwrap();
    assert!(world.sent.is_empty());
    let all = vec![("1@a".into(), Mailbox { new: 1, old: 0 })];
    world.core.back(world.now, Back::Mailboxes(all));
    world.gather();
    world
}

fn change(world: &mut World, name: &str, new: u32, old: u32) {
    let mailbox = Mailbox { new, old };
    world.core.mailbox_changed(world.now, &name.into(), mailbox);
    world.gather();
}

/// The bodies of what was sent, which is answered.
fn told(world: &mut World) -> Vec<String> {
    let mut told = Vec::new();
    while let Some((_, request, _)) = world.sent.first() {
        assert_eq!(request.method, Method::Notify);
        told.push(String::from_utf8(request.body.clone()).unwrap());
        world.answer(0, 200, &[]);
    }
    told
}

fn subscribe(cseq: u32, to: &str, more: &str) -> String {
    format!(
        "SUBSCRIBE sip:desk@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.9:5090;branch=z9hG4bKm{cseq}\n\
         From: <sip:desk@127.0.0.9>;tag=watcher\nTo: <sip:desk@127.0.0.1>{to}\nCall-ID: watch\n\
         CSeq: {cseq} SUBSCRIBE\nContact: <sip:desk@127.0.0.9:5090>\nEvent: message-summary\n\
         Accept: application/simple-message-summary\n{more}"
    )
}

#[test]
fn a_phone_is_told_without_asking() {
    let mut world = world("");
    let (_, first, _) = &world.sent[0];
    let value = |name| crate::carrier::message::value(&first.headers, name).unwrap();
    assert_eq!(value("Event"), "message-summary");
    assert_eq!(value("Subscription-State"), "active");
    assert_eq!(value("Content-Type"), "application/simple-message-summary");
    assert!(value("From").starts_with("<sip:*97@127.0.0.1>;tag="));
    assert_eq!(first.uri.to_string(), "sip:127.0.0.9:5090");
    assert_eq!(
        told(&mut world),
        [
            "Messages-Waiting: yes\r\nMessage-Account: sip:8500@127.0.0.1\r\n\
             Voice-Message: 1/0 (0/0)\r\n"
        ]
    );
    change(&mut world, "2@a", 2, 5);
    let sum = told(&mut world);
    assert_eq!(sum.len(), 1);
    assert!(sum[0].ends_with("Voice-Message: 3/5 (0/0)\r\n"));
    change(&mut world, "3@a", 9, 9);
    assert!(told(&mut world).is_empty());
    change(&mut world, "1@a", 0, 0);
    change(&mut world, "2@a", 0, 5);
    let none = told(&mut world);
    assert!(none[1].starts_with("Messages-Waiting: no\r\n"));
    assert!(none[1].ends_with("0/5 (0/0)\r\n"));
    assert_eq!(world.core.counts().waiting, 0);
}

#[test]
fn mailboxes_are_told_one_by_one_where_that_is_wanted() {
    let mut world = world("aggregate_mwi = no");
    assert_eq!(told(&mut world).len(), 2);
    change(&mut world, "2@a", 2, 0);
    let one = told(&mut world);
    assert_eq!(one.len(), 1);
    assert!(one[0].ends_with("2/0 (0/0)\r\n"));
}

#[test]
fn rfc_3842_who_subscribes_is_told() {
    let mut world = world("mwi_subscribe_replaces_unsolicited = yes");
    told(&mut world);
    world.say(&subscribe(1, "", "Expires: 600\n"));
    assert_eq!(world.code(), 200);
    let tag = reply::to_tag(&world.last().headers).unwrap().to_owned();
    assert!(told(&mut world)[0].ends_with("1/0 (0/0)\r\n"));
    let shown = world.directory.subscriptions();
    assert_eq!(&*shown[0].mailboxes, "1@a");
    // The subscription takes the place of what came unasked.
    change(&mut world, "2@a", 7, 0);
    assert!(told(&mut world).is_empty());
    change(&mut world, "1@a", 4, 1);
    let news = told(&mut world);
    assert_eq!(news.len(), 1);
    assert!(news[0].ends_with("4/1 (0/0)\r\n"));
    world.say(&subscribe(2, &format!(";tag={tag}"), "Expires: 0\n"));
    assert_eq!(told(&mut world).len(), 1);
    change(&mut world, "1@a", 5, 1);
    assert!(told(&mut world)[0].ends_with("12/1 (0/0)\r\n"));
}

#[test]
fn who_is_told_already_need_not_subscribe() {
    let mut world = world("");
    told(&mut world);
    world.say(&subscribe(1, "", ""));
    assert_eq!(world.code(), 500);
    assert_eq!(world.core.counts().subscriptions, 0);
}

#[test]
fn a_phone_that_began_anew_is_told_again() {
    let conf = CONF.replace("aors = 6002", "aors = 6002\nmailboxes = 100@default");
    let mut world = World::new(&conf);
    world.core.back(world.now, Back::Mailboxes(Vec::new()));
    let contact = "Contact: <sip:6002@127.0.0.1:5071>\nExpires: 60\n";
    world.register("6002", contact, "");
    assert_eq!(world.code(), 200);
    assert!(
        !world
            .sent
            .iter()
            .any(|(_, r, _)| r.method == Method::Notify)
    );
    let notified = |world: &mut World| {
        world.pass(Duration::ZERO);
        let is = |request: &Request| request.method == Method::Notify;
        let count = world.sent.iter().filter(|(_, r, _)| is(r)).count();
        world.sent.clear();
        count
    };
    assert_eq!(notified(&mut world), 1);
    world.register("6002", contact, "");
    assert_eq!(notified(&mut world), 0);
    let call = "call-anew";
    world.say(&super::register("6002", call, 1, contact, ""));
    let challenge = world
        .last()
        .headers
        .iter()
        .find_map(|h| match h {
            Header::WwwAuthenticate(v) => Some(v.value().to_owned()),
            _ => None,
        })
        .unwrap();
    let proof = prove("6001", "alice-pass", &challenge, "REGISTER");
    let more = format!("Authorization: {proof}\n");
    world.say(&super::register("6002", call, 2, contact, &more));
    assert_eq!(world.code(), 200);
    assert_eq!(notified(&mut world), 1);
}
