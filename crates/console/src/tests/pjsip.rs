//! What the console says of SIP.

use std::sync::{Arc, Mutex};

use sip::directory::{ContactStatus, Debug, Log, Registered, Registration};

use super::{candidates, say, succeeds, with};
use crate::run;

#[test]
fn endpoints() {
    let rule = "=".repeat(90);
    assert_eq!(
        say("pjsip show endpoints"),
        format!(
            "
 Endpoint:  <Endpoint/CID.....................................>  <State.....>  <Channels.>
    I/OAuth:  <AuthId/UserName...........................................................>
        Aor:  <Aor............................................>  <MaxContact>
      Contact:  <Aor/ContactUri..........................> <Hash....> <Status> <RTT(ms)..>
  Transport:  <TransportId........>  <Type>  <cos>  <tos>  <BindAddress..................>
   Identify:  <Identify/Endpoint.........................................................>
        Match:  <criteria.........................>
    Channel:  <ChannelId......................................>  <State.....>  <Time.....>
        Exten: <DialedExten...........>  CLCID: <ConnectedLineCID.......>
{rule}

 Endpoint:  6001/6001                                            Not in use    0 of inf
     InAuth:  6001/6001
        Aor:  6001                                               2
      Contact:  6001/sip:6001@127.0.0.1:5071               10e209c6d5 NonQual         nan

 Endpoint:  6002/6002                                            Unavailable   0 of inf
     InAuth:  6002/6002
        Aor:  6002                                               1

 Endpoint:  trunk                                                Not in use    0 of inf
        Aor:  trunk                                              0
      Contact:  trunk/sip:127.0.0.9:5090                   d12af752fb NonQual         nan
   Identify:  trunk/trunk
        Match: 127.0.0.9/32


Objects found: 3

"
        )
    );
}

#[test]
fn an_endpoint_with_its_options() {
    let told = say("pjsip show endpoint 6001");
    assert!(told.contains("\n Endpoint:  6001/6001   "), "{told}");
    assert!(
        told.contains("\n ParameterName                      : ParameterValue\n ====="),
        "{told}"
    );
    assert!(
        told.contains("\n 100rel                             : yes\n"),
        "{told}"
    );
    assert!(
        told.contains("\n callerid                           : \"Alice\" <6001>\n"),
        "{told}"
    );
    let options = told.split("ParameterValue").nth(1).unwrap();
    let names = options
        .lines()
        .filter_map(|line| line.split_once(" :"))
        .map(|(name, _)| name.trim());
    assert!(names.clone().is_sorted() && names.count() == 138);
    assert_eq!(
        say("pjsip show endpoint nobody"),
        "Unable to find object nobody.\n\nCommand 'pjsip show endpoint nobody' failed.\n"
    );
    assert!(say("pjsip show endpoint").starts_with("Usage: pjsip show endpoint <name>\n"));
}

#[test]
fn the_other_objects() {
    let transports = say("pjsip show transports");
    let line = "\n  Transport:  transport-udp             udp      0      0  127.0.0.1:5060\n";
    assert!(transports.contains(line), "{transports}");
    assert!(say("pjsip show transport transport-udp").contains(" protocol "));
    assert!(say("pjsip show auths").contains("\n       Auth:  6001/6001\n"));
    assert!(say("pjsip show auth 6002").contains(" : bob-pass\n"));
    assert!(say("pjsip show aor trunk").contains(" : sip:127.0.0.9:5090\n"));
    assert!(say("pjsip show identify trunk").contains("        Match: 127.0.0.9/32\n"));
    assert!(
        say("pjsip list endpoints")
            .contains("unk                                                Not in use")
    );
    assert!(!say("pjsip list endpoints").contains("InAuth"));
    let contacts = say("pjsip show contacts");
    assert!(
        contacts.contains("6001/sip:6001@127.0.0.1:5071 ") && contacts.ends_with("found: 2\n\n")
    );
    let contact = say("pjsip show contact 6001/sip:6001@127.0.0.1:5071");
    assert!(
        contact.contains(" uri             : sip:6001@127.0.0.1:5071\n"),
        "{contact}"
    );
    for none in [
        "channels",
        "registrations",
        "subscriptions inbound",
        "subscriptions outbound",
    ] {
        let told = say(&format!("pjsip show {none}"));
        assert!(told.ends_with("\n\nNo objects found.\n\n"), "{told}");
    }
    let settings = say("pjsip show settings");
    assert!(
        settings.contains("Global Settings:\n\n ParameterName "),
        "{settings}"
    );
    assert!(
        settings.contains(" timer_t1 ") && settings.contains(" max_forwards "),
        "{settings}"
    );
}

#[test]
fn a_contact_that_answers() {
    with(async |cx| {
        let directory = cx.host().sip();
        let contact = directory
            .contact("6001", "sip:6001@127.0.0.1:5071")
            .unwrap();
        directory.put_contact(sip::directory::Contact {
            status: ContactStatus::Reachable,
            round_trip: Some(std::time::Duration::from_micros(8217)),
            ..(*contact).clone()
        });
        let told = run(cx, "pjsip show contacts").await.text;
        assert!(told.contains(" 10e209c6d5 Avail         8.217\n"), "{told}");
    });
}

#[test]
fn a_registration_of_ours() {
    with(async |cx| {
        let directory = cx.host().sip();
        let text = "[trunk]\ntype=registration\nclient_uri=sip:me@x\nserver_uri=sip:x\n";
        let config = config::Config::from_text("pjsip.conf", text).unwrap();
        directory.configure(Arc::new(sip::settings::Settings::read(&config, None).0));
        directory.put_registration(Registration {
            name: "trunk".into(),
            status: Registered::Registered,
            next: Some(cx.host().now() + std::time::Duration::from_secs(300)),
        });
        let told = run(cx, "pjsip show registrations").await.text;
        assert!(told.contains("\n trunk/sip:x   "), "{told}");
        assert!(told.contains("  Registered        (exp. 300s)\n"), "{told}");
        let told = run(cx, "pjsip show registration trunk").await.text;
        assert!(told.contains(" : sip:me@x\n"), "{told}");
    });
}

#[test]
fn orders() {
    with(async |cx| {
        let directory = cx.host().sip();
        assert!(
            run(cx, "pjsip qualify 6001")
                .await
                .text
                .starts_with("SIP is not running\n")
        );
        let given: Arc<Mutex<Vec<String>>> = Arc::default();
        let taken = Arc::clone(&given);
        directory.install(move |order| {
            taken.lock().unwrap().push(format!("{order:?}"));
            true
        });
        for line in ["pjsip qualify 6001", "pjsip send notify sync endpoint 6001"] {
            assert!(run(cx, line).await.success, "{line}");
        }
        let expected = [
            "Qualify(\"6001\")",
            "Notify(Notify { to: Endpoint(\"6001\"), headers: [(\"Event\", \"check-sync\")], body: \"\" })",
        ];
        assert_eq!(*given.lock().unwrap(), expected);
        for line in [
            "pjsip qualify nobody",
            "pjsip send notify what endpoint 6001",
            "pjsip send notify sync endpoint nobody",
            "pjsip send register nothing",
        ] {
            assert!(!run(cx, line).await.success, "{line}");
        }
        assert_eq!(given.lock().unwrap().len(), expected.len());
    });
}

#[test]
fn what_the_switch_keeps_itself() {
    with(async |cx| {
        let directory = cx.host().sip();
        let said = run(cx, "pjsip set logger host 10.0.0.1").await.text;
        assert_eq!(said, "PJSIP Logging Enabled for host: 10.0.0.1\n");
        assert_eq!(directory.log(), Log::Host("10.0.0.1".parse().unwrap()));
        assert_eq!(
            run(cx, "pjsip set logger off").await.text,
            "PJSIP Logging disabled\n"
        );
        assert_eq!(directory.log(), Log::Off);
        assert!(run(cx, "pjsip set maintenance 6001 on").await.success);
        assert!(directory.in_maintenance("6001"));
        assert!(
            run(cx, "pjsip show maintenance")
                .await
                .text
                .starts_with("6001\n")
        );
    });
    assert!(succeeds("pjsip reload"));
}

#[test]
fn names_are_completed() {
    assert_eq!(candidates("pjsip show endpoint 600"), ["6001", "6002"]);
    assert_eq!(candidates("pjsip show transport "), ["transport-udp"]);
    assert_eq!(candidates("pjsip send notify "), ["sync"]);
    assert!(candidates("pjsip show ").contains(&"endpoints".to_owned()));
}

#[test]
fn packets_of_sound() {
    with(async |cx| {
        let directory = cx.host().sip();
        assert!(!run(cx, "rtp set debug on").await.success, "nobody can");
        let asked: Arc<Mutex<Vec<(Debug, Log)>>> = Arc::default();
        let taken = Arc::clone(&asked);
        directory.install_debug(move |what, whose| {
            taken.lock().unwrap().push((what, whose));
            true
        });
        assert_eq!(
            run(cx, "rtp set debug on").await.text,
            "RTP Packet Debugging Enabled\n"
        );
        assert!(run(cx, "rtcp set debug ip 127.0.0.1").await.success);
        assert!(!run(cx, "rtp set debug ip pbx").await.success);
        let host = Log::Host("127.0.0.1".parse().unwrap());
        assert_eq!(
            *asked.lock().unwrap(),
            [(Debug::Rtp, Log::All), (Debug::Rtcp, host)]
        );
    });
}

#[test]
fn messages_kept_to_be_looked_at() {
    with(async |cx| {
        let directory = cx.host().sip();
        let with = "127.0.0.1:5071".parse().unwrap();
        assert_eq!(
            run(cx, "pjsip set history on").await.text,
            "PJSIP History enabled\n"
        );
        let message = b"INVITE sip:100@x SIP/2.0\r\nVia: y\r\n\r\n";
        directory.history().passed(false, with, message);
        let text = run(cx, "pjsip show history").await.text;
        let at = directory.history().all()[0].at;
        assert_eq!(
            text,
            format!(
                "No.   Timestamp  (Dir) Address                  SIP Message\n\
                 ===== ========== ============================== ===================================\n\
                 00000 {at} * <== 127.0.0.1:5071           INVITE sip:100@x\n\nObjects found: 1\n\n"
            )
        );
        let one = run(cx, "pjsip show history entry 0").await.text;
        assert!(
            one.ends_with("INVITE sip:100@x SIP/2.0\nVia: y\n\n\n"),
            "{one}"
        );
        assert!(!run(cx, "pjsip show history entry 1").await.success);
        run(cx, "pjsip set history clear").await;
        assert!(directory.history().all().is_empty());
    });
}
