//! The library's promises.

use std::sync::Arc;
use std::time::Duration;

use ami::Packet;
use ami::action::channel::{CoreShowChannels, Originate};
use ami::action::session::{Ping, UserEvent};
use ami::action::system::Command;

use super::fake::{self, HANG_UP, OLD, TODAY, serve};
use crate::{Client, Error, Events, Login, Options, Told};

async fn connect(address: std::net::SocketAddr) -> Client {
    let client = Client::connect(&address.to_string()).await.unwrap();
    client
        .login(&Login::plain("admin", "secret"))
        .await
        .unwrap();
    client
}

/// The next event of that name; those of the login may come before.
async fn event(events: &mut Events, name: &str) -> Arc<Packet> {
    loop {
        match events.next().await {
            Some(Told::Event(event)) if event.get("Event") == name => return event,
            Some(Told::Event(_)) => {}
            other => panic!("{other:?} in place of an event"),
        }
    }
}

#[tokio::test]
async fn logs_in_by_either_way_calls_and_logs_off() {
    let (address, hub) = serve(TODAY, |_, _| {
        "Response: Success\nMessage: Originate successfully queued\n\n".to_owned()
    });
    for login in [
        Login::plain("admin", "secret"),
        Login::md5("admin", "secret"),
    ] {
        let client = Client::connect(&address.to_string()).await.unwrap();
        assert_eq!(client.greeting().version(), "13.0.0");
        let reply = client.login(&login.events("off")).await.unwrap();
        assert_eq!(reply.message(), "Authentication accepted");
        let call = Originate {
            channel: "Local/100@default".to_owned(),
            variables: vec!["a=1".to_owned(), "b=2".to_owned()],
            ..Originate::default()
        };
        let reply = client.send(&call).await.unwrap().ok().unwrap();
        assert_eq!(reply.message(), "Originate successfully queued");
        client.logoff().await.unwrap();
    }
    let sent = hub.asked("Originate");
    assert_eq!(sent[0].all("Variable").collect::<Vec<_>>(), ["a=1", "b=2"]);
    // By MD5 the secret does not travel.
    let secrets = hub
        .asked("Login")
        .iter()
        .filter(|p| p.find("Secret").is_some())
        .count();
    assert_eq!((hub.asked("Login").len(), secrets), (2, 1));
}

#[tokio::test]
async fn a_wrong_secret_is_said_in_the_words_of_the_switch() {
    let (address, _) = serve(TODAY, fake::unknown);
    for login in [Login::plain("admin", "guess"), Login::md5("admin", "guess")] {
        let client = Client::connect(&address.to_string()).await.unwrap();
        let error = client.login(&login).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the switch does not let this user in: Authentication failed"
        );
    }
}

#[tokio::test]
async fn who_is_no_switch_is_told_apart() {
    let (address, _) = serve("SSH-2.0-OpenSSH_9.6", fake::unknown);
    let error = Client::connect(&address.to_string()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{address} is no manager interface: it said \"SSH-2.0-OpenSSH_9.6\"")
    );
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let free = nobody.local_addr().unwrap();
    drop(nobody);
    let error = Client::connect(&free.to_string()).await.unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error}");
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for_without_end() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let options = Options {
        connect_timeout: Duration::from_millis(1),
        ..Options::default()
    };
    let address = silent.local_addr().unwrap().to_string();
    let error = Client::connect_with(&address, options).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");

    let (address, _) = serve(TODAY, |_, _| String::new());
    let options = Options {
        reply_timeout: Duration::from_millis(1),
        ..Options::default()
    };
    let client = Client::connect_with(&address.to_string(), options)
        .await
        .unwrap();
    let error = client
        .send_packet(Packet::new().with("Action", "Nothing"))
        .await;
    assert!(matches!(error, Err(Error::Timeout { .. })), "{error:?}");
}

#[tokio::test]
async fn a_list_is_one_answer() {
    let (address, _) = serve(TODAY, |packet, _| {
        let id = packet.get("ActionID");
        format!(
            "Response: Success\nEventList: start\nMessage: Channels will follow\n\n\
             Event: CoreShowChannel\nActionID: {id}\nChannel: Local/1\n\n\
             Event: Reload\nModule: all\n\n\
             Event: CoreShowChannel\nActionID: {id}\nChannel: Local/2\n\n\
             Event: CoreShowChannelsComplete\nActionID: {id}\nEventList: Complete\nListItems: 2\n\n"
        )
    });
    let client = connect(address).await;
    let mut events = client.events();
    let reply = client.send(&CoreShowChannels).await.unwrap();
    let channels: Vec<&str> = reply.items.iter().map(|item| item.get("Channel")).collect();
    assert_eq!(channels, ["Local/1", "Local/2"]);
    assert_eq!(reply.complete.as_ref().unwrap().get("ListItems"), "2");
    assert_eq!(reply.packets().count(), 4);
    assert_eq!(event(&mut events, "Reload").await.get("Module"), "all");
}

#[tokio::test]
async fn many_requests_at_once_each_get_their_own_answer() {
    let (address, _) = serve(TODAY, |packet, _| {
        format!("Response: Success\nValue: {}\n\n", packet.get("Variable"))
    });
    let client = connect(address).await;
    let asking: Vec<_> = (0..1_000)
        .map(|number: u32| {
            let client = client.clone();
            tokio::spawn(async move {
                let packet = Packet::new()
                    .with("Action", "Getvar")
                    .with("Variable", &number.to_string());
                let reply = client.send_packet(packet).await.unwrap();
                assert_eq!(reply.get("Value"), number.to_string());
            })
        })
        .collect();
    for asked in asking {
        asked.await.unwrap();
    }
}

#[tokio::test]
async fn events_come_to_every_reader_and_not_as_answers() {
    let (address, _) = serve(TODAY, |packet, hub| {
        let event = format!(
            "Event: UserEvent\nUserEvent: {}\nActionID: {}\n\n",
            packet.get("UserEvent"),
            packet.get("ActionID")
        );
        hub.tell(&event);
        "Response: Success\nMessage: Event Sent\n\n".to_owned()
    });
    let client = connect(address).await;
    let (mut one, mut two) = (client.events(), client.events());
    let action = UserEvent {
        user_event: "Hello".to_owned(),
        rest: Vec::new(),
    };
    assert_eq!(client.send(&action).await.unwrap().message(), "Event Sent");
    for events in [&mut one, &mut two] {
        assert_eq!(event(events, "UserEvent").await.get("UserEvent"), "Hello");
        assert_eq!(events.missed(), 0);
    }
}

#[tokio::test]
async fn a_slow_reader_is_told_what_it_missed_and_delays_no_answer() {
    let (address, _) = serve(TODAY, |_, _| {
        let events = (0..100).map(|number| format!("Event: Number\nNumber: {number}\n\n"));
        events.collect::<String>() + "Response: Success\nMessage: said it\n\n"
    });
    let options = Options {
        events: 4,
        ..Options::default()
    };
    let client = Client::connect_with(&address.to_string(), options)
        .await
        .unwrap();
    let mut events = client.events();
    // A round without ActionIDs: the answer is told by its order.
    let speak = Packet::new().with("Action", "Speak").with("ActionID", "");
    assert_eq!(
        client.send_packet(speak).await.unwrap().message(),
        "said it"
    );
    assert_eq!(events.next().await, Some(Told::Missed(96)));
    for number in 96..100 {
        assert_eq!(
            event(&mut events, "Number").await.get("Number"),
            number.to_string()
        );
    }
    assert_eq!(events.missed(), 96);
}

#[tokio::test]
async fn what_waits_when_the_switch_hangs_up_is_told_so() {
    let (address, _) = serve(TODAY, |_, _| HANG_UP.to_owned());
    let client = connect(address).await;
    let mut events = client.events();
    assert!(client.closed().is_none());
    let error = client
        .send_packet(Packet::new().with("Action", "Die"))
        .await;
    assert!(matches!(error, Err(Error::Closed { .. })), "{error:?}");
    // What was told before is still there to be read.
    while events.next().await.is_some() {}
    assert!(client.closed().is_some());
    let error = client.send(&Ping).await.unwrap_err();
    assert!(matches!(error, Error::Closed { .. }), "{error}");
    assert_eq!(client.events().next().await, None);
    client.logoff().await.unwrap();
}

#[tokio::test]
async fn a_command_reads_alike_in_both_dialects() {
    let today = "Response: Success\nMessage: Command output follows\nOutput: one\nOutput: \n\
                 Output: two\n\n";
    let old = "Response: Follows\nPrivilege: Command\none\n\ntwo\n--END COMMAND--\n\n";
    for (greeting, lines) in [(TODAY, today), (OLD, old)] {
        let (address, _) = serve(greeting, move |packet, _| {
            // The old dialect has its ActionID after the privilege, which the switch above does not know.
            let id = format!("Privilege: Command\nActionID: {}\n", packet.get("ActionID"));
            match lines.contains("Follows\n") {
                true => format!("{HANDMADE}{}", lines.replace("Privilege: Command\n", &id)),
                false => lines.to_owned(),
            }
        });
        let client = connect(address).await;
        let command = Command {
            command: "core show channels".to_owned(),
        };
        let reply = client.send(&command).await.unwrap();
        assert_eq!(
            reply.output().collect::<Vec<_>>(),
            ["one", "", "two"],
            "{greeting}"
        );
        assert!(reply.ok().is_ok());
        client.logoff().await.unwrap();
    }
}

/// An empty event, whose ActionID line goes in its own place and not into what follows.
const HANDMADE: &str = "Event: Handmade\n\n";

#[tokio::test]
async fn dropping_the_client_ends_the_stream() {
    let (address, _) = serve(TODAY, fake::unknown);
    let client = connect(address).await;
    let mut events = client.events();
    drop(client);
    while events.next().await.is_some() {}
}
