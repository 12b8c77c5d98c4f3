//! The switch's end of the control socket.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use console::{Cx, Host, Output};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Semaphore, broadcast, watch};

use super::frame::{Frame, Hello, parts};
use crate::log::{Line, Log, Style};

/// Consoles at once. Each is a process of the administrator's; more is a script gone wild.
const CONSOLES: usize = 128;

/// How long a console has to say what it wants.
const HELLO: Duration = Duration::from_secs(10);

/// How long accepting rests after an error such as running out of file descriptors.
const REST: Duration = Duration::from_millis(100);

/// What every console's end needs.
pub(crate) struct Server {
    /// The daemon as commands see it.
    pub(crate) host: Arc<dyn Host>,
    /// The log.
    pub(crate) log: Arc<Log>,
    /// What a console is greeted with.
    pub(crate) welcome: String,
    /// Hears that a console has come, gone or changed what it wants to see.
    pub(crate) ask_around: Box<dyn Fn() + Send + Sync>,
    /// Whether the coming and going of consoles is kept out of the log.
    pub(crate) hide_connect: bool,
    /// Turns true when the switch ends.
    pub(crate) ending: watch::Receiver<bool>,
}

/// Opens the socket in place of one that nobody listens on any more.
pub(crate) fn listen(path: &Path) -> io::Result<UnixListener> {
    if std::os::unix::net::UnixStream::connect(path).is_ok() {
        return Err(io::Error::new(
            io::ErrorKind::AddrInUse,
            "a switch is running there already",
        ));
    }
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    // Whoever may write to it owns the switch.
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o660))?;
    Ok(listener)
}

/// Serves consoles until the switch ends, then tells them.
pub(crate) async fn serve(listener: UnixListener, server: Arc<Server>) {
    let places = Arc::new(Semaphore::new(CONSOLES));
    let mut ending = server.ending.clone();
    let mut consoles = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => match places.clone().try_acquire_owned() {
                    Ok(place) => {
                        let server = server.clone();
                        consoles.spawn(async move {
                            let _place = place;
                            // A console that went away has nobody to tell.
                            let _ = serve_console(stream, &server).await;
                        });
                    }
                    Err(_) => tracing::warn!("too many consoles: one was turned away"),
                },
                Err(e) => {
                    tracing::warn!("the control socket accepts no console: {e}");
                    tokio::time::sleep(REST).await;
                }
            },
            Some(_) = consoles.join_next() => {}
            () = end(&mut ending) => break,
        }
    }
    drop(listener);
    while consoles.join_next().await.is_some() {}
}

/// Waits until the switch ends.
async fn end(ending: &mut watch::Receiver<bool>) {
    // A sender that is gone has ended too.
    drop(ending.wait_for(|ending| *ending).await);
}

/// One console.
struct Console<'a> {
    server: &'a Server,
    stream: UnixStream,
    received: Vec<u8>,
    hello: Hello,
    verbosity: Arc<AtomicU8>,
}

/// Serves a console until either side has enough of it.
async fn serve_console(stream: UnixStream, server: &Server) -> io::Result<()> {
    let mut console = Console {
        server,
        stream,
        received: Vec::new(),
        hello: Hello::default(),
        verbosity: Arc::default(),
    };
    let Ok(hello) = tokio::time::timeout(HELLO, console.frame()).await else {
        return Ok(());
    };
    let Some(Frame::Hello(hello)) = hello? else {
        return Ok(());
    };
    console.hello = hello;
    console.verbosity = server
        .log
        .open_console(hello.verbosity.unwrap_or_else(|| server.log.verbosity()));
    (server.ask_around)();
    server.mention("Remote UNIX connection");
    console
        .send(&Frame::Welcome(server.welcome.clone()))
        .await?;
    let served = console.run().await;
    drop(console);
    (server.ask_around)();
    server.mention("Remote UNIX connection disconnected");
    served
}

impl Server {
    fn mention(&self, text: &str) {
        if !self.hide_connect {
            tracing::info!(target: "verbose", level = 3, "{text}");
        }
    }
}

impl Console<'_> {
    async fn run(&mut self) -> io::Result<()> {
        let server = self.server;
        let cx = Cx::of_console(server.host.clone(), self.verbosity.clone());
        let mut lines = server.log.subscribe();
        let mut ending = server.ending.clone();
        loop {
            tokio::select! {
                // A command that ends the switch is answered before the end.
                biased;
                frame = self.frame() => match frame? {
                    Some(Frame::Command(line)) => self.command(&cx, &line, &mut lines).await?,
                    Some(Frame::Complete(line)) => {
                        let completion = console::complete(&cx, &line).await;
                        self.send(&Frame::Candidates(completion.start, completion.candidates)).await?;
                    }
                    Some(_) => {
                        let why = "a console says nothing of this kind".to_owned();
                        return self.send(&Frame::Bye(why)).await;
                    }
                    None => return Ok(()),
                },
                line = lines.recv() => self.log(line).await?,
                () = end(&mut ending) => {
                    return self.send(&Frame::Bye("the switch is ending".to_owned())).await;
                }
            }
        }
    }

    /// Runs a command, with the log going on beside it.
    async fn command(
        &mut self,
        cx: &Cx,
        line: &str,
        lines: &mut broadcast::Receiver<Arc<Line>>,
    ) -> io::Result<()> {
        let command = console::run(cx, line);
        tokio::pin!(command);
        let Output { success, text } = loop {
            tokio::select! {
                output = &mut command => break output,
                line = lines.recv() => self.log(line).await?,
            }
        };
        (self.server.ask_around)();
        for part in parts(&text) {
            self.send(&Frame::Output(part.to_owned())).await?;
        }
        self.send(&Frame::Done(success)).await
    }

    async fn log(&mut self, line: Result<Arc<Line>, RecvError>) -> io::Result<()> {
        if !self.hello.log {
            return Ok(());
        }
        let line = match line {
            Ok(line) => line,
            Err(RecvError::Lagged(count)) => {
                return self
                    .send(&Frame::Log(format!("({count} lines were left out)")))
                    .await;
            }
            Err(RecvError::Closed) => return Ok(()),
        };
        if !self
            .server
            .log
            .shows(&line, self.verbosity.load(Ordering::Relaxed))
        {
            return Ok(());
        }
        let settings = self.server.log.settings();
        let Hello {
            colours,
            timestamps,
            ..
        } = self.hello;
        let style = Style {
            date: &settings.date,
            colours,
            timestamps,
        };
        self.send(&Frame::Log(line.for_console(style))).await
    }

    async fn send(&mut self, frame: &Frame) -> io::Result<()> {
        self.stream.write_all(&frame.encode()).await
    }

    /// Waits for a frame. What came so far stays when this is dropped before its end.
    async fn frame(&mut self) -> io::Result<Option<Frame>> {
        loop {
            if let Some(frame) = Frame::take(&mut self.received)? {
                return Ok(Some(frame));
            }
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Ok(None);
            }
        }
    }
}
