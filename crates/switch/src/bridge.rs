//! Bridges: channels that hear each other.

use std::sync::Arc;

use crate::{BridgeId, ChannelId, Text, Time};

/// A bridge as everybody outside the engine sees it.
#[derive(Debug, Clone)]
pub struct BridgeSnapshot {
    /// Its number inside this process.
    pub id: BridgeId,
    /// Its identifier on the wire, a UUID.
    pub uniqueid: Text,
    /// What it is for, such as `basic`.
    pub kind: &'static str,
    /// How it carries sound, such as `simple_bridge`.
    pub technology: &'static str,
    /// What made it; empty for a call's own bridge.
    pub creator: Text,
    /// What its creator calls it; empty for a call's own bridge.
    pub name: Text,
    /// The channels in it, in the order of their coming.
    pub channels: Vec<ChannelId>,
    /// When it was made.
    pub created: Time,
}

/// A bridge, as the switch keeps it.
#[derive(Debug)]
pub struct Bridge {
    /// What others see of it.
    pub(crate) view: Arc<BridgeSnapshot>,
    /// Whether it ends with the first channel that leaves.
    pub(crate) dissolves: bool,
}

/// A way in which a bridge can carry sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Technology {
    /// Its name, such as `simple_bridge`.
    pub name: &'static str,
    /// What it can do: `1to1Mix`, `MultiMix` or `Holding`.
    pub kind: &'static str,
    /// How much it is preferred: the highest that can do what is needed is chosen.
    pub priority: u32,
    /// Whether new bridges may not choose it.
    pub suspended: bool,
}

/// The technologies that there are, none suspended.
pub(crate) const TECHNOLOGIES: [Technology; 3] = [
    Technology {
        name: "holding_bridge",
        kind: "Holding",
        priority: 50,
        suspended: false,
    },
    Technology {
        name: "simple_bridge",
        kind: "1to1Mix",
        priority: 50,
        suspended: false,
    },
    Technology {
        name: "softmix",
        kind: "MultiMix",
        priority: 10,
        suspended: false,
    },
];
