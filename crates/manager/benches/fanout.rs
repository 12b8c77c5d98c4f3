//! What it costs to tell events to many sessions, but for the sockets: rendering, filtering, publishing,
//! waking, and handing the bytes to a socket that takes all of them.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark that cannot start may panic"
)]

use std::hint::black_box;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use ami::Dialect;
use config::Config;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use engine::request::Request;
use manager::connection::Connection;
use manager::engine::{EngineHandle, RequestQueue, Unanswered};
use manager::host::{BoxFuture, CommandOutput, Host, HostSettings, ModuleFailed, Reloaded, Times};
use manager::peer::Peer;
use manager::settings::Settings;
use manager::user::User;
use manager::{EventSettings, Manager, Teller};
use switch::Time;
use switch::fact::Fact;
use switch::module::Modules;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Events told at once: what a busy engine hands over.
const BATCH: usize = 64;

fn fanout(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("fanout");
    for (listeners, filters) in [(50, 0), (200, 0), (200, 10)] {
        group.throughput(Throughput::Elements((listeners * BATCH) as u64));
        let id = BenchmarkId::new(
            format!("{listeners} listeners"),
            format!("{filters} filters"),
        );
        group.bench_function(id, |bencher| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build()
                .unwrap();
            let mut teller = runtime.block_on(async { serve(listeners, filters) });
            let facts: Vec<Fact> = (0..BATCH).map(user_event).collect();
            bencher.iter(|| {
                teller.tell(black_box(&facts).iter().map(|fact| (Time(0), fact)));
                // Every session that was woken runs before this task runs again.
                runtime.block_on(tokio::task::yield_now());
            });
        });
    }
    group.finish();
}

/// An event of about 350 bytes.
fn user_event(n: usize) -> Fact {
    let headers = vec![
        ("Number".into(), n.to_string().into()),
        ("Note".into(), "x".repeat(260).into()),
    ];
    Fact::UserEvent {
        channel: None,
        name: "Bench".into(),
        headers,
    }
}

/// A manager with listeners that are logged in, each a task of the runtime.
fn serve(listeners: usize, filters: usize) -> Teller {
    let lines: String = (0..filters)
        .map(|n| format!("eventfilter = Number: .*{n}|Bench\n"))
        .collect();
    let text = format!(
        "[general]\nenabled = yes\nauthlimit = 10000\n\
         [admin]\nsecret = x\nread = user\ndisplayconnects = no\n{lines}"
    );
    let (settings, _) =
        Settings::read(&Config::from_text("manager.conf", &text).unwrap(), None).unwrap();
    let (manager, teller) = Manager::new(
        settings,
        EventSettings::default(),
        EngineHandle::new(NoEngine),
        Arc::new(Nothing(Arc::new(Modules::new([])))),
    );
    for _ in 0..listeners {
        let peer = Peer {
            local: "127.0.0.1:5038".parse().unwrap(),
            remote: "127.0.0.1:4711".parse().unwrap(),
            tls: false,
        };
        let io = Listener(Some(
            b"Action: Login\r\nUsername: admin\r\nSecret: x\r\n\r\n",
        ));
        tokio::spawn(Connection::new(&manager, io, peer, Dialect::Current).unwrap());
    }
    teller
}

/// A client that logs in and then takes whatever comes.
struct Listener(Option<&'static [u8]>);

impl AsyncRead for Listener {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Some(login) = self.0.take() else {
            return Poll::Pending;
        };
        buffer.put_slice(login);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Listener {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(Ok(pieces.iter().map(|piece| piece.len()).sum()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

struct NoEngine;

impl RequestQueue for NoEngine {
    fn submit(&self, _: Request) -> Result<(), Unanswered> {
        Err(Unanswered::Gone)
    }
}

struct Nothing(Arc<Modules>);

impl Host for Nothing {
    fn now(&self) -> Time {
        Time(0)
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
        &self.0
    }

    fn config_directory(&self) -> &Path {
        Path::new("/nonexistent")
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

criterion_group!(benches, fanout);
criterion_main!(benches);
