//! The dialplan of a call, step by step, from its first extension to its end.

mod hung_up;
mod nowhere;
mod subroutine;

use switch::channel::{Leaving, TaskId};
use switch::fact::Fact;
use switch::{Cause, ChannelId, Text};

use crate::app::{self, Outcome};
use crate::call::{Call, Place};
use crate::task::{Gone, Task};
use crate::world::Shared;

pub use nowhere::raise;
pub use subroutine::{enter_subroutine, run_subroutine};

use hung_up::{run_h, run_hangup_handlers};
use nowhere::go_on;

/// What the channel's end is said to come from when its dialplan is over, as the field codes it.
const PLAN_OVER: Cause = Cause(16);

/// Starts a channel's dialplan where its snapshot says.
pub fn start(shared: &Shared, channel: ChannelId) -> TaskId {
    let task = Task::spawn(shared, move |task| async move {
        run(Call { task, id: channel }).await
    });
    shared.borrow_mut().switch.attach(channel, task);
    task
}

/// Runs a channel's dialplan to its end, and ends the channel.
pub async fn run(call: Call) {
    let call = Call::new(call.task, call.id);
    let _end = EndChannel(call.clone());
    begin(&call);
    follow(&call).await;
    if call.owns() {
        finish(&call).await;
    }
}

/// Runs a channel's dialplan from where it is, for a channel that did something else before; the channel
/// is ended by whoever serves it.
pub async fn resume_plan(call: &Call) {
    begin(call);
    follow(call).await;
    if call.owns() {
        finish(call).await;
    }
}

/// Runs what comes when a channel's dialplan is over: hangup handlers and the `h` extension.
pub async fn finish(call: &Call) {
    call.with(|world| {
        world.switch.soft_hangup(call.id, None);
        let Some(channel) = world.switch.view(call.id) else {
            return;
        };
        world.switch.tell(Fact::SoftHangupRequested {
            channel,
            cause: PLAN_OVER,
        });
    });
    run_h(call).await;
    run_hangup_handlers(call).await;
}

/// Ends its channel when it is dropped, whatever became of the coroutine.
pub struct EndChannel(pub Call);

impl Drop for EndChannel {
    fn drop(&mut self) {
        let EndChannel(call) = self;
        call.with(|world| {
            // Another coroutine may have taken the channel over.
            let ours = world
                .switch
                .channel(call.id)
                .is_some_and(|c| c.handler == Some(call.task.id));
            if ours {
                world.switch.end(call.id);
            }
        });
    }
}

/// What a step, or a run of steps, came to.
enum Came {
    /// The place has no such step.
    NoStep,
    /// The call was sent to an extension that is not there.
    Nowhere(Place),
    /// Digits came that may become an extension.
    Digits(String),
    /// The extension needs more digits.
    Incomplete,
    /// The call is over.
    Over,
}

fn begin(call: &Call) {
    call.with(|world| {
        let Some(channel) = world.switch.channel_mut(call.id) else {
            return;
        };
        let first = !std::mem::replace(&mut channel.runs_plan, true);
        world.switch.processed += u64::from(first);
        let Some(view) = world.switch.view(call.id) else {
            return;
        };
        let own = (view.context.clone(), view.exten.clone());
        if world.exists(Some(call.id), &own.0, &own.1, view.priority) {
            return;
        }
        // Nothing where the channel was sent: `s` there, or `s` of the default context.
        let here = world.exists(Some(call.id), &own.0, "s", 1);
        let fallback = !here && world.exists(Some(call.id), "default", "s", 1);
        world.switch.edit(call.id, |view| {
            if here || fallback {
                view.exten = Text::from("s");
                view.priority = 1;
            }
            if fallback {
                view.context = Text::from("default");
            }
        });
    });
}

/// Runs steps from where the channel is until its dialplan is over.
pub async fn follow(call: &Call) {
    loop {
        let came = steps(call).await;
        if matches!(came, Came::Over) || !go_on(call, came).await {
            return;
        }
    }
}

/// Runs steps one after the other. The call's place is that of the last step that ran: it goes on only
/// where there is a step to go on with.
async fn steps(call: &Call) -> Came {
    let Ok(mut place) = call.place() else {
        return Came::Over;
    };
    loop {
        let Some((application, data)) = call
            .with(|world| world.step(Some(call.id), &place.context, &place.exten, place.priority))
        else {
            return Came::NoStep;
        };
        call.goto(&place);
        call.task.step().await;
        let outcome = match call.check() {
            Ok(()) => step(call, &place, &application, &data).await,
            Err(gone) => Err(gone),
        };
        match outcome {
            Ok(Outcome::Next) => match call.place() {
                Ok(here) if here == place => place.priority = place.priority.saturating_add(1),
                // The step sent the call elsewhere by setting its place.
                Ok(here) => place = here,
                Err(Gone) => return Came::Over,
            },
            Ok(Outcome::Goto(to)) => place = to,
            Ok(Outcome::Digit(digit)) => return Came::Digits(digit.to_string()),
            Ok(Outcome::Incomplete) => return Came::Incomplete,
            Ok(Outcome::Hangup) => {
                call.with(|world| world.switch.soft_hangup(call.id, None));
                return Came::Over;
            }
            Err(Gone) => match call.take_elsewhere() {
                Some(to) if has_step(call, &to) => place = to,
                Some(to) => return Came::Nowhere(to),
                None if timed_out(call) => match call.place() {
                    Ok(here) => place = here,
                    Err(Gone) => return Came::Over,
                },
                None => return Came::Over,
            },
        }
    }
}

fn has_step(call: &Call, place: &Place) -> bool {
    let Place {
        context,
        exten,
        priority,
    } = place;
    call.with(|world| world.exists(Some(call.id), context, exten, *priority))
}

/// Runs one step.
async fn step(call: &Call, place: &Place, name: &Text, data: &Text) -> Result<Outcome, Gone> {
    let Some(found) = call.with(|world| app::find_loaded(world, name)) else {
        let Place {
            context,
            exten,
            priority,
        } = place;
        let text =
            format!("No application '{name}' for extension ({context}, {exten}, {priority})");
        call.warn("pbx", text);
        return Ok(Outcome::Hangup);
    };
    let data = call.fill(data).await;
    call.verbose(3, || {
        let Place {
            context,
            exten,
            priority,
        } = place;
        let channel = call
            .view()
            .map(|view| view.name.clone())
            .unwrap_or_default();
        let name = found.name;
        format!("Executing [{exten}@{context}:{priority}] {name}(\"{channel}\", \"{data}\")")
    });
    execute(call, found, data).await
}

/// Runs an application on a channel; what ran before shows again when it is over.
pub async fn execute(call: &Call, app: &'static app::App, data: Text) -> Result<Outcome, Gone> {
    let name = app.shared_name();
    let before = call.with(|world| world.switch.begin_application(call.id, name, data.clone()));
    let outcome = (app.run)(call.clone(), data).await;
    if call.owns() {
        call.with(|world| match outcome {
            Ok(Outcome::Digit(_)) => world.switch.linger_application(call.id, before),
            _ => world.switch.end_application(call.id, before),
        });
    }
    outcome
}

/// The absolute time is up: `T` if the context has it.
fn timed_out(call: &Call) -> bool {
    if !call.owns() {
        return false;
    }
    call.with(|world| {
        let Some(view) = world.switch.view(call.id) else {
            return false;
        };
        if view.hangup_at.is_none_or(|at| at > world.switch.now) {
            return false;
        }
        let sent = world.exists(Some(call.id), &view.context, "T", 1);
        world.switch.edit(call.id, |view| view.hangup_at = None);
        if sent && let Some(channel) = world.switch.channel_mut(call.id) {
            channel.leaving = None;
            world.switch.edit(call.id, |view| {
                view.exten = Text::from("T");
                view.priority = 1;
            });
        }
        sent
    })
}

/// Sends a channel elsewhere: whoever serves it lets go, and its dialplan goes on there.
pub fn send_elsewhere(shared: &Shared, channel: ChannelId, place: &Place) {
    let mut world = shared.borrow_mut();
    let Some(channel) = world.switch.channel_mut(channel) else {
        return;
    };
    channel.leaving = Some(Leaving::Elsewhere {
        context: place.context.clone(),
        exten: place.exten.clone(),
        priority: place.priority,
    });
    let id = channel.id();
    world.switch.signal(id, switch::signal::Signal::Nudge);
}
