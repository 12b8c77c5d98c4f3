//! Calling somebody on nobody's behalf, and connecting the answered call with an application or an
//! extension.

use std::time::Duration;

use switch::fact::{Fact, Level, OriginateTarget, Originated};
use switch::signal::{Forward, Signal};
use switch::{Cause, ChannelId, Party, State, Text};

use crate::app::{self, Outcome};
use crate::call::{Call, Place};
use crate::forward;
use crate::leg::{Leg, NoLeg, Request};
use crate::run::{self, EndChannel};
use crate::scope::assign;
use crate::task::{Gone, Task};
use crate::world::{Event, Shared};

/// Whom to call, and what becomes of the answered call.
#[derive(Debug, Clone)]
pub struct Order {
    /// Technology, such as `Local`.
    pub technology: Text,
    /// Destination, such as `101@default/n`.
    pub destination: Text,
    /// Where the answered call goes.
    pub target: OriginateTarget,
    /// How long it may ring.
    pub timeout: Duration,
    /// Caller id; empty where the order names none.
    pub caller: Party,
    /// Variables (name with underscores of inheritance, value) in the order given.
    pub variables: Vec<(Text, Text)>,
    /// Account; empty where the order names none.
    pub account: Text,
    /// Whether early media counts as an answer.
    pub early_media: bool,
    /// Whether its variables may be functions that reach outside the call.
    pub trusted: bool,
    /// Whether an `Originated` fact tells the end.
    pub told: bool,
    /// The order's ActionID, for the fact.
    pub action_id: Text,
    /// Unique id that the channel is to have; empty for one of the switch's own.
    pub channel_id: Text,
    /// Unique id for the second half of a Local pair; empty for one of the switch's own.
    pub other_channel_id: Text,
    /// Subroutine to run on the called channel before it is called; empty for none.
    pub pre_dial: Text,
}

/// How the call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It was answered.
    Answered,
    /// It was not: the figure of `Reason`.
    Failed(u8),
    /// A channel has the unique id that was asked for.
    IdInUse,
}

/// The figures of `Reason`.
mod reason {
    pub(super) const FAILED: u8 = 0;
    pub(super) const NO_ANSWER: u8 = 1;
    pub(super) const RINGING: u8 = 3;
    pub(super) const ANSWER: u8 = 4;
    pub(super) const BUSY: u8 = 5;
    pub(super) const CONGESTION: u8 = 8;
}

/// Starts the call with a coroutine of its own; `done` learns how it went once that is known, before the
/// answered call goes anywhere.
pub fn start(shared: &Shared, order: Order, done: impl FnOnce(Ended) + 'static) {
    Task::spawn(
        shared,
        move |task| async move { run(task, order, done).await },
    );
}

async fn run(task: Task, order: Order, done: impl FnOnce(Ended)) {
    let request = Request {
        linkedid: Text::default(),
        uniqueid: order.channel_id.clone(),
        other_uniqueid: order.other_channel_id.clone(),
    };
    let leg = match Leg::request(&task, &order.technology, &order.destination, request) {
        Ok(leg) => leg,
        Err(NoLeg::Taken) => return done(Ended::IdInUse),
        Err(NoLeg::Unavailable(cause)) => {
            let reason = reason_of(cause);
            tell_end(&task, &order, None, reason);
            return done(Ended::Failed(reason));
        }
    };
    prepare(&task, &order, leg.id);
    if !order.pre_dial.is_empty() {
        let call = Call {
            task: task.clone(),
            id: leg.id,
        };
        if let Some((place, args)) = app::routine::gosub::parse(&call, &order.pre_dial) {
            run::run_subroutine(&call, &place, &args).await;
        }
    }
    if !leg.is_ours() || leg.call().is_err() {
        leg.hang_up(Cause::UNKNOWN);
        tell_end(&task, &order, None, reason::FAILED);
        return done(Ended::Failed(reason::FAILED));
    }
    task.with(|world| {
        let Some(dest) = world.switch.view(leg.id) else {
            return;
        };
        let dial_string = order.destination.clone();
        world.switch.tell(Fact::DialBegan {
            caller: None,
            dest,
            dial_string,
        });
    });
    let mut leg = leg;
    match wait(&task, &order, &mut leg).await {
        Err(Unanswered::Late { rang }) => {
            // Nobody says that the call ended: the hangup does.
            let (reason, cause) = match rang {
                true => (reason::RINGING, Cause::NO_ANSWER),
                false => (reason::FAILED, Cause::UNKNOWN),
            };
            leg.hang_up(cause);
            tell_end(&task, &order, None, reason);
            done(Ended::Failed(reason));
        }
        Err(Unanswered::Refused(reason, status)) => {
            task.with(|world| {
                let Some(dest) = world.switch.view(leg.id) else {
                    return;
                };
                world.switch.tell(Fact::DialEnded {
                    caller: None,
                    dest,
                    status,
                    forward: Text::default(),
                });
            });
            drop(leg);
            tell_end(&task, &order, None, reason);
            done(Ended::Failed(reason));
        }
        Ok(()) => {
            task.with(|world| {
                let Some(dest) = world.switch.view(leg.id) else {
                    return;
                };
                world.switch.tell(Fact::DialEnded {
                    caller: None,
                    dest,
                    status: "ANSWER",
                    forward: Text::default(),
                });
            });
            tell_end(&task, &order, Some(leg.id), reason::ANSWER);
            done(Ended::Answered);
            let call = Call {
                task,
                id: leg.keep(),
            };
            connect(&call, &order.target).await;
        }
    }
}

/// Gives the channel what the order says of it.
fn prepare(task: &Task, order: &Order, id: ChannelId) {
    task.with(|world| {
        let (application, data) = (Text::from("AppDial2"), Text::from("(Outgoing Line)"));
        world.switch.begin_application(id, application, data);
    });
    for (name, value) in order.variables.iter().rev() {
        if let Err(why) = assign(task, Some(id), order.trusted, name, value) {
            task.with(|world| world.log(Level::Warning, "originate", format!("{name}: {why}")));
        }
    }
    task.with(|world| {
        let switch = &mut world.switch;
        if !order.account.is_empty() {
            switch.set_account(id, order.account.clone());
            switch.edit(id, |view| view.peer_account = order.account.clone());
        }
        if !order.caller.is_empty() {
            let ani = order.caller.number.clone();
            switch.set_caller(id, order.caller.clone(), Some(ani));
            switch.set_connected(id, order.caller.clone());
        }
    });
}

/// Why there was no answer.
enum Unanswered {
    /// The time was over.
    Late {
        /// Whether the far end was alerted.
        rang: bool,
    },
    /// The figure of `Reason` and the word of `DialStatus`.
    Refused(u8, &'static str),
}

/// Waits for the answer.
async fn wait(task: &Task, order: &Order, leg: &mut Leg) -> Result<(), Unanswered> {
    let mut id = leg.id;
    let until = task.now() + order.timeout;
    let mut rang = false;
    loop {
        let signal = match task.next(None, Some(until)).await {
            Ok(Some(Event::Signal(from, signal))) if from == id => signal,
            Ok(Some(_)) => continue,
            Ok(None) | Err(Gone) => return Err(Unanswered::Late { rang }),
        };
        if !leg.is_ours() {
            return Err(Unanswered::Refused(reason::FAILED, "CANCEL"));
        }
        let status = match signal {
            Signal::Answer => {
                task.with(|world| world.switch.set_state(id, State::Up));
                return Ok(());
            }
            Signal::Progress if order.early_media => return Ok(()),
            Signal::Busy => return Err(Unanswered::Refused(reason::BUSY, "BUSY")),
            Signal::Congestion => {
                return Err(Unanswered::Refused(reason::CONGESTION, "CONGESTION"));
            }
            Signal::Hangup => {
                let cause = task.with(|world| world.switch.channel(id).map(|c| c.cause()));
                let (reason, status) = hung_up(cause.unwrap_or_default(), rang);
                return Err(Unanswered::Refused(reason, status));
            }
            Signal::Forwarded { to, reason } => {
                *leg = forward(task, order, leg, &to, &reason)
                    .ok_or(Unanswered::Refused(reason::FAILED, "CANCEL"))?;
                id = leg.id;
                continue;
            }
            Signal::Ringing => {
                rang = true;
                "RINGING"
            }
            Signal::Progress => "PROGRESS",
            Signal::Proceeding => "PROCEEDING",
            _ => continue,
        };
        task.with(|world| {
            let Some(dest) = world.switch.view(id) else {
                return;
            };
            world.switch.tell(Fact::DialProgressed {
                caller: None,
                dest,
                status,
            });
        });
    }
}

/// Calls somebody in the place of a channel whose far end wants that; `None` where nobody can be called, which
/// the log tells.
fn forward(task: &Task, order: &Order, old: &Leg, to: &Forward, reason: &Text) -> Option<Leg> {
    let leg = forwarded(task, order, old, to, reason);
    if leg.is_none() {
        task.with(|world| {
            let name = world.switch.view(old.id).map(|view| view.name.clone());
            let (name, to) = (name.unwrap_or_default(), forward::shown(to));
            let text = format!("{name} cannot send the call to {to}");
            world.log(Level::Warning, "Originate", text);
        });
    }
    leg
}

fn forwarded(task: &Task, order: &Order, old: &Leg, to: &Forward, reason: &Text) -> Option<Leg> {
    let (technology, destination) = task.with(|world| forward::target(world, old.id, to))?;
    let sent_by = task.with(|world| forward::sent_by(world, old.id, to, reason))?;
    let request = Request {
        linkedid: task
            .with(|world| world.switch.view(old.id))?
            .linkedid
            .clone(),
        ..Request::default()
    };
    let leg = Leg::request(task, &technology, &destination, request).ok()?;
    prepare(task, order, leg.id);
    task.with(|world| {
        let rdnis = sent_by.redirecting.from.number.clone();
        if let Some(channel) = world.switch.channel_mut(leg.id) {
            channel.forwards = sent_by.forwards.saturating_sub(1);
            channel.redirecting = sent_by.redirecting;
        }
        world.switch.edit(leg.id, |view| view.rdnis = rdnis);
    });
    leg.call().ok()?;
    task.with(|world| {
        let views = (world.switch.view(old.id), world.switch.view(leg.id));
        let (Some(before), Some(now)) = views else {
            return;
        };
        world.switch.tell(Fact::DialEnded {
            caller: None,
            dest: before,
            status: "CANCEL",
            forward: forward::shown(to),
        });
        world.switch.tell(Fact::DialBegan {
            caller: None,
            dest: now,
            dial_string: destination,
        });
    });
    Some(leg)
}

fn hung_up(cause: Cause, rang: bool) -> (u8, &'static str) {
    match cause {
        Cause::BUSY => (reason::FAILED, "BUSY"),
        Cause::CONGESTION => (reason::FAILED, "CONGESTION"),
        _ if rang => (reason::NO_ANSWER, "NOANSWER"),
        _ => (reason::FAILED, "CANCEL"),
    }
}

fn reason_of(cause: Cause) -> u8 {
    match cause {
        Cause::BUSY => reason::BUSY,
        Cause::CONGESTION => reason::CONGESTION,
        _ => reason::FAILED,
    }
}

/// Says how an order that runs on its own ended.
fn tell_end(task: &Task, order: &Order, channel: Option<ChannelId>, reason: u8) {
    if !order.told {
        return;
    }
    task.with(|world| {
        let channel = channel.and_then(|id| world.switch.view(id));
        world.switch.tell(Fact::Originated(Box::new(Originated {
            success: channel.is_some(),
            channel,
            dialed: Text::from(format!("{}/{}", order.technology, order.destination)),
            action_id: order.action_id.clone(),
            target: order.target.clone(),
            reason,
            caller: order.caller.clone(),
        })));
    });
}

/// Runs the application or the dialplan on the answered channel, and ends it.
async fn connect(call: &Call, target: &OriginateTarget) {
    let _end = EndChannel(call.clone());
    match target {
        OriginateTarget::Extension {
            context,
            exten,
            priority,
        } => {
            let (context, exten) = (context.clone(), exten.clone());
            call.goto(&Place {
                context,
                exten,
                priority: *priority,
            });
            run::resume_plan(call).await;
        }
        OriginateTarget::Application { application, data } => {
            let Some(found) = call.with(|world| app::find_loaded(world, application)) else {
                return call.warn("originate", format!("No such application '{application}'"));
            };
            let data = call.fill(data).await;
            match run::execute(call, found, data).await {
                Ok(Outcome::Goto(place)) => call.goto(&place),
                Ok(_) => return,
                Err(Gone) => {
                    let Some(place) = call.take_elsewhere() else {
                        return;
                    };
                    // What called the channel is over: from here on only the dialplan is shown.
                    call.with(|world| {
                        world.switch.edit(call.id, |view| {
                            view.application = Text::default();
                            view.data = Text::default();
                        });
                    });
                    call.goto(&place);
                }
            }
            run::resume_plan(call).await;
        }
    }
}
