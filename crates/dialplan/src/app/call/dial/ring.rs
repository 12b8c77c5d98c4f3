//! Waiting for the first of the called to answer.

use switch::fact::Fact;
use switch::signal::{Order, Signal};
use switch::{Cause, ChannelId, State, Text, Time};

use super::options::Options;
use super::{shows_ringing, times};
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
    let mut entertained = false;
    if options.ring_at_once {
        entertained = true;
        alert(call, Order::Ringing);
    } else if let Some(class) = &options.music {
        entertained = true;
        music(call, class);
    }
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
                end_all(call, legs, "CANCEL", Cause::ANSWERED_ELSEWHERE);
                return Rung::Answered(leg);
            }
            Signal::Ringing => {
                progress(call, id, "RINGING");
                times(call, "RINGTIME", began);
                if !entertained {
                    entertained = true;
                    alert(call, Order::Ringing);
                }
            }
            Signal::Progress => {
                progress(call, id, "PROGRESS");
                times(call, "PROGRESSTIME", began);
                if !entertained && legs.len() == 1 {
                    alert(call, Order::Progress);
                }
            }
            Signal::Proceeding => {
                progress(call, id, "PROCEEDING");
                if !entertained && legs.len() == 1 {
                    alert(call, Order::Proceeding);
                }
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

fn music(call: &Call, class: &Text) {
    call.with(|world| world.switch.start_music(call.id, class));
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

fn end(call: &Call, leg: Leg, status: &'static str, cause: Cause) {
    call.with(|world| {
        let (caller, dest) = (world.switch.view(call.id), world.switch.view(leg.id));
        if let Some(dest) = dest {
            world.switch.tell(Fact::DialEnded {
                caller,
                dest,
                status,
            });
        }
    });
    leg.hang_up(cause);
}

fn end_all(call: &Call, legs: Vec<Leg>, status: &'static str, cause: Cause) {
    legs.into_iter()
        .for_each(|leg| end(call, leg, status, cause));
}
