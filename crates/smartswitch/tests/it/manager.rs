//! A client of the manager, as small as it can be.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// A logged-in connection.
pub(crate) struct Client(BufReader<TcpStream>);

impl Client {
    pub(crate) fn log_in(address: &str, secret: &str) -> Client {
        let stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let mut client = Client(BufReader::new(stream));
        assert_eq!(client.line().unwrap(), "Asterisk Call Manager/13.0.0");
        client.send(&format!(
            "Action: Login\nUsername: admin\nSecret: {secret}\n\n"
        ));
        let answer = client.until("Response: ");
        assert!(answer.contains("Success"), "{answer}");
        client.until("Event: FullyBooted");
        client
    }

    pub(crate) fn send(&mut self, packet: &str) {
        self.0.get_mut().write_all(packet.as_bytes()).unwrap();
    }

    /// The next packet that holds this text.
    pub(crate) fn until(&mut self, text: &str) -> String {
        loop {
            let packet = self.packet().unwrap_or_else(|| panic!("{text} never came"));
            if packet.contains(text) {
                return packet;
            }
        }
    }

    /// Whether the switch has closed the connection, after whatever it still had to say.
    pub(crate) fn ends(&mut self) -> bool {
        while self.packet().is_some() {}
        true
    }

    fn packet(&mut self) -> Option<String> {
        let mut packet = String::new();
        loop {
            match self.line()?.as_str() {
                "" if packet.is_empty() => {}
                "" => return Some(packet),
                line => packet = packet + line + "\n",
            }
        }
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(line.trim_end().to_owned()),
            // A switch that was killed resets the connection.
            Err(e) if e.kind() == std::io::ErrorKind::ConnectionReset => None,
            Err(e) => panic!("{e}"),
        }
    }
}
