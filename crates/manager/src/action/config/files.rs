//! The configuration directory as programs on the wire may reach it.

use std::sync::{Mutex, PoisonError};

use ami::refusal::config as refusal;
use config::{Config, Directory, Error, LoadOptions, Location};

use crate::action::Cx;
use crate::reply::Reply;

/// Held from reading a file to writing it back, so that no change is lost between two.
static EDITING: Mutex<()> = Mutex::new(());

/// What a program on the wire may do with files.
#[derive(Debug)]
pub(super) struct Files {
    directory: Directory,
    anywhere: bool,
}

impl Files {
    pub(super) fn of(cx: &Cx<'_>) -> Files {
        Files {
            directory: Directory::new(cx.host.config_directory()),
            anywhere: cx.host.settings().live_dangerously,
        }
    }

    /// Does work that waits for the disk where it keeps nobody else waiting.
    pub(super) async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce(&Files) -> Result<T, Reply> + Send + 'static,
    ) -> Result<T, Reply> {
        let done = tokio::task::spawn_blocking(move || work(&self)).await;
        done.unwrap_or_else(|_| Err(Reply::error(refusal::SAVE_FAILED)))
    }

    /// The same for work that changes files; one at a time.
    pub(super) async fn edit<T: Send + 'static>(
        self,
        work: impl FnOnce(&Files) -> Result<T, Reply> + Send + 'static,
    ) -> Result<T, Reply> {
        self.work(|files| {
            // Nothing is behind the lock that a panic could have left broken.
            let _alone = EDITING.lock().unwrap_or_else(PoisonError::into_inner);
            work(files)
        })
        .await
    }

    /// The directory.
    pub(super) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// What a file means. Commands that it includes are not run for a program on the wire.
    pub(super) fn load(&self, name: &str) -> Result<Config, Reply> {
        match self.directory.locate(name) {
            Location::Missing => return Err(Reply::error(refusal::NOT_FOUND)),
            // Whether there is such a file elsewhere is nobody's business.
            Location::Outside if !self.anywhere => return Err(Reply::error(refusal::NOT_FOUND)),
            Location::Inside | Location::Outside => {}
        }
        let options = LoadOptions {
            exec_includes: false,
        };
        config::load(&self.directory, name, &options).map_err(unreadable)
    }

    /// Refuses a file that is not there or not in the directory, as UpdateConfig does.
    pub(super) fn check_existing(&self, name: &str) -> Result<(), Reply> {
        if self.anywhere || self.directory.locate(name) == Location::Inside {
            return Ok(());
        }
        Err(Reply::error(refusal::ESCALATED_PRIVILEGES))
    }

    /// Refuses a name that would not be a file of the directory.
    pub(super) fn check_new(&self, name: &str) -> Result<(), Reply> {
        if self.anywhere || self.directory.may_hold(name) {
            return Ok(());
        }
        Err(Reply::error(refusal::ESCALATED_PRIVILEGES))
    }
}

/// The answer to a file that does not load.
pub(super) fn unreadable(why: Error) -> Reply {
    Reply::error(match why {
        Error::NotFound(_) => refusal::NOT_FOUND,
        Error::Invalid(_) => refusal::INVALID_FORMAT,
    })
}
