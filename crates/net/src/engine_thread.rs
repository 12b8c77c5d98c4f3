//! The thread that the engine lives on, and the one that tells what happened.

use std::io;
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError, bounded};
use dialplan::world::{Answer, Question, Token};
use engine::request::Request;
use engine::{Engine, Input};
use manager::engine::{RequestQueue, Unanswered};
use sip::driver::{Refused, ToEngine};
use switch::Time;
use switch::fact::Fact;
use switch::signal::Order;

use crate::clock::Clock;

/// Inputs that may wait for the engine. Each is small, and the engine takes some hundred thousand in a
/// second; more than this means that it cannot keep up, and whoever asks is told so.
const INPUTS: usize = 65_536;

/// Batches of facts that may wait to be told. The engine waits where there are more: nothing is lost,
/// and telling never waits for a reader.
const BATCHES: usize = 1024;

/// Inputs taken before what they brought about is handed on.
const INPUTS_AT_ONCE: usize = 256;

/// What happened, with the time of each.
pub type Batch = Vec<(Time, Fact)>;

/// Does what the engine cannot do itself; it must not wait, but hand the work on.
pub trait Outside: Send {
    /// Finds the answer to a question and sends it as [`Input::Answer`].
    fn ask(&mut self, token: Token, question: Question, answers: &EngineQueue);

    /// Has a driver's channel do something.
    fn order(&mut self, channel: switch::ChannelId, order: Order);
}

/// The way into the engine.
#[derive(Debug, Clone)]
pub struct EngineQueue(Sender<Input>);

impl EngineQueue {
    /// Puts an input into the queue. Never waits.
    pub fn send(&self, input: Input) -> Result<(), Unanswered> {
        self.0.try_send(input).map_err(|why| match why {
            TrySendError::Full(_) => Unanswered::Busy,
            TrySendError::Disconnected(_) => Unanswered::Gone,
        })
    }

    /// Sends an answer that the engine waits for; waits where the queue is full.
    pub fn answer(&self, token: Token, answer: Answer) {
        // An engine that has ended waits for nothing.
        let _ = self.0.send(Input::Answer(token, answer));
    }
}

impl RequestQueue for EngineQueue {
    fn submit(&self, request: Request) -> Result<(), Unanswered> {
        self.send(Input::Request(request))
    }
}

impl ToEngine for EngineQueue {
    fn send(&mut self, input: Input) -> Result<(), Refused> {
        self.0.try_send(input).map_err(|why| match why {
            TrySendError::Full(input) => Refused::Full(Box::new(input)),
            TrySendError::Disconnected(_) => Refused::Gone,
        })
    }
}

/// A queue whose engine is yet to be started.
pub struct Waiting {
    queue: EngineQueue,
    inputs: Receiver<Input>,
}

impl Waiting {
    /// A queue for the engine that [`Waiting::start`] will start.
    pub fn new() -> Waiting {
        let (sender, inputs) = bounded(INPUTS);
        Waiting {
            queue: EngineQueue(sender),
            inputs,
        }
    }

    /// The way into the engine.
    pub fn queue(&self) -> &EngineQueue {
        &self.queue
    }

    /// Starts the engine on a thread of its own, and on another what tells the facts. Both run until the
    /// process ends.
    pub fn start(
        self,
        clock: Clock,
        make: impl FnOnce(Time) -> Engine + Send + 'static,
        outside: impl Outside + 'static,
        tell: impl FnMut(Batch) + Send + 'static,
    ) -> io::Result<Threads> {
        let (facts, batches) = bounded(BATCHES);
        let Waiting { queue, inputs } = self;
        let teller = std::thread::Builder::new()
            .name("teller".to_owned())
            .spawn(move || tell_all(&batches, tell))?;
        let engine = std::thread::Builder::new()
            .name("engine".to_owned())
            .spawn(move || {
                let engine = make(clock.now());
                run(engine, clock, &inputs, outside, &queue, &facts);
            })?;
        Ok(Threads { engine, teller })
    }
}

impl Default for Waiting {
    fn default() -> Waiting {
        Waiting::new()
    }
}

/// The threads of a running engine.
#[derive(Debug)]
pub struct Threads {
    engine: JoinHandle<()>,
    teller: JoinHandle<()>,
}

impl Threads {
    /// Whether the engine has ended, which it does only at the end of the process.
    pub fn engine_ended(&self) -> bool {
        self.engine.is_finished() || self.teller.is_finished()
    }
}

fn run(
    mut engine: Engine,
    clock: Clock,
    inputs: &Receiver<Input>,
    mut outside: impl Outside,
    answers: &EngineQueue,
    facts: &Sender<Batch>,
) {
    let mut batch: Batch = Vec::new();
    loop {
        let input = match engine.next_timer() {
            Some(at) => match inputs.recv_timeout(clock.until(at)) {
                Ok(input) => input,
                Err(RecvTimeoutError::Timeout) => Input::Tick,
                Err(RecvTimeoutError::Disconnected) => return,
            },
            None => match inputs.recv() {
                Ok(input) => input,
                Err(_) => return,
            },
        };
        let mut next = Some(input);
        let mut taken = 0;
        while let Some(input) = next {
            let now = clock.now();
            engine.handle(now, input);
            batch.extend(engine.take_facts().into_iter().map(|fact| (now, fact)));
            taken += 1;
            next = if taken < INPUTS_AT_ONCE {
                inputs.try_recv().ok()
            } else {
                None
            };
        }
        if !batch.is_empty() && facts.send(std::mem::take(&mut batch)).is_err() {
            return;
        }
        for (channel, order) in engine.take_orders() {
            outside.order(channel, order);
        }
        for (token, question) in engine.take_questions() {
            outside.ask(token, question, answers);
        }
    }
}

fn tell_all(batches: &Receiver<Batch>, mut tell: impl FnMut(Batch)) {
    while let Ok(mut batch) = batches.recv() {
        // What has come meanwhile is told with it: one wake-up for all.
        while batch.len() < BATCHES
            && let Ok(mut more) = batches.try_recv()
        {
            batch.append(&mut more);
        }
        tell(batch);
    }
}
