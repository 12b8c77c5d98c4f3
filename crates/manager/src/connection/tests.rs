//! Conversations, byte for byte.

// Long because the rules of the wire are tested on one connection, one after the other.

use std::time::Duration;

use ::engine::request::Request;
use ami::Dialect;

use crate::limits;
use crate::register::Refused;
use crate::testing::{Fixture, MANAGER_CONF, settings};

const PONG: &str = "Ping: Pong\r\nTimestamp: 1795418099.526950\r\n\r\n";

#[tokio::test(start_paused = true)]
async fn the_first_session_of_every_primer() {
    let fixture = Fixture::new();
    let mut client = fixture.connect().await;
    client
        .send("Action: Login\r\nActionID: login\r\nUsername: admin\r\nSecret: passwd1234\r\nEvents: on\r\n\r\n")
        .await;
    assert_eq!(
        client.segment().await,
        "Response: Success\r\nActionID: login\r\nMessage: Authentication accepted\r\n\r\n",
        "alone in its segment"
    );
    assert_eq!(
        client.packets(2).await,
        "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 72\r\nLastReload: 72\r\n\
         Status: Fully Booted\r\n\r\n\
         Event: SuccessfulAuth\r\nPrivilege: security,all\r\n\
         EventTV: 2026-11-23T07:14:59.526+0000\r\nSeverity: Informational\r\nService: AMI\r\n\
         EventVersion: 1\r\nAccountID: admin\r\nSessionID: 0x000000000001\r\n\
         LocalAddress: IPV4/TCP/127.0.0.1/5038\r\nRemoteAddress: IPV4/TCP/127.0.0.1/4711\r\n\
         UsingPassword: 0\r\nSessionTV: 2026-11-23T07:14:59.526+0000\r\n\r\n"
    );
    client
        .send("Action: Ping\r\nActionID: 1\r\n\r\nAction: Logoff\r\nActionID: 2\r\n\r\n")
        .await;
    assert_eq!(
        client.rest().await,
        format!(
            "Response: Success\r\nActionID: 1\r\n{PONG}\
             Response: Goodbye\r\nActionID: 2\r\nMessage: Thanks for all the fish.\r\n\r\n"
        )
    );
}

#[tokio::test(start_paused = true)]
async fn the_old_dialect_typed_by_hand() {
    let fixture = Fixture::new();
    let mut client = fixture.connect_to(Dialect::Old).await.unwrap();
    client
        .send("Action: login\nUsername: admin\nSecret: passwd1234\n\n")
        .await;
    client.send("Action: logoff\n\n").await;
    assert_eq!(
        client.rest().await,
        "Response: Success\r\nMessage: Authentication accepted\r\n\r\n\
         Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n\r\n"
    );
}

#[tokio::test(start_paused = true)]
async fn framing_does_not_depend_on_where_the_network_cuts() {
    let fixture = Fixture::new();
    let input = "action: ping\r\nactionid: lower\r\n\r\nAction:Ping\r\nActionID:nospace\r\n\r\n\
                 ActionID: last\nAction: Ping\n\n\r\n\r\nActionID: none\r\nFoo: bar\r\n\r\n\
                 no colon at all\r\nAction: Ping\r\nActionID: nocolon\r\n\r\n\
                 Action: \r\nActionID: empty\r\n\r\nAction: NoSuchThing\r\nActionID: unknown\r\n\r\n";
    let missing = "Message: Missing action in request\r\n\r\n";
    let wanted = format!(
        "Response: Success\r\nActionID: lower\r\n{PONG}\
         Response: Success\r\nActionID: nospace\r\n{PONG}\
         Response: Success\r\nActionID: last\r\n{PONG}\
         Response: Error\r\n{missing}Response: Error\r\n{missing}\
         Response: Error\r\nActionID: none\r\n{missing}\
         Response: Success\r\nActionID: nocolon\r\n{PONG}\
         Response: Error\r\nActionID: empty\r\n{missing}\
         Response: Error\r\nActionID: unknown\r\nMessage: Invalid/unknown command: NoSuchThing. \
         Use Action: ListCommands to show available commands.\r\n\r\n"
    );
    for cut in 0..input.len() {
        let mut client = fixture.login("admin", "passwd1234", "off").await;
        let (one, two) = input.split_at(cut);
        client.send(one).await;
        tokio::task::yield_now().await;
        client.send(two).await;
        assert_eq!(client.packets(9).await, wanted, "cut at {cut}");
    }
}

#[tokio::test(start_paused = true)]
async fn before_login_there_is_nothing_but_logging_in() {
    let fixture = Fixture::new();
    let mut client = fixture.connect().await;
    for action in ["Ping", "CoreStatus", "Command", "NoSuchThing"] {
        client
            .send(&format!("Action: {action}\nActionID: 1\n\n"))
            .await;
        assert_eq!(
            client.packet().await,
            "Response: Error\r\nActionID: 1\r\nMessage: Permission denied\r\n\r\n"
        );
    }
    client.send("Action: Logoff\n\n").await;
    assert_eq!(
        client.rest().await,
        "Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n\r\n"
    );
}

#[tokio::test(start_paused = true)]
async fn refused_logins_look_and_take_the_same() {
    let fixture = Fixture::new();
    let logins = [
        "Username: admin\nSecret: wrong\n",
        "Username: admin\n",
        "Username: nobody\nSecret: passwd1234\n",
        "Username: faraway\nSecret: faraway\n",
        "Secret: passwd1234\n",
        "AuthType: MD5\nUsername: admin\nKey: 00000000000000000000000000000000\n",
    ];
    for login in logins {
        let mut client = fixture.connect().await;
        let before = tokio::time::Instant::now();
        client
            .send(&format!(
                "Action: Login\nActionID: 7\n{login}\nAction: Ping\n\n"
            ))
            .await;
        assert_eq!(
            client.rest().await,
            "Response: Error\r\nActionID: 7\r\nMessage: Authentication failed\r\n\r\n",
            "{login}"
        );
        assert_eq!(
            before.elapsed().as_millis() / 10,
            limits::REFUSAL_DELAY.as_millis() / 10
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_challenge_is_answered_and_stays_the_same_until_then() {
    let fixture = Fixture::new();
    let mut client = fixture.connect().await;
    client
        .send("Action: Challenge\nAuthType: SHA1\n\nAction: Challenge\n\n")
        .await;
    let refused = "Response: Error\r\nMessage: Must specify AuthType\r\n\r\n";
    assert_eq!(client.packets(2).await, [refused, refused].concat());
    client.send("action: Challenge\nauthtype: md5\n\n").await;
    let reply = client.packet().await;
    let challenge = reply.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(challenge.parse::<u32>().is_ok(), "{reply}");
    client.send("Action: Challenge\nAuthType: MD5\n\n").await;
    assert_eq!(client.packet().await, reply);
    let key = fixture
        .manager
        .settings()
        .user("admin")
        .unwrap()
        .secret
        .response(&challenge);
    client
        .send(&format!(
            "Action: Login\nAuthType: MD5\nUsername: admin\nKey: {key}\n\n"
        ))
        .await;
    assert_eq!(
        client.packet().await,
        "Response: Success\r\nMessage: Authentication accepted\r\n\r\n"
    );
}

#[tokio::test(start_paused = true)]
async fn logging_in_again_changes_nothing() {
    let fixture = Fixture::new();
    let mut client = fixture.login("watcher", "watch-only", "off").await;
    client
        .send("Action: Login\nActionID: 2\nUsername: admin\nSecret: nope\n\n")
        .await;
    assert_eq!(
        client.packet().await,
        "Response: Success\r\nActionID: 2\r\nMessage: Already authenticated\r\n\r\n"
    );
    client.send("Action: Command\nCommand: x\n\n").await;
    assert_eq!(
        client.packet().await,
        "Response: Error\r\nMessage: Permission denied\r\n\r\n"
    );
}

#[tokio::test(start_paused = true)]
async fn some_users_are_logged_in_once() {
    let fixture = Fixture::new();
    let first = fixture.login("once", "once", "off").await;
    let mut second = fixture.connect().await;
    second
        .send("Action: Login\nUsername: ONCE\nSecret: once\n\n")
        .await;
    assert_eq!(
        second.rest().await,
        "Response: Error\r\nMessage: Login Already In Use\r\n\r\n"
    );
    drop(first);
    tokio::task::yield_now().await;
    fixture.login("once", "once", "off").await;
}

#[tokio::test(start_paused = true)]
async fn whoever_does_not_log_in_is_sent_away() {
    let fixture = Fixture::with("[general]\nenabled = yes\nauthtimeout = 5\nauthlimit = 3\n");
    let before = tokio::time::Instant::now();
    let one = fixture.connect().await;
    let two = fixture.connect().await;
    assert_eq!(
        fixture.connect_to(Dialect::Current).await.err(),
        Some(Refused::StrangersOfAddress)
    );
    assert_eq!(one.rest().await, "");
    assert_eq!(two.rest().await, "");
    assert_eq!(before.elapsed().as_secs(), 5);
    fixture.connect().await;
}

#[tokio::test(start_paused = true)]
async fn the_mask_says_what_comes() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "off").await;
    let mut script = String::new();
    for (n, mask) in ["", "on", "off", "call,user", "nonsense", "call"]
        .into_iter()
        .enumerate()
    {
        script += &format!("Action: Events\nActionID: e{n}\nEventMask: {mask}\n\n");
        script += &format!("Action: UserEvent\nActionID: u{n}\nUserEvent: Loud\n\n");
    }
    client.send(&script).await;
    client.send("Action: Logoff\n\n").await;
    let all = client.rest().await;
    let heads: Vec<&str> = all
        .lines()
        .filter_map(|l| {
            ["Events: ", "ActionID: u", "Message: I"]
                .iter()
                .find(|k| l.starts_with(**k))
                .map(|_| l)
        })
        .collect();
    // A reply and then, where the mask lets it through, the event: its ActionID comes again.
    assert_eq!(
        heads,
        [
            "Message: Invalid event mask",
            "ActionID: u0",
            "Events: On",
            "ActionID: u1",
            "ActionID: u1",
            "Events: Off",
            "ActionID: u2",
            "Events: On",
            "ActionID: u3",
            "ActionID: u3",
            "Events: Off",
            "ActionID: u4",
            "Events: On",
            "ActionID: u5",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_user_event_keeps_its_lines_and_comes_after_its_reply() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "user").await;
    client
        .send_bytes(b"Action: UserEvent\nActionID: u1\nUserEvent: Ticket\nNumber: 42\nNote: caf\xe9\nNote: again\n\n")
        .await;
    assert_eq!(
        client.packets(2).await,
        "Response: Success\r\nActionID: u1\r\nMessage: Event Sent\r\n\r\n\
         Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: Ticket\r\nActionID: u1\r\n\
         Number: 42\r\nNote: caf\u{FFFD}\r\nNote: again\r\n\r\n"
    );
}

#[tokio::test(start_paused = true)]
async fn replies_stay_before_their_events_in_a_long_pipeline() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "user").await;
    let count = 3 * limits::MAX_TURN;
    let script: String = (0..count)
        .map(|n| format!("Action: UserEvent\nActionID: {n}\nUserEvent: E\n\n"))
        .collect();
    client.send(&script).await;
    let (mut replies, mut events) = (0, 0);
    while events < count {
        let packet = client.packet().await;
        let id: usize = packet
            .lines()
            .find_map(|line| line.strip_prefix("ActionID: "))
            .and_then(|id| id.parse().ok())
            .unwrap();
        if packet.starts_with("Response: ") {
            assert_eq!(id, replies);
            replies += 1;
        } else {
            assert_eq!(id, events);
            events += 1;
        }
        assert!(events <= replies, "event {id} came before its reply");
    }
    assert_eq!(replies, count);
}

#[tokio::test(start_paused = true)]
async fn an_action_that_waits_holds_replies_but_not_events() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "user").await;
    client
        .send("Action: Hangup\nActionID: h\nChannel: Local/1\n\nAction: Ping\nActionID: p\n\n")
        .await;
    tokio::task::yield_now().await;
    fixture.user_event("Meanwhile");
    assert!(client.packet().await.contains("UserEvent: Meanwhile\r\n"));
    let request = fixture.engine.requests.lock().unwrap().pop().unwrap();
    let Request::Hangup(_, _, answer) = request else {
        panic!("{request:?}")
    };
    answer.send(vec!["Local/1".into()]);
    fixture.user_event("Effect");
    assert_eq!(
        client.packets(3).await,
        format!(
            "Response: Success\r\nActionID: h\r\nMessage: Channel Hungup\r\n\r\n\
             Response: Success\r\nActionID: p\r\n{PONG}\
             Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: Effect\r\n\r\n"
        )
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_the_engine_drops_is_an_error() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "off").await;
    client.send("Action: Hangup\nChannel: Local/1\n\n").await;
    tokio::task::yield_now().await;
    fixture.engine.requests.lock().unwrap().clear();
    assert_eq!(
        client.packet().await,
        "Response: Error\r\nMessage: The switch is shutting down\r\n\r\n"
    );
}

#[tokio::test(start_paused = true)]
async fn filters_of_the_user_and_of_the_session() {
    let fixture = Fixture::new();
    let mut user = fixture.login("filtered", "filtered", "on").await;
    assert!(
        user.packet().await.starts_with("Event: FullyBooted"),
        "whatever the filters say"
    );
    fixture.user_event("Seen");
    assert!(user.packet().await.contains("UserEvent: Seen"));

    let mut client = fixture.login("admin", "passwd1234", "user").await;
    let filter = |id: &str, lines: &str| format!("Action: Filter\nActionID: {id}\n{lines}\n\n");
    client
        .send(&filter("f1", "Operation: Add\nFilter: Event: UserEvent"))
        .await;
    client
        .send(&filter("f2", "Operation: Add\nFilter: !: Closed"))
        .await;
    client
        .send(&filter("f3", "Operation: Add\nFilter: [unclosed"))
        .await;
    client
        .send(&filter("f4", "Operation: Remove\nFilter: x"))
        .await;
    client
        .send(&filter(
            "f5",
            "Operation: Add\nMatchCriteria: action(exclude),header(UserEvent),method(exact)\nFilter: Dull",
        ))
        .await;
    let answers: Vec<String> = client
        .packets(5)
        .await
        .lines()
        .filter_map(|line| line.strip_prefix("Message: ").map(str::to_owned))
        .collect();
    let wrong = "Filter did not compile.  Check the syntax of the filter given.";
    assert_eq!(
        answers,
        ["Success", "Success", wrong, "Unknown operation", "Success"]
    );
    for name in ["Open", "Closed", "Dull", "Bright"] {
        fixture.user_event(name);
    }
    assert!(client.packet().await.contains("UserEvent: Open\r\n"));
    assert!(client.packet().await.contains("UserEvent: Bright\r\n"));
}

#[tokio::test(start_paused = true)]
async fn a_reload_leaves_sessions_as_they_are() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "user").await;
    let changed = MANAGER_CONF
        .replace("passwd1234", "changed")
        .replace("write = all", "write =");
    fixture.manager.configure(settings(&changed));
    client.send("Action: UserEvent\nUserEvent: Still\n\n").await;
    assert!(client.packets(2).await.contains("UserEvent: Still"));
    let mut second = fixture.connect().await;
    second
        .send("Action: Login\nUsername: admin\nSecret: passwd1234\n\n")
        .await;
    assert!(second.packet().await.contains("Authentication failed"));
}

#[tokio::test(start_paused = true)]
async fn what_passes_a_limit_is_refused_and_the_session_goes_on() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "off").await;
    let long = "x".repeat(ami::limits::MAX_LINE);
    client
        .send(&format!(
            "Action: Ping\nActionID: 1\nNote: {long}\n\nAction: Ping\n\n"
        ))
        .await;
    assert_eq!(
        client.packets(2).await,
        format!(
            "Response: Error\r\nActionID: 1\r\nMessage: Line too long: the limit is 8192 bytes\r\n\r\n\
             Response: Success\r\n{PONG}"
        )
    );
}

#[tokio::test(start_paused = true)]
async fn wait_event_gives_what_there_is_or_gives_up() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "user").await;
    client
        .send("Action: WaitEvent\nActionID: w\nTimeout: 5\n\n")
        .await;
    tokio::task::yield_now().await;
    fixture.user_event("Awaited");
    assert_eq!(
        client.packets(3).await,
        "Response: Success\r\nActionID: w\r\nMessage: Waiting for Event completed.\r\n\r\n\
         Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: Awaited\r\n\r\n\
         Event: WaitEventComplete\r\nActionID: w\r\n\r\n"
    );
    let before = tokio::time::Instant::now();
    client.send("Action: WaitEvent\nTimeout: 5\n\n").await;
    assert_eq!(
        client.packets(2).await,
        "Response: Success\r\nMessage: Waiting for Event completed.\r\n\r\n\
         Event: WaitEventComplete\r\n\r\n"
    );
    assert_eq!(before.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_closes_its_half_still_gets_its_answers() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "off").await;
    client
        .send("Action: Ping\nActionID: 1\n\nAction: Ping\nActionID: 2\n\nAction: Pi")
        .await;
    client.half_close().await;
    assert_eq!(
        client.rest().await,
        format!(
            "Response: Success\r\nActionID: 1\r\n{PONG}Response: Success\r\nActionID: 2\r\n{PONG}"
        )
    );
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_stops_is_told_and_cut_and_nobody_else_notices() {
    let fixture = Fixture::new();
    let mut slow = fixture.login("admin", "passwd1234", "user").await;
    let mut quick = fixture.login("admin", "passwd1234", "user").await;
    let name = "x".repeat(64 * 1024);
    for n in 0..300 {
        fixture.user_event(&format!("{n}{name}"));
        assert!(quick.packet().await.contains(&format!("UserEvent: {n}x")));
    }
    // It reads again after all, within the time that is left to it.
    let mut events = 0;
    let last = loop {
        let packet = slow.packet().await;
        if packet.starts_with("Event: EventsLost") {
            break packet;
        }
        events += 1;
    };
    assert_eq!(
        last,
        format!(
            "Event: EventsLost\r\nPrivilege: system,all\r\nMissed: {}\r\nLimit: 16777216\r\n\r\n",
            // All that were told when it was cut.
            last.lines()
                .find_map(|line| line.strip_prefix("Missed: "))
                .and_then(|missed| missed.parse::<u64>().ok())
                .filter(|missed| (1..=300).contains(&(missed + events)))
                .unwrap()
        )
    );
    assert_eq!(slow.rest().await, "");
    fixture.user_event("after");
    assert!(quick.packet().await.contains("UserEvent: after"));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_takes_nothing_is_dropped() {
    let fixture = Fixture::new();
    let mut client = fixture.dial(Dialect::Current, 1024).unwrap();
    client.line().await;
    client
        .send("Action: Login\nUsername: admin\nSecret: passwd1234\nEvents: user\n\n")
        .await;
    client.packet().await;
    let before = tokio::time::Instant::now();
    fixture.user_event(&"x".repeat(4096));
    client.ended().await;
    assert_eq!(before.elapsed().as_secs(), limits::WRITE_TIMEOUT.as_secs());
    assert!(fixture.manager.connected().is_empty());
}

#[tokio::test(start_paused = true)]
async fn whoever_is_kicked_is_gone() {
    let fixture = Fixture::new();
    let client = fixture.login("admin", "passwd1234", "off").await;
    let connected = fixture.manager.connected();
    assert_eq!(connected.len(), 1);
    assert_eq!(
        connected[0].user.as_ref().map(|user| &*user.name),
        Some("admin")
    );
    assert!(fixture.manager.kick(connected[0].number));
    assert_eq!(client.rest().await, "");
    assert!(fixture.manager.connected().is_empty());
}

#[tokio::test(start_paused = true)]
async fn events_off_is_silence() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "off").await;
    fixture.user_event("Unheard");
    assert!(client.is_quiet().await);
    // Long after any timeout of a login.
    tokio::time::advance(Duration::from_secs(7200)).await;
    client.send("Action: Ping\n\n").await;
    assert_eq!(
        client.packet().await,
        format!("Response: Success\r\n{PONG}")
    );
}

#[tokio::test(start_paused = true)]
async fn what_happened_before_the_end_is_told() {
    let fixture = Fixture::new();
    let mut client = fixture.login("admin", "passwd1234", "user").await;
    client.send("Action: Ping\n\n").await;
    client.packet().await;
    // The session's task does not run between these two.
    fixture.user_event("LastWords");
    fixture.manager.close();
    assert_eq!(
        client.rest().await,
        "Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: LastWords\r\n\r\n"
    );
}
