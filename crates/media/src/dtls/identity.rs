//! Our own certificate.

use std::fmt;
use std::io;
use std::sync::Arc;

use dimpl::{Config, DtlsCertificate};

use super::Fingerprint;
use crate::limits;

/// A certificate with its key, made when the program starts and known by its fingerprint alone.
#[derive(Clone)]
pub struct Identity {
    certificate: DtlsCertificate,
    fingerprint: Fingerprint,
    config: Arc<Config>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

impl Identity {
    /// Makes one: an ECDSA key on the curve P-256, as RFC 8827, 6.5 asks for. Fails where the system has no
    /// randomness.
    pub fn generate() -> io::Result<Identity> {
        let key = rcgen::KeyPair::generate().map_err(io::Error::other)?;
        // What the certificate says of its owner is read by nobody: RFC 8827, 6.5 wants it meaningless.
        let certificate = rcgen::CertificateParams::new(Vec::new())
            .and_then(|mut parameters| {
                parameters.distinguished_name = rcgen::DistinguishedName::new();
                parameters
                    .distinguished_name
                    .push(rcgen::DnType::CommonName, "WebRTC");
                parameters.self_signed(&key)
            })
            .map_err(io::Error::other)?;
        let certificate = DtlsCertificate {
            certificate: certificate.der().to_vec(),
            private_key: key.serialize_der(),
        };
        let config = Config::builder()
            .mtu(limits::DTLS_PACKET)
            .flight_start_rto(limits::DTLS_PATIENCE)
            .flight_retries(limits::DTLS_RETRIES)
            .handshake_timeout(limits::SECURING)
            .build()
            .map_err(|why| io::Error::other(why.to_string()))?;
        Ok(Identity {
            fingerprint: Fingerprint::new(&certificate.certificate),
            certificate,
            config: Arc::new(config),
        })
    }

    /// What descriptions say of it.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    pub(super) fn certificate(&self) -> DtlsCertificate {
        self.certificate.clone()
    }

    pub(super) fn config(&self) -> &Arc<Config> {
        &self.config
    }
}
