//! What happens to one channel.

use ami::encode::Quoted;
use ami::event::channel::{
    ChannelTalkingStart, ChannelTalkingStop, DtmfBegin, DtmfEnd, Hangup, HangupRequest, Hold,
    LocalBridge, LocalOptimizationBegin, LocalOptimizationEnd, MixMonitorMute, MixMonitorStart,
    MixMonitorStop, MusicOnHoldStart, MusicOnHoldStop, NewAccountCode, NewCallerid,
    NewConnectedLine, Newchannel, Newstate, Rename, SoftHangupRequest, Unhold,
};
use ami::event::dialplan::{
    HangupHandlerPop, HangupHandlerPush, HangupHandlerRun, Newexten, VarSet,
};
use switch::Snapshot;
use switch::fact::{Fact, HandlerStep};

use super::group::channel;
use crate::rendered::Rendered;

pub(super) fn tell(fact: &Fact, out: &mut Rendered) {
    match fact {
        Fact::ChannelCreated(of) => out.current(&Newchannel {
            channel: channel(of),
        }),
        Fact::StateChanged(of) => out.current(&Newstate {
            channel: channel(of),
        }),
        Fact::ApplicationBegan(of) => out.current(&Newexten {
            channel: channel(of),
            extension: &of.exten,
            application: &of.application,
            data: &of.data,
        }),
        Fact::CallerChanged(of) => out.current(&NewCallerid {
            channel: channel(of),
            presentation: &presentation(of),
        }),
        Fact::ConnectedChanged(of) => out.current(&NewConnectedLine {
            channel: channel(of),
        }),
        Fact::AccountChanged { channel: of, old } => {
            out.current(&NewAccountCode {
                channel: channel(of),
                old_account_code: old,
            });
        }
        Fact::VariableSet {
            channel: of,
            name,
            value,
        } => {
            out.current(&VarSet {
                channel: of.as_deref().map(channel),
                variable: name,
                value: Quoted(value),
            });
        }
        Fact::LocalBridged {
            one,
            two,
            context,
            exten,
            optimize,
        } => out.current(&LocalBridge {
            local_one: channel(one),
            local_two: channel(two),
            context,
            exten,
            local_optimization: *optimize,
        }),
        Fact::LocalOptimizationBegan {
            one,
            two,
            source,
            dest_bridge,
            id,
        } => {
            out.current(&LocalOptimizationBegin {
                local_one: channel(one),
                local_two: channel(two),
                source: source.as_deref().map(channel),
                dest_uniqueid: dest_bridge,
                id: (*id).into(),
            });
        }
        Fact::LocalOptimizationEnded {
            one,
            two,
            success,
            id,
        } => {
            out.current(&LocalOptimizationEnd {
                local_one: channel(one),
                local_two: channel(two),
                success: *success,
                id: (*id).into(),
            });
        }
        Fact::HangupRequested { channel: of, cause } => out.current(&HangupRequest {
            channel: channel(of),
            cause: cause.map(|cause| cause.0.into()),
            tech_cause: tech_cause(of),
        }),
        Fact::SoftHangupRequested { channel: of, cause } => {
            out.current(&SoftHangupRequest {
                channel: channel(of),
                cause: Some(cause.0.into()),
                tech_cause: tech_cause(of),
            });
        }
        Fact::HangupHandler {
            channel: of,
            what,
            handler,
        } => {
            let channel = channel(of);
            match what {
                HandlerStep::Pushed => out.current(&HangupHandlerPush { channel, handler }),
                HandlerStep::Popped => out.current(&HangupHandlerPop { channel, handler }),
                HandlerStep::Ran => out.current(&HangupHandlerRun { channel, handler }),
            }
        }
        Fact::HungUp(of) => out.current(&Hangup {
            channel: channel(of),
            cause: of.cause.0.into(),
            cause_text: of.cause.text(),
            tech_cause: tech_cause(of),
        }),
        Fact::DigitBegan {
            channel: of,
            digit,
            direction,
        } => out.current(&DtmfBegin {
            channel: channel(of),
            digit: digit.encode_utf8(&mut [0; 4]),
            direction: direction.word(),
        }),
        Fact::DigitEnded {
            channel: of,
            digit,
            duration,
            direction,
        } => out.current(&DtmfEnd {
            channel: channel(of),
            digit: digit.encode_utf8(&mut [0; 4]),
            duration_ms: (*duration).into(),
            direction: direction.word(),
        }),
        Fact::Held { channel: of, music } => out.current(&Hold {
            channel: channel(of),
            music_class: (!music.is_empty()).then_some(music),
        }),
        Fact::Unheld(of) => out.current(&Unhold {
            channel: channel(of),
        }),
        Fact::MusicStarted { channel: of, class } => {
            out.current(&MusicOnHoldStart {
                channel: channel(of),
                class,
            });
        }
        Fact::MusicStopped(of) => out.current(&MusicOnHoldStop {
            channel: channel(of),
        }),
        Fact::TalkBegan(of) => out.current(&ChannelTalkingStart {
            channel: channel(of),
        }),
        Fact::TalkEnded { channel: of, span } => out.current(&ChannelTalkingStop {
            channel: channel(of),
            duration: u64::try_from(span.as_millis()).unwrap_or(u64::MAX),
        }),
        Fact::MonitorStarted(of) => out.current(&MixMonitorStart {
            channel: channel(of),
        }),
        Fact::MonitorStopped(of) => out.current(&MixMonitorStop {
            channel: channel(of),
        }),
        Fact::MonitorMuted {
            channel: of,
            direction,
            on,
        } => out.current(&MixMonitorMute {
            channel: channel(of),
            direction,
            state: if *on { "1" } else { "0" },
        }),
        Fact::Renamed { channel: of, new } => out.current(&Rename {
            channel: &of.name,
            new_name: new,
            uniqueid: &of.uniqueid,
        }),
        _ => {}
    }
}

/// Figure and words, as `CID-CallingPres` has them.
pub(super) fn presentation(of: &Snapshot) -> String {
    let presentation = of.caller.presentation;
    format!("{} ({})", presentation.0, presentation.words())
}

/// The technology's own figure of why a channel was hung up, where there is one.
fn tech_cause(of: &Snapshot) -> Option<&str> {
    (!of.tech_cause.is_empty()).then_some(&*of.tech_cause)
}
