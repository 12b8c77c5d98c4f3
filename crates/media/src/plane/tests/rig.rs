//! Phones of the test.

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use switch::ChannelId;
use switch::signal::Order;
use switch::sound::Source;

use crate::codec::{Codec, Decoder, Encoder};
use crate::mix::frame_len;
use crate::plane::{Plane, Report, Settings};
use crate::rtp::{self, Header};
use crate::session::{Agreed, Digits, SessionId};

pub(super) const LOCAL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// Longer than anything takes: only a test that fails waits for so long.
const FAR_TOO_LONG: Duration = Duration::from_secs(20);

/// The payload type of telephone events.
pub(super) const EVENTS: u8 = 101;

pub(super) fn plane() -> (Plane, Receiver<Report>) {
    plane_with(Settings {
        ports: (20_000, 29_999),
        threads: 2,
        ..Settings::default()
    })
}

pub(super) fn plane_with(settings: Settings) -> (Plane, Receiver<Report>) {
    let (said, heard) = mpsc::channel();
    let plane = Plane::start(settings, move |report| {
        let _ = said.send(report);
    })
    .unwrap();
    (plane, heard)
}

/// The next report that is looked for; others are passed over.
pub(super) fn next<T>(reports: &Receiver<Report>, mut is: impl FnMut(&Report) -> Option<T>) -> T {
    loop {
        let report = reports
            .recv_timeout(FAR_TOO_LONG)
            .expect("the report never came");
        if let Some(found) = is(&report) {
            return found;
        }
    }
}

pub(super) struct Phone {
    pub(super) socket: UdpSocket,
    pub(super) session: SessionId,
    pub(super) to: SocketAddr,
    pub(super) codec: Codec,
    payload_type: u8,
    pub(super) sequence: u16,
    pub(super) timestamp: u32,
    encoder: Encoder,
    decoder: Decoder,
    step: usize,
}

/// The payload type that the tests use for a codec.
pub(super) fn payload_type(codec: Codec) -> u8 {
    codec.payload_type().unwrap_or(96 + codec as u8)
}

pub(super) fn agreed(codec: Codec, remote: Option<SocketAddr>) -> Agreed {
    Agreed {
        remote,
        remote_reports: None,
        codecs: vec![(payload_type(codec), codec)],
        events: Some(EVENTS),
        digits: Digits::Events,
        packet: Duration::from_millis(20),
        send: true,
        receive: true,
        symmetric: true,
        shares_port: false,
        securing: None,
        reaching: None,
        keys: None,
        patience: [Duration::ZERO; 2],
    }
}

impl Phone {
    pub(super) fn new(plane: &Plane, channel: u64, codec: Codec) -> Phone {
        Phone::with(plane, channel, codec, |_| {})
    }

    pub(super) fn with(
        plane: &Plane,
        channel: u64,
        codec: Codec,
        change: impl FnOnce(&mut Agreed),
    ) -> Phone {
        let socket = UdpSocket::bind((LOCAL, 0)).unwrap();
        socket.set_read_timeout(Some(FAR_TOO_LONG)).unwrap();
        let (session, to) = plane.open(LOCAL).unwrap();
        let mut agreed = agreed(codec, Some(socket.local_addr().unwrap()));
        change(&mut agreed);
        plane.attach(session, ChannelId(channel));
        plane.agree(session, &agreed);
        Phone {
            socket,
            session,
            to,
            codec,
            payload_type: payload_type(codec),
            sequence: 65_530,
            timestamp: 0xffff_ff00,
            encoder: Encoder::new(codec),
            decoder: Decoder::new(codec),
            step: 0,
        }
    }

    pub(super) fn send(&mut self, header: Header, payload: &[u8]) {
        let mut datagram = header.to_bytes().to_vec();
        datagram.extend(payload);
        self.socket.send_to(&datagram, self.to).unwrap();
    }

    /// The header of this phone's next packet.
    pub(super) fn header(&mut self, payload_type: u8) -> Header {
        self.sequence = self.sequence.wrapping_add(1);
        Header {
            marker: false,
            payload_type,
            sequence: self.sequence,
            timestamp: self.timestamp,
            ssrc: 0x1234,
        }
    }

    /// Sends 20 ms of a payload.
    pub(super) fn say(&mut self, payload: &[u8]) {
        let header = self.header(self.payload_type);
        self.timestamp = self.timestamp.wrapping_add(self.codec.clock_rate() / 50);
        self.send(header, payload);
    }

    /// Sends 20 ms of a tone.
    pub(super) fn hum(&mut self, frequency: f32) {
        let rate = self.codec.sample_rate();
        let samples: Vec<i16> = (0..frame_len(rate))
            .map(|n| {
                let turn = (self.step + n) as f32 * frequency / rate as f32;
                (8_000.0 * (std::f32::consts::TAU * turn.fract()).sin()) as i16
            })
            .collect();
        self.step += samples.len();
        let mut payload = Vec::new();
        assert!(self.encoder.encode(&samples, &mut payload));
        self.say(&payload);
    }

    /// The next packet of sound that comes.
    pub(super) fn hear(&self) -> (Header, Vec<u8>) {
        let mut datagram = [0; 2_000];
        let (length, from) = self.socket.recv_from(&mut datagram).expect("nothing came");
        assert_eq!(from, self.to);
        let (header, payload) = rtp::parse(&datagram[..length]).unwrap();
        (header, payload.to_vec())
    }

    /// The next packet, decoded.
    pub(super) fn listen(&mut self) -> (Header, Vec<i16>) {
        let (header, payload) = self.hear();
        assert_eq!(header.payload_type, self.payload_type);
        let mut samples = Vec::new();
        assert!(self.decoder.decode(&payload, &mut samples));
        (header, samples)
    }
}

pub(super) fn hears(plane: &Plane, listener: u64, sources: &[u64]) {
    let sources = sources
        .iter()
        .map(|source| Source::Far(ChannelId(*source)))
        .collect();
    plane.order(ChannelId(listener), Order::Hear(sources));
}

/// How much of a sound's energy is at a frequency, between 0 and 1.
pub(super) fn share(samples: &[i16], frequency: f32, rate: u32) -> f32 {
    let step = std::f32::consts::TAU * frequency / rate as f32;
    let (mut re, mut im, mut all) = (0.0_f32, 0.0_f32, 1.0_f32);
    for (n, sample) in samples.iter().enumerate() {
        let sample = f32::from(*sample);
        re += sample * (step * n as f32).cos();
        im += sample * (step * n as f32).sin();
        all += sample * sample;
    }
    2.0 * (re * re + im * im) / samples.len() as f32 / all
}
