//! From one stream of events to what each session is sent.
//!
//! Sessions that may see and want the same share a [`View`]: it is filtered once, and its bytes are
//! shared. A session reads its view through a [`Seat`], at its own speed.

mod ring;
mod view;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;

pub(crate) use ring::{Missed, Taken};
pub(crate) use view::ViewSpec;

use crate::rendered::Batch;
use ring::Ring;

/// All views.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    /// Held while a batch is given to the views and while a session goes from one view to another, so
    /// that it neither misses an event nor sees one twice.
    views: Mutex<Views>,
}

type Views = HashMap<ViewSpec, Arc<View>>;

/// What some sessions, all of the same [`ViewSpec`], have to read.
#[derive(Debug)]
struct View {
    spec: ViewSpec,
    ring: Mutex<Ring>,
}

impl Hub {
    /// Gives the events to every view that wants them, and wakes who waits for them.
    pub(crate) fn publish(&self, batch: &Batch) {
        if batch.is_empty() {
            return;
        }
        let mut woken: Vec<Waker> = Vec::new();
        {
            let views = lock(&self.views);
            for view in views.values() {
                if let Some((bytes, count)) = batch.select(|told| view.spec.wants(told)) {
                    lock(&view.ring).push(bytes, count, &mut woken);
                }
            }
        }
        for waker in woken {
            waker.wake();
        }
    }

    /// Whether anybody would see an event of this class: others need not be made.
    pub(crate) fn has_reader(&self, class: ami::Permission) -> bool {
        lock(&self.views)
            .keys()
            .any(|spec| spec.classes.contains(class))
    }

    /// Whether events come faster than those who read as fast as they can take them, so that whoever only
    /// makes events had better wait. Readers that have stopped, or trickle, have no say in it.
    pub(crate) fn is_pressed(&self) -> bool {
        let now = Instant::now();
        lock(&self.views)
            .values()
            .any(|view| lock(&view.ring).is_pressed(now))
    }

    /// A seat in the view of this specification, before the next event.
    pub(crate) fn join(self: &Arc<Hub>, spec: ViewSpec) -> Seat {
        join(self, &mut lock(&self.views), spec)
    }
}

#[expect(
    clippy::mutable_key_type,
    reason = "filters are compared by their text, which stays as it is"
)]
fn join(hub: &Arc<Hub>, views: &mut Views, spec: ViewSpec) -> Seat {
    let view = views
        .entry(spec)
        .or_insert_with_key(|spec| {
            Arc::new(View {
                spec: spec.clone(),
                ring: Mutex::new(Ring::default()),
            })
        })
        .clone();
    let key = lock(&view.ring).join();
    Seat {
        hub: Arc::clone(hub),
        view,
        key,
    }
}

/// A session's place in its view. Given up when dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    hub: Arc<Hub>,
    view: Arc<View>,
    key: usize,
}

impl Seat {
    /// The end of what there is to read now.
    pub(crate) fn head(&self) -> u64 {
        lock(&self.view.ring).head()
    }

    /// Takes what there is to read up to `head`, as far as about `most` bytes.
    pub(crate) fn take(&self, head: u64, most: usize, into: &mut impl Extend<Bytes>) -> Taken {
        lock(&self.view.ring).take(self.key, head, most, into)
    }

    /// Whether there is something to read or the seat was cut; otherwise `waker` is woken when so.
    pub(crate) fn ready(&self, waker: &Waker) -> bool {
        lock(&self.view.ring).ready(self.key, waker, false)
    }

    /// Whether the seat was cut; otherwise `waker` is woken when so.
    pub(crate) fn is_cut(&self, waker: &Waker) -> bool {
        lock(&self.view.ring).ready(self.key, waker, true)
    }

    /// How many events were never read because the session fell too far behind.
    pub(crate) fn missed(&self) -> Option<Missed> {
        lock(&self.view.ring).missed(self.key)
    }

    /// Goes to another view. What was to be read of the old one is put into `rest`; the new one is read
    /// from the next event on.
    pub(crate) fn change(&mut self, spec: ViewSpec, rest: &mut impl Extend<Bytes>) {
        if self.view.spec == spec {
            return;
        }
        let hub = Arc::clone(&self.hub);
        let mut views = lock(&hub.views);
        {
            let mut ring = lock(&self.view.ring);
            let head = ring.head();
            ring.take(self.key, head, usize::MAX, rest);
        }
        let new = join(&hub, &mut views, spec);
        let old = std::mem::replace(self, new);
        leave(&mut views, &old);
        // Its `Drop` would lock the views again.
        drop(views);
        old.forget();
    }

    /// Lets go without leaving: whoever calls has left already.
    fn forget(mut self) {
        self.key = GONE;
    }
}

/// The key of a seat that was given up by hand.
const GONE: usize = usize::MAX;

impl Drop for Seat {
    fn drop(&mut self) {
        if self.key != GONE {
            leave(&mut lock(&self.hub.views), self);
        }
    }
}

/// Gives a seat up, and its view with the last one.
#[expect(
    clippy::mutable_key_type,
    reason = "filters are compared by their text, which stays as it is"
)]
fn leave(views: &mut Views, seat: &Seat) {
    let empty = lock(&seat.view.ring).leave(seat.key);
    if empty {
        views.remove(&seat.view.spec);
    }
}

/// A panic while a lock is held leaves nothing half-done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
