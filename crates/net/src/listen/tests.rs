//! Real sockets, plain and encrypted, with an engine of its own behind them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use config::Config;
use engine::{Engine, Start};
use manager::engine::EngineHandle;
use manager::host::{BoxFuture, CommandOutput, Host, HostSettings, ModuleFailed, Reloaded, Times};
use manager::settings::Settings;
use manager::user::User;
use manager::{EventSettings, Manager};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use switch::Time;
use switch::module::Modules;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Listening;
use crate::clock::Clock;
use crate::engine_thread::{EngineQueue, Outside, Waiting};

/// A process without anything.
struct Nothing {
    clock: Clock,
    modules: Arc<Modules>,
    directory: PathBuf,
}

impl Host for Nothing {
    fn now(&self) -> Time {
        self.clock.now()
    }

    fn times(&self) -> Times {
        Times {
            started: Time(0),
            reloaded: Time(0),
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
        &self.directory
    }

    fn command<'a>(&'a self, _: &'a str, _: &'a User) -> BoxFuture<'a, CommandOutput> {
        Box::pin(async { CommandOutput::default() })
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

impl Outside for Nothing {
    fn ask(&mut self, _: dialplan::world::Token, _: dialplan::world::Question, _: &EngineQueue) {}

    fn order(&mut self, _: switch::ChannelId, _: switch::signal::Order) {}
}

/// A manager with this configuration, listening wherever that says.
fn serve(manager_conf: &str, directory: &Path) -> (Arc<Manager>, Vec<Listening>) {
    let config = Config::from_text("manager.conf", manager_conf).unwrap();
    let (settings, _) = Settings::read(&config, None).unwrap();
    let listeners = settings.listeners.clone();
    let clock = Clock::new();
    let modules = Arc::new(Modules::new([]));
    let nothing = || Nothing {
        clock,
        modules: modules.clone(),
        directory: directory.to_owned(),
    };
    let waiting = Waiting::new();
    let engine = EngineHandle::new(waiting.queue().clone());
    let (manager, mut teller) = Manager::new(
        settings,
        EventSettings::default(),
        engine,
        Arc::new(nothing()),
    );
    let start = {
        let modules = modules.clone();
        move |now| {
            Engine::new(Start {
                now,
                seed: 1,
                plan: Arc::default(),
                modules,
                settings: engine::Settings::default(),
                database: Vec::new(),
            })
        }
    };
    waiting
        .start(clock, start, nothing(), move |batch| {
            teller.tell(batch.iter().map(|(at, fact)| (*at, fact)));
        })
        .unwrap();
    let listening = listeners
        .iter()
        .map(|listener| Listening::start(&manager, listener, directory).unwrap())
        .collect();
    (manager, listening)
}

const CONF: &str = "\
[general]
enabled = yes
bindaddr = 127.0.0.1
port = 0
oldport = 0
tlsenable = yes
tlsbindaddr = 127.0.0.1:0
tlscertfile = cert.pem
tlsprivatekey = key.pem
[admin]
secret = passwd1234
read = user
write = all
";

/// Greets, logs in, sends an event to itself, and leaves.
async fn converse(mut io: impl AsyncRead + AsyncWrite + Unpin, greeting: &str) {
    let mut first = vec![0; greeting.len()];
    io.read_exact(&mut first).await.unwrap();
    assert_eq!(first, greeting.as_bytes());
    io.write_all(b"Action: Login\nUsername: admin\nSecret: passwd1234\n\n")
        .await
        .unwrap();
    let accepted = "Response: Success\r\nMessage: Authentication accepted\r\n\r\n";
    let sent = "Response: Success\r\nMessage: Event Sent\r\n\r\n";
    let event = "Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: Here\r\n\r\n";
    io.write_all(b"Action: UserEvent\nUserEvent: Here\n\n")
        .await
        .unwrap();
    let wanted = [accepted, sent, event].concat();
    let mut got = vec![0; wanted.len()];
    io.read_exact(&mut got).await.unwrap();
    assert_eq!(String::from_utf8(got).unwrap(), wanted);
    io.write_all(b"Action: Logoff\n\n").await.unwrap();
    let mut rest = String::new();
    io.read_to_string(&mut rest).await.unwrap();
    assert_eq!(
        rest,
        "Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n\r\n"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_listener_speaks_its_dialect_plain_or_encrypted() {
    let directory = tempfile::tempdir().unwrap();
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(directory.path().join("cert.pem"), certified.cert.pem()).unwrap();
    std::fs::write(
        directory.path().join("key.pem"),
        certified.signing_key.serialize_pem(),
    )
    .unwrap();
    let (manager, listening) = serve(CONF, directory.path());
    let [current, old, encrypted] = &listening[..] else {
        panic!("{listening:?}")
    };

    converse(
        TcpStream::connect(current.address()).await.unwrap(),
        "Asterisk Call Manager/13.0.0\r\n",
    )
    .await;
    converse(
        TcpStream::connect(old.address()).await.unwrap(),
        "Asterisk Call Manager/1.1\r\n",
    )
    .await;

    let mut roots = RootCertStore::empty();
    roots.add(certified.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(encrypted.address()).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .unwrap();
    converse(stream, "Asterisk Call Manager/13.0.0\r\n").await;
    assert_eq!(manager.settings().users().count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_is_not_there_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let (manager, _) = serve(
        "[general]\nenabled = yes\nbindaddr = 127.0.0.1\nport = 0\n",
        directory.path(),
    );
    let config = Config::from_text("manager.conf", CONF).unwrap();
    let (settings, _) = Settings::read(&config, None).unwrap();
    let listener = settings
        .listeners
        .iter()
        .find(|listener| listener.tls.is_some())
        .unwrap();
    let error = Listening::start(&manager, listener, directory.path()).unwrap_err();
    assert!(error.to_string().starts_with("cert.pem: "), "{error}");
}
