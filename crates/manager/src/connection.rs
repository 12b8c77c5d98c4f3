//! A session on its socket.

use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use ami::Dialect;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};
use tracing::debug;

use crate::limits;
use crate::manager::Manager;
use crate::peer::Peer;
use crate::register::Refused;
use crate::session::Session;

thread_local! {
    /// What is read is answered before anything else runs, so all sessions of a thread can share it and
    /// an idle one owns no buffer.
    static READ: RefCell<Box<[u8]>> = RefCell::new(vec![0; limits::READ_SIZE].into());
}

/// A client's connection: a future that serves it and ends with it.
#[must_use = "a connection that is not polled serves nobody"]
pub struct Connection<Io> {
    io: Io,
    session: Session,
    /// Until when the client has to log in.
    login: Option<Pin<Box<Sleep>>>,
    /// Until when the client has to take something of what is written.
    stalled: Option<Pin<Box<Sleep>>>,
    /// The client will send nothing more.
    input_ended: bool,
}

impl<Io: AsyncRead + AsyncWrite + Unpin> Connection<Io> {
    /// Greets a client, if the limits have room for it. `dialect` is the listener's.
    pub fn new(
        manager: &Arc<Manager>,
        io: Io,
        peer: Peer,
        dialect: Dialect,
    ) -> Result<Connection<Io>, Refused> {
        let session = Session::new(manager, peer, dialect)?;
        let login = Some(Box::pin(sleep(manager.settings().auth_timeout)));
        Ok(Connection {
            io,
            session,
            login,
            stalled: None,
            input_ended: false,
        })
    }

    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            if !self.session.is_ending() && (self.session.is_thrown_out(cx) || self.is_late(cx)) {
                // What has happened is told first: a Shutdown reaches those whom it ends.
                let head = self.session.head();
                self.session.take_events(head, cx);
                self.session.end();
            }
            let head = self.session.head();
            let mut done = self.session.go_on(cx);
            let more = self.session.take_events(head, cx);
            if self.input_ended {
                self.session.input_ended();
            }
            let fenced = self.session.out.is_fenced();
            let written = self.write(cx)?;
            if written.is_ready() {
                if self.session.is_ending() {
                    return Pin::new(&mut self.io).poll_shutdown(cx);
                }
                if more || fenced {
                    continue;
                }
            }
            if done && self.session.wants_input() && !self.input_ended {
                match self.read(cx)? {
                    // Replies are collected until there is nothing to read, then written together.
                    Poll::Ready(answered) if answered => continue,
                    Poll::Ready(_) => done = false,
                    Poll::Pending => {}
                }
            }
            if !done {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            if written.is_pending() {
                if self.session.fell_behind(cx) {
                    continue;
                }
                ready!(self.stalled(cx));
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            if !self.session.event_is_there(cx) {
                return Poll::Pending;
            }
        }
    }

    /// Reads once. The answer is `false` if the session's turn is over.
    fn read(&mut self, cx: &mut Context<'_>) -> io::Result<Poll<bool>> {
        READ.with_borrow_mut(|buffer| {
            let mut buffer = ReadBuf::new(buffer);
            match Pin::new(&mut self.io).poll_read(cx, &mut buffer)? {
                Poll::Pending => Ok(Poll::Pending),
                Poll::Ready(()) if buffer.filled().is_empty() => {
                    self.input_ended = true;
                    Ok(Poll::Ready(true))
                }
                Poll::Ready(()) => Ok(Poll::Ready(self.session.input(buffer.filled(), cx))),
            }
        })
    }

    fn write(&mut self, cx: &mut Context<'_>) -> io::Result<Poll<()>> {
        if self.session.out.len() == 0 {
            return Ok(Poll::Ready(()));
        }
        let mut taken = 0;
        let outcome = self
            .session
            .out
            .write(Pin::new(&mut self.io), cx, &mut taken)?;
        if outcome.is_ready() || taken > 0 {
            self.stalled = None;
        }
        Ok(outcome)
    }

    /// Ready when the client has taken nothing for too long.
    fn stalled(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let patience = self.session.write_timeout();
        self.stalled
            .get_or_insert_with(|| Box::pin(sleep(patience)))
            .as_mut()
            .poll(cx)
    }

    /// Whether the client took too long to log in.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        if !self.session.is_stranger() {
            self.login = None;
        }
        self.login
            .as_mut()
            .is_some_and(|login| login.as_mut().poll(cx).is_ready())
    }
}

impl<Io: AsyncRead + AsyncWrite + Unpin> Future for Connection<Io> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let outcome = ready!(this.turn(cx));
        if let Err(error) = outcome {
            debug!(target: "manager", "connection of {}: {error}", this.session.peer().ip());
        }
        Poll::Ready(())
    }
}

#[cfg(test)]
mod tests;
