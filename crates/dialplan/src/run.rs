//! The dialplan of a call, step by step, from its first extension to its end.

use std::time::Duration;

use switch::channel::{Leaving, Subroutine, TaskId};
use switch::fact::{Fact, HandlerStep, Level};
use switch::signal::Order;
use switch::{Cause, ChannelId, State, Text};

use crate::app::{self, Outcome};
use crate::call::{Call, Heard, Place};
use crate::script::pattern::Mode;
use crate::task::{Gone, Task};
use crate::world::Shared;

/// Most digits of one extension.
const DIGITS: usize = 256;

/// How long a busy or congestion tone plays where the dialplan ran out of steps.
const TONE: Duration = Duration::from_secs(10);

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

/// Where there is no step: more digits, the handler of what went wrong, or the end. True to go on.
async fn go_on(call: &Call, came: Came) -> bool {
    let Ok(place) = call.place() else {
        return false;
    };
    let (mut digits, mut invalid, incomplete) = match came {
        Came::NoStep => (String::new(), false, false),
        Came::Nowhere(to) if call.with(|w| w.exists(Some(call.id), &to.context, &to.exten, 1)) => {
            call.goto(&to);
            (String::new(), false, false)
        }
        Came::Nowhere(to) => return wrong(call, &to, "i", "INVALID", Some(&to.exten)),
        Came::Digits(digits) => (digits, false, false),
        Came::Incomplete => {
            let more = call.with(|world| {
                world.fits(Some(call.id), &place.context, &place.exten, 1, Mode::More)
            });
            (place.exten.to_string(), !more, true)
        }
        Came::Over => return false,
    };
    let here = call.with(|world| world.exists(Some(call.id), &place.context, &place.exten, 1));
    invalid |= digits.is_empty() && !here;
    if invalid {
        return wrong(call, &place, "i", "INVALID", Some(&place.exten));
    }
    let wait = call.with(|world| {
        let timeouts = world
            .switch
            .channel(call.id)
            .map(|channel| channel.digit_timeouts);
        let timeouts = timeouts.unwrap_or_default();
        match digits.is_empty() {
            false => Some(timeouts.digit.unwrap_or(world.rules.digit_timeout)),
            true if !world.plan.general.auto_fall_through => {
                Some(timeouts.response.unwrap_or(world.rules.response_timeout))
            }
            true => None,
        }
    });
    let Some(wait) = wait else {
        fall_through(call).await;
        return false;
    };
    let before = digits.len();
    match collect(call, &place.context, &mut digits, wait).await {
        Ok(()) => {}
        Err(Gone) => return resume(call),
    }
    let timeout = digits.is_empty() || incomplete && digits.len() == before;
    let exists = call.with(|world| world.exists(Some(call.id), &place.context, &digits, 1));
    if !timeout && exists {
        call.goto(&Place {
            context: place.context,
            exten: Text::from(digits),
            priority: 1,
        });
        true
    } else if timeout {
        wrong(call, &place, "t", "RESPONSETIMEOUT", None)
    } else {
        wrong(call, &place, "i", "INVALID", Some(&digits))
    }
}

fn resume(call: &Call) -> bool {
    match call.take_elsewhere() {
        Some(place) => {
            call.goto(&place);
            true
        }
        None => timed_out(call),
    }
}

/// Sends the call to the extension that handles what went wrong, or to `e`; false where neither is there.
fn wrong(call: &Call, place: &Place, exten: &str, reason: &str, invalid: Option<&str>) -> bool {
    let exists =
        |exten: &str| call.with(|world| world.exists(Some(call.id), &place.context, exten, 1));
    let handler = if exists(exten) {
        if let Some(invalid) = invalid {
            call.set("INVALID_EXTEN", invalid);
        }
        exten
    } else if exists("e") {
        raise(call, reason);
        "e"
    } else {
        call.with(|world| {
            let name = world.switch.view(call.id).map(|v| v.name.clone()).unwrap_or_default();
            let Place { context, exten: at, priority } = place;
            let text = format!(
                "{name}: nothing for {} at {context},{at},{priority}, and no '{exten}' or 'e' there",
                invalid.unwrap_or("a timeout")
            );
            world.log(Level::Warning, "pbx", text);
        });
        return false;
    };
    let (context, exten) = (place.context.clone(), Text::from(handler));
    call.goto(&Place {
        context,
        exten,
        priority: 1,
    });
    true
}

/// Says what went wrong, for the `EXCEPTION` function, and sends the call nowhere yet.
pub fn raise(call: &Call, reason: &str) {
    let Ok(place) = call.place() else { return };
    call.with(|world| {
        let Some(channel) = world.switch.channel_mut(call.id) else {
            return;
        };
        let Place {
            context,
            exten,
            priority,
        } = place;
        for (name, value) in [
            ("~EXCEPTION~REASON", Text::from(reason)),
            ("~EXCEPTION~CONTEXT", context),
            ("~EXCEPTION~EXTEN", exten),
            ("~EXCEPTION~PRIORITY", Text::from(priority.to_string())),
        ] {
            channel.variables.set(Text::from(name), value);
        }
    });
}

/// Collects digits until they cannot become another extension, or none comes in time.
async fn collect(
    call: &Call,
    context: &str,
    digits: &mut String,
    wait: Duration,
) -> Result<(), Gone> {
    while digits.len() < DIGITS {
        let more = call.with(|world| {
            digits.is_empty() || world.fits(Some(call.id), context, digits, 1, Mode::More)
        });
        if !more {
            return Ok(());
        }
        let until = call.now() + wait;
        match call.hear(Some(until)).await? {
            Heard::Digit(digit) => digits.push(digit),
            Heard::Nothing => return Ok(()),
            Heard::Signal(_) => {}
        }
    }
    Ok(())
}

/// The extension ran out of steps: the far end is told what became of the last `Dial`.
async fn fall_through(call: &Call) {
    let status = call.variable("DIALSTATUS");
    let name = call
        .view()
        .map(|view| view.name.clone())
        .unwrap_or_default();
    let shown = if status.is_empty() {
        "UNKNOWN"
    } else {
        &*status
    };
    call.verbose(3, || {
        format!("Auto fallthrough, channel '{name}' status is '{shown}'")
    });
    let order = match &*status {
        "CONGESTION" | "CHANUNAVAIL" => Order::Congestion,
        "BUSY" => Order::Busy,
        _ => return,
    };
    if !call.is_up() {
        if order == Order::Busy {
            call.with(|world| world.switch.set_state(call.id, State::Busy));
        }
        call.order(order);
    }
    // Whoever called hangs up when told; a caller that does not hears the tone for a while.
    let _ = call.sleep(TONE).await;
}

async fn run_h(call: &Call) {
    let Ok(place) = call.place() else { return };
    let has = call.with(|world| world.exists(Some(call.id), &place.context, "h", 1));
    if !has {
        return;
    }
    call.goto(&Place {
        context: place.context,
        exten: Text::from("h"),
        priority: 1,
    });
    hung_up_steps(call, &mut |_| false).await;
}

/// Runs steps on a channel that is hung up already, until there is none or `over` says so.
async fn hung_up_steps(call: &Call, over: &mut dyn FnMut(&Call) -> bool) {
    loop {
        let Ok(place) = call.place() else { return };
        let Some((application, data)) = call
            .with(|world| world.step(Some(call.id), &place.context, &place.exten, place.priority))
        else {
            return;
        };
        call.task.step().await;
        match step(call, &place, &application, &data).await {
            Ok(Outcome::Next) | Err(Gone) => call.goto(&Place {
                priority: place.priority.saturating_add(1),
                ..place
            }),
            Ok(Outcome::Goto(place)) => call.goto(&place),
            Ok(_) => return,
        }
        if over(call) {
            return;
        }
    }
}

async fn run_hangup_handlers(call: &Call) {
    loop {
        let handler = call.with(|world| {
            let handler = world.switch.channel_mut(call.id)?.hangup_handlers.pop()?;
            let channel = world.switch.view(call.id)?;
            let what = HandlerStep::Ran;
            world.switch.tell(Fact::HangupHandler {
                channel,
                what,
                handler: handler.clone(),
            });
            Some(handler)
        });
        let Some(handler) = handler else { return };
        if let Some((place, args)) = app::routine::gosub::parse(call, &handler) {
            enter_subroutine(call, &place, &args, true);
            let depth = depth(call);
            hung_up_steps(call, &mut |call| self::depth(call) < depth).await;
            leave_subroutines(call, depth);
        }
    }
}

/// Runs a subroutine for an application, until it returns; false where the call is over.
pub async fn run_subroutine(call: &Call, place: &Place, args: &[Text]) -> bool {
    let Ok(back) = call.place() else { return false };
    enter_subroutine(call, place, args, true);
    let depth = depth(call);
    let lasted = loop {
        let Ok(at) = call.place() else { break false };
        let Some((application, data)) =
            call.with(|world| world.step(Some(call.id), &at.context, &at.exten, at.priority))
        else {
            break true;
        };
        call.task.step().await;
        match step(call, &at, &application, &data).await {
            Ok(Outcome::Next) => call.goto(&Place {
                priority: at.priority + 1,
                ..at
            }),
            Ok(Outcome::Goto(place)) => call.goto(&place),
            Ok(_) | Err(Gone) => break false,
        }
        if self::depth(call) < depth {
            break true;
        }
    };
    leave_subroutines(call, depth);
    call.goto(&back);
    lasted
}

/// Enters a subroutine: its return comes back behind the step that runs now.
pub fn enter_subroutine(call: &Call, place: &Place, args: &[Text], outermost: bool) -> bool {
    let Ok(back) = call.place() else { return false };
    let entered = call.with(|world| {
        let Some(channel) = world.switch.channel_mut(call.id) else {
            return false;
        };
        if channel.subroutines.len() >= switch::limits::SUBROUTINES {
            return false;
        }
        let mut variables = switch::variables::Variables::default();
        let count = Text::from(args.len().to_string());
        variables.set(Text::from("ARGC"), count.clone());
        for (at, value) in args.iter().enumerate() {
            variables.set(Text::from(format!("ARG{}", at + 1)), value.clone());
        }
        channel.subroutines.push(Subroutine {
            context: back.context,
            exten: back.exten,
            priority: back.priority + 1,
            variables,
            outermost,
        });
        let view = world.switch.view(call.id);
        for (at, value) in args.iter().enumerate() {
            world.switch.tell(Fact::VariableSet {
                channel: view.clone(),
                name: Text::from(format!("ARG{}", at + 1)),
                value: value.clone(),
            });
        }
        let name = Text::from("ARGC");
        world.switch.tell(Fact::VariableSet {
            channel: view,
            name,
            value: count,
        });
        true
    });
    if entered {
        call.goto(place);
    }
    entered
}

fn depth(call: &Call) -> usize {
    call.with(|world| {
        world
            .switch
            .channel(call.id)
            .map_or(0, |c| c.subroutines.len())
    })
}

fn leave_subroutines(call: &Call, depth: usize) {
    call.with(|world| {
        if let Some(channel) = world.switch.channel_mut(call.id) {
            channel.subroutines.truncate(depth.saturating_sub(1));
        }
    });
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
