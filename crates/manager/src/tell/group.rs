//! Channels and bridges as the lines that many events share.

use ami::event::group::{Bridge, Channel};
use switch::Snapshot;
use switch::bridge::BridgeSnapshot;

/// A channel's lines.
pub(crate) fn channel(of: &Snapshot) -> Channel<'_> {
    Channel {
        name: &of.name,
        state: of.state.figure(),
        state_desc: of.state.word(),
        caller_id_num: &of.caller.number,
        caller_id_name: &of.caller.name,
        connected_line_num: &of.connected.number,
        connected_line_name: &of.connected.name,
        language: &of.language,
        account_code: &of.account,
        context: &of.context,
        exten: &of.exten,
        priority: of.priority,
        uniqueid: &of.uniqueid,
        linkedid: &of.linkedid,
        variables: of.shown.as_deref().unwrap_or_default(),
    }
}

/// A bridge's lines.
pub(crate) fn bridge(of: &BridgeSnapshot) -> Bridge<'_> {
    Bridge {
        uniqueid: &of.uniqueid,
        kind: of.kind,
        technology: of.technology,
        creator: &of.creator,
        name: &of.name,
        num_channels: u32::try_from(of.channels.len()).unwrap_or(u32::MAX),
        // The switch carries no video, so nobody is its source.
        video_source_mode: "none",
    }
}
