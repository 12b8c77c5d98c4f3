//! Connections: TCP, TLS and WebSocket (RFC 7118), each a task that reads and writes.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::{TlsAcceptor, TlsConnector};
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};

use super::open::{Counted, Open};
use super::{Arrived, Queue};
use crate::carrier::frame::{self, Framed};
use crate::carrier::transactions::Bytes;
use crate::limits::{IDLE, MESSAGE, WRITES};
use crate::wire::{Flow, Transport};

/// How long a handshake may take, and a message that the other side takes in.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// How long whoever connects has for a first message.
const FIRST: Duration = Duration::from_secs(30);

/// Numbers of connections that others make; those of ours are even.
static ACCEPTED: AtomicU64 = AtomicU64::new(1);

/// The way to the task of a connection. The connection ends with it.
#[derive(Debug)]
pub struct Link {
    queue: Queue,
    task: AbortHandle,
}

impl Link {
    /// Puts a message into its queue: whether there was room.
    pub(crate) fn send(&self, bytes: Bytes) -> bool {
        self.queue.try_send(bytes).is_ok()
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Takes connections that others make.
pub(super) struct Accepting {
    pub(super) listener: TcpListener,
    pub(super) transport: Transport,
    pub(super) acceptor: Option<TlsAcceptor>,
    pub(super) sender: mpsc::Sender<Arrived>,
    pub(super) open: Arc<Open>,
}

impl Accepting {
    pub(super) async fn run(self) {
        loop {
            let Ok((stream, remote)) = self.listener.accept().await else {
                // Too many open files, most likely: others have to end first.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let Some(counted) = self.open.count(remote.ip()) else {
                continue;
            };
            let Ok(local) = stream.local_addr() else {
                continue;
            };
            let flow = Flow {
                transport: self.transport,
                local,
                remote,
            };
            let number = ACCEPTED.fetch_add(2, Ordering::Relaxed);
            let (queue, writes) = mpsc::channel(WRITES);
            let (start, started) = tokio::sync::oneshot::channel::<()>();
            let (acceptor, sender) = (self.acceptor.clone(), self.sender.clone());
            let task = tokio::spawn(async move {
                // The core knows of it before its first message comes.
                if started.await.is_err() {
                    return;
                }
                let why = accepted(stream, flow, acceptor, &sender, writes).await;
                let _ = sender.send(Arrived::Closed(flow, number, told(why))).await;
                drop(counted);
            });
            let link = Link {
                queue,
                task: task.abort_handle(),
            };
            if self
                .sender
                .send(Arrived::Opened(flow, number, link))
                .await
                .is_err()
            {
                return;
            }
            // Where it is gone already nobody needs to start it.
            let _ = start.send(());
        }
    }
}

/// Makes a connection to somebody.
pub(super) fn connect(
    flow: Flow,
    number: u64,
    name: String,
    connector: Option<TlsConnector>,
    sender: mpsc::Sender<Arrived>,
    counted: Counted,
) -> Link {
    let (queue, writes) = mpsc::channel(WRITES);
    let task = tokio::spawn(async move {
        let why = connected(flow, name, connector, &sender, writes).await;
        let _ = sender.send(Arrived::Closed(flow, number, told(why))).await;
        drop(counted);
    });
    Link {
        queue,
        task: task.abort_handle(),
    }
}

async fn connected(
    flow: Flow,
    name: String,
    connector: Option<TlsConnector>,
    sender: &mpsc::Sender<Arrived>,
    writes: mpsc::Receiver<Bytes>,
) -> io::Result<()> {
    let stream = timeout(HANDSHAKE, TcpStream::connect(flow.remote)).await??;
    stream.set_nodelay(true)?;
    match connector {
        None => lines(stream, flow, sender, writes).await,
        Some(connector) => {
            let name = ServerName::try_from(name)
                .unwrap_or_else(|_| ServerName::IpAddress(flow.remote.ip().into()));
            let stream = timeout(HANDSHAKE, connector.connect(name, stream)).await??;
            lines(stream, flow, sender, writes).await
        }
    }
}

async fn accepted(
    stream: TcpStream,
    flow: Flow,
    acceptor: Option<TlsAcceptor>,
    sender: &mpsc::Sender<Arrived>,
    writes: mpsc::Receiver<Bytes>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let web = matches!(flow.transport, Transport::Ws | Transport::Wss);
    match acceptor {
        None if web => socket(stream, flow, sender, writes).await,
        None => lines(stream, flow, sender, writes).await,
        Some(acceptor) => {
            let stream = timeout(HANDSHAKE, acceptor.accept(stream)).await??;
            match web {
                true => socket(stream, flow, sender, writes).await,
                false => lines(stream, flow, sender, writes).await,
            }
        }
    }
}

/// A stream of messages.
async fn lines<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    flow: Flow,
    sender: &mpsc::Sender<Arrived>,
    mut writes: mpsc::Receiver<Bytes>,
) -> io::Result<()> {
    let mut buffer = Vec::new();
    let mut part = vec![0; 16_384];
    let mut patience = FIRST;
    loop {
        tokio::select! {
            read = timeout(patience, stream.read(&mut part)) => {
                let length = read??;
                if length == 0 {
                    return Ok(());
                }
                buffer.extend_from_slice(&part[..length]);
                loop {
                    match frame::next(&mut buffer) {
                        Framed::More => break,
                        Framed::Ping => timeout(HANDSHAKE, stream.write_all(b"\r\n")).await??,
                        Framed::Broken(why) => return Err(io::Error::other(why)),
                        Framed::Message(bytes) => {
                            patience = IDLE;
                            if sender.send(Arrived::Message(flow, bytes)).await.is_err() {
                                return Ok(());
                            }
                        }
                    }
                }
            }
            bytes = writes.recv() => match bytes {
                Some(bytes) => {
                    patience = IDLE;
                    timeout(HANDSHAKE, stream.write_all(&bytes)).await??;
                    stream.flush().await?;
                }
                None => return Ok(()),
            },
        }
    }
}

/// A WebSocket: each of its messages is one of ours.
async fn socket<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    flow: Flow,
    sender: &mpsc::Sender<Arrived>,
    mut writes: mpsc::Receiver<Bytes>,
) -> io::Result<()> {
    let config = WebSocketConfig::default()
        .max_message_size(Some(MESSAGE))
        .max_frame_size(Some(MESSAGE));
    let shake = tokio_tungstenite::accept_hdr_async_with_config(stream, subprotocol, Some(config));
    let mut socket = timeout(HANDSHAKE, shake).await?.map_err(other)?;
    let mut patience = FIRST;
    loop {
        tokio::select! {
            message = timeout(patience, socket.next()) => {
                let bytes = match message? {
                    None | Some(Ok(Message::Close(_))) => return Ok(()),
                    Some(Err(why)) => return Err(other(why)),
                    Some(Ok(Message::Text(text))) => text.as_bytes().to_vec(),
                    Some(Ok(Message::Binary(bytes))) => bytes.to_vec(),
                    // A ping is answered by what reads next.
                    Some(Ok(_)) => continue,
                };
                if bytes.iter().all(|b| matches!(b, b'\r' | b'\n')) {
                    continue;
                }
                patience = IDLE;
                if sender.send(Arrived::Message(flow, bytes)).await.is_err() {
                    return Ok(());
                }
            }
            bytes = writes.recv() => match bytes {
                Some(bytes) => {
                    // Text where it is text: some browsers' libraries look at nothing else.
                    let message = match std::str::from_utf8(&bytes) {
                        Ok(text) => Message::text(text),
                        Err(_) => Message::binary(bytes.to_vec()),
                    };
                    timeout(HANDSHAKE, socket.send(message)).await?.map_err(other)?;
                }
                None => return Ok(()),
            },
        }
    }
}

/// The subprotocol is `sip`, which the client has to offer (RFC 7118, 4.1).
#[expect(clippy::result_large_err, reason = "the library's own type")]
fn subprotocol(request: &Request, mut response: Response) -> Result<Response, ErrorResponse> {
    let offered = request
        .headers()
        .get_all("Sec-WebSocket-Protocol")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|word| word.trim().eq_ignore_ascii_case("sip"));
    if !offered {
        let mut refusal = ErrorResponse::new(Some("the subprotocol sip is wanted".to_owned()));
        *refusal.status_mut() = tungstenite::http::StatusCode::BAD_REQUEST;
        return Err(refusal);
    }
    let headers = response.headers_mut();
    headers.insert("Sec-WebSocket-Protocol", HeaderValue::from_static("sip"));
    Ok(response)
}

fn other(why: tungstenite::Error) -> io::Error {
    io::Error::other(why.to_string())
}

fn told(why: io::Result<()>) -> String {
    match why {
        Ok(()) => "the connection was closed".to_owned(),
        Err(why) => why.to_string(),
    }
}
