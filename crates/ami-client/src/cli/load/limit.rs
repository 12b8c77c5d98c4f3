//! `ami load limit`: what loopback carries when nobody does anything but write ready bytes.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;

use super::Length;
use super::listeners::Listeners;
use super::poll::Poll;
use super::report::{self, Report};
use super::traffic::{self, EVENT_SIZE};
use crate::cli::failure::Failure;

/// Events in one write, unless told otherwise: what a switch has waiting for a listener under load.
pub(super) const BATCH: usize = 64;

#[derive(Debug, Args)]
pub(super) struct Limit {
    /// Sockets that get every event.
    #[arg(long, default_value_t = 50)]
    pub(super) listeners: usize,

    /// Events in one write.
    #[arg(long, default_value_t = BATCH)]
    pub(super) batch: usize,

    #[command(flatten)]
    pub(super) length: Length,
}

impl Limit {
    pub(super) fn run(&self) -> Result<Report, Failure> {
        let (delivered, elapsed) = measure(self.listeners, self.batch, self.length)?;
        let mut report = Report::new("limit");
        report.add("listeners", self.listeners);
        report.add("batch", self.batch);
        report.add("event_bytes", EVENT_SIZE);
        report.add("seconds", elapsed.as_secs_f64());
        report.add_rate("deliveries", delivered, "deliveries_per_second", elapsed);
        report.say(&format!(
            "{} listeners: loopback carries {} deliveries a second",
            self.listeners,
            report::thousands(report::per_second(delivered, elapsed))
        ));
        Ok(report)
    }
}

/// One thread writes, this one reads and counts; deliveries, and the time they took.
pub(super) fn measure(
    listeners: usize,
    batch: usize,
    length: Length,
) -> Result<(u64, Duration), Failure> {
    let time = length.time()?;
    let (writers, readers) = pairs(listeners)?;
    let mut poll = Poll::new()?;
    let mut listeners = Listeners::new(readers, &poll)?;
    let mut event = Vec::new();
    traffic::event(0, &mut event);
    let chunk = event.repeat(batch.max(1));
    let began = Instant::now();
    let writer = thread::spawn(move || write_all(writers, &chunk));
    while let Some(left) = time.checked_sub(began.elapsed()) {
        if listeners.slowest() >= length.count {
            break;
        }
        for token in poll.wait(left)? {
            listeners.read(token);
        }
    }
    let outcome = (listeners.delivered(), began.elapsed());
    // The writer ends when it finds its readers gone.
    drop(listeners);
    writer
        .join()
        .map_err(|_| Failure::Load("the writer ended in panic".to_owned()))?;
    Ok(outcome)
}

fn write_all(mut writers: Vec<TcpStream>, chunk: &[u8]) {
    while !writers.is_empty() {
        writers.retain_mut(|writer| writer.write_all(chunk).is_ok());
    }
}

/// Connected sockets: the one ends block, the others do not.
fn pairs(number: usize) -> Result<(Vec<TcpStream>, Vec<TcpStream>), Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let mut pairs = (Vec::with_capacity(number), Vec::with_capacity(number));
    for _ in 0..number {
        let reader = TcpStream::connect(address)?;
        let (writer, _) = listener.accept()?;
        writer.set_nodelay(true)?;
        reader.set_nonblocking(true)?;
        pairs.0.push(writer);
        pairs.1.push(reader);
    }
    Ok(pairs)
}
