//! Who can be reached, who tried to get in, and how sound fares.

use std::sync::Arc;
use std::time::Duration;

use switch::Time;
use switch::fact::{
    Attempt, ContactChange, Fact, Incident, PeerChange, RegistryChange, Report, ReportBlock,
    SenderReport,
};

use super::{CHANNEL, called, snap, told};

#[test]
fn a_phone_comes_and_goes() {
    let contact = |status| {
        Fact::ContactChanged(Box::new(ContactChange {
            uri: "sip:6001@127.0.0.1:5071".into(),
            status,
            aor: "6001".into(),
            endpoint: "6001".into(),
            round_trip: Duration::from_micros(1500),
        }))
    };
    assert_eq!(
        told(contact("Reachable")),
        "Event: ContactStatus\nPrivilege: system,all\nURI: sip:6001@127.0.0.1:5071\n\
         ContactStatus: Reachable\nAOR: 6001\nEndpointName: 6001\nRoundtripUsec: 1500\n\n"
    );
    let peer = PeerChange {
        technology: "PJSIP",
        peer: "PJSIP/6001".into(),
        status: "Unreachable",
        cause: "".into(),
        address: None,
        round_trip: None,
    };
    assert_eq!(
        told(Fact::PeerChanged(Box::new(peer.clone()))),
        "Event: PeerStatus\nPrivilege: system,all\nChannelType: PJSIP\nPeer: PJSIP/6001\n\
         PeerStatus: Unreachable\n\n"
    );
    let known = PeerChange {
        cause: "moved".into(),
        address: Some("[::ffff:10.0.0.1]:5060".parse().unwrap()),
        round_trip: Some(Duration::from_millis(12)),
        ..peer
    };
    let known = told(Fact::PeerChanged(Box::new(known)));
    assert!(
        known.ends_with("Cause: moved\nAddress: 10.0.0.1\nPort: 5060\nTime: 12\n\n"),
        "{known}"
    );
}

#[test]
fn a_registration_of_ours() {
    let change = RegistryChange {
        technology: "PJSIP",
        username: "sip:me@example.org".into(),
        domain: "sip:example.org".into(),
        status: "Registered",
        cause: "".into(),
    };
    assert_eq!(
        told(Fact::RegistryChanged(Box::new(change))),
        "Event: Registry\nPrivilege: system,all\nChannelType: PJSIP\nUsername: sip:me@example.org\n\
         Domain: sip:example.org\nStatus: Registered\n\n"
    );
}

#[test]
fn maintenance() {
    let fact = Fact::MaintenanceChanged {
        technology: "PJSIP",
        device: "6001".into(),
        on: true,
    };
    assert_eq!(
        told(fact),
        "Event: PJSIPMaintenanceStatus\nPrivilege: system,all\nEndpoint: 6001\nStatus: enabled\n\n"
    );
}

fn attempt(what: Incident) -> String {
    told(Fact::Attempted(Box::new(Attempt {
        service: "PJSIP",
        account: "6001".into(),
        session: "1-19273@127.0.0.1".into(),
        transport: "UDP",
        local: "127.0.0.1:5060".parse().unwrap(),
        remote: "127.0.0.1:5071".parse().unwrap(),
        what,
    })))
}

#[test]
fn attempts_to_get_in() {
    let head = |event: &str, severity: &str| {
        format!(
            "Event: {event}\nPrivilege: security,all\nEventTV: 2026-11-23T07:15:10.000+0000\n\
             Severity: {severity}\nService: PJSIP\nEventVersion: 1\nAccountID: 6001\n\
             SessionID: 1-19273@127.0.0.1\nLocalAddress: IPV4/UDP/127.0.0.1/5060\n\
             RemoteAddress: IPV4/UDP/127.0.0.1/5071\n"
        )
    };
    assert_eq!(
        attempt(Incident::Challenged("".into())),
        head("ChallengeSent", "Informational") + "Challenge: \n\n"
    );
    assert_eq!(
        attempt(Incident::LetIn { with_secret: true }),
        head("SuccessfulAuth", "Informational") + "UsingPassword: 1\n\n"
    );
    assert_eq!(
        attempt(Incident::UnknownAccount),
        head("InvalidAccountID", "Error") + "\n"
    );
    assert_eq!(
        attempt(Incident::WrongResponse {
            challenge: "1795418195/2b2d".into(),
            response: "fab3".into(),
            expected: "".into(),
        }),
        head("ChallengeResponseFailed", "Error")
            + "Challenge: 1795418195/2b2d\nResponse: fab3\nExpectedResponse: \n\n"
    );
    assert_eq!(
        attempt(Incident::RefusedAddress("office".into())),
        head("FailedACL", "Error") + "ACLName: office\n\n"
    );
    assert_eq!(
        attempt(Incident::NotSupported("PUBLISH".into())),
        head("RequestNotSupported", "Error") + "RequestType: PUBLISH\n\n"
    );
}

#[test]
fn reports_on_sound() {
    let block = ReportBlock {
        ssrc: 0x0102_0304,
        fraction_lost: 3,
        lost: 7,
        highest_sequence: 1000,
        cycles: 1,
        jitter: 0.0125,
        last_report: 77,
        since_last_report: 1.5,
    };
    let sent = Report {
        sent: true,
        peer: "127.0.0.1:4001".parse().unwrap(),
        ssrc: 0xdead_beef,
        sender: Some(SenderReport {
            at: Time(1_795_418_110_000_042),
            rtp_time: 160,
            packets: 5,
            octets: 800,
        }),
        blocks: vec![block],
        round_trip: None,
    };
    let fact = |report: &Report| Fact::Reported {
        channel: snap(called()),
        report: Arc::new(report.clone()),
    };
    let block = "Report0SourceSSRC: 0x01020304\nReport0FractionLost: 3\nReport0CumulativeLost: 7\n\
                 Report0HighestSequence: 1000\nReport0SequenceNumberCycles: 1\nReport0IAJitter: 0.0125\n\
                 Report0LSR: 77\nReport0DLSR: 1.5000\n\n";
    assert_eq!(
        told(fact(&sent)),
        format!(
            "Event: RTCPSent\nPrivilege: reporting,all\n{CHANNEL}SSRC: 0xdeadbeef\nPT: 200(SR)\n\
             To: 127.0.0.1:4001\nReportCount: 1\nSentNTP: 1795418110.000042\nSentRTP: 160\n\
             SentPackets: 5\nSentOctets: 800\n{block}"
        )
    );
    let received = Report {
        sent: false,
        sender: None,
        round_trip: Some(Duration::from_micros(12_300)),
        ..sent
    };
    assert_eq!(
        told(fact(&received)),
        format!(
            "Event: RTCPReceived\nPrivilege: reporting,all\n{CHANNEL}SSRC: 0xdeadbeef\nPT: 201(RR)\n\
             From: 127.0.0.1:4001\nRTT: 0.0123\nReportCount: 1\n{block}"
        )
    );
}
