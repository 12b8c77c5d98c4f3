//! Bridges, and transfers out of them.

use ami::event::bridging::{
    AttendedTransfer, BlindTransfer, BridgeCreate, BridgeDestroy, BridgeEnter, BridgeLeave,
    BridgeMerge,
};
use switch::fact::Fact;

use super::group::{bridge, channel};
use crate::rendered::Rendered;

pub(super) fn tell(fact: &Fact, out: &mut Rendered) {
    match fact {
        Fact::BridgeCreated(of) => out.current(&BridgeCreate { bridge: bridge(of) }),
        Fact::BridgeEntered {
            bridge: of,
            channel: who,
            swap,
        } => out.current(&BridgeEnter {
            bridge: bridge(of),
            channel: channel(who),
            swap_uniqueid: swap.as_deref(),
        }),
        Fact::BridgeLeft {
            bridge: of,
            channel: who,
        } => {
            out.current(&BridgeLeave {
                bridge: bridge(of),
                channel: channel(who),
            });
        }
        Fact::BridgeMerged { to, from } => {
            out.current(&BridgeMerge {
                to_bridge: bridge(to),
                from_bridge: bridge(from),
            });
        }
        Fact::BridgeDestroyed(of) => out.current(&BridgeDestroy { bridge: bridge(of) }),
        Fact::BlindTransferred(transfer) => out.current(&BlindTransfer {
            result: transfer.result,
            transferer: channel(&transfer.transferer),
            transferee: transfer.transferee.as_deref().map(channel),
            bridge: transfer.bridge.as_deref().map(bridge),
            is_external: transfer.external,
            context: &transfer.context,
            extension: &transfer.exten,
        }),
        Fact::AttendedTransferred(transfer) => out.current(&AttendedTransfer {
            result: transfer.result,
            orig_transferer: channel(&transfer.first),
            orig_bridge: transfer.first_bridge.as_deref().map(bridge),
            second_transferer: channel(&transfer.second),
            second_bridge: transfer.second_bridge.as_deref().map(bridge),
            transferee: transfer.transferee.as_deref().map(channel),
            transfer_target: transfer.target.as_deref().map(channel),
            is_external: transfer.external,
            dest_type: transfer.dest,
            dest_bridge_uniqueid: transfer.dest_bridge.as_deref(),
            dest_app: transfer.dest_application.as_deref(),
            ..AttendedTransfer::default()
        }),
        _ => {}
    }
}
