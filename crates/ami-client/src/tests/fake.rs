//! A switch of a few lines, on a port of its own, until the test process ends.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use ami::{Decoder, Packet};

pub(crate) const TODAY: &str = "Asterisk Call Manager/13.0.0";
pub(crate) const OLD: &str = "Asterisk Call Manager/1.1";

/// The challenge that this switch always gives.
pub(crate) const CHALLENGE: &str = "123456789";

/// What everybody is told who logs in with events on.
const AFTER_LOGIN: &str = "Event: FullyBooted\nStatus: Fully Booted\n\n\
    Event: SuccessfulAuth\nService: AMI\n\n";

/// What an answer to an action begins with to have the connection closed and nothing said.
pub(crate) const HANG_UP: &str = "hang up";

/// Everybody who is logged in with events on, and how many channels there are.
#[derive(Default)]
pub(crate) struct Hub {
    listeners: Mutex<Vec<Arc<Mutex<TcpStream>>>>,
    pub(crate) channels: Mutex<usize>,
    pub(crate) asked: Mutex<Vec<Packet>>,
}

impl Hub {
    /// Sends an event to everybody who listens.
    pub(crate) fn tell(&self, event: &str) {
        let bytes = wire(event);
        let mut listeners = self.listeners.lock().unwrap();
        listeners.retain(|stream| stream.lock().unwrap().write_all(&bytes).is_ok());
    }

    /// The actions of that name that were asked for.
    pub(crate) fn asked(&self, action: &str) -> Vec<Packet> {
        let asked = self.asked.lock().unwrap();
        let named = asked.iter().filter(|packet| packet.get("Action") == action);
        named.cloned().collect()
    }
}

/// Starts a switch that lets `admin` in with the secret `secret`, answers Ping and Logoff, and leaves the
/// rest to `answer`, which gives lines. An ActionID is put in after the first line.
pub(crate) fn serve(
    greeting: &'static str,
    answer: impl Fn(&Packet, &Hub) -> String + Send + Sync + 'static,
) -> (SocketAddr, Arc<Hub>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let hub = Arc::new(Hub::default());
    let shared = Arc::clone(&hub);
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (hub, answer) = (Arc::clone(&shared), Arc::clone(&answer));
            // A client that leaves ends its thread with an error, which is as it should be.
            thread::spawn(move || session(stream.unwrap(), greeting, &hub, &*answer));
        }
    });
    (address, hub)
}

fn session(
    stream: TcpStream,
    greeting: &str,
    hub: &Hub,
    answer: &dyn Fn(&Packet, &Hub) -> String,
) -> std::io::Result<()> {
    let mut from = stream.try_clone()?;
    let to = Arc::new(Mutex::new(stream));
    to.lock()
        .unwrap()
        .write_all(format!("{greeting}\r\n").as_bytes())?;
    let mut decoder = Decoder::new();
    let mut buffer = [0; 4096];
    loop {
        let size = from.read(&mut buffer)?;
        if size == 0 {
            return Ok(());
        }
        let mut bytes = &buffer[..size];
        while let Some(packet) = decoder.decode(&mut bytes) {
            let packet = packet.unwrap();
            hub.asked.lock().unwrap().push(packet.clone());
            let lines = usual(&packet).unwrap_or_else(|| answer(&packet, hub));
            if lines == HANG_UP {
                return from.shutdown(std::net::Shutdown::Both);
            }
            to.lock()
                .unwrap()
                .write_all(&wire(&lines.replacen('\n', &id(&packet), 1)))?;
            if packet.get("Action") == "Login" && packet.get("Events") != "off" {
                to.lock().unwrap().write_all(&wire(AFTER_LOGIN))?;
                hub.listeners.lock().unwrap().push(Arc::clone(&to));
            }
            if packet.get("Action") == "Logoff" {
                return from.shutdown(std::net::Shutdown::Both);
            }
        }
    }
}

fn id(packet: &Packet) -> String {
    match packet.get("ActionID") {
        "" => "\n".to_owned(),
        id => format!("\nActionID: {id}\n"),
    }
}

fn usual(packet: &Packet) -> Option<String> {
    let key = crate::login::key(CHALLENGE, "secret");
    Some(match packet.get("Action") {
        "Challenge" => format!("Response: Success\nChallenge: {CHALLENGE}\n\n"),
        "Login" if packet.get("Username") != "admin" => denied(),
        "Login" if packet.get("Secret") == "secret" || packet.get("Key") == key => {
            "Response: Success\nMessage: Authentication accepted\n\n".to_owned()
        }
        "Login" => denied(),
        "Ping" => "Response: Success\nPing: Pong\nTimestamp: 1.0\n\n".to_owned(),
        "Logoff" => "Response: Goodbye\nMessage: Thanks for all the fish.\n\n".to_owned(),
        _ => return None,
    })
}

fn denied() -> String {
    "Response: Error\nMessage: Authentication failed\n\n".to_owned()
}

/// For actions that a test does not expect.
pub(crate) fn unknown(packet: &Packet, _: &Hub) -> String {
    format!(
        "Response: Error\nMessage: Invalid/unknown command: {}.\n\n",
        packet.get("Action")
    )
}

fn wire(lines: &str) -> Vec<u8> {
    lines.replace('\n', "\r\n").into_bytes()
}
