//! Real sockets on loopback: whatever waits, waits for a message that comes.

use std::future::Future;
use std::sync::Arc;

use switch::Time;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};

use crate::carrier::{Carrier, Spans};
use crate::directory::Directory;
use crate::reply;
use crate::settings;
use crate::wire::{ClientTransaction, FromWire, Target, ToWire, Transport};

const OPTIONS: &str = "OPTIONS sip:100@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:1;rport;branch=z9hG4bKo\r\n\
    From: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:100@127.0.0.1>\r\nCall-ID: c1\r\nCSeq: 1 OPTIONS\r\n\
    Content-Length: 0\r\n\r\n";

pub(super) fn run<F: Future>(test: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(test)
}

pub(super) fn place(name: &str, protocol: Transport, bind: &str) -> Arc<settings::Transport> {
    let mut transport = settings::Transport::default();
    transport.name = name.into();
    transport.protocol = protocol;
    transport.bind = bind.parse().unwrap();
    Arc::new(transport)
}

/// A port that is free now: the settings' 0 stands for SIP's own.
pub(super) fn free() -> u16 {
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap().port()
}

pub(super) fn carrier() -> Carrier {
    Carrier::new(Spans::default(), 1, Arc::new(Directory::default()))
}

impl Carrier {
    /// Waits for the next thing that is the core's.
    pub(super) async fn next(&mut self) -> FromWire {
        loop {
            let mut events = self.take_events();
            if !events.is_empty() {
                assert_eq!(events.len(), 1);
                return events.remove(0);
            }
            let arrived = self.arrived().await;
            self.take(Time(0), arrived);
        }
    }

    async fn answer(&mut self) {
        let FromWire::Request {
            transaction,
            request,
            ..
        } = self.next().await
        else {
            panic!("no request");
        };
        let response = Box::new(reply::to(&request, 200.into(), "ours"));
        self.send(
            Time(0),
            ToWire::Respond {
                transaction,
                response,
            },
        );
    }
}

#[test]
fn datagrams_are_taken_and_answered() {
    run(async {
        let mut carrier = carrier();
        let at = format!("127.0.0.1:{}", free());
        assert_eq!(
            carrier.listen(&[place("udp", Transport::Udp, &at)]),
            Vec::<String>::new()
        );
        let peer = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        // What is empty, random or cut does not stop what comes after it.
        for junk in [&b""[..], b"\r\n\r\n", b"\x00\xff\xfe", b"OPTIONS"] {
            peer.send_to(junk, &at).await.unwrap();
        }
        peer.send_to(OPTIONS.as_bytes(), &at).await.unwrap();
        carrier.answer().await;
        let mut buffer = [0; 2048];
        let length = peer.recv(&mut buffer).await.unwrap();
        let text = std::str::from_utf8(&buffer[..length]).unwrap();
        let port = peer.local_addr().unwrap().port();
        assert!(text.starts_with("SIP/2.0 200 OK\r\n"), "{text}");
        assert!(
            text.contains(&format!("rport={port};received=127.0.0.1")),
            "{text}"
        );
        // What is malformed is told so.
        let bad = OPTIONS.replace("Content-Length: 0", "Content-Length: 99");
        peer.send_to(bad.as_bytes(), &at).await.unwrap();
        let arrived = carrier.arrived().await;
        carrier.take(Time(0), arrived);
        let length = peer.recv(&mut buffer).await.unwrap();
        assert!(buffer[..length].starts_with(b"SIP/2.0 400 Bad Content-Length\r\n"));
    });
}

#[test]
fn a_place_that_is_taken_leaves_the_others() {
    run(async {
        let taken = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let at = taken.local_addr().unwrap().to_string();
        let mut carrier = carrier();
        let failed = carrier.listen(&[
            place("one", Transport::Udp, &at),
            place("two", Transport::Tcp, &format!("127.0.0.1:{}", free())),
        ]);
        assert_eq!(failed.len(), 1, "{failed:?}");
        assert!(failed[0].starts_with(&format!("transport one: cannot listen on udp {at}:")));
        assert_eq!(carrier.sockets.places().len(), 1);
        // A reload that names neither leaves both off.
        assert!(carrier.listen(&[]).is_empty());
        assert!(carrier.sockets.places().is_empty());
    });
}

#[test]
fn a_connection_carries_both_ways() {
    run(async {
        let mut carrier = carrier();
        let at = format!("127.0.0.1:{}", free());
        assert!(
            carrier
                .listen(&[place("tcp", Transport::Tcp, &at)])
                .is_empty()
        );
        let mut peer = TcpStream::connect(&at).await.unwrap();
        let text = OPTIONS.replace("/UDP", "/TCP");
        let (first, second) = text.split_at(50);
        peer.write_all(b"\r\n\r\n").await.unwrap();
        peer.write_all(first.as_bytes()).await.unwrap();
        peer.flush().await.unwrap();
        peer.write_all(second.as_bytes()).await.unwrap();
        let event = carrier.next().await;
        let FromWire::Request {
            transaction,
            request,
            flow,
        } = event
        else {
            panic!("no request");
        };
        assert_eq!(flow.remote, peer.local_addr().unwrap());
        let response = Box::new(reply::to(&request, 200.into(), "ours"));
        carrier.send(
            Time(0),
            ToWire::Respond {
                transaction,
                response,
            },
        );
        let mut pong = [0; 2];
        peer.read_exact(&mut pong).await.unwrap();
        assert_eq!(&pong, b"\r\n");
        let mut start = [0; 14];
        peer.read_exact(&mut start).await.unwrap();
        assert_eq!(&start, b"SIP/2.0 200 OK");
        // A request of ours goes back over it, and is lost with it.
        carrier.send(
            Time(0),
            ToWire::Request {
                transaction: ClientTransaction(1),
                request,
                target: Target::Flow(flow),
            },
        );
        let mut text = Vec::new();
        while !text.windows(8).any(|part| part == b"OPTIONS ") {
            let mut part = [0; 256];
            let length = peer.read(&mut part).await.unwrap();
            text.extend_from_slice(&part[..length]);
        }
        drop(peer);
        let arrived = carrier.arrived().await;
        carrier.take(Time(0), arrived);
        let events = carrier.take_events();
        assert!(
            matches!(events[0], FromWire::Unanswered { .. }),
            "{events:?}"
        );
        assert!(
            matches!(events[1], FromWire::Closed(gone) if gone == flow),
            "{events:?}"
        );
        assert_eq!(carrier.held().clients, 0);
        assert!(carrier.links.is_empty());
    });
}

#[test]
fn a_connection_that_nobody_takes_is_told() {
    run(async {
        let mut carrier = carrier();
        let at = format!("127.0.0.1:{}", free());
        assert!(
            carrier
                .listen(&[place("tcp", Transport::Tcp, &at)])
                .is_empty()
        );
        let text = OPTIONS.replace(
            "sip:100@127.0.0.1",
            &format!("sip:127.0.0.1:{};transport=tcp", free()),
        );
        let Ok(crate::carrier::Message::Request(request)) = crate::carrier::parse(text.as_bytes())
        else {
            panic!("no request");
        };
        let target = Target::Named {
            transport: String::new(),
        };
        let transaction = ClientTransaction(7);
        carrier.send(
            Time(0),
            ToWire::Request {
                transaction,
                request,
                target,
            },
        );
        let arrived = carrier.arrived().await;
        carrier.take(Time(0), arrived);
        let events = carrier.take_events();
        assert!(
            matches!(&events[0], FromWire::Unanswered { transaction: one, .. } if *one == transaction)
        );
        assert_eq!(carrier.held().clients, 0);
    });
}

#[test]
fn one_who_never_ends_a_message_is_cut() {
    run(async {
        let mut carrier = carrier();
        let at = format!("127.0.0.1:{}", free());
        assert!(
            carrier
                .listen(&[place("tcp", Transport::Tcp, &at)])
                .is_empty()
        );
        let mut peer = TcpStream::connect(&at).await.unwrap();
        peer.write_all(&[b'x'; 40_000]).await.unwrap();
        assert!(matches!(carrier.next().await, FromWire::Closed(_)));
        assert!(carrier.links.is_empty());
    });
}
