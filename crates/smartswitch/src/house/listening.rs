//! The sockets that the manager's clients connect to.

use std::sync::PoisonError;

use manager::settings::{Listener, Settings};
use net::listen::Listening;

use super::House;

/// A socket, and what it was asked for as.
pub(super) struct Socket {
    wanted: Listener,
    listening: Listening,
}

impl House {
    /// Listens where the settings say and nowhere else; sockets that stay as they are go on. Gives back
    /// what did not work.
    pub(crate) fn listen(&self, settings: &Settings) -> Vec<String> {
        let Some(manager) = self.manager.get() else {
            return Vec::new();
        };
        let wanted: &[Listener] = if settings.enabled {
            &settings.listeners
        } else {
            &[]
        };
        let mut sockets = self
            .listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        sockets.retain(|socket| wanted.contains(&socket.wanted));
        let mut failed = Vec::new();
        for listener in wanted {
            if sockets.iter().any(|socket| socket.wanted == *listener) {
                continue;
            }
            match Listening::start(manager, listener, &self.directories.etc) {
                Ok(listening) => sockets.push(Socket {
                    wanted: listener.clone(),
                    listening,
                }),
                Err(e) => failed.push(format!(
                    "manager.conf: cannot listen on {}: {e}",
                    listener.address
                )),
            }
        }
        failed
    }

    /// Takes no more connections.
    pub(crate) fn stop_listening(&self) {
        self.listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// Where the manager listens.
    pub(crate) fn addresses(&self) -> Vec<String> {
        [self.addresses_of(false), self.addresses_of(true)].concat()
    }

    /// Where the manager listens, with or without TLS.
    pub(super) fn addresses_of(&self, tls: bool) -> Vec<String> {
        let sockets = self
            .listening
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let wanted = sockets
            .iter()
            .filter(|socket| socket.wanted.tls.is_some() == tls);
        wanted
            .map(|socket| socket.listening.address().to_string())
            .collect()
    }
}
