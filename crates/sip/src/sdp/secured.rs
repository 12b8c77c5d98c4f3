//! How a line of sound is secured, and how its far end is found.

use media::session::{Credentials, Keys, Reaching, Securing};

use super::theirs::{Audio, Setup};
use super::{Exchange, Refused};
use crate::settings::DtlsSetup;

impl Exchange {
    /// Whether reports may go over the sound's port. What is found and secured is one port.
    pub(super) fn shares_port(&self) -> bool {
        self.wants.rtcp_mux || self.wants.dtls || self.wants.ice
    }

    /// How keys are made by a handshake; nothing where there will be none.
    pub(super) fn securing(
        &self,
        audio: &Audio,
        offered: bool,
    ) -> Result<Option<Securing>, Refused> {
        let Some(fingerprint) = audio.fingerprint.clone().filter(|_| self.wants.dtls) else {
            return Ok(None);
        };
        let before = self.agreed.as_ref().and_then(|a| a.securing.as_ref());
        let active = match (audio.setup, offered) {
            (Some(Setup::Hold), _) => return Err(Refused::NoSound),
            (Some(Setup::Active), _) => false,
            (Some(Setup::Passive), _) => true,
            // RFC 8842, 5.3: the same handshake goes on, with the same roles.
            (Some(Setup::Either) | None, false) => match before {
                Some(before) if before.fingerprint == fingerprint => before.active,
                _ => self.wants.setup != DtlsSetup::Passive,
            },
            // RFC 4145, 4.1: who answers and does not say is active.
            (Some(Setup::Either) | None, true) => false,
        };
        Ok(Some(Securing {
            active,
            fingerprint,
        }))
    }

    /// How both look for each other; nothing where one of them does not.
    pub(super) fn reaching(
        &self,
        audio: &Audio,
        generation: u32,
        offered: bool,
    ) -> Option<Reaching> {
        let theirs = audio.credentials.clone().filter(|_| self.wants.ice)?;
        // RFC 8445, 6.1.1: who offered first leads, until somebody begins anew.
        let before = self.agreed.as_ref().and_then(|a| a.reaching.as_ref());
        let controlling = match before {
            Some(before) if generation == self.generation => before.controlling,
            _ => offered,
        };
        Some(Reaching {
            controlling,
            ours: self.credentials(generation),
            theirs,
            candidates: audio.candidates.clone(),
        })
    }

    /// Whether they begin the search anew.
    pub(super) fn restarts(&self, audio: &Audio) -> bool {
        let before = self.agreed.as_ref().and_then(|a| a.reaching.as_ref());
        match (before, &audio.credentials) {
            (Some(before), Some(now)) => before.theirs != *now,
            _ => false,
        }
    }

    pub(super) fn credentials(&self, generation: u32) -> Credentials {
        self.secret.credentials(generation)
    }

    pub(super) fn keys(&self, audio: &Audio) -> Result<Option<Keys>, Refused> {
        if !audio.plain && !audio.secure {
            return Err(Refused::NoSound);
        }
        let crypto = audio
            .crypto
            .iter()
            .find(|crypto| crypto.is_known())
            .filter(|_| self.wants.sdes);
        match crypto {
            Some(crypto) => Ok(Some(Keys {
                suite: crypto.suite.clone(),
                ours: self.secret.key(&crypto.suite),
                theirs: crypto.key.clone(),
            })),
            None if audio.secure => Err(Refused::NoSound),
            None if (self.wants.sdes || self.wants.dtls) && !self.wants.optimistic => {
                Err(Refused::NoSound)
            }
            None => Ok(None),
        }
    }
}
