//! Sessions for a measurement: blocking, made one after the other.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};

use ami::action::session::{Login, Logoff};
use ami::{Action, Decoder, Packet};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::PATIENCE;
use crate::cli::connection::Target;
use crate::cli::failure::Failure;

/// A session that is logged in. What the switch says beside answers is dropped.
#[derive(Debug)]
pub(super) struct Session {
    stream: TcpStream,
    decoder: Decoder,
}

/// Where and as whom sessions log in, looked up once.
#[derive(Debug, Clone)]
pub(super) struct Door {
    address: SocketAddr,
    login: Login,
}

impl Door {
    pub(super) fn new(target: &Target) -> Result<Self, Failure> {
        let address = target.address();
        let found = address
            .to_socket_addrs()
            .map_err(|error| Failure::Load(format!("{address}: {error}")))?
            .next()
            .ok_or_else(|| Failure::Load(format!("{address} has no address")))?;
        Ok(Self {
            address: found,
            login: Login {
                username: target.user.clone(),
                secret: target.secret.clone(),
                ..Login::default()
            },
        })
    }

    /// The same door at another address.
    pub(super) fn at(&self, address: SocketAddr) -> Door {
        Door {
            address,
            login: self.login.clone(),
        }
    }

    /// Connects and reads the greeting.
    pub(super) fn connect(&self) -> Result<TcpStream, Failure> {
        let stream = TcpStream::connect(self.address)
            .map_err(|error| Failure::Load(format!("{}: {error}", self.address)))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut greeting = [0; 256];
        let size = { &stream }.read(&mut greeting).map_err(no_answer)?;
        let ends = greeting
            .get(..size)
            .is_some_and(|said| said.ends_with(b"\n"));
        ends.then_some(stream)
            .ok_or_else(|| Failure::Load(format!("{} does not greet", self.address)))
    }

    /// The request that logs in, with that mask for events.
    pub(super) fn login_request(&self, events: &str) -> Vec<u8> {
        let login = Login {
            events: events.to_owned(),
            ..self.login.clone()
        };
        let mut request = Vec::new();
        login.to_packet().write(&mut request);
        request
    }

    /// Connects and logs in, with that mask for events.
    pub(super) fn open(&self, events: &str) -> Result<Session, Failure> {
        let mut session = Session {
            stream: self.connect()?,
            decoder: Decoder::for_replies(),
        };
        session.ask_bytes(&self.login_request(events))?;
        Ok(session)
    }
}

impl Session {
    /// Sends a request and waits for its answer, which must not be a refusal.
    pub(super) fn ask<A: Action>(&mut self, action: &A) -> Result<Packet, Failure> {
        let mut request = Vec::new();
        action.to_packet().write(&mut request);
        self.ask_bytes(&request)
    }

    /// As [`Session::ask`], with bytes of one's own.
    pub(super) fn ask_bytes(&mut self, request: &[u8]) -> Result<Packet, Failure> {
        self.send(request)?;
        let response = self.wait_for(|packet| packet.find("Response").is_some())?;
        if response.get("Response") == "Error" {
            return Err(Failure::Load(format!(
                "the switch refused {:?}: {}",
                text::decode(request).lines().next().unwrap_or_default(),
                response.get("Message")
            )));
        }
        Ok(response)
    }

    /// Sends a request without waiting.
    pub(super) fn send(&mut self, request: &[u8]) -> Result<(), Failure> {
        Ok(self.stream.write_all(request)?)
    }

    /// Reads up to a packet that is looked for, which must be the last that has come.
    pub(super) fn wait_for(
        &mut self,
        mut wanted: impl FnMut(&Packet) -> bool,
    ) -> Result<Packet, Failure> {
        let mut buffer = [0; 16 * 1024];
        let mut found = None;
        loop {
            let size = self.stream.read(&mut buffer).map_err(no_answer)?;
            if size == 0 {
                return Err(Failure::Load("the switch closed a connection".to_owned()));
            }
            let mut bytes = buffer.get(..size).unwrap_or_default();
            while let Some(packet) = self.decoder.decode(&mut bytes) {
                let packet = packet.map_err(|error| Failure::Load(error.to_string()))?;
                if found.is_none() && wanted(&packet) {
                    found = Some(packet);
                }
            }
            if let Some(packet) = found {
                return Ok(packet);
            }
        }
    }

    /// Logs off and waits until the switch has closed, so that its side keeps the address and ours can
    /// use it again at once.
    pub(super) fn log_off(mut self) -> Result<(), Failure> {
        self.ask(&Logoff)?;
        let mut rest = [0; 256];
        while self.stream.read(&mut rest).map_err(no_answer)? > 0 {}
        Ok(())
    }

    /// The socket, blocking.
    pub(super) fn into_blocking(self) -> TcpStream {
        self.stream
    }

    /// The socket, no longer blocking.
    pub(super) fn into_stream(self) -> Result<TcpStream, Failure> {
        self.stream.set_nonblocking(true)?;
        Ok(self.stream)
    }
}

/// Reads what is there; nothing when the socket would block, and an error when it is at its end.
pub(super) fn read_ready<'a>(
    stream: &TcpStream,
    buffer: &'a mut [u8],
) -> Result<&'a [u8], Failure> {
    match { stream }.read(buffer) {
        Ok(0) => Err(Failure::Load("the switch closed a connection".to_owned())),
        Ok(size) => Ok(buffer.get(..size).unwrap_or_default()),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
            Ok(&[])
        }
        Err(error) => Err(Failure::Load(format!("a connection broke: {error}"))),
    }
}

/// Lets this process have as many sockets as the system allows it. What that is not enough for fails
/// later, with the system's words.
pub(super) fn raise_file_limit() {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let _ = setrlimit(Resource::Nofile, raised);
}

fn no_answer(error: std::io::Error) -> Failure {
    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) {
        Failure::Load(format!("no answer within {} seconds", PATIENCE.as_secs()))
    } else {
        Failure::Io(error)
    }
}
