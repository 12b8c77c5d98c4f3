//! The handle of a connection.

use std::collections::hash_map::RandomState;
use std::future::Future;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ami::action::session;
use ami::{Action, Packet};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;

use crate::connection::{self, Request, Shared};
use crate::greeting::{self, Greeting, Heard};
use crate::limits::MAX_UNSENT;
use crate::login::{self, Method};
use crate::pending::Pending;
use crate::{Error, Events, Login, Options, Reply};

/// A connection to a switch. Clones share it; when the last is dropped it is closed.
///
/// Lives in the tokio runtime that it was made in.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    address: String,
    greeting: Greeting,
    options: Options,
    requests: mpsc::Sender<Request>,
    shared: Arc<Shared>,
    tasks: [AbortHandle; 2],
    /// What this connection's ActionIDs begin with. Other clients' events may carry their ActionIDs, and
    /// must not be taken for items of a list of ours.
    id_prefix: u32,
    last_id: AtomicU64,
}

impl Drop for Inner {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
        self.shared.close(Error::Closed { source: None });
    }
}

impl Client {
    /// Connects to `host:port` and reads the greeting. Nobody is logged in then.
    ///
    /// # Errors
    /// [`Error::Connect`], [`Error::NotAmi`] and [`Error::Timeout`].
    pub async fn connect(address: &str) -> Result<Self, Error> {
        Self::connect_with(address, Options::default()).await
    }

    /// As [`Client::connect`], with patience of one's own.
    ///
    /// # Errors
    /// As [`Client::connect`].
    pub async fn connect_with(address: &str, options: Options) -> Result<Self, Error> {
        let refused = |source: std::io::Error| Error::Connect {
            address: address.to_owned(),
            source: Arc::new(source),
        };
        let connecting = async {
            let mut stream = TcpStream::connect(address).await.map_err(refused)?;
            stream.set_nodelay(true).map_err(refused)?;
            let heard = greeting::hear(&mut stream).await.map_err(refused)?;
            Ok((stream, heard))
        };
        let (stream, heard) = within(options.connect_timeout, "greeting", connecting).await?;
        match heard {
            Heard::Greeting(greeting, early) => {
                Ok(Self::start(address, options, stream, greeting, early))
            }
            Heard::Other(said) => Err(Error::NotAmi {
                address: address.to_owned(),
                said: text::decode(&said).trim_end().chars().take(60).collect(),
            }),
        }
    }

    fn start(
        address: &str,
        options: Options,
        stream: TcpStream,
        greeting: Greeting,
        early: Vec<u8>,
    ) -> Self {
        let (from, to) = stream.into_split();
        let (requests, receiver) = mpsc::channel(MAX_UNSENT);
        let pending = Pending::new(greeting.dialect());
        let shared = Arc::new(Shared::new(pending, options.events));
        let reader = tokio::spawn(connection::read(from, early, Arc::clone(&shared)));
        let writer = tokio::spawn(connection::write(to, receiver, Arc::clone(&shared)));
        Self {
            inner: Arc::new(Inner {
                address: address.to_owned(),
                greeting,
                options,
                requests,
                shared,
                tasks: [reader.abort_handle(), writer.abort_handle()],
                // The one source of chance in the standard library.
                id_prefix: RandomState::new().build_hasher().finish() as u32,
                last_id: AtomicU64::new(0),
            }),
        }
    }

    /// Where this client is connected, as it was given.
    pub fn address(&self) -> &str {
        &self.inner.address
    }

    /// How the switch greeted.
    pub fn greeting(&self) -> &Greeting {
        &self.inner.greeting
    }

    /// The events from now on. Call it before [`Client::login`] to miss none.
    pub fn events(&self) -> Events {
        Events::new(self.inner.shared.subscribe())
    }

    /// Why the connection is gone; `None` while it is there.
    pub fn closed(&self) -> Option<Error> {
        self.inner.shared.closed()
    }

    /// Logs in.
    ///
    /// # Errors
    /// [`Error::Authentication`] when the switch does not want this user, and those of [`Client::send`].
    pub async fn login(&self, login: &Login) -> Result<Reply, Error> {
        let mut action = session::Login {
            username: login.username.clone(),
            events: login.events.clone(),
            ..session::Login::default()
        };
        match login.method {
            Method::Plain => action.secret.clone_from(&login.secret),
            Method::Md5 => {
                let challenge = session::Challenge {
                    auth_type: "MD5".to_owned(),
                };
                let reply = let_in(self.send(&challenge).await?)?;
                action.auth_type = challenge.auth_type;
                action.key = login::key(reply.get("Challenge"), &login.secret);
            }
        }
        let_in(self.send(&action).await?)
    }

    /// Does an action and waits for its answer, the list that may follow included. The answer may be a
    /// refusal: [`Reply::ok`].
    ///
    /// # Errors
    /// That there is no answer: [`Error::Closed`], [`Error::Timeout`] and the limits. After a timeout the
    /// connection goes on, and the late answer is dropped.
    pub async fn send<A: Action>(&self, action: &A) -> Result<Reply, Error> {
        self.send_packet(action.to_packet()).await
    }

    /// As [`Client::send`], with a packet of one's own. An ActionID is added if there is none.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub async fn send_packet(&self, packet: Packet) -> Result<Reply, Error> {
        let packet = match packet.find("ActionID") {
            Some(_) => packet,
            None => packet.with("ActionID", &self.next_id()),
        };
        let (answer, answered) = oneshot::channel();
        let asking = async {
            // Either fails only when the connection has ended.
            let sent = self.inner.requests.send(Request { packet, answer }).await;
            if sent.is_err() {
                return Err(self.gone());
            }
            answered.await.unwrap_or_else(|_| Err(self.gone()))
        };
        within(self.inner.options.reply_timeout, "answer", asking).await
    }

    /// Says goodbye and waits for the answer to it. That the switch is gone already is no error.
    ///
    /// # Errors
    /// [`Error::Timeout`].
    pub async fn logoff(&self) -> Result<(), Error> {
        match self.send(&session::Logoff).await {
            Ok(_) | Err(Error::Closed { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn gone(&self) -> Error {
        self.closed().unwrap_or(Error::Closed { source: None })
    }

    fn next_id(&self) -> String {
        let number = self.inner.last_id.fetch_add(1, Ordering::Relaxed) + 1;
        format!("{:08x}-{number}", self.inner.id_prefix)
    }
}

fn let_in(reply: Reply) -> Result<Reply, Error> {
    if reply.is_ok() {
        Ok(reply)
    } else {
        Err(Error::Authentication {
            message: reply.message().to_owned(),
        })
    }
}

async fn within<T>(
    after: Duration,
    waiting_for: &'static str,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    match tokio::time::timeout(after, work).await {
        Ok(done) => done,
        Err(_) => Err(Error::Timeout { waiting_for, after }),
    }
}
