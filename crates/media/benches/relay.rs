//! A packet's way through a plane: from one phone's socket to the other's, over loopback.

#![allow(missing_docs)]

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use media::codec::{Codec, Decoder, Encoder};
use media::plane::{Plane, Settings};
use media::rtp::Header;
use media::session::{Agreed, Digits, SessionId};
use switch::ChannelId;
use switch::signal::Order;
use switch::sound::Source;

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn phone(plane: &Plane, channel: u64) -> (UdpSocket, SessionId) {
    let socket = UdpSocket::bind((LOCAL, 0)).expect("a port");
    let (session, address) = plane.open(LOCAL).expect("a pair of ports");
    let remote = socket.local_addr().expect("an address");
    socket.connect(address).expect("loopback");
    plane.attach(session, ChannelId(channel));
    plane.agree(
        session,
        &Agreed {
            remote: Some(remote),
            remote_reports: None,
            codecs: vec![(0, Codec::Ulaw)],
            events: None,
            digits: Digits::None,
            packet: Duration::from_millis(20),
            send: true,
            receive: true,
            symmetric: true,
            shares_port: false,
            securing: None,
            reaching: None,
            keys: None,
            patience: [Duration::ZERO; 2],
        },
    );
    (socket, session)
}

fn relay(criterion: &mut Criterion) {
    let plane = Plane::start(Settings::default(), |_| {}).expect("threads");
    let (one, _) = phone(&plane, 1);
    let (two, _) = phone(&plane, 2);
    plane.order(ChannelId(2), Order::Hear(vec![Source::Far(ChannelId(1))]));
    let mut header = Header::default();
    let mut heard = [0; 500];
    criterion.bench_function("relay of one packet, phone to phone", |bencher| {
        bencher.iter(|| {
            header.sequence = header.sequence.wrapping_add(1);
            header.timestamp = header.timestamp.wrapping_add(160);
            let packet = [&header.to_bytes()[..], &[0x55; 160]].concat();
            one.send(&packet).expect("sent");
            two.recv(&mut heard).expect("heard")
        });
    });
}

fn transcode(criterion: &mut Criterion) {
    for codec in Codec::ALL {
        let samples: Vec<i16> = (0..codec.sample_rate() as usize / 50)
            .map(|n| (8_000.0 * (n as f32 * 0.1).sin()) as i16)
            .collect();
        let (mut encoder, mut decoder) = (Encoder::new(codec), Decoder::new(codec));
        let (mut packet, mut out) = (Vec::new(), Vec::new());
        criterion.bench_function(
            &format!("20 ms of {}, both ways", codec.name()),
            |bencher| {
                bencher.iter(|| {
                    packet.clear();
                    out.clear();
                    encoder.encode(black_box(&samples), &mut packet);
                    decoder.decode(&packet, &mut out)
                });
            },
        );
    }
}

criterion_group!(benches, relay, transcode);
criterion_main!(benches);
