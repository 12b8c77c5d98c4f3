//! The whole driver on loopback, with an engine that takes everything down.

use std::net::UdpSocket;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Instant, SystemTime};

use config::Config;
use media::session::{Agreed, SessionId, Statistics};
use switch::fact::Fact;

use super::*;

struct Silence;

impl Sound for Silence {
    fn open(&mut self, _: std::net::IpAddr) -> io::Result<(SessionId, std::net::SocketAddr)> {
        Err(io::Error::other("no sound here"))
    }
    fn attach(&mut self, _: SessionId, _: ChannelId) {}
    fn agree(&mut self, _: SessionId, _: Agreed) {}
    fn digit(&mut self, _: SessionId, _: char, _: Option<Duration>) {}
    fn close(&mut self, _: SessionId) -> Statistics {
        Statistics::default()
    }
}

/// An engine whose queue is full every other time.
struct Full(Sender<Input>, bool);

impl ToEngine for Full {
    fn send(&mut self, input: Input) -> Result<(), Refused> {
        self.1 = !self.1;
        match self.1 {
            true => Err(Refused::Full(Box::new(input))),
            false => self.0.send(input).map_err(|_| Refused::Gone),
        }
    }
}

fn settings(port: u16) -> Settings {
    let conf = format!(
        "[udp]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:{port}\n\
         [phone]\ntype=endpoint\naors=phone\ncontext=default\n[phone]\ntype=aor\nmax_contacts=1\n"
    );
    Settings::read(&Config::from_text("pjsip.conf", &conf).unwrap(), None).0
}

fn start(port: u16) -> (Driver, Handle, Receiver<Input>, Arc<Directory>) {
    let (sender, inputs) = channel();
    let directory = Arc::new(Directory::default());
    let began = (
        Instant::now(),
        SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap(),
    );
    let (driver, handle, failed) = Driver::start(Start {
        settings: Arc::new(settings(port)),
        directory: Arc::clone(&directory),
        sound: Box::new(Silence),
        engine: Box::new(Full(sender, false)),
        clock: Arc::new(move || Time(0) + began.1 + began.0.elapsed()),
    })
    .unwrap();
    assert_eq!(failed, Vec::<String>::new());
    (driver, handle, inputs, directory)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
}

fn free() -> u16 {
    UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

#[test]
fn a_phone_registers_and_the_thread_ends() {
    let port = free();
    let (driver, handle, inputs, directory) = start(port);
    let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
    let own = phone.local_addr().unwrap();
    let text = format!(
        "REGISTER sip:127.0.0.1:{port} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK1\r\n\
         From: <sip:phone@127.0.0.1>;tag=1\r\nTo: <sip:phone@127.0.0.1>\r\nCall-ID: c\r\n\
         CSeq: 1 REGISTER\r\nContact: <sip:phone@{own}>\r\nExpires: 60\r\n\r\n"
    );
    phone.send_to(text.as_bytes(), ("127.0.0.1", port)).unwrap();
    let mut buffer = [0; 2048];
    let length = phone.recv(&mut buffer).unwrap();
    assert!(buffer[..length].starts_with(b"SIP/2.0 200 OK\r\n"));
    // In order, whatever the queue said: devices, where they are, the contact.
    let mut seen = inputs.iter();
    assert!(
        seen.any(|input| matches!(input, Input::Devices("PJSIP", devices) if devices.len() == 1))
    );
    assert!(
        seen.any(|input| matches!(input, Input::Reach { contacts, .. } if contacts.len() == 1))
    );
    assert!(seen.any(|input| matches!(input, Input::Saw(Fact::ContactChanged(_)))));
    assert_eq!(directory.contacts_of("phone").len(), 1);
    assert_eq!(directory.transports()[0].local.port(), port);
    let counted = runtime().block_on(handle.counters()).unwrap();
    assert_eq!(
        (counted.core.contacts, counted.transactions.servers),
        (1, 0)
    );
    assert_eq!(counted.transactions.answered, 1);
    // A reload moves the transport; the old place is free again.
    let other = free();
    assert!(handle.reload(Arc::new(settings(other))));
    assert!(handle.stop());
    driver.join();
    assert!(UdpSocket::bind(("127.0.0.1", port)).is_ok());
    assert!(!handle.order(ChannelId(1), Order::Answer));
    assert_eq!(handle.lost(), 1);
    assert_eq!(runtime().block_on(handle.counters()), None);
}

#[test]
fn an_engine_that_is_gone_ends_it() {
    let port = free();
    let (driver, handle, inputs, _) = start(port);
    drop(inputs);
    // It learns of it when it has something to say.
    handle.reload(Arc::new(settings(port)));
    driver.join();
    assert!(!handle.stop());
}
