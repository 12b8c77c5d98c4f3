//! Sockets: datagrams read and written in place, a task for each connection. What comes goes into one
//! bounded queue; where the core does not keep up nothing more is read.

mod keep;
mod open;
mod own;
mod stream;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, UdpSocket};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::dns::{Names, Question, Server};
use super::tls;
use super::transactions::Bytes;
use crate::core::Place;
use crate::limits::{LOOKUP, RECEIVED};
use crate::settings;
use crate::wire::{Flow, Transport};

use keep::Keep;
pub(super) use open::Open;
use own::Own;
pub(super) use own::own_address;
pub(super) use stream::Link;

/// Buffers of a socket of datagrams, both ways: a second of a thousand calls fits in.
const BUFFER: usize = 8 << 20;

/// Datagrams read at once before others have their turn.
const AT_ONCE: usize = 64;

/// What came of a socket.
#[derive(Debug)]
pub enum Arrived {
    /// A message, whole.
    Message(Flow, Vec<u8>),
    /// A connection that we wanted, or that somebody made.
    Opened(Flow, u64, Link),
    /// A connection is gone, and why.
    Closed(Flow, u64, String),
    /// A name was looked up: the request's number, and the servers that it stands for.
    Found(u64, Result<Vec<Server>, String>),
}

/// What listens.
pub(super) struct Sockets {
    listening: Vec<Listening>,
    sender: mpsc::Sender<Arrived>,
    pub(super) open: Arc<Open>,
    /// Seconds between pings of ours.
    every: Arc<AtomicU64>,
    names: Names,
}

struct Listening {
    place: Place,
    udp: Option<Arc<UdpSocket>>,
    secure: Secure,
    keep: Keep,
    task: JoinHandle<()>,
}

/// What a place encrypts with.
struct Secure {
    acceptor: watch::Sender<Option<TlsAcceptor>>,
    connector: Option<TlsConnector>,
}

impl Secure {
    /// What the files hold now.
    fn read(
        transport: &settings::Transport,
    ) -> io::Result<(Option<TlsAcceptor>, Option<TlsConnector>)> {
        let secure = matches!(transport.protocol, Transport::Tls | Transport::Wss);
        let acceptor = secure.then(|| tls::acceptor(transport)).transpose()?;
        let connector = (transport.protocol == Transport::Tls)
            .then(|| tls::connector(transport))
            .transpose()?;
        Ok((acceptor, connector))
    }

    fn nothing() -> Secure {
        Secure {
            acceptor: watch::channel(None).0,
            connector: None,
        }
    }
}

impl Sockets {
    /// Nothing listens; what comes goes to the receiver.
    pub(super) fn new() -> (Sockets, mpsc::Receiver<Arrived>) {
        let (sender, receiver) = mpsc::channel(RECEIVED);
        let sockets = Sockets {
            listening: Vec::new(),
            sender,
            open: Arc::default(),
            every: Arc::default(),
            names: Names::of_system(),
        };
        (sockets, receiver)
    }

    /// Listens where the settings say and leaves off where they no longer do. What could not be done, a
    /// line each; the others go on.
    pub(super) fn listen(&mut self, wanted: &[Arc<settings::Transport>]) -> Vec<String> {
        self.listening.retain(|one| {
            let kept = wanted.iter().any(|w| {
                w.name == one.place.settings.name
                    && w.protocol == one.place.settings.protocol
                    && w.bind == one.place.settings.bind
            });
            if !kept {
                one.task.abort();
            }
            kept
        });
        let mut failed = Vec::new();
        for transport in wanted {
            let known = self
                .listening
                .iter_mut()
                .find(|one| one.place.settings.name == transport.name);
            if let Some(known) = known {
                known.place.settings = Arc::clone(transport);
                match Secure::read(transport) {
                    // Connections that are open go on with what they began with.
                    Ok((acceptor, connector)) => {
                        known.secure.acceptor.send_replace(acceptor);
                        known.secure.connector = connector;
                    }
                    Err(why) => failed.push(format!(
                        "transport {}: its certificates stay what they were: {why}",
                        transport.name
                    )),
                }
                continue;
            }
            match self.open(transport) {
                Ok(listening) => self.listening.push(listening),
                Err(why) => failed.push(format!(
                    "transport {}: cannot listen on {} {}: {why}",
                    transport.name,
                    transport.protocol_word(),
                    transport.address(),
                )),
            }
        }
        failed
    }

    /// Asks the other sides of connections so often whether they are there; zero for never.
    pub(super) fn keep_alive(&self, every: Duration) {
        self.every.store(every.as_secs(), Ordering::Relaxed);
    }

    /// Where we listen in truth.
    pub(super) fn places(&self) -> Vec<Place> {
        self.listening.iter().map(|one| one.place.clone()).collect()
    }

    /// Sends a datagram. What the system has no room for is lost, as datagrams are.
    pub(super) fn send(&self, flow: &Flow, bytes: &[u8]) -> io::Result<()> {
        let fits = |one: &&Listening| {
            let local = one.place.local;
            one.udp.is_some()
                && local.port() == flow.local.port()
                && (local.ip() == flow.local.ip() || local.ip().is_unspecified())
                && local.is_ipv4() == flow.remote.is_ipv4()
        };
        let socket = self
            .listening
            .iter()
            .find(fits)
            .or_else(|| {
                // The way that it came by is no longer listened on.
                let same = |one: &&Listening| {
                    one.udp.is_some() && one.place.local.is_ipv4() == flow.remote.is_ipv4()
                };
                self.listening.iter().find(same)
            })
            .and_then(|one| one.udp.as_ref())
            .ok_or_else(|| io::Error::other("no transport of datagrams"))?;
        match socket.try_send_to(bytes, flow.remote) {
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => Ok(()),
            Err(e) => Err(e),
            Ok(_) => Ok(()),
        }
    }

    /// Makes a connection. Its first messages wait in its queue.
    pub(super) fn connect(&self, flow: Flow, number: u64, name: &str) -> io::Result<Link> {
        let transport = flow.transport;
        if !matches!(transport, Transport::Tcp | Transport::Tls) {
            // A browser cannot be called: it has to come (RFC 7118, 5.3).
            return Err(io::Error::other("its connection is gone"));
        }
        let mut all = self.listening.iter();
        let fits = |one: &&Listening| one.place.settings.protocol == transport;
        let same = |one: &&Listening| fits(one) && one.place.local.port() == flow.local.port();
        let from = all.find(same).or_else(|| self.listening.iter().find(fits));
        let from = from.ok_or_else(|| io::Error::other("no transport of that kind"))?;
        let counted = self.open.count(flow.remote.ip());
        let counted = counted.ok_or_else(|| io::Error::other("too many connections"))?;
        let (name, sender) = (name.to_owned(), self.sender.clone());
        let connector = from.secure.connector.clone();
        let keep = from.keep.clone();
        Ok(stream::connect(
            flow, number, name, connector, sender, counted, keep,
        ))
    }

    /// Looks a name up.
    pub(super) fn look_up(&self, number: u64, question: Question) {
        let (sender, names) = (self.sender.clone(), self.names.clone());
        tokio::spawn(async move {
            let found = match tokio::time::timeout(LOOKUP, names.find(&question)).await {
                Err(_) => Err(format!("{}: no answer of the DNS", question.host)),
                Ok(found) => found,
            };
            // Nobody waits where the switch goes down.
            let _ = sender.send(Arrived::Found(number, found)).await;
        });
    }

    /// Reads anew which servers the system asks for names.
    pub(super) fn look_up_by(&mut self, names: Names) {
        self.names = names;
    }

    fn open(&self, transport: &Arc<settings::Transport>) -> io::Result<Listening> {
        let address = transport.address();
        if transport.protocol == Transport::Udp {
            let socket = Arc::new(udp(address, transport.tos)?);
            let place = Place {
                settings: Arc::clone(transport),
                local: socket.local_addr()?,
            };
            let task = tokio::spawn(datagrams(
                Arc::clone(&socket),
                place.local,
                self.sender.clone(),
            ));
            return Ok(Listening {
                place,
                udp: Some(socket),
                secure: Secure::nothing(),
                keep: Keep::new(Arc::clone(&self.every), transport.tcp_keepalive),
                task,
            });
        }
        let (acceptor, connector) = Secure::read(transport)?;
        let (acceptor, watched) = watch::channel(acceptor);
        let listener = tcp(address, transport.tos)?;
        let place = Place {
            settings: Arc::clone(transport),
            local: listener.local_addr()?,
        };
        let keep = Keep::new(Arc::clone(&self.every), transport.tcp_keepalive);
        let accepting = stream::Accepting {
            listener,
            transport: transport.protocol,
            acceptor: watched,
            sender: self.sender.clone(),
            open: Arc::clone(&self.open),
            keep: keep.clone(),
        };
        Ok(Listening {
            place,
            udp: None,
            secure: Secure {
                acceptor,
                connector,
            },
            keep,
            task: tokio::spawn(accepting.run()),
        })
    }
}

impl Drop for Sockets {
    fn drop(&mut self) {
        for one in &self.listening {
            one.task.abort();
        }
    }
}

async fn datagrams(socket: Arc<UdpSocket>, bound: SocketAddr, sender: mpsc::Sender<Arrived>) {
    let mut buffer = vec![0; crate::limits::MESSAGE + 1];
    let mut own = Own::new(bound);
    loop {
        if socket.readable().await.is_err() {
            return;
        }
        let mut more = true;
        for _ in 0..AT_ONCE {
            match socket.try_recv_from(&mut buffer) {
                Ok((length, remote)) => {
                    let bytes = &buffer[..length];
                    // What keeps a path open says nothing.
                    if bytes
                        .iter()
                        .all(|b| matches!(b, b'\r' | b'\n' | b' ' | b'\0'))
                    {
                        continue;
                    }
                    let flow = Flow {
                        transport: Transport::Udp,
                        local: own.toward(remote.ip()),
                        remote,
                    };
                    if sender
                        .send(Arrived::Message(flow, bytes.to_vec()))
                        .await
                        .is_err()
                    {
                        return;
                    }
                }
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {
                    more = false;
                    break;
                }
                // An answer of the network to something that we sent: not the socket's end.
                Err(_) => {}
            }
        }
        // To yield costs a call of the system: only where others would starve.
        if more {
            tokio::task::yield_now().await;
        }
    }
}

fn udp(address: SocketAddr, tos: u8) -> io::Result<UdpSocket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::DGRAM,
        Some(Protocol::UDP),
    )?;
    mark(&socket, address, tos)?;
    // The system may allow less than we want; any size is good enough to begin with.
    let _ = socket.set_recv_buffer_size(BUFFER);
    let _ = socket.set_send_buffer_size(BUFFER);
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    UdpSocket::from_std(socket.into())
}

/// Its family, and how its packets are marked. Connections inherit the marks of what they came to.
fn mark(socket: &Socket, address: SocketAddr, tos: u8) -> io::Result<()> {
    // Packets that nobody favours still arrive.
    let _ = match (address.is_ipv6(), tos) {
        (_, 0) => Ok(()),
        (true, tos) => socket.set_tclass_v6(tos.into()),
        (false, tos) => socket.set_tos_v4(tos.into()),
    };
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    Ok(())
}

fn tcp(address: SocketAddr, tos: u8) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    mark(&socket, address, tos)?;
    // After a restart the old connections may still linger.
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(1024)?;
    TcpListener::from_std(socket.into())
}

/// What waits to be written to a connection.
pub(super) type Queue = mpsc::Sender<Bytes>;
