//! Coroutines: how they are run, and what they can do without a channel of their own.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use rustc_hash::FxHashMap;
use switch::channel::TaskId;
use switch::fact::Level;
use switch::signal::Signal;
use switch::{ChannelId, Time};

use crate::world::{Answer, Coroutine, Event, Question, Shared, Token, World};

/// How often a coroutine may go on waiting after it was told to let go, before it is dropped.
const REFUSALS: u32 = 1000;

/// Steps of the dialplan that a coroutine may run without waiting for anything; then others have a turn.
const STEPS: u32 = 500;

/// Turns that coroutines take at one moment; then the world outside has its turn. A dialplan that starts
/// ever new calls must not keep the engine from everything else.
const TURNS: u32 = 20_000;

/// How long a coroutine sleeps that has used up its steps, and how long all rest after many turns.
const PAUSE: Duration = Duration::from_millis(1);

/// The channel lets go: it is hung up, or its dialplan goes on elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone;

/// All coroutines, and the turns they take.
pub struct Tasks {
    shared: Shared,
    running: FxHashMap<TaskId, Coroutine>,
}

impl Tasks {
    /// No coroutines yet.
    pub fn new(shared: Shared) -> Tasks {
        Tasks {
            shared,
            running: FxHashMap::default(),
        }
    }

    /// Runs all that can run, until nothing moves.
    pub fn run(&mut self, now: Time) {
        self.shared.borrow_mut().switch.now = now;
        self.fire(now);
        let mut turns = 0;
        loop {
            self.start_new();
            let next = {
                let mut world = self.shared.borrow_mut();
                world.deliver();
                let next = world.ready.pop_front();
                if let Some(inbox) = next.and_then(|task| world.inboxes.get_mut(&task)) {
                    inbox.queued = false;
                }
                world.tell_devices(false);
                next
            };
            match next {
                Some(_) if turns == TURNS => return self.rest(now, next),
                Some(task) => {
                    turns += 1;
                    self.poll(task);
                }
                None if self.shared.borrow().new.is_empty() => {
                    if crate::optimize::settle(&self.shared) {
                        continue;
                    }
                    let mut world = self.shared.borrow_mut();
                    if let Some(task) = world.idle.pop_front() {
                        world.wake(task);
                        continue;
                    }
                    world.tell_devices(true);
                    world.deliver();
                    if world.ready.is_empty() && world.new.is_empty() {
                        return;
                    }
                }
                None => {}
            }
        }
    }

    /// Goes on with this coroutine, and all others that can run, in a moment.
    fn rest(&mut self, now: Time, next: Option<TaskId>) {
        let mut world = self.shared.borrow_mut();
        if let Some(task) = next {
            world.wake(task);
            world.set_timer(now + PAUSE, task);
        }
    }

    fn fire(&mut self, now: Time) {
        let mut world = self.shared.borrow_mut();
        while let Some(entry) = world.timers.first_entry()
            && entry.key().0 <= now
        {
            let task = entry.remove();
            world.wake(task);
        }
    }

    fn start_new(&mut self) {
        let new = std::mem::take(&mut self.shared.borrow_mut().new);
        for (task, coroutine) in new {
            self.running.insert(task, coroutine);
            self.shared.borrow_mut().wake(task);
        }
    }

    fn poll(&mut self, task: TaskId) {
        let Some(coroutine) = self.running.get_mut(&task) else {
            return;
        };
        let done = coroutine
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_ready();
        let stuck = self
            .shared
            .borrow()
            .inboxes
            .get(&task)
            .is_none_or(|inbox| inbox.refusals > REFUSALS);
        if stuck && !done {
            let text = "an application did not let go of a channel that was hung up";
            self.shared.borrow_mut().log(Level::Error, "task", text);
        }
        if done || stuck {
            // Dropping runs the guards of what it held: legs are hung up, channels end.
            drop(self.running.remove(&task));
            self.shared.borrow_mut().inboxes.remove(&task);
        }
    }
}

/// A coroutine's own handle: how it looks at the world, waits, and starts others.
#[derive(Clone)]
pub struct Task {
    pub(crate) shared: Shared,
    pub(crate) id: TaskId,
}

impl Task {
    /// Starts a coroutine beside all others; it first runs when the one that starts it waits or ends.
    pub fn spawn<F>(shared: &Shared, body: impl FnOnce(Task) -> F) -> TaskId
    where
        F: Future<Output = ()> + 'static,
    {
        let id = shared.borrow_mut().next_task();
        let coroutine = Box::pin(body(Task {
            shared: Rc::clone(shared),
            id,
        }));
        shared.borrow_mut().new.push((id, coroutine));
        id
    }

    /// Looks at the world, or changes it.
    pub fn with<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        act(&mut self.shared.borrow_mut())
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        self.shared.borrow().switch.now
    }

    /// From now on the signals of a channel come to this coroutine, first those that waited.
    pub fn serve(&self, channel: ChannelId) {
        self.with(|world| {
            let Some(served) = world.switch.channel_mut(channel) else {
                return;
            };
            let before = served.handler.replace(self.id);
            let pending = std::mem::take(&mut served.pending);
            let leaving = served.is_hanging_up();
            if let Some(before) = before.filter(|before| *before != self.id) {
                // It notices that the channel is no longer its own.
                world.post(before, Event::Signal(channel, Signal::Nudge));
            }
            for signal in pending {
                world.post(self.id, Event::Signal(channel, signal));
            }
            if leaving {
                world.post(self.id, Event::Signal(channel, Signal::Hangup));
            }
        });
    }

    /// The next thing that happens to this coroutine, or `None` at `until`. With `own`, a channel that is
    /// to be let go ends the waiting with [`Gone`].
    pub fn next(&self, own: Option<ChannelId>, until: Option<Time>) -> Next {
        Next {
            task: self.clone(),
            own,
            until,
            timer: None,
        }
    }

    /// Waits for an answer from outside.
    pub async fn ask(&self, own: Option<ChannelId>, question: Question) -> Result<Answer, Gone> {
        let token = self.with(|world| world.ask(self.id, question));
        let _guard = Asked { task: self, token };
        let mut kept = Vec::new();
        let answer = loop {
            match self.next(own, None).await {
                Ok(Some(Event::Answer(which, answer))) if which == token => break Ok(answer),
                Ok(Some(event)) => kept.push(event),
                Ok(None) => {}
                Err(Gone) => break Err(Gone),
            }
        };
        self.put_back(kept);
        answer
    }

    /// Puts events back that somebody else of this coroutine waits for, before all others.
    pub(crate) fn put_back(&self, events: Vec<Event>) {
        self.with(|world| {
            if let Some(inbox) = world.inboxes.get_mut(&self.id) {
                for event in events.into_iter().rev() {
                    inbox.events.push_front(event);
                }
            }
        });
    }

    /// Waits until a moment, or until somebody wakes this coroutine.
    pub(crate) async fn turn(&self, until: Time) {
        let mut next = self.next(None, Some(until));
        let mut waited = false;
        std::future::poll_fn(|context| match Pin::new(&mut next).poll(context) {
            Poll::Ready(_) => Poll::Ready(()),
            Poll::Pending if std::mem::replace(&mut waited, true) => Poll::Ready(()),
            Poll::Pending => Poll::Pending,
        })
        .await;
    }

    /// Lets all others that can go on do so first.
    pub async fn let_others(&self) {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            self.with(|world| world.idle.push_back(self.id));
            Poll::Pending
        })
        .await;
    }

    /// Counts a step of the dialplan; lets the others have a turn where it ran many without waiting.
    pub(crate) async fn step(&self) {
        let many = self.with(|world| {
            let Some(inbox) = world.inboxes.get_mut(&self.id) else {
                return false;
            };
            inbox.steps += 1;
            inbox.steps > STEPS
        });
        if many {
            Pause {
                task: self,
                timer: None,
            }
            .await;
        }
    }
}

struct Asked<'a> {
    task: &'a Task,
    token: Token,
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        self.task.with(|world| world.forget_question(self.token));
    }
}

/// Waits for the next event; see [`Task::next`].
pub struct Next {
    task: Task,
    own: Option<ChannelId>,
    until: Option<Time>,
    timer: Option<(Time, u64)>,
}

impl Future for Next {
    type Output = Result<Option<Event>, Gone>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let id = this.task.id;
        let mut world = this.task.shared.borrow_mut();
        let gone = this.own.is_some_and(|own| {
            world
                .switch
                .channel(own)
                .is_none_or(|channel| channel.leaving.is_some() || channel.handler != Some(id))
        });
        let now = world.switch.now;
        let Some(inbox) = world.inboxes.get_mut(&id) else {
            return Poll::Pending;
        };
        if gone {
            inbox.refusals += 1;
            return match inbox.refusals > REFUSALS {
                true => Poll::Pending,
                false => Poll::Ready(Err(Gone)),
            };
        }
        if let Some(event) = inbox.events.pop_front() {
            return Poll::Ready(Ok(Some(event)));
        }
        match this.until {
            Some(until) if until <= now => return Poll::Ready(Ok(None)),
            Some(until) if this.timer.is_none() => this.timer = Some(world.set_timer(until, id)),
            _ => {}
        }
        if let Some(inbox) = world.inboxes.get_mut(&id) {
            inbox.steps = 0;
        }
        Poll::Pending
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            self.task.with(|world| world.timers.remove(&timer));
        }
    }
}

struct Pause<'a> {
    task: &'a Task,
    timer: Option<(Time, u64)>,
}

impl Future for Pause<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let mut world = self.task.shared.borrow_mut();
        let now = world.switch.now;
        let timer = match self.timer {
            Some((at, _)) if at <= now => {
                if let Some(inbox) = world.inboxes.get_mut(&self.task.id) {
                    inbox.steps = 0;
                }
                return Poll::Ready(());
            }
            Some(timer) => timer,
            None => world.set_timer(now + PAUSE, self.task.id),
        };
        drop(world);
        self.timer = Some(timer);
        Poll::Pending
    }
}

impl Drop for Pause<'_> {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            self.task.with(|world| world.timers.remove(&timer));
        }
    }
}
