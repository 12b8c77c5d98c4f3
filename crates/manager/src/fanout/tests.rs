//! Views and their readers.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Wake;

use ami::event::session::UserEvent;
use ami::{Dialect, Permission};

use super::*;
use crate::filter::{Filter, FilterSet};
use crate::limits;
use crate::rendered::Rendered;

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn spec(classes: Permission, filters: &[&str]) -> ViewSpec {
    let mut set = FilterSet::default();
    for filter in filters {
        set.add(Filter::legacy(filter).unwrap()).unwrap();
    }
    ViewSpec {
        classes,
        dialect: Dialect::Current,
        filters: set,
    }
}

fn publish(hub: &Hub, kinds: &[&str]) {
    let mut rendered = Rendered::default();
    for kind in kinds {
        rendered.event(&UserEvent {
            kind,
            ..UserEvent::default()
        });
    }
    hub.publish(&rendered.take());
}

/// The kinds of the events that a seat has to read.
fn read(seat: &Seat) -> Vec<String> {
    let mut chunks: Vec<Bytes> = Vec::new();
    seat.take(seat.head(), usize::MAX, &mut chunks);
    kinds(&chunks)
}

fn kinds(chunks: &[Bytes]) -> Vec<String> {
    let text = String::from_utf8(chunks.concat()).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("UserEvent: "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn everybody_reads_at_his_own_speed_and_only_what_comes_after_him() {
    let hub = Arc::new(Hub::default());
    publish(&hub, &["before"]);
    let quick = hub.join(spec(Permission::ALL, &[]));
    publish(&hub, &["a", "b"]);
    assert_eq!(read(&quick), ["a", "b"]);
    let late = hub.join(spec(Permission::ALL, &[]));
    publish(&hub, &["c"]);
    assert_eq!(read(&quick), ["c"]);
    assert_eq!(read(&quick), [""; 0]);
    assert_eq!(read(&late), ["c"]);
    assert_eq!(
        hub.views.lock().unwrap().len(),
        1,
        "the same specification is one view"
    );
}

#[test]
fn a_view_holds_what_it_may_see_and_wants() {
    let hub = Arc::new(Hub::default());
    let blind = hub.join(spec(Permission::CALL, &[]));
    let filtered = hub.join(spec(Permission::ALL, &["UserEvent: [ab]", "!: b"]));
    publish(&hub, &["a", "b", "c"]);
    assert_eq!(read(&blind), [""; 0]);
    assert_eq!(read(&filtered), ["a"]);
}

#[test]
fn nothing_newer_than_the_head_is_taken() {
    let hub = Arc::new(Hub::default());
    let seat = hub.join(spec(Permission::ALL, &[]));
    publish(&hub, &["a"]);
    let head = seat.head();
    publish(&hub, &["b"]);
    let mut chunks: Vec<Bytes> = Vec::new();
    assert_eq!(seat.take(head, usize::MAX, &mut chunks), Taken::All);
    assert_eq!(kinds(&chunks), ["a"]);
    assert_eq!(read(&seat), ["b"]);
}

#[test]
fn a_reader_takes_no_more_than_it_can_hold() {
    let hub = Arc::new(Hub::default());
    let seat = hub.join(spec(Permission::ALL, &[]));
    for kind in ["a", "b", "c"] {
        publish(&hub, &[kind]);
    }
    let mut chunks: Vec<Bytes> = Vec::new();
    assert_eq!(seat.take(seat.head(), 1, &mut chunks), Taken::Some);
    assert_eq!(kinds(&chunks), ["a"]);
    assert_eq!(read(&seat), ["b", "c"]);
}

#[test]
fn whoever_waits_is_woken_once() {
    let hub = Arc::new(Hub::default());
    let seat = hub.join(spec(Permission::ALL, &[]));
    let count = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&count));
    assert!(!seat.ready(&waker));
    assert!(!seat.ready(&waker));
    publish(&hub, &["a"]);
    publish(&hub, &["b"]);
    assert_eq!(count.0.load(Ordering::Relaxed), 1);
    assert!(seat.ready(&waker), "there is something to read");
}

#[test]
fn whoever_waits_for_his_socket_is_woken_only_to_be_cut() {
    let hub = Arc::new(Hub::default());
    let seat = hub.join(spec(Permission::ALL, &[]));
    let count = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&count));
    assert!(!seat.is_cut(&waker));
    publish(&hub, &["a"]);
    assert!(!seat.is_cut(&waker));
    assert_eq!(count.0.load(Ordering::Relaxed), 0);
    let kind = "x".repeat(1 << 20);
    for _ in 0..17 {
        publish(&hub, &[&kind]);
    }
    assert_eq!(count.0.load(Ordering::Relaxed), 1);
    assert!(seat.is_cut(&waker));
}

#[test]
fn going_to_another_view_loses_nothing_and_repeats_nothing() {
    let hub = Arc::new(Hub::default());
    let mut seat = hub.join(spec(Permission::ALL, &[]));
    publish(&hub, &["a"]);
    let mut rest: Vec<Bytes> = Vec::new();
    seat.change(spec(Permission::ALL, &["!: c"]), &mut rest);
    assert_eq!(kinds(&rest), ["a"]);
    publish(&hub, &["b", "c"]);
    assert_eq!(read(&seat), ["b"]);
    assert_eq!(
        hub.views.lock().unwrap().len(),
        1,
        "the view without readers is gone"
    );
    drop(seat);
    assert!(hub.views.lock().unwrap().is_empty());
}

#[test]
fn who_falls_too_far_behind_is_cut_and_nobody_else() {
    let hub = Arc::new(Hub::default());
    let slow = hub.join(spec(Permission::ALL, &[]));
    let quick = hub.join(spec(Permission::ALL, &[]));
    let kind = "x".repeat(1 << 20);
    let mut published = 0;
    while slow.missed().is_none() {
        publish(&hub, &[&kind]);
        published += 1;
        assert_eq!(read(&quick).len(), 1);
        assert!(published <= 17, "the limit is 16 MiB");
    }
    assert_eq!(slow.missed(), Some(Missed(published)));
    let mut chunks: Vec<Bytes> = Vec::new();
    assert_eq!(slow.take(slow.head(), usize::MAX, &mut chunks), Taken::Cut);
    assert!(chunks.is_empty());
    let held: usize = lock(&slow.view.ring).held();
    assert!(
        held as u64 <= limits::MAX_BEHIND / 8,
        "a reader that was cut holds nothing: {held}"
    );
    publish(&hub, &["y"]);
    assert_eq!(read(&quick), ["y"]);
}

#[test]
fn only_who_reads_slows_the_senders() {
    let hub = Arc::new(Hub::default());
    let before = Instant::now();
    let reader = hub.join(spec(Permission::ALL, &[]));
    let after = Instant::now();
    let kind = "x".repeat(1 << 20);
    for _ in 0..6 {
        publish(&hub, &[&kind]);
    }
    let pressed = |now| lock(&reader.view.ring).is_pressed(now);
    assert!(pressed(before), "it came just now");
    assert!(!pressed(after + limits::LIVELY), "it has stopped");
    read(&reader);
    assert!(!hub.is_pressed(), "it has caught up");
}
