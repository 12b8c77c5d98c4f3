//! Channels and bridges for tests.

use std::sync::Arc;

use switch::bridge::BridgeSnapshot;
use switch::{
    AmaFlags, BridgeId, Cause, ChannelId, Party, Presentation, Snapshot, State, Text, Time,
};

/// 2026-11-23 07:15:10 UTC.
pub(crate) const NOON: Time = Time(1_795_418_110_000_000);

/// A channel in `101@default` that has just been made.
pub(crate) fn channel(id: u64, name: &str) -> Snapshot {
    let uniqueid = Text::from(format!("1795418110.{id}"));
    Snapshot {
        id: ChannelId(id),
        name: name.into(),
        technology: "Local",
        state: State::Down,
        caller: Party::default(),
        connected: Party::default(),
        ani: Text::default(),
        rdnis: Text::default(),
        dnid: Text::default(),
        language: "en".into(),
        account: Text::default(),
        peer_account: Text::default(),
        ama_flags: AmaFlags::Documentation,
        context: "default".into(),
        exten: "101".into(),
        priority: 1,
        application: Text::default(),
        data: Text::default(),
        linkedid: uniqueid.clone(),
        uniqueid,
        bridge: None,
        userfield: Text::default(),
        cause: Cause::UNKNOWN,
        hangup_source: Text::default(),
        created: NOON,
        answered: None,
        hangup_at: None,
        formats: "(slin)".into(),
        format: "slin".into(),
        dialed: false,
        tech_cause: Text::default(),
        shown: None,
    }
}

/// A party with number and name.
pub(crate) fn party(number: &str, name: &str) -> Party {
    Party {
        number: number.into(),
        name: name.into(),
        presentation: Presentation::default(),
    }
}

/// A call's own bridge with these channels.
pub(crate) fn bridge(channels: &[u64]) -> Arc<BridgeSnapshot> {
    Arc::new(BridgeSnapshot {
        id: BridgeId(1),
        uniqueid: "f74d0c0d-95a6-4a3c-9df6-68ff4bf3b0a1".into(),
        kind: "basic",
        technology: "simple_bridge",
        creator: Text::default(),
        name: Text::default(),
        channels: channels.iter().map(|id| ChannelId(*id)).collect(),
        created: NOON,
    })
}
