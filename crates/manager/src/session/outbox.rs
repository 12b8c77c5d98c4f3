//! What a client has still to take.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::AsyncWrite;

use crate::limits;

/// Bytes in the order of their writing: replies, which are the session's own, and chunks of events, which
/// are shared with others. Empty, it owns no memory.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    pieces: VecDeque<Bytes>,
    /// Replies behind the pieces.
    tail: Vec<u8>,
    /// Bytes in the pieces.
    in_pieces: usize,
    fenced: bool,
}

impl Outbox {
    /// Where the next reply is to be appended.
    pub(crate) fn reply(&mut self) -> &mut Vec<u8> {
        &mut self.tail
    }

    /// Nothing may share a write with what is here now: until it is written, nothing is to be added.
    pub(crate) fn fence(&mut self) {
        self.fenced = true;
    }

    /// Whether nothing may be added now.
    pub(crate) fn is_fenced(&self) -> bool {
        self.fenced
    }

    /// Bytes in it.
    pub(crate) fn len(&self) -> usize {
        self.in_pieces + self.tail.len()
    }

    /// Writes until it is empty, which takes its fence away. The answer is the number of bytes, if the
    /// socket took them all; `written` counts them in any case.
    pub(crate) fn write(
        &mut self,
        mut io: Pin<&mut (impl AsyncWrite + ?Sized)>,
        cx: &mut Context<'_>,
        written: &mut usize,
    ) -> Poll<io::Result<()>> {
        self.close_tail();
        while !self.pieces.is_empty() {
            let mut slices = [IoSlice::new(&[]); limits::MAX_PIECES];
            let mut count = 0;
            for (slice, piece) in slices.iter_mut().zip(&self.pieces) {
                *slice = IoSlice::new(piece);
                count += 1;
            }
            let slices = slices.get(..count).unwrap_or_default();
            let taken = ready!(io.as_mut().poll_write_vectored(cx, slices))?;
            if taken == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            *written += taken;
            self.advance(taken);
        }
        self.pieces = VecDeque::new();
        self.fenced = false;
        io.poll_flush(cx)
    }

    fn close_tail(&mut self) {
        if !self.tail.is_empty() {
            let tail = Bytes::from(std::mem::take(&mut self.tail));
            self.in_pieces += tail.len();
            self.pieces.push_back(tail);
        }
    }

    fn advance(&mut self, mut taken: usize) {
        self.in_pieces = self.in_pieces.saturating_sub(taken);
        while let Some(front) = self.pieces.front_mut() {
            if taken < front.len() {
                front.advance(taken);
                return;
            }
            taken -= front.len();
            self.pieces.pop_front();
        }
    }
}

impl Extend<Bytes> for Outbox {
    fn extend<I: IntoIterator<Item = Bytes>>(&mut self, chunks: I) {
        self.close_tail();
        for chunk in chunks {
            self.in_pieces += chunk.len();
            self.pieces.push_back(chunk);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a few bytes of each write and keeps them.
    struct Narrow(Vec<u8>, usize);

    impl AsyncWrite for Narrow {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            let taken = bytes.len().min(self.1);
            let Some(bytes) = bytes.get(..taken) else {
                return Poll::Pending;
            };
            self.0.extend_from_slice(bytes);
            Poll::Ready(Ok(taken))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[test]
    fn bytes_leave_in_order_however_few_are_taken() {
        for narrow in 1..12 {
            let mut out = Outbox::default();
            out.reply().extend_from_slice(b"one ");
            out.extend([Bytes::from_static(b"two "), Bytes::from_static(b"three ")]);
            out.reply().extend_from_slice(b"four");
            out.fence();
            assert_eq!(out.len(), 18);
            let mut io = Narrow(Vec::new(), narrow);
            let mut written = 0;
            let mut cx = Context::from_waker(std::task::Waker::noop());
            assert!(
                out.write(Pin::new(&mut io), &mut cx, &mut written)
                    .is_ready()
            );
            assert_eq!(io.0, b"one two three four");
            assert_eq!((written, out.len(), out.is_fenced()), (18, 0, false));
        }
    }
}
