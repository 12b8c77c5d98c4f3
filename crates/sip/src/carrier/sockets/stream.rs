//! Connections: TCP, TLS and WebSocket (RFC 7118), each a task that reads and writes.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::{TlsAcceptor, TlsConnector};
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};

use super::keep::{Keep, Pace};
use super::open::{Counted, Open};
use super::{Arrived, Queue};
use crate::carrier::frame::{self, Framed};
use crate::carrier::transactions::Bytes;
use crate::limits::{MESSAGE, WRITES};
use crate::wire::{Flow, Transport};

/// How long a handshake may take, and a message that the other side takes in.
const HANDSHAKE: Duration = Duration::from_secs(10);

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
    /// What it encrypts with; a reload may bring other certificates.
    pub(super) acceptor: watch::Receiver<Option<TlsAcceptor>>,
    pub(super) sender: mpsc::Sender<Arrived>,
    pub(super) open: Arc<Open>,
    pub(super) keep: Keep,
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
            let acceptor = self.acceptor.borrow().clone();
            let (sender, keep) = (self.sender.clone(), self.keep.clone());
            let task = tokio::spawn(async move {
                // The core knows of it before its first message comes.
                if started.await.is_err() {
                    return;
                }
                let end = End {
                    flow,
                    sender: &sender,
                    writes,
                    pace: Pace::new(&keep),
                };
                let why = accepted(stream, acceptor, &keep, end).await;
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
    keep: Keep,
) -> Link {
    let (queue, writes) = mpsc::channel(WRITES);
    let task = tokio::spawn(async move {
        let end = End {
            flow,
            sender: &sender,
            writes,
            pace: Pace::new(&keep),
        };
        let why = connected(name, connector, &keep, end).await;
        let _ = sender.send(Arrived::Closed(flow, number, told(why))).await;
        drop(counted);
    });
    Link {
        queue,
        task: task.abort_handle(),
    }
}

/// Our end of a connection.
struct End<'a> {
    flow: Flow,
    sender: &'a mpsc::Sender<Arrived>,
    writes: mpsc::Receiver<Bytes>,
    pace: Pace,
}

async fn connected(
    name: String,
    connector: Option<TlsConnector>,
    keep: &Keep,
    end: End<'_>,
) -> io::Result<()> {
    let remote = end.flow.remote;
    let stream = timeout(HANDSHAKE, TcpStream::connect(remote)).await??;
    keep.tune(&stream)?;
    match connector {
        None => lines(stream, end).await,
        Some(connector) => {
            let name = ServerName::try_from(name)
                .unwrap_or_else(|_| ServerName::IpAddress(remote.ip().into()));
            let shake = timeout(HANDSHAKE, connector.connect(name, stream)).await?;
            let stream = shake.map_err(|why| {
                tracing::warn!(target: "sip", "no TLS with {remote}: {why}");
                why
            })?;
            lines(stream, end).await
        }
    }
}

async fn accepted(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    keep: &Keep,
    end: End<'_>,
) -> io::Result<()> {
    keep.tune(&stream)?;
    let web = matches!(end.flow.transport, Transport::Ws | Transport::Wss);
    match acceptor {
        None if web => socket(stream, end).await,
        None => lines(stream, end).await,
        Some(acceptor) => {
            let stream = match timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => stream,
                Ok(Err(why)) => {
                    keep.refused(end.flow.remote, &why.to_string());
                    return Err(why);
                }
                Err(late) => {
                    keep.refused(end.flow.remote, "it says nothing");
                    return Err(late.into());
                }
            };
            match web {
                true => socket(stream, end).await,
                false => lines(stream, end).await,
            }
        }
    }
}

/// A stream of messages.
async fn lines<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, end: End<'_>) -> io::Result<()> {
    let End {
        flow,
        sender,
        mut writes,
        mut pace,
    } = end;
    let mut buffer = Vec::new();
    let mut part = vec![0; 16_384];
    loop {
        let over = pace.over();
        tokio::select! {
            read = stream.read(&mut part) => {
                let length = read?;
                if length == 0 {
                    return Ok(());
                }
                buffer.extend_from_slice(&part[..length]);
                loop {
                    match frame::next(&mut buffer) {
                        Framed::More => break,
                        Framed::Ping => {
                            pace.alive();
                            timeout(HANDSHAKE, stream.write_all(b"\r\n")).await??;
                            stream.flush().await?;
                        }
                        Framed::Broken(why) => return Err(io::Error::other(why)),
                        Framed::Message(bytes) => {
                            pace.came();
                            if sender.send(Arrived::Message(flow, bytes)).await.is_err() {
                                return Ok(());
                            }
                        }
                    }
                }
                pace.rest(buffer.iter().any(|byte| !matches!(byte, b'\r' | b'\n')));
            }
            bytes = writes.recv() => match bytes {
                Some(bytes) => {
                    pace.message();
                    timeout(HANDSHAKE, stream.write_all(&bytes)).await??;
                    stream.flush().await?;
                }
                None => return Ok(()),
            },
            // RFC 5626, 3.5.1: whoever is there answers with one empty line.
            () = pace.ping() => {
                timeout(HANDSHAKE, stream.write_all(b"\r\n\r\n")).await??;
                stream.flush().await?;
            }
            why = over => return Err(io::Error::new(io::ErrorKind::TimedOut, why)),
        }
    }
}

/// A WebSocket: each of its messages is one of ours.
async fn socket<S: AsyncRead + AsyncWrite + Unpin>(stream: S, end: End<'_>) -> io::Result<()> {
    let End {
        flow,
        sender,
        mut writes,
        mut pace,
    } = end;
    let config = WebSocketConfig::default()
        .max_message_size(Some(MESSAGE))
        .max_frame_size(Some(MESSAGE));
    let shake = tokio_tungstenite::accept_hdr_async_with_config(stream, subprotocol, Some(config));
    let mut socket = timeout(HANDSHAKE, shake).await?.map_err(other)?;
    loop {
        let over = pace.over();
        tokio::select! {
            message = socket.next() => {
                let bytes = match message {
                    None | Some(Ok(Message::Close(_))) => return Ok(()),
                    Some(Err(why)) => return Err(other(why)),
                    Some(Ok(Message::Text(text))) => text.as_bytes().to_vec(),
                    Some(Ok(Message::Binary(bytes))) => bytes.to_vec(),
                    // A ping is answered by what reads next.
                    Some(Ok(_)) => {
                        pace.alive();
                        continue;
                    }
                };
                if bytes.iter().all(|b| matches!(b, b'\r' | b'\n')) {
                    pace.alive();
                    continue;
                }
                pace.message();
                if sender.send(Arrived::Message(flow, bytes)).await.is_err() {
                    return Ok(());
                }
            }
            bytes = writes.recv() => match bytes {
                Some(bytes) => {
                    pace.message();
                    // Text where it is text: some browsers' libraries look at nothing else.
                    let message = match std::str::from_utf8(&bytes) {
                        Ok(text) => Message::text(text),
                        Err(_) => Message::binary(bytes.to_vec()),
                    };
                    timeout(HANDSHAKE, socket.send(message)).await?.map_err(other)?;
                }
                None => return Ok(()),
            },
            () = pace.ping() => {
                let ping = socket.send(Message::Ping(Default::default()));
                timeout(HANDSHAKE, ping).await?.map_err(other)?;
            }
            why = over => return Err(io::Error::new(io::ErrorKind::TimedOut, why)),
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
