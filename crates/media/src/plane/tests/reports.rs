use std::net::UdpSocket;
use std::time::Duration;

use super::rig::*;
use crate::codec::Codec;
use crate::plane::{Report, Settings};
use crate::rtcp;

fn quick() -> Settings {
    Settings {
        ports: (10_000, 14_999),
        threads: 1,
        report_every: Duration::from_secs(1),
        ..Settings::default()
    }
}

#[test]
fn reports_go_both_ways_and_are_told() {
    let (plane, reports) = plane_with(quick());
    let theirs = UdpSocket::bind((LOCAL, 0)).unwrap();
    theirs
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let mut one = Phone::with(&plane, 1, Codec::Ulaw, |agreed| {
        agreed.remote_reports = Some(theirs.local_addr().unwrap());
    });
    hears(&plane, 1, &[1]);
    for _ in 0..10 {
        one.say(&[1; 160]);
        one.hear();
    }
    let mut datagram = [0; 500];
    let (length, from) = theirs.recv_from(&mut datagram).unwrap();
    assert_eq!(from.port(), one.to.port() + 1);
    let report = rtcp::parse(&datagram[..length]).unwrap().report.unwrap();
    let sending = report.sending.unwrap();
    assert_eq!((sending.packets, sending.octets), (10, 1_600));
    assert_eq!((report.blocks[0].ssrc, report.blocks[0].lost), (0x1234, 0));
    let sent = next(&reports, |report| match report {
        Report::ReportSent(_, sent) => Some(sent.clone()),
        _ => None,
    });
    assert_eq!(sent.packet_type(), 200);
    assert_eq!(
        (sent.ssrc, sent.remote),
        (report.ssrc, theirs.local_addr().unwrap())
    );

    let answer = rtcp::Report {
        ssrc: 0x1234,
        sending: None,
        blocks: vec![rtcp::Block {
            ssrc: report.ssrc,
            lost: 3,
            last_report: rtcp::middle(sending.ntp),
            ..rtcp::Block::default()
        }],
    };
    let bytes = rtcp::write(&answer, "x", false).unwrap();
    theirs.send_to(&bytes, from).unwrap();
    let came = next(&reports, |report| match report {
        Report::ReportReceived(_, came) => Some(came.clone()),
        _ => None,
    });
    assert_eq!((came.packet_type(), came.ssrc), (201, 0x1234));
    assert_eq!(came.blocks, answer.blocks);
    assert!(
        came.round_trip
            .is_some_and(|trip| trip < Duration::from_secs(15))
    );
    assert!(plane.line(switch::ChannelId(9)).is_none());
    let line = plane.line(switch::ChannelId(1)).unwrap();
    assert_eq!((line.local.port(), line.secure), (one.to.port(), false));
    let statistics = plane.close(one.session);
    assert_eq!(statistics.lost[1], 3);
    let [here, there] = statistics.courses;
    assert_eq!((here.lost.most, there.lost.most), (0.0, 3.0));
    assert!(here.opinion.most > 90.0 && there.opinion.most > 0.0);
    let trips = statistics.round_trips;
    assert!(trips.most > 0.0 && trips.least == trips.most);
    // The last thing said is a farewell.
    loop {
        let (length, _) = theirs.recv_from(&mut datagram).unwrap();
        if rtcp::parse(&datagram[..length]).unwrap().bye {
            break;
        }
    }
}

#[test]
fn a_far_end_that_fell_silent_is_told_once() {
    let (plane, reports) = plane_with(quick());
    let one = Phone::with(&plane, 1, Codec::Ulaw, |agreed| {
        agreed.patience = [Duration::from_millis(100); 2];
    });
    next(&reports, |report| {
        matches!(report, Report::Lost(_)).then_some(())
    });
    plane.close(one.session);
    drop(plane);
    while let Ok(report) = reports.recv_timeout(Duration::from_secs(20)) {
        assert!(!matches!(report, Report::Lost(_)));
    }
}
