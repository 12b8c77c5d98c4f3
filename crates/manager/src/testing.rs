//! A manager with an engine and a host of its own making, and a client to talk to it.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ::engine::request::Request;
use ami::Dialect;
use config::Config;
use switch::Time;
use switch::fact::Fact;
use switch::module::{ModuleSpec, Modules};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

use crate::connection::Connection;
use crate::engine::{EngineHandle, RequestQueue, Unanswered};
use crate::host::{BoxFuture, CommandOutput, Host, HostSettings, ModuleFailed, Reloaded, Times};
use crate::peer::Peer;
use crate::register::Refused;
use crate::settings::Settings;
use crate::user::User;
use crate::{EventSettings, Manager, Teller};

/// What the users of these tests are.
pub(crate) const MANAGER_CONF: &str = "\
[general]
enabled = yes
[admin]
secret = passwd1234
read = all
write = all
[watcher]
secret = watch-only
read = call,reporting
write = reporting
[old]
secret = passwd1234
read = all
write = all
dialect = 1.1
[once]
secret = once
allowmultiplelogin = no
[filtered]
secret = filtered
read = all
write = all
eventfilter(action(include),name(UserEvent)) =
[faraway]
secret = faraway
deny = 0.0.0.0/0.0.0.0
permit = 192.0.2.0/255.255.255.0
";

/// A manager on [`MANAGER_CONF`] whose engine does user events itself and gives everything else to the
/// test.
pub(crate) struct Fixture {
    pub(crate) manager: Arc<Manager>,
    pub(crate) engine: Arc<FakeEngine>,
}

impl Fixture {
    pub(crate) fn new() -> Fixture {
        Fixture::with(MANAGER_CONF)
    }

    pub(crate) fn with(manager_conf: &str) -> Fixture {
        let engine = Arc::new(FakeEngine::default());
        let handle = EngineHandle::new(Arc::clone(&engine));
        let (manager, teller) = Manager::new(
            settings(manager_conf),
            EventSettings::default(),
            handle,
            Arc::new(FakeHost::default()),
        );
        *engine.teller.lock().unwrap() = Some(teller);
        Fixture { manager, engine }
    }

    /// A client of the listener of today's dialect, greeted already.
    pub(crate) async fn connect(&self) -> Client {
        self.connect_to(Dialect::Current).await.unwrap()
    }

    pub(crate) async fn connect_to(&self, dialect: Dialect) -> Result<Client, Refused> {
        let mut client = self.dial(dialect, 64 * 1024)?;
        assert_eq!(client.line().await, dialect.greeting());
        Ok(client)
    }

    /// A connection whose two directions hold `room` bytes each.
    pub(crate) fn dial(&self, dialect: Dialect, room: usize) -> Result<Client, Refused> {
        let (io, far) = tokio::io::duplex(room);
        let connection = Connection::new(&self.manager, far, peer(), dialect)?;
        let task = tokio::spawn(connection);
        Ok(Client {
            io,
            read: Vec::new(),
            task,
        })
    }

    /// A client logged in, with the answer read, and all that a login tells.
    pub(crate) async fn login(&self, user: &str, secret: &str, events: &str) -> Client {
        let mut client = self.connect().await;
        client
            .send(&format!(
                "Action: Login\nUsername: {user}\nSecret: {secret}\nEvents: {events}\n\n"
            ))
            .await;
        assert_eq!(
            client.packet().await,
            "Response: Success\r\nMessage: Authentication accepted\r\n\r\n"
        );
        client
    }

    /// Tells everybody something.
    pub(crate) fn tell(&self, facts: &[Fact]) {
        let mut teller = self.engine.teller.lock().unwrap();
        teller
            .as_mut()
            .unwrap()
            .tell(facts.iter().map(|fact| (NOW, fact)));
    }

    /// Tells everybody a user event.
    pub(crate) fn user_event(&self, name: &str) {
        let (name, headers) = (name.into(), Vec::new());
        self.tell(&[Fact::UserEvent {
            channel: None,
            name,
            headers,
        }]);
    }
}

pub(crate) fn settings(manager_conf: &str) -> Settings {
    let config = Config::from_text("manager.conf", manager_conf).unwrap();
    Settings::read(&config, None).unwrap().0
}

fn peer() -> Peer {
    Peer {
        local: "127.0.0.1:5038".parse().unwrap(),
        remote: "127.0.0.1:4711".parse().unwrap(),
        tls: false,
    }
}

/// 2026-11-23T07:14:59.526950Z, as far as this host knows.
pub(crate) const NOW: Time = Time(1_795_418_099_526_950);

/// The test's end of a connection.
pub(crate) struct Client {
    io: DuplexStream,
    read: Vec<u8>,
    task: tokio::task::JoinHandle<()>,
}

impl Client {
    pub(crate) async fn send(&mut self, text: &str) {
        self.send_bytes(text.as_bytes()).await;
    }

    pub(crate) async fn send_bytes(&mut self, bytes: &[u8]) {
        self.io.write_all(bytes).await.unwrap();
    }

    /// Everything up to the next empty line.
    pub(crate) async fn packet(&mut self) -> String {
        self.until(b"\r\n\r\n").await
    }

    pub(crate) async fn packets(&mut self, count: usize) -> String {
        let mut all = String::new();
        for _ in 0..count {
            all += &self.packet().await;
        }
        all
    }

    pub(crate) async fn line(&mut self) -> String {
        self.until(b"\r\n").await
    }

    /// What the server sends until it closes.
    pub(crate) async fn rest(mut self) -> String {
        let mut rest = std::mem::take(&mut self.read);
        self.io.read_to_end(&mut rest).await.unwrap();
        self.task.await.unwrap();
        String::from_utf8_lossy(&rest).into_owned()
    }

    /// One read of the socket, as the segments came.
    pub(crate) async fn segment(&mut self) -> String {
        assert!(self.read.is_empty());
        let mut buffer = vec![0; 64 * 1024];
        let count = self.io.read(&mut buffer).await.unwrap();
        buffer.truncate(count);
        String::from_utf8(buffer).unwrap()
    }

    /// Whether nothing more comes, however long one waits.
    pub(crate) async fn is_quiet(&mut self) -> bool {
        let mut byte = [0; 1];
        let read = tokio::time::timeout(Duration::from_secs(3600), self.io.read(&mut byte)).await;
        self.read.is_empty() && read.is_err()
    }

    /// Sends nothing more, and still reads.
    pub(crate) async fn half_close(&mut self) {
        self.io.shutdown().await.unwrap();
    }

    /// Waits for the server's end to be over, without reading.
    pub(crate) async fn ended(&mut self) {
        (&mut self.task).await.unwrap();
    }

    async fn until(&mut self, end: &[u8]) -> String {
        loop {
            if let Some(at) = memchr::memmem::find(&self.read, end) {
                let rest = self.read.split_off(at + end.len());
                let whole = std::mem::replace(&mut self.read, rest);
                return String::from_utf8_lossy(&whole).into_owned();
            }
            let mut buffer = [0; 4096];
            let count = self.io.read(&mut buffer).await.unwrap();
            assert_ne!(
                count,
                0,
                "closed after {}",
                String::from_utf8_lossy(&self.read)
            );
            self.read.extend_from_slice(&buffer[..count]);
        }
    }
}

/// Keeps the requests it is given, but for user events, which it tells as the engine would.
#[derive(Default)]
pub(crate) struct FakeEngine {
    pub(crate) requests: Mutex<Vec<Request>>,
    teller: Mutex<Option<Teller>>,
}

impl RequestQueue for Arc<FakeEngine> {
    fn submit(&self, request: Request) -> Result<(), Unanswered> {
        match request {
            Request::UserEvent(name, headers, answer) => {
                answer.send(());
                let fact = Fact::UserEvent {
                    channel: None,
                    name,
                    headers,
                };
                if let Some(teller) = self.teller.lock().unwrap().as_mut() {
                    teller.tell([(NOW, &fact)]);
                }
            }
            other => self.requests.lock().unwrap().push(other),
        }
        Ok(())
    }
}

/// A process that has been up for 72 seconds.
pub(crate) struct FakeHost {
    modules: Arc<Modules>,
}

impl Default for FakeHost {
    fn default() -> FakeHost {
        let modules = Modules::new([
            ModuleSpec {
                name: "pbx_config",
                summary: "",
            },
            ModuleSpec {
                name: "res_manager_devicestate",
                summary: "",
            },
        ]);
        FakeHost {
            modules: Arc::new(modules),
        }
    }
}

impl Host for FakeHost {
    fn now(&self) -> Time {
        NOW
    }

    fn times(&self) -> Times {
        let started = Time(NOW.0 - 72_000_000);
        Times {
            started,
            reloaded: started,
            utc_offset: 0,
            booted: true,
        }
    }

    fn settings(&self) -> HostSettings {
        HostSettings::default()
    }

    fn modules(&self) -> &Arc<Modules> {
        &self.modules
    }

    fn config_directory(&self) -> &Path {
        Path::new("/nonexistent")
    }

    fn command<'a>(&'a self, command: &'a str, _: &'a User) -> BoxFuture<'a, CommandOutput> {
        let lines = vec![format!("did {command}")];
        Box::pin(async {
            CommandOutput {
                success: true,
                lines,
            }
        })
    }

    fn reload<'a>(&'a self, _: Option<&'a str>) -> BoxFuture<'a, Reloaded> {
        Box::pin(async { Reloaded::Success })
    }

    fn load_module<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), ModuleFailed>> {
        Box::pin(async { Ok(()) })
    }

    fn unload_module<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), ModuleFailed>> {
        Box::pin(async { Ok(()) })
    }

    fn rotate_log<'a>(&'a self, _: Option<&'a str>) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async { Ok(()) })
    }
}
