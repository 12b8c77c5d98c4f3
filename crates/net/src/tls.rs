//! Encrypted connections.

use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use manager::settings::Tls;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;
use tokio_rustls::{Accept, TlsAcceptor};

/// Reads certificate and key.
pub(crate) fn acceptor(files: &Tls, directory: &Path) -> io::Result<TlsAcceptor> {
    let named = |name: &str, what: &dyn std::fmt::Display| {
        io::Error::new(io::ErrorKind::InvalidData, format!("{name}: {what}"))
    };
    let chain = CertificateDer::pem_file_iter(directory.join(&files.certificate))
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| named(&files.certificate, &e))?;
    let key = PrivateKeyDer::from_pem_file(directory.join(&files.key))
        .map_err(|e| named(&files.key, &e))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|e| named(&files.certificate, &e))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// An encrypted stream from its first byte on: the handshake is made by whoever first reads or writes, so
/// that the limits and the time for logging in hold for it too.
pub(crate) enum Handshaking {
    /// The handshake goes on.
    Accept(Box<Accept<TcpStream>>),
    /// It is made.
    Stream(Box<TlsStream<TcpStream>>),
}

impl Handshaking {
    /// A connection whose handshake is to be made.
    pub(crate) fn new(accept: Accept<TcpStream>) -> Handshaking {
        Handshaking::Accept(Box::new(accept))
    }

    fn stream(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Pin<&mut TlsStream<TcpStream>>>> {
        if let Handshaking::Accept(accept) = self {
            let stream = ready!(Pin::new(&mut **accept).poll(cx))?;
            *self = Handshaking::Stream(Box::new(stream));
        }
        match self {
            Handshaking::Stream(stream) => Poll::Ready(Ok(Pin::new(&mut **stream))),
            Handshaking::Accept(_) => Poll::Pending,
        }
    }
}

impl AsyncRead for Handshaking {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        ready!(self.get_mut().stream(cx))?.poll_read(cx, buffer)
    }
}

impl AsyncWrite for Handshaking {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.get_mut().stream(cx))?.poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        ready!(self.get_mut().stream(cx))?.poll_write_vectored(cx, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.get_mut().stream(cx))?.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.get_mut().stream(cx))?.poll_shutdown(cx)
    }
}
