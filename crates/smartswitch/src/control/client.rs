//! The console's end of the control socket.

use std::io::{self, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;

use super::frame::Frame;
pub(crate) use super::frame::Hello;

/// A connection to a switch that understood us.
pub(crate) struct Connection {
    pub(super) stream: UnixStream,
    pub(super) received: Vec<u8>,
    /// What the switch says of itself.
    pub(crate) welcome: String,
}

impl Connection {
    /// Connects to the switch behind a socket.
    pub(crate) fn open(socket: &Path, hello: Hello) -> io::Result<Connection> {
        let mut stream = UnixStream::connect(socket)?;
        stream.write_all(&Frame::Hello(hello).encode())?;
        let mut received = Vec::new();
        match Frame::read(&mut stream, &mut received)? {
            Some(Frame::Welcome(welcome)) => Ok(Connection {
                stream,
                received,
                welcome,
            }),
            _ => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "whoever listens there is no switch",
            )),
        }
    }

    /// Runs one command and writes what it says.
    pub(crate) fn execute(&mut self, line: &str, out: &mut impl io::Write) -> io::Result<()> {
        self.stream
            .write_all(&Frame::Command(line.to_owned()).encode())?;
        loop {
            match Frame::read(&mut self.stream, &mut self.received)? {
                Some(Frame::Output(part)) => out.write_all(&text::to_bytes(&part))?,
                Some(Frame::Done(_)) => return out.flush(),
                Some(Frame::Bye(_)) | None => {
                    let text = "the switch closed the connection before it had answered";
                    return Err(io::Error::new(io::ErrorKind::UnexpectedEof, text));
                }
                Some(_) => {}
            }
        }
    }
}

/// What scripts look for when there is no switch.
pub(crate) fn unreachable(socket: &Path) -> String {
    format!(
        "Unable to connect to remote asterisk (does {} exist?)",
        socket.display()
    )
}
