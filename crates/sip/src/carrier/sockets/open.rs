//! How many connections there are, and with whom.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::limits::{CONNECTIONS, CONNECTIONS_FROM_ONE};

/// Connections that are open.
#[derive(Debug, Default)]
pub(crate) struct Open(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    from: HashMap<IpAddr, usize>,
}

/// A connection that counts for as long as it lives.
#[derive(Debug)]
pub(super) struct Counted {
    open: Arc<Open>,
    with: IpAddr,
}

impl Open {
    /// Counts a connection; `None` where there are too many.
    pub(super) fn count(self: &Arc<Open>, with: IpAddr) -> Option<Counted> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = counts.from.get(&with).copied().unwrap_or(0);
        if counts.all >= CONNECTIONS || own >= CONNECTIONS_FROM_ONE {
            return None;
        }
        counts.all += 1;
        counts.from.insert(with, own + 1);
        Some(Counted {
            open: Arc::clone(self),
            with,
        })
    }

    /// How many there are.
    pub(crate) fn all(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).all
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.all = counts.all.saturating_sub(1);
        match counts.from.get_mut(&self.with) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                counts.from.remove(&self.with);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_leaves_room_for_others() {
        let open = Arc::new(Open::default());
        let one: IpAddr = [192, 0, 2, 1].into();
        let mut all: Vec<Counted> = std::iter::from_fn(|| open.count(one)).collect();
        assert_eq!(all.len(), CONNECTIONS_FROM_ONE);
        assert!(open.count([192, 0, 2, 2].into()).is_some());
        all.pop();
        assert!(open.count(one).is_some());
        all.clear();
        assert_eq!(open.all(), 0);
    }
}
