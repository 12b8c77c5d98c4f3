//! The thread that SIP lives on: it owns core and carrier, and is the way between them and the engine.

// Long because thread, handle and loop are read together.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use engine::Input;
use engine::request::Responder;
use switch::device::ExtensionState;
use switch::mailbox::Mailbox;
use switch::signal::Order;
use switch::{ChannelId, Text, Time};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use crate::carrier::{Carrier, Held, Spans};
use crate::core::{Back, Core, Counts};
use crate::directory::{self, Directory};
use crate::limits::{INPUTS, ORDERS};
use crate::settings::Settings;
use crate::sound::Sound;

/// How long inputs wait before an engine with a full queue is tried again.
const RETRY: Duration = Duration::from_millis(1);

/// How long registrations of ours have to be taken back when the switch goes down.
const FAREWELL: Duration = Duration::from_secs(2);

/// Commands and messages taken before what they brought about is handed on.
const AT_ONCE: usize = 256;

/// Where the engine's inputs go. Never waits.
pub trait ToEngine: Send {
    /// Puts an input into the engine's queue.
    ///
    /// # Errors
    /// Where there is no room, with the input: it is tried again. Where the engine has ended.
    fn send(&mut self, input: Input) -> Result<(), Refused>;
}

/// Why an input was not taken.
#[derive(Debug)]
pub enum Refused {
    /// There is no room now.
    Full(Box<Input>),
    /// There is no engine any more.
    Gone,
}

/// What the driver begins with.
pub struct Start {
    /// pjsip.conf.
    pub settings: Arc<Settings>,
    /// The live state that it writes.
    pub directory: Arc<Directory>,
    /// Who carries the sound.
    pub sound: Box<dyn Sound + Send>,
    /// Where inputs go.
    pub engine: Box<dyn ToEngine>,
    /// What time it is: the engine's clock.
    pub clock: Arc<dyn Fn() -> Time + Send + Sync>,
}

/// What there is, for whoever looks for leaks: all but contacts, connections and what was lost return to
/// zero when nothing goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Of the core.
    pub core: Counts,
    /// Transactions and their timers.
    pub transactions: Held,
    /// Connections.
    pub connections: usize,
    /// Inputs that wait for the engine.
    pub inputs: usize,
    /// Orders that found no room.
    pub lost: u64,
}

/// The way to the driver.
#[derive(Clone)]
pub struct Handle {
    queue: mpsc::Sender<Command>,
    lost: Arc<AtomicU64>,
}

/// The driver's thread. It ends with [`Handle::stop`].
#[derive(Debug)]
pub struct Driver {
    thread: JoinHandle<()>,
}

enum Command {
    Order(ChannelId, Order),
    Back(Back),
    Request(directory::Request),
    Configure(Arc<Settings>),
    Hint(Text, Text, ExtensionState),
    Mailbox(Text, Mailbox),
    Silent(ChannelId),
    Detail(ChannelId, Text, Responder<Result<String, String>>),
    Cut(ChannelId),
    Host(Text, Vec<IpAddr>),
    Count(oneshot::Sender<Counters>),
    Stop,
}

impl Driver {
    /// Starts the thread and listens. What could not be listened on, a line each: the others go on.
    ///
    /// # Errors
    /// Where the thread cannot be made.
    pub fn start(start: Start) -> io::Result<(Driver, Handle, Vec<String>)> {
        let (queue, commands) = mpsc::channel(ORDERS);
        let handle = Handle {
            queue,
            lost: Arc::default(),
        };
        let own = handle.clone();
        let (told, failed) = std::sync::mpsc::sync_channel(1);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let orders = handle.clone();
        start
            .directory
            .install(move |request| orders.request(request));
        let thread = std::thread::Builder::new()
            .name("sip".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    let (running, failed) = Running::new(start, own, commands);
                    // Whoever started us waits for nothing else.
                    let _ = told.send(failed);
                    running.run().await;
                });
            })?;
        let failed = failed
            .recv()
            .map_err(|_| io::Error::other("the thread of SIP ended at once"))?;
        Ok((Driver { thread }, handle, failed))
    }

    /// Whether the thread has ended.
    pub fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits until it has: after [`Handle::stop`], some two seconds at most.
    pub fn join(self) {
        // A panic there was told where it happened.
        let _ = self.thread.join();
    }
}

impl Handle {
    /// Has a channel do something, other than about its sound. Whether it could be passed on: a driver that
    /// is so far behind will not catch up.
    pub fn order(&self, channel: ChannelId, order: Order) -> bool {
        self.send(Command::Order(channel, order))
    }

    /// An order of the manager interface or the console; whether it could be passed on.
    pub fn request(&self, request: directory::Request) -> bool {
        self.send(Command::Request(request))
    }

    /// Takes settings that were read anew. Calls go on.
    pub fn reload(&self, settings: Arc<Settings>) -> bool {
        self.send(Command::Configure(settings))
    }

    /// An extension's state changed (`Fact::ExtensionChanged`): subscribers are told.
    pub fn hint_changed(&self, context: Text, exten: Text, state: ExtensionState) -> bool {
        self.send(Command::Hint(context, exten, state))
    }

    /// Something else waits in a mailbox (`Fact::MailboxChanged`): phones are told.
    pub fn mailbox_changed(&self, name: Text, mailbox: Mailbox) -> bool {
        self.send(Command::Mailbox(name, mailbox))
    }

    /// Nothing was heard of a channel's far end for longer than its endpoint allows.
    pub fn silent(&self, channel: ChannelId) -> bool {
        self.send(Command::Silent(channel))
    }

    /// A channel's far end cannot be heard and will not be: its keys or its place cannot be found out.
    pub fn cut(&self, channel: ChannelId) -> bool {
        self.send(Command::Cut(channel))
    }

    /// What there is; `None` where the thread has ended, or is so far behind that it takes no question.
    pub async fn counters(&self) -> Option<Counters> {
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(Command::Count(answer)).ok()?;
        answered.await.ok()
    }

    /// Orders that found no room, or no thread.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// What the dialplan asks of a channel, such as `pjsip,call-id`. The answer comes on the driver's thread,
    /// which must not be held up.
    pub fn detail(
        &self,
        channel: ChannelId,
        field: Text,
        reply: Responder<Result<String, String>>,
    ) {
        let refused = match self.queue.try_send(Command::Detail(channel, field, reply)) {
            Ok(()) => return,
            Err(TrySendError::Full(command) | TrySendError::Closed(command)) => command,
        };
        self.lost.fetch_add(1, Ordering::Relaxed);
        if let Command::Detail(_, _, reply) = refused {
            reply.send(Err("too much waits for SIP".to_owned()));
        }
    }

    /// Takes registrations of ours back, ends subscriptions and then the thread.
    pub fn stop(&self) -> bool {
        self.send(Command::Stop)
    }

    fn send(&self, command: Command) -> bool {
        let sent = self.queue.try_send(command).is_ok();
        if !sent {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        sent
    }
}

struct Running {
    core: Core,
    carrier: Carrier,
    commands: mpsc::Receiver<Command>,
    engine: Box<dyn ToEngine>,
    clock: Arc<dyn Fn() -> Time + Send + Sync>,
    directory: Arc<Directory>,
    /// Inputs that an engine with a full queue has not taken.
    inputs: VecDeque<Input>,
    lost: Arc<AtomicU64>,
    queue: mpsc::Sender<Command>,
    ends: Option<Time>,
}

impl Running {
    fn new(
        start: Start,
        handle: Handle,
        commands: mpsc::Receiver<Command>,
    ) -> (Running, Vec<String>) {
        let Start {
            settings,
            directory,
            sound,
            engine,
            clock,
        } = start;
        let spans = spans(&settings);
        let mut carrier = Carrier::new(spans, chance(), Arc::clone(&directory));
        carrier.keep_alive(settings.global.keep_alive_interval);
        let failed = carrier.listen(&settings.transports);
        let lost = Arc::clone(&handle.lost);
        let queue = handle.queue.clone();
        look_up(&queue, &settings);
        let back = Arc::new(move |back| {
            handle.send(Command::Back(back));
        });
        let mut core = Core::new(
            clock(),
            settings,
            Arc::clone(&directory),
            carrier.flows(),
            sound,
            chance(),
            back,
        );
        core.listening(carrier.flows());
        let running = Running {
            core,
            carrier,
            commands,
            engine,
            clock,
            directory,
            inputs: VecDeque::new(),
            lost,
            queue,
            ends: None,
        };
        (running, failed)
    }

    async fn run(mut self) {
        loop {
            let now = (self.clock)();
            self.core.tick(now);
            self.carrier.tick(now);
            self.pump(now);
            let over = self
                .ends
                .is_some_and(|ends| now >= ends || self.core.counts().waiting == 0);
            if over || !self.hand_on() {
                return self.directory.uninstall();
            }
            self.wait(now).await;
        }
    }

    /// Waits for something to happen and takes it, and what came with it.
    async fn wait(&mut self, now: Time) {
        let timers = [self.core.next_timer(), self.carrier.next_timer(), self.ends];
        let next = timers.into_iter().flatten().min();
        let mut rest = next.map_or(Duration::from_secs(3600), |at| at.since(now));
        if !self.inputs.is_empty() {
            rest = rest.min(RETRY);
        }
        let room = self.inputs.len() < INPUTS;
        let clock = Arc::clone(&self.clock);
        tokio::select! {
            command = self.commands.recv() => {
                let mut next = command;
                let mut taken = 0;
                while let Some(command) = next {
                    self.command(clock(), command);
                    taken += 1;
                    next = if taken < AT_ONCE { self.commands.try_recv().ok() } else { None };
                }
            }
            arrived = self.carrier.arrived(), if room => {
                let mut next = Some(arrived);
                let mut taken = 0;
                while let Some(arrived) = next {
                    let now = clock();
                    self.carrier.take(now, arrived);
                    self.pump(now);
                    taken += 1;
                    next = if taken < AT_ONCE { self.carrier.try_arrived() } else { None };
                }
            }
            () = tokio::time::sleep(rest) => {}
        }
    }

    fn command(&mut self, now: Time, command: Command) {
        match command {
            Command::Order(channel, order) => self.core.order(now, channel, &order),
            Command::Back(back) => self.core.back(now, back),
            Command::Request(directory::Request::Reload) => {
                let settings = self.directory.settings();
                self.configure(now, settings);
            }
            Command::Request(request) => self.core.request(now, request),
            Command::Configure(settings) => self.configure(now, settings),
            Command::Hint(context, exten, state) => {
                self.core.hint_changed(now, &context, &exten, state);
            }
            Command::Mailbox(name, mailbox) => self.core.mailbox_changed(now, &name, mailbox),
            Command::Silent(channel) => self.core.silent(now, channel),
            Command::Detail(channel, field, reply) => {
                reply.send(self.core.detail(channel, &field));
            }
            Command::Cut(channel) => self.core.cut(now, channel),
            Command::Host(host, addresses) => self.core.host_is(host, addresses),
            Command::Count(answer) => {
                // Whoever asked may have gone.
                let _ = answer.send(self.count());
            }
            Command::Stop => {
                self.core.stop(now);
                self.ends = Some(now + FAREWELL);
            }
        }
        self.pump(now);
    }

    fn configure(&mut self, now: Time, settings: Arc<Settings>) {
        self.carrier.set_spans(spans(&settings));
        self.carrier.keep_alive(settings.global.keep_alive_interval);
        for failed in self.carrier.listen(&settings.transports) {
            tracing::error!(target: "sip", "{failed}");
        }
        look_up(&self.queue, &settings);
        self.core.listening(self.carrier.flows());
        self.core.configure(now, settings);
    }

    /// Passes on between core and carrier until neither says anything.
    fn pump(&mut self, now: Time) {
        loop {
            let events = self.carrier.take_events();
            let said = self.core.take_wire();
            if events.is_empty() && said.is_empty() {
                return;
            }
            for say in said {
                self.carrier.send(now, say);
            }
            for event in events {
                self.core.handle(now, event);
            }
        }
    }

    /// Hands the engine what is for it: whether there is an engine.
    fn hand_on(&mut self) -> bool {
        self.inputs.extend(self.core.take_engine());
        while let Some(input) = self.inputs.pop_front() {
            match self.engine.send(input) {
                Ok(()) => {}
                Err(Refused::Full(input)) => {
                    self.inputs.push_front(*input);
                    return true;
                }
                Err(Refused::Gone) => return false,
            }
        }
        true
    }

    fn count(&self) -> Counters {
        Counters {
            core: self.core.counts(),
            transactions: self.carrier.held(),
            connections: self.carrier.connections(),
            inputs: self.inputs.len(),
            lost: self.lost.load(Ordering::Relaxed),
        }
    }
}

/// Looks up the hosts that `match` and `external_media_address` name. One that the DNS does not know is nobody's
/// until the next reload.
fn look_up(queue: &mpsc::Sender<Command>, settings: &Settings) {
    let matched = settings.identifies.iter().flat_map(|one| &one.hosts);
    let external = settings
        .transports
        .iter()
        .map(|one| &one.external_media_address);
    let named = external.filter(|host| !host.is_empty() && host.parse::<IpAddr>().is_err());
    for host in matched.chain(named).cloned() {
        let queue = queue.clone();
        tokio::spawn(async move {
            let found = tokio::net::lookup_host((&*host, 0)).await;
            let found = found.map(|all| all.map(|one| one.ip().to_canonical()).collect());
            match found {
                Ok(found) => {
                    // Where the driver has ended nobody needs it.
                    let _ = queue.send(Command::Host(host, found)).await;
                }
                Err(why) => tracing::warn!(target: "sip", "{host}: {why}"),
            }
        });
    }
}

fn spans(settings: &Settings) -> Spans {
    let system = &settings.system;
    let mut spans = Spans::default();
    if !system.timer_t1.is_zero() {
        spans.t1 = system.timer_t1;
    }
    if !system.timer_b.is_zero() {
        spans.patience = system.timer_b;
    }
    spans
}

/// A number that nobody outside can guess: what the standard library keys its hash tables with.
fn chance() -> u64 {
    RandomState::new().build_hasher().finish()
}
