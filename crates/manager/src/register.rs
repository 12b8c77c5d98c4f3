//! Who is connected: limits, the list that the console shows, and the way to throw somebody out.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;

use slab::Slab;
use switch::Time;

use crate::limits;
use crate::peer::Peer;
use crate::user::User;

/// All connections.
#[derive(Debug, Default)]
pub(crate) struct Register {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    entries: Slab<Entry>,
    /// Connections that are not logged in: all, and by address.
    strangers: usize,
    strangers_of: HashMap<IpAddr, usize>,
    /// Numbers given out so far.
    last: u64,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    peer: Peer,
    since: Time,
    user: Option<Arc<User>>,
    door: Arc<Door>,
}

/// How a session learns that it is to end.
#[derive(Debug, Default)]
struct Door {
    closed: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

/// One connection, for the console.
#[derive(Debug, Clone)]
pub struct Connected {
    /// Its number; never used twice.
    pub number: u64,
    /// Its two ends.
    pub peer: Peer,
    /// When it began.
    pub since: Time,
    /// Who it is, once it has logged in.
    pub user: Option<Arc<User>>,
}

/// Why a connection is not taken. Displays as a line for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Too many have not logged in.
    Strangers,
    /// Too many of this address have not logged in.
    StrangersOfAddress,
    /// Too many connections in all.
    Sessions,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refused::Strangers => "authlimit is reached by connections that have not logged in",
            Refused::StrangersOfAddress => {
                "its address has its share of authlimit in connections that have not logged in"
            }
            Refused::Sessions => "there are too many connections",
        })
    }
}

impl Register {
    /// Enters a connection, if the limits have room for it.
    pub(crate) fn enter(
        self: &Arc<Register>,
        peer: Peer,
        since: Time,
        auth_limit: usize,
    ) -> Result<Ticket, Refused> {
        let mut inner = self.lock();
        let of_address = inner.strangers_of.get(&peer.ip()).copied().unwrap_or(0);
        if inner.entries.len() >= limits::MAX_SESSIONS {
            return Err(Refused::Sessions);
        }
        if inner.strangers >= auth_limit {
            return Err(Refused::Strangers);
        }
        if of_address >= share_of_address(auth_limit) {
            return Err(Refused::StrangersOfAddress);
        }
        inner.strangers += 1;
        *inner.strangers_of.entry(peer.ip()).or_default() += 1;
        inner.last += 1;
        let number = inner.last;
        let door = Arc::new(Door::default());
        let key = inner.entries.insert(Entry {
            number,
            peer,
            since,
            user: None,
            door: Arc::clone(&door),
        });
        Ok(Ticket {
            register: Arc::clone(self),
            key,
            number,
            door,
        })
    }

    /// All connections, the oldest first.
    pub(crate) fn all(&self) -> Vec<Connected> {
        let mut all: Vec<Connected> = self
            .lock()
            .entries
            .iter()
            .map(
                |(
                    _,
                    Entry {
                        number,
                        peer,
                        since,
                        user,
                        ..
                    },
                )| Connected {
                    number: *number,
                    peer: *peer,
                    since: *since,
                    user: user.clone(),
                },
            )
            .collect();
        all.sort_by_key(|connected| connected.number);
        all
    }

    /// Throws a connection out: whether there was one of this number.
    pub(crate) fn throw_out(&self, number: u64) -> bool {
        let door = {
            let inner = self.lock();
            let entry = inner
                .entries
                .iter()
                .find(|(_, entry)| entry.number == number);
            entry.map(|(_, entry)| Arc::clone(&entry.door))
        };
        door.is_some_and(|door| {
            door.close();
            true
        })
    }

    /// Throws everybody out.
    pub(crate) fn throw_all_out(&self) {
        let doors: Vec<_> = self
            .lock()
            .entries
            .iter()
            .map(|(_, entry)| Arc::clone(&entry.door))
            .collect();
        for door in doors {
            door.close();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn no_longer_a_stranger(&mut self, address: IpAddr) {
        self.strangers = self.strangers.saturating_sub(1);
        if let Some(count) = self.strangers_of.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                self.strangers_of.remove(&address);
            }
        }
    }
}

impl Door {
    fn close(&self) {
        self.closed.store(true, Ordering::Release);
        let waker = self
            .waker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// How many of the connections that may not have logged in one address may hold.
fn share_of_address(auth_limit: usize) -> usize {
    let reserve = auth_limit.div_ceil(limits::ADDRESS_RESERVE);
    auth_limit.saturating_sub(reserve).max(1)
}

/// A connection's entry; taken out when dropped.
#[derive(Debug)]
pub(crate) struct Ticket {
    register: Arc<Register>,
    key: usize,
    /// The connection's number; never used twice.
    pub(crate) number: u64,
    door: Arc<Door>,
}

impl Ticket {
    /// The connection is this user's now; `false` if the user may be logged in but once and is already.
    pub(crate) fn log_in(&self, user: &Arc<User>) -> bool {
        let mut inner = self.register.lock();
        let is_same = |other: &Arc<User>| other.name.eq_ignore_ascii_case(&user.name);
        if !user.allow_multiple_login
            && inner
                .entries
                .iter()
                .any(|(_, entry)| entry.user.as_ref().is_some_and(is_same))
        {
            return false;
        }
        let Some(entry) = inner.entries.get_mut(self.key) else {
            return false;
        };
        entry.user = Some(Arc::clone(user));
        let address = entry.peer.ip();
        inner.no_longer_a_stranger(address);
        true
    }

    /// Whether the connection is to end; otherwise `waker` is woken when so.
    pub(crate) fn is_thrown_out(&self, waker: &Waker) -> bool {
        if self.door.closed.load(Ordering::Acquire) {
            return true;
        }
        let mut kept = self
            .door
            .waker
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if !kept.as_ref().is_some_and(|known| known.will_wake(waker)) {
            *kept = Some(waker.clone());
        }
        drop(kept);
        self.door.closed.load(Ordering::Acquire)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut inner = self.register.lock();
        if let Some(entry) = inner.entries.try_remove(self.key)
            && entry.user.is_none()
        {
            inner.no_longer_a_stranger(entry.peer.ip());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(ip: &str) -> Peer {
        Peer {
            local: "127.0.0.1:5038".parse().unwrap(),
            remote: format!("{ip}:4711").parse().unwrap(),
            tls: false,
        }
    }

    fn user(allow_multiple_login: bool) -> Arc<User> {
        Arc::new(User {
            allow_multiple_login,
            ..User::new("anna")
        })
    }

    #[test]
    fn strangers_are_limited_and_so_are_those_of_one_address() {
        let register = Arc::new(Register::default());
        let enter = |ip: &str| register.enter(peer(ip), Time(0), 4);
        let first = enter("192.0.2.1").unwrap();
        let _more = [enter("192.0.2.1").unwrap(), enter("192.0.2.1").unwrap()];
        assert_eq!(enter("192.0.2.1").unwrap_err(), Refused::StrangersOfAddress);
        let _other = enter("192.0.2.2").unwrap();
        assert_eq!(enter("192.0.2.3").unwrap_err(), Refused::Strangers);
        assert!(first.log_in(&user(true)));
        let _again = enter("192.0.2.1").unwrap();
        drop(first);
        assert_eq!(
            enter("192.0.2.3").unwrap_err(),
            Refused::Strangers,
            "it was none any more"
        );
        assert_eq!([1, 2, 10, 50].map(share_of_address), [1, 1, 9, 45]);
    }

    #[test]
    fn some_users_are_logged_in_once() {
        let register = Arc::new(Register::default());
        let enter = || register.enter(peer("192.0.2.1"), Time(0), 50).unwrap();
        let (one, two) = (enter(), enter());
        assert!(one.log_in(&user(false)));
        assert!(!two.log_in(&user(false)));
        drop(one);
        assert!(two.log_in(&user(false)));
        assert_eq!(register.all().len(), 1);
    }

    #[test]
    fn whoever_is_thrown_out_learns_it() {
        let register = Arc::new(Register::default());
        let ticket = register.enter(peer("192.0.2.1"), Time(0), 50).unwrap();
        assert!(!ticket.is_thrown_out(Waker::noop()));
        assert!(register.throw_out(ticket.number));
        assert!(ticket.is_thrown_out(Waker::noop()));
        assert!(!register.throw_out(ticket.number + 1));
    }
}
