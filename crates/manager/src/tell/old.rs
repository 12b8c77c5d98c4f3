//! The events of the old dialect.
//!
//! They say less than today's, under names and in an order that clients of that age count on. What
//! came later (connected lines, dial states, bridges as things of their own) they do not hear.

use std::collections::HashMap;

use ami::event::old::{
    Bridge, DialBegin, DialEnd, Dtmf, ExtensionStatus, Hangup, HangupRequest, Hold, LocalBridge,
    MusicOnHold, NewAccountCode, NewCallerid, Newchannel, Newexten, Newstate, OriginateResponse,
    Rename, Unlink, UserEvent, VarSet,
};
use switch::fact::{Direction, Fact, OriginateTarget, Originated, Snap};
use switch::{BridgeId, Snapshot};

use super::channel::presentation;
use crate::rendered::Rendered;

/// Who is in which bridge: the old events name both parties of a call, the facts one at a time.
#[derive(Debug, Default)]
pub(super) struct Memory {
    bridges: HashMap<BridgeId, Vec<Snap>>,
}

impl Memory {
    /// Says a fact in the old dialect, if it has words for it.
    pub(super) fn tell(&mut self, fact: &Fact, out: &mut Rendered) {
        match fact {
            Fact::BridgeEntered {
                bridge, channel, ..
            } => {
                let members = self.bridges.entry(bridge.id).or_default();
                members.retain(|member| member.id != channel.id);
                members.push(channel.clone());
                if let [one, two] = &**members {
                    out.old(&link(one, two));
                }
            }
            Fact::BridgeLeft { bridge, channel } => {
                let Some(members) = self.bridges.get_mut(&bridge.id) else {
                    return;
                };
                if let [one, two] = &**members {
                    out.old(&unlink(one, two));
                }
                members.retain(|member| member.id != channel.id);
            }
            Fact::BridgeDestroyed(bridge) => {
                self.bridges.remove(&bridge.id);
            }
            _ => tell(fact, out),
        }
    }
}

/// What needs no memory.
fn tell(fact: &Fact, out: &mut Rendered) {
    match fact {
        Fact::ChannelCreated(of) => out.old(&Newchannel {
            channel: &of.name,
            channel_state: of.state.figure(),
            channel_state_desc: of.state.word(),
            caller_id_num: &of.caller.number,
            caller_id_name: &of.caller.name,
            account_code: &of.account,
            exten: &of.exten,
            context: &of.context,
            uniqueid: &of.uniqueid,
        }),
        Fact::StateChanged(of) => out.old(&Newstate {
            channel: &of.name,
            channel_state: of.state.figure(),
            channel_state_desc: of.state.word(),
            caller_id_num: &of.caller.number,
            caller_id_name: &of.caller.name,
            uniqueid: &of.uniqueid,
        }),
        Fact::ApplicationBegan(of) => out.old(&Newexten {
            channel: &of.name,
            context: &of.context,
            extension: &of.exten,
            priority: of.priority,
            application: &of.application,
            data: &of.data,
            uniqueid: &of.uniqueid,
        }),
        Fact::CallerChanged(of) => out.old(&NewCallerid {
            channel: &of.name,
            caller_id_num: &of.caller.number,
            caller_id_name: &of.caller.name,
            uniqueid: &of.uniqueid,
            presentation: &presentation(of),
        }),
        Fact::AccountChanged { channel: of, old } => out.old(&NewAccountCode {
            channel: &of.name,
            uniqueid: &of.uniqueid,
            account_code: &of.account,
            old_account_code: old,
        }),
        Fact::VariableSet {
            channel: of,
            name,
            value,
        } => out.old(&VarSet {
            channel: of.as_ref().map_or("", |of| &of.name),
            variable: name,
            value,
            uniqueid: of.as_ref().map_or("", |of| &of.uniqueid),
        }),
        Fact::LocalBridged {
            one,
            two,
            context,
            exten,
            optimize,
        } => out.old(&LocalBridge {
            channel1: &one.name,
            channel2: &two.name,
            uniqueid1: &one.uniqueid,
            uniqueid2: &two.uniqueid,
            context,
            exten,
            local_optimization: *optimize,
        }),
        Fact::DialBegan {
            caller: Some(caller),
            dest,
            dial_string,
        } => out.old(&DialBegin {
            sub_event: "Begin",
            channel: &caller.name,
            destination: &dest.name,
            caller_id_num: &caller.caller.number,
            caller_id_name: &caller.caller.name,
            uniqueid: &caller.uniqueid,
            dest_uniqueid: &dest.uniqueid,
            dial_string,
        }),
        Fact::DialEnded {
            caller: Some(caller),
            status,
            ..
        } => out.old(&DialEnd {
            sub_event: "End",
            channel: &caller.name,
            uniqueid: &caller.uniqueid,
            dial_status: status,
        }),
        Fact::HangupRequested { channel: of, cause } => out.old(&HangupRequest {
            channel: &of.name,
            uniqueid: &of.uniqueid,
            cause: cause.map(|cause| cause.0.into()),
        }),
        Fact::HungUp(of) => out.old(&Hangup {
            channel: &of.name,
            uniqueid: &of.uniqueid,
            caller_id_num: &of.caller.number,
            caller_id_name: &of.caller.name,
            cause: of.cause.0.into(),
            cause_text: of.cause.text(),
        }),
        Fact::DigitBegan {
            channel: of,
            digit,
            direction,
        } => {
            digit_half(of, *digit, *direction, true, out);
        }
        Fact::DigitEnded {
            channel: of,
            digit,
            direction,
            ..
        } => {
            digit_half(of, *digit, *direction, false, out);
        }
        Fact::Held { channel: of, .. } => out.old(&hold(of, "On")),
        Fact::Unheld(of) => out.old(&hold(of, "Off")),
        Fact::MusicStarted { channel: of, .. } => out.old(&music(of, "Start")),
        Fact::MusicStopped(of) => out.old(&music(of, "Stop")),
        Fact::Renamed { channel: of, new } => out.old(&Rename {
            channel: &of.name,
            new_name: new,
            uniqueid: &of.uniqueid,
        }),
        Fact::Originated(order) => out.old(&originate_response(order)),
        Fact::UserEvent {
            channel: Some(of),
            name,
            headers,
        } => out.old(&UserEvent {
            kind: name,
            uniqueid: Some(&of.uniqueid),
            headers,
        }),
        Fact::ExtensionChanged {
            exten,
            context,
            hint,
            state,
        } => out.old(&ExtensionStatus {
            exten,
            context,
            hint,
            status: state.figure(),
        }),
        _ => {}
    }
}

fn link<'a>(one: &'a Snapshot, two: &'a Snapshot) -> Bridge<'a> {
    Bridge {
        state: "Link",
        kind: "core",
        channel1: &one.name,
        channel2: &two.name,
        uniqueid1: &one.uniqueid,
        uniqueid2: &two.uniqueid,
        caller_id1: &one.caller.number,
        caller_id2: &two.caller.number,
    }
}

fn unlink<'a>(one: &'a Snapshot, two: &'a Snapshot) -> Unlink<'a> {
    Unlink {
        channel1: &one.name,
        channel2: &two.name,
        uniqueid1: &one.uniqueid,
        uniqueid2: &two.uniqueid,
        caller_id1: &one.caller.number,
        caller_id2: &two.caller.number,
    }
}

/// One event for both ends of a digit, each with its flag.
fn digit_half(of: &Snapshot, digit: char, way: Direction, begin: bool, out: &mut Rendered) {
    out.old(&Dtmf {
        channel: &of.name,
        uniqueid: &of.uniqueid,
        digit: digit.encode_utf8(&mut [0; 4]),
        direction: way.word(),
        begin,
        end: !begin,
    });
}

fn hold<'a>(of: &'a Snapshot, status: &'a str) -> Hold<'a> {
    Hold {
        status,
        channel: &of.name,
        uniqueid: &of.uniqueid,
    }
}

fn music<'a>(of: &'a Snapshot, state: &'a str) -> MusicOnHold<'a> {
    MusicOnHold {
        state,
        channel: &of.name,
        uniqueid: &of.uniqueid,
    }
}

fn originate_response(order: &Originated) -> OriginateResponse<'_> {
    let answered = order.channel.as_deref();
    let (context, exten) = match &order.target {
        OriginateTarget::Application { .. } => ("", ""),
        OriginateTarget::Extension { context, exten, .. } => (&**context, &**exten),
    };
    OriginateResponse {
        action_id: (!order.action_id.is_empty()).then_some(&order.action_id),
        response: if order.success { "Success" } else { "Failure" },
        channel: answered.map_or(&order.dialed, |channel| &channel.name),
        context,
        exten,
        reason: order.reason.into(),
        uniqueid: answered.map_or("", |channel| &channel.uniqueid),
        caller_id_num: &order.caller.number,
        caller_id_name: &order.caller.name,
    }
}
