//! Sound: RTP, codecs, digits, files, mixing and recording.
//!
//! [`plane::Plane`] holds the sockets and the threads. Everything else here is pure: it is handed packets,
//! samples and the time, so that its tests run on virtual time.
#![forbid(unsafe_code)]

pub mod codec;
pub mod demux;
pub mod dtls;
pub mod dtmf;
pub mod file;
pub mod gsm;
pub mod ice;
pub mod jitter;
pub mod limits;
pub mod mix;
pub mod music;
pub mod plane;
pub mod record;
pub mod rtcp;
pub mod rtp;
pub mod session;
pub mod settings;
pub mod srtp;
pub mod talk;
pub mod tone;
