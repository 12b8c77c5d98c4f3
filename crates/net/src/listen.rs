//! The sockets that clients of the manager connect to.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ami::Dialect;
use manager::Manager;
use manager::connection::Connection;
use manager::peer::Peer;
use manager::settings;
use socket2::SockRef;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tracing::{error, info, warn};

use crate::tls::{self, Handshaking};

/// Connections that the kernel may hold until they are accepted; all listeners of a restarted dialer come
/// at once.
const BACKLOG: u32 = 4096;

/// How long accepting rests after an error such as running out of file descriptors.
const REST: Duration = Duration::from_millis(100);

/// How often refused connections and failures to accept are mentioned in the log: their number is up to
/// strangers.
const MENTION_EVERY: Duration = Duration::from_secs(1);

/// A socket that is being listened on. Dropped, no more connections are taken; those that there are go on.
#[derive(Debug)]
pub struct Listening {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Listening {
    /// Begins to listen. Names of certificate files are relative to `directory`. Has to be called inside a
    /// tokio runtime.
    pub fn start(
        manager: &Arc<Manager>,
        listener: &settings::Listener,
        directory: &Path,
    ) -> io::Result<Listening> {
        let tls = listener
            .tls
            .as_ref()
            .map(|files| tls::acceptor(files, directory))
            .transpose()?;
        let socket = bind(listener.address)?;
        let address = socket.local_addr()?;
        let acceptor = Acceptor {
            manager: Arc::clone(manager),
            address,
            dialect: listener.dialect,
            tls,
            mentioned: None,
        };
        let kind = if listener.tls.is_some() { "TLS" } else { "TCP" };
        info!(target: "manager", "listening on {address} ({kind}, {})", listener.dialect.version());
        Ok(Listening {
            address,
            task: tokio::spawn(acceptor.run(socket)),
        })
    }

    /// The address, with the port that the system chose where none was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A restarted switch has its port at once, whatever connections are still dying.
    socket.set_reuseaddr(true)?;
    // Connections have from their listener: each packet in a segment of its own, and that a client that
    // vanished without a word is found in the end, even if it is told nothing.
    let options = SockRef::from(&socket);
    options.set_tcp_nodelay(true)?;
    options.set_keepalive(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

struct Acceptor {
    manager: Arc<Manager>,
    address: SocketAddr,
    dialect: Dialect,
    tls: Option<TlsAcceptor>,
    /// When trouble was last mentioned in the log.
    mentioned: Option<Instant>,
}

impl Acceptor {
    async fn run(mut self, socket: TcpListener) {
        loop {
            match socket.accept().await {
                Ok((stream, remote)) => self.serve(stream, remote),
                Err(error) if is_of_the_connection(&error) => {}
                Err(error) => {
                    if self.may_mention() {
                        error!(target: "manager", "cannot accept connections: {error}");
                    }
                    tokio::time::sleep(REST).await;
                }
            }
        }
    }

    fn serve(&mut self, stream: TcpStream, remote: SocketAddr) {
        let local = if self.address.ip().is_unspecified() {
            // A connection that fails here is gone already.
            let Ok(local) = stream.local_addr() else {
                return;
            };
            local
        } else {
            self.address
        };
        let peer = Peer {
            local,
            remote,
            tls: self.tls.is_some(),
        };
        let served = match &self.tls {
            None => Connection::new(&self.manager, stream, peer, self.dialect)
                .map(|connection| drop(tokio::spawn(connection))),
            Some(tls) => {
                let stream = Handshaking::new(tls.accept(stream));
                Connection::new(&self.manager, stream, peer, self.dialect)
                    .map(|connection| drop(tokio::spawn(connection)))
            }
        };
        if let Err(refused) = served
            && self.may_mention()
        {
            warn!(target: "manager", "connection from {} refused: {refused}", peer.ip());
        }
    }

    /// Whether trouble may be mentioned in the log again.
    fn may_mention(&mut self) -> bool {
        let now = Instant::now();
        let may = self
            .mentioned
            .is_none_or(|at| now.duration_since(at) >= MENTION_EVERY);
        if may {
            self.mentioned = Some(now);
        }
        may
    }
}

/// Whether an error of `accept` is about a connection that died in the queue, and not about us.
fn is_of_the_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted
    )
}

#[cfg(test)]
mod tests;
