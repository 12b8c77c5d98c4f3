//! Certificates of a transport.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{
    CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, ServerConfig, SignatureScheme,
    SupportedProtocolVersion, version,
};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::settings::Transport;

fn bad(what: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_string())
}

/// How calls to us are encrypted.
pub(super) fn acceptor(transport: &Transport) -> io::Result<TlsAcceptor> {
    let (chain, key) = own(transport)?;
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions(transport))
        .map_err(bad)?;
    let config = match transport.verify_client || transport.require_client_cert {
        false => builder.with_no_client_auth(),
        true => {
            let provider = Arc::new(ring::default_provider());
            let roots = Arc::new(roots(transport)?);
            let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
            let verifier = match transport.require_client_cert {
                true => verifier,
                false => verifier.allow_unauthenticated(),
            };
            builder.with_client_cert_verifier(verifier.build().map_err(bad)?)
        }
    };
    let config = config.with_single_cert(chain, key).map_err(bad)?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// How our calls to others are encrypted.
pub(super) fn connector(transport: &Transport) -> io::Result<TlsConnector> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions(transport))
        .map_err(bad)?;
    let builder = match transport.verify_server {
        true => builder.with_root_certificates(roots(transport)?),
        false => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anybody(provider))),
    };
    let config = match own(transport) {
        Ok((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(bad)?,
        Err(_) => builder.with_no_client_auth(),
    };
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The versions of TLS that `method` allows.
fn versions(transport: &Transport) -> &'static [&'static SupportedProtocolVersion] {
    static ONLY_1_2: [&SupportedProtocolVersion; 1] = [&version::TLS12];
    static ONLY_1_3: [&SupportedProtocolVersion; 1] = [&version::TLS13];
    match &*transport.method {
        "tlsv1_2" => &ONLY_1_2,
        "tlsv1_3" => &ONLY_1_3,
        _ => tokio_rustls::rustls::DEFAULT_VERSIONS,
    }
}

fn own(
    transport: &Transport,
) -> io::Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
    let (cert, key) = (&*transport.cert_file, &*transport.priv_key_file);
    // A file may hold both.
    let key = if key.is_empty() { cert } else { key };
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| bad(format!("{cert}: {e}")))?;
    if chain.is_empty() {
        return Err(bad(format!("{cert}: it holds no certificate")));
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(|e| bad(format!("{key}: {e}")))?;
    Ok((chain, key))
}

fn roots(transport: &Transport) -> io::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let mut add = |file: &Path| -> io::Result<()> {
        let named = |e: &dyn std::fmt::Display| bad(format!("{}: {e}", file.display()));
        for cert in CertificateDer::pem_file_iter(file).map_err(|e| named(&e))? {
            let cert = cert.map_err(|e| named(&e))?;
            roots.add(cert).map_err(|e| named(&e))?;
        }
        Ok(())
    };
    if !transport.ca_list_file.is_empty() {
        add(Path::new(&*transport.ca_list_file))?;
    }
    if !transport.ca_list_path.is_empty() {
        for entry in std::fs::read_dir(&*transport.ca_list_path)? {
            add(&entry?.path())?;
        }
    }
    if roots.is_empty() {
        return Err(bad(
            "certificates are to be verified, but ca_list_file names none",
        ));
    }
    Ok(roots)
}

/// Takes any certificate: `verify_server = no`, as the field has it where nothing is said.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            cert,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            cert,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
