//! The two tasks of a connection: one reads, one writes, and neither waits for the other.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ami::{Decoder, Packet};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{broadcast, mpsc};

use crate::Error;
use crate::limits::{BATCH, MAX_EVENTS, READ_SIZE};
use crate::pending::{Answer, Pending};

/// A packet to be sent, and where its answer goes.
pub(crate) struct Request {
    pub(crate) packet: Packet,
    pub(crate) answer: Answer,
}

/// What both tasks and the client's handles share.
#[derive(Debug)]
pub(crate) struct Shared(Mutex<State>);

#[derive(Debug)]
struct State {
    pending: Pending,
    /// Gone once the connection is, which ends the streams.
    events: Option<broadcast::Sender<Arc<Packet>>>,
    closed: Option<Error>,
}

impl Shared {
    pub(crate) fn new(pending: Pending, events: usize) -> Self {
        Self(Mutex::new(State {
            pending,
            events: Some(broadcast::Sender::new(events.clamp(1, MAX_EVENTS))),
            closed: None,
        }))
    }

    /// A place in the stream of events, from now on.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Arc<Packet>> {
        match &self.state().events {
            Some(events) => events.subscribe(),
            // Its sender is dropped here, so the stream is at its end.
            None => broadcast::Sender::new(1).subscribe(),
        }
    }

    /// Why the connection is gone, if it is.
    pub(crate) fn closed(&self) -> Option<Error> {
        self.state().closed.clone()
    }

    /// Ends everything that waits for this connection. The first reason stays.
    pub(crate) fn close(&self, error: Error) {
        let mut state = self.state();
        state.pending.fail(&error);
        state.events = None;
        state.closed.get_or_insert(error);
    }

    /// Whether the request may be sent.
    fn register(&self, request: Request) -> Option<Packet> {
        let mut state = self.state();
        if let Some(error) = &state.closed {
            let _ = request.answer.send(Err(error.clone()));
            return None;
        }
        state
            .pending
            .add(&request.packet, request.answer)
            .then_some(request.packet)
    }

    fn deliver(&self, packet: Packet) {
        let mut state = self.state();
        if let (Some(event), Some(events)) = (state.pending.take(packet), &state.events) {
            // An error says that nobody reads events.
            let _ = events.send(Arc::new(event));
        }
    }

    /// No code between lock and unlock panics half way through a change, so poison means nothing.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads until the connection ends. `early` are the bytes that came with the greeting.
pub(crate) async fn read<R: AsyncRead + Unpin>(mut stream: R, early: Vec<u8>, shared: Arc<Shared>) {
    let mut decoder = Decoder::for_replies();
    let mut buffer = early;
    let source = loop {
        if let Err(error) = decode(&mut decoder, &buffer, &shared) {
            return shared.close(error);
        }
        buffer.clear();
        buffer.reserve(READ_SIZE);
        match stream.read_buf(&mut buffer).await {
            Ok(0) => break None,
            Ok(_) => {}
            Err(error) => break Some(Arc::new(error)),
        }
    };
    shared.close(Error::Closed { source });
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], shared: &Shared) -> Result<(), Error> {
    while let Some(packet) = decoder.decode(&mut bytes) {
        match packet {
            Ok(packet) => shared.deliver(packet),
            Err(overflow) => {
                if !shared.state().pending.overflowed(&overflow) {
                    // Whose it was cannot be known, and skipping it would be silent.
                    return Err(Error::TooLarge(overflow));
                }
            }
        }
    }
    Ok(())
}

/// Writes what is asked until nobody can ask any more or the connection ends.
pub(crate) async fn write<W: AsyncWrite + Unpin>(
    mut stream: W,
    mut requests: mpsc::Receiver<Request>,
    shared: Arc<Shared>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    let mut bytes = Vec::new();
    while requests.recv_many(&mut batch, BATCH).await > 0 {
        bytes.clear();
        for packet in batch
            .drain(..)
            .filter_map(|request| shared.register(request))
        {
            packet.write(&mut bytes);
        }
        if let Err(error) = stream.write_all(&bytes).await {
            shared.close(broken(error));
        }
    }
}

fn broken(error: io::Error) -> Error {
    Error::Closed {
        source: Some(Arc::new(error)),
    }
}
