//! Waiting for the first of the called to answer.

use switch::fact::Fact;
use switch::signal::{Order, Signal};
use switch::{Cause, ChannelId, Party, State, Text, Time};

use super::forward::forward;
use super::options::Options;
use super::{shows_ringing, times};
use crate::app::sound::music;
use crate::call::{Call, Place};
use crate::leg::Leg;
use crate::task::Gone;
use crate::world::Event;

/// What became of the calls.
pub(super) enum Rung {
    /// This one answered first; the others are hung up.
    Answered(Leg),
    /// Nobody answered: the word of `DIALSTATUS`.
    Nobody(&'static str),
    /// The caller dialled a digit that leads elsewhere.
    Left(Place),
}

/// How many said what.
#[derive(Default)]
struct Tally {
    busy: usize,
    congestion: usize,
    no_answer: usize,
}

/// Waits until somebody answers, all have refused, the time is over, or the caller leaves.
pub(super) async fn ring(
    call: &Call,
    mut legs: Vec<Leg>,
    options: &Options,
    until: Option<Time>,
) -> Rung {
    let began = call.now();
    let mut tally = Tally::default();
    let _early = Early(call.clone());
    let mut entertainment = match &options.music {
        _ if options.ring_at_once => ring_back(call),
        Some(class) => Entertainment::Music {
            _music: music::start(call, class),
        },
        None => Entertainment::None,
    };
    let mut introduced = false;
    loop {
        if legs.is_empty() {
            return Rung::Nobody(tally.status());
        }
        let (id, signal) = match call.task.next(Some(call.id), until).await {
            Err(Gone) => {
                end_all(call, legs, "CANCEL", Cause::NORMAL);
                return Rung::Nobody("CANCEL");
            }
            Ok(None) => {
                end_all(call, legs, "NOANSWER", Cause::NO_ANSWER);
                return Rung::Nobody("NOANSWER");
            }
            Ok(Some(Event::Signal(id, signal))) => (id, signal),
            Ok(Some(Event::Answer(..))) => continue,
        };
        if id == call.id {
            match from_caller(call, signal, options) {
                Some(place) => {
                    end_all(call, legs, "CANCEL", Cause::NORMAL);
                    return Rung::Left(place);
                }
                None => continue,
            }
        }
        let Some(at) = legs.iter().position(|leg| leg.id == id) else {
            continue;
        };
        if !legs.get(at).is_some_and(Leg::is_ours) {
            // Somebody else has it now, and talks with it for all we know.
            tally.no_answer += 1;
            end(call, legs.swap_remove(at), "CANCEL", Cause::NORMAL);
            continue;
        }
        match signal {
            Signal::Answer => {
                let leg = legs.swap_remove(at);
                call.with(|world| world.switch.set_state(leg.id, State::Up));
                introduce(call, &leg, &mut introduced);
                end_all(call, legs, "CANCEL", Cause::ANSWERED_ELSEWHERE);
                return Rung::Answered(leg);
            }
            Signal::PickedUp(by) => {
                let old = legs.swap_remove(at);
                match picked_up(call, &old, by) {
                    None => legs.push(old),
                    Some(leg) => {
                        legs.push(old);
                        end_all(call, legs, "CANCEL", Cause::ANSWERED_ELSEWHERE);
                        return Rung::Answered(leg);
                    }
                }
            }
            Signal::Forwarded { to, reason } => {
                let old = legs.swap_remove(at);
                match forward(call, old, &to, &reason, options).await {
                    Ok(Ok(leg)) => legs.push(leg),
                    Ok(Err(cause)) => {
                        tally.refused(cause);
                    }
                    Err(Gone) => {
                        end_all(call, legs, "CANCEL", Cause::NORMAL);
                        return Rung::Nobody("CANCEL");
                    }
                }
            }
            Signal::Ringing => {
                if let [leg] = &*legs {
                    introduce(call, leg, &mut introduced);
                }
                times(call, "RINGTIME", began);
                progress(call, id, "RINGING");
                if matches!(entertainment, Entertainment::None) {
                    entertainment = ring_back(call);
                }
            }
            Signal::Progress => {
                if let [leg] = &*legs {
                    introduce(call, leg, &mut introduced);
                }
                times(call, "PROGRESSTIME", began);
                progress(call, id, "PROGRESS");
                if legs.len() == 1 && !options.ring_at_once && options.music.is_none() {
                    entertainment = Entertainment::None;
                    alert(call, Order::Progress);
                    call.with(|world| world.switch.hear_early(call.id, id));
                }
            }
            Signal::Proceeding => {
                progress(call, id, "PROCEEDING");
                if matches!(entertainment, Entertainment::None) && legs.len() == 1 {
                    alert(call, Order::Proceeding);
                }
            }
            Signal::Connected(party) if legs.len() == 1 => {
                introduced = true;
                connect_line(call, party);
            }
            Signal::Busy => {
                tally.busy += 1;
                end(call, legs.swap_remove(at), "BUSY", Cause::BUSY);
            }
            Signal::Congestion => {
                tally.congestion += 1;
                end(call, legs.swap_remove(at), "CONGESTION", Cause::CONGESTION);
            }
            Signal::Hangup => {
                let leg = legs.swap_remove(at);
                let cause = call.with(|world| world.switch.channel(id).map(|c| c.cause()));
                let status = tally.refused(cause.unwrap_or_default());
                end(call, leg, status, Cause::NORMAL);
            }
            _ => {}
        }
    }
}

impl Tally {
    fn refused(&mut self, cause: Cause) -> &'static str {
        match cause {
            Cause::BUSY => {
                self.busy += 1;
                "BUSY"
            }
            Cause::CONGESTION => {
                self.congestion += 1;
                "CONGESTION"
            }
            Cause::UNREGISTERED | Cause::UNALLOCATED | Cause::NO_ROUTE => "CHANUNAVAIL",
            _ => {
                self.no_answer += 1;
                "NOANSWER"
            }
        }
    }

    fn status(&self) -> &'static str {
        match self {
            Tally { busy: 1.., .. } => "BUSY",
            Tally {
                congestion: 1.., ..
            } => "CONGESTION",
            Tally { no_answer: 1.., .. } => "NOANSWER",
            _ => "CHANUNAVAIL",
        }
    }
}

fn from_caller(call: &Call, signal: Signal, options: &Options) -> Option<Place> {
    match signal {
        Signal::DigitEnd(digit, _) if options.exit_by_digit => {
            let place = call.place().ok()?;
            let context = match &*call.variable("EXITCONTEXT") {
                "" => place.context,
                named => Text::from(named),
            };
            let exten = Text::from(digit.to_string());
            let there = call.with(|world| world.exists(Some(call.id), &context, &exten, 1));
            there.then_some(Place {
                context,
                exten,
                priority: 1,
            })
        }
        Signal::Hold(music) => {
            call.held(true, &music);
            None
        }
        Signal::Unhold => {
            call.held(false, "");
            None
        }
        _ => None,
    }
}

/// Tells the caller how the call goes, while it is not up.
fn alert(call: &Call, order: Order) {
    let state = call.with(|world| world.switch.channel(call.id).map(|c| c.state()));
    if state.is_some_and(shows_ringing) {
        call.order(order);
    }
}

/// What the caller hears while it waits, until it is dropped.
enum Entertainment {
    None,
    /// The far end makes the tone itself, or (the call is up) we do.
    Ringing {
        _tone: Option<music::Tone>,
    },
    Music {
        _music: music::Music,
    },
}

fn ring_back(call: &Call) -> Entertainment {
    alert(call, Order::Ringing);
    Entertainment::Ringing {
        _tone: call.needs_ring_tone().then(|| music::tone(call, "ring")),
    }
}

/// Sound before an answer, until it is dropped.
struct Early(Call);

impl Drop for Early {
    fn drop(&mut self) {
        self.0.with(|world| world.switch.forget_early(self.0.id));
    }
}

/// Somebody else answered a leg's call: theirs is the leg from now on.
fn picked_up(call: &Call, old: &Leg, by: ChannelId) -> Option<Leg> {
    let leg = Leg::instead(&call.task, by, &old.destination)?;
    call.with(|world| {
        let switch = &mut world.switch;
        let (caller, target) = (switch.view(call.id), switch.view(old.id));
        let (Some(channel), Some(target)) = (switch.view(by), target) else {
            return;
        };
        switch.tell(Fact::PickedUp {
            channel: channel.clone(),
            target,
        });
        switch.tell(Fact::DialBegan {
            caller,
            dest: channel,
            dial_string: old.destination.clone(),
        });
    });
    Some(leg)
}

/// Tells the caller once who is called, where the leg's own caller id is known from the start.
fn introduce(call: &Call, leg: &Leg, introduced: &mut bool) {
    if !leg.party.is_empty() && !std::mem::replace(introduced, true) {
        connect_line(call, leg.party.clone());
    }
}

fn connect_line(call: &Call, party: Party) {
    call.with(|world| world.switch.set_connected(call.id, party.clone()));
    call.order(Order::Connected(party));
}

fn progress(call: &Call, leg: ChannelId, status: &'static str) {
    call.with(|world| {
        let (caller, dest) = (world.switch.view(call.id), world.switch.view(leg));
        if let Some(dest) = dest {
            world.switch.tell(Fact::DialProgressed {
                caller,
                dest,
                status,
            });
        }
    });
}

/// One of the called is given up, and everybody learns how it went.
pub(super) fn end(call: &Call, leg: Leg, status: &'static str, cause: Cause) {
    note_causes(call, leg.id);
    call.with(|world| {
        let (caller, dest) = (world.switch.view(call.id), world.switch.view(leg.id));
        if let Some(dest) = dest {
            world.switch.tell(Fact::DialEnded {
                caller,
                dest,
                status,
                forward: Text::default(),
            });
        }
    });
    leg.hang_up(cause);
}

/// What drivers said of a leg's end is known to whoever called it.
fn note_causes(call: &Call, leg: ChannelId) {
    call.with(|world| {
        let causes = world
            .switch
            .channel(leg)
            .map(|leg| leg.hangup_causes.clone());
        if let Some(caller) = world.switch.channel_mut(call.id) {
            for (name, cause) in causes.unwrap_or_default() {
                caller.hangup_causes.retain(|(known, _)| *known != name);
                caller.hangup_causes.push((name, cause));
            }
        }
    });
}

fn end_all(call: &Call, legs: Vec<Leg>, status: &'static str, cause: Cause) {
    legs.into_iter()
        .for_each(|leg| end(call, leg, status, cause));
}
