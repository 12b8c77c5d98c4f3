//! What a command has at hand while it runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use engine::request::{Request, Responder};
use tokio::sync::oneshot;

use crate::Host;

/// The daemon, and the console that the command was typed at.
#[derive(Clone)]
pub struct Cx {
    host: Arc<dyn Host>,
    verbosity: Option<Arc<AtomicU8>>,
}

impl Cx {
    /// For commands that come over the manager interface.
    pub fn new(host: Arc<dyn Host>) -> Cx {
        Cx {
            host,
            verbosity: None,
        }
    }

    /// For commands of a console whose own verbosity is kept in `verbosity`.
    pub fn of_console(host: Arc<dyn Host>, verbosity: Arc<AtomicU8>) -> Cx {
        Cx {
            host,
            verbosity: Some(verbosity),
        }
    }

    /// The daemon.
    pub fn host(&self) -> &dyn Host {
        &*self.host
    }

    /// Asks the engine; `None` when the engine has ended.
    pub async fn ask<T: Send + 'static>(
        &self,
        request: impl FnOnce(Responder<T>) -> Request,
    ) -> Option<T> {
        let (answer, waiting) = oneshot::channel();
        self.host.submit(request(Responder::new(move |value| {
            // An error means that the asker has gone.
            let _ = answer.send(value);
        })));
        waiting.await.ok()
    }

    /// How much this console shows of what the dialplan does.
    pub(crate) fn verbosity(&self) -> u8 {
        match &self.verbosity {
            Some(own) => own.load(Ordering::Relaxed),
            None => self.host.verbosity(),
        }
    }

    pub(crate) fn set_verbosity(&self, level: u8) {
        match &self.verbosity {
            Some(own) => own.store(level, Ordering::Relaxed),
            None => self.host.set_verbosity(level),
        }
    }
}

impl std::fmt::Debug for Cx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cx")
    }
}
