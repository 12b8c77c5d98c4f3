//! What calls are handed, and how they are found.

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use rustc_hash::FxHashMap;
use switch::ChannelId;

use super::Return;
use crate::cx::Cx;
use crate::wire::{ClientTransaction, ServerTransaction};

/// Everything that a call is handed when something happens.
pub(super) struct Hands<'a, 'c> {
    pub(super) cx: &'a mut Cx<'c>,
    pub(super) index: &'a mut Index,
    pub(super) dice: &'a mut Dice,
    pub(super) back: &'a Return,
}

/// How calls are found.
#[derive(Default)]
pub(super) struct Index {
    pub(super) tags: FxHashMap<String, u64>,
    pub(super) channels: FxHashMap<ChannelId, u64>,
    pub(super) requests: FxHashMap<ClientTransaction, u64>,
    pub(super) invites: FxHashMap<ServerTransaction, u64>,
}

impl Index {
    pub(super) fn len(&self) -> usize {
        self.tags.len() + self.channels.len() + self.requests.len() + self.invites.len()
    }
}

/// Where tags and the like come from: chance that nobody outside can tell.
pub(super) struct Dice(StdRng);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(StdRng::seed_from_u64(seed))
    }

    pub(super) fn tag(&mut self) -> String {
        format!("{:016x}", self.0.next_u64())
    }

    pub(super) fn call_id(&mut self) -> String {
        switch::uuid(self.0.next_u64(), self.0.next_u64())
    }

    /// A number below this one, which is not 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        self.0.next_u32() % bound.max(1)
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
