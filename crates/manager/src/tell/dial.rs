//! Calls from one channel to another, and calls that a program ordered.

use ami::event::dial::{DialBegin, DialEnd, DialState, OriginateResponse, Pickup};
use switch::fact::{Fact, OriginateTarget, Originated};

use super::group::channel;
use crate::rendered::Rendered;

pub(super) fn tell(fact: &Fact, out: &mut Rendered) {
    match fact {
        Fact::DialBegan {
            caller,
            dest,
            dial_string,
        } => out.current(&DialBegin {
            channel: caller.as_deref().map(channel),
            dest: channel(dest),
            dial_string,
        }),
        Fact::DialProgressed {
            caller,
            dest,
            status,
        } => out.current(&DialState {
            channel: caller.as_deref().map(channel),
            dest: channel(dest),
            dial_status: status,
            forward: None,
        }),
        Fact::DialEnded {
            caller,
            dest,
            status,
            forward,
        } => out.current(&DialEnd {
            channel: caller.as_deref().map(channel),
            dest: channel(dest),
            dial_status: status,
            forward: (!forward.is_empty()).then_some(forward),
        }),
        Fact::PickedUp {
            channel: by,
            target,
        } => out.current(&Pickup {
            channel: channel(by),
            target: channel(target),
        }),
        Fact::Originated(order) => out.current(&originate_response(order)),
        _ => {}
    }
}

fn originate_response(order: &Originated) -> OriginateResponse<'_> {
    let answered = order.channel.as_deref();
    let (context, exten, application, data) = match &order.target {
        OriginateTarget::Application { application, data } => {
            (None, None, Some(&**application), Some(&**data))
        }
        OriginateTarget::Extension { context, exten, .. } => {
            (Some(&**context), Some(&**exten), None, None)
        }
    };
    OriginateResponse {
        action_id: (!order.action_id.is_empty()).then_some(&order.action_id),
        response: if order.success { "Success" } else { "Failure" },
        channel: answered.map_or(&order.dialed, |channel| &channel.name),
        context,
        exten,
        application,
        data,
        reason: order.reason.into(),
        uniqueid: answered.map_or("", |channel| &channel.uniqueid),
        caller_id_num: &order.caller.number,
        caller_id_name: &order.caller.name,
    }
}
