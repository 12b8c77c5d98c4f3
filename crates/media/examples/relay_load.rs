//! Relayed calls under load: two-party G.711 calls over loopback through a [`Plane`], a packet each 20 ms in
//! both directions. Prints how long packets are under way, how many are lost and what a stream costs.
//!
//!     cargo run --release -p media --example relay_load -- [calls] [seconds]
//!
//! 500 calls for 10 seconds unless told otherwise. A call takes eight sockets: see `ulimit -n`. The phones run
//! on the same cores, so that their own waiting is in the delays: they are an upper bound.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use media::codec::Codec;
use media::plane::Plane;
use media::rtp::{self, Header};
use media::session::{Agreed, Digits, SessionId, Statistics};
use media::settings::Settings;
use mio::net::UdpSocket;
use mio::{Events, Interest, Poll, Token};
use switch::ChannelId;
use switch::signal::Order;
use switch::sound::Source;

const PACKET: Duration = Duration::from_millis(20);

/// Sends are spread over the 20 ms in so many steps, as those of phones are.
const STEPS: usize = 20;

/// What is on its way when the last packet is sent gets so long to arrive.
const REST: Duration = Duration::from_millis(500);

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let calls: usize = words.next().map_or(Ok(500), |word| word.parse())?;
    let seconds: u64 = words.next().map_or(Ok(10), |word| word.parse())?;

    let settings = Settings {
        ports: (20_000, 60_000),
        ..Settings::default()
    };
    let plane = Plane::start(settings, |_| ())?;
    let mut poll = Poll::new()?;
    let mut phones = Vec::with_capacity(2 * calls);
    for number in 0..2 * calls {
        phones.push(Phone::new(&plane, &poll, number)?);
    }
    let began = Instant::now();
    let packets = seconds * 1_000 / PACKET.as_millis() as u64;
    let over = AtomicBool::new(false);
    let cpu_before = cpu_of_plane()?;
    let (late, delays) = thread::scope(|scope| {
        let hearing = thread::Builder::new()
            .name("phones-hear".into())
            .spawn_scoped(scope, || hear(&mut poll, &phones, began, &over))?;
        let talking = thread::Builder::new()
            .name("phones-talk".into())
            .spawn_scoped(scope, || talk(&phones, began, packets))?;
        let talked = talking
            .join()
            .map_err(|_| io::Error::other("phones died"))?;
        thread::sleep(REST);
        over.store(true, Ordering::Release);
        let heard = hearing
            .join()
            .map_err(|_| io::Error::other("phones died"))?;
        io::Result::Ok((talked?, heard?))
    })?;
    let cpu = cpu_of_plane()?.saturating_sub(cpu_before);

    let mut counted = Statistics::default();
    for phone in &phones {
        let one = plane.close(phone.session);
        counted.packets[0] += one.packets[0];
        counted.packets[1] += one.packets[1];
        plane.forget(phone.channel());
    }
    let sent = packets * phones.len() as u64;
    println!("{calls} calls, {seconds} s, {sent} packets");
    println!("phones    at worst {late:.2?} late with a packet");
    let [received, passed_on] = counted.packets;
    println!("plane     received {received}, sent {passed_on}");
    let lost = sent as i64 - delays.count as i64;
    println!("phones    heard {}, {lost} lost", delays.count);
    for share in [0.5, 0.99, 0.999, 1.0] {
        println!("delay     p{:<5} {:.2} ms", 100.0 * share, delays.at(share));
    }
    let per_stream = cpu.as_secs_f64() * 1_000.0 / (phones.len() as u64 * seconds) as f64;
    println!("cpu       {cpu:.2?}, {per_stream:.3} ms a second of a stream");
    Ok(())
}

/// One end of a call.
struct Phone {
    socket: UdpSocket,
    session: SessionId,
    number: usize,
    plane: SocketAddr,
}

impl Phone {
    /// Phones 2n and 2n + 1 hear each other.
    fn new(plane: &Plane, poll: &Poll, number: usize) -> io::Result<Phone> {
        let mut socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0).into())?;
        poll.registry()
            .register(&mut socket, Token(number), Interest::READABLE)?;
        let (session, address) = plane.open(Ipv4Addr::LOCALHOST.into())?;
        let phone = Phone {
            session,
            number,
            plane: address,
            socket,
        };
        plane.attach(session, phone.channel());
        let agreed = Agreed {
            remote: Some(phone.socket.local_addr()?),
            remote_reports: None,
            codecs: vec![(0, Codec::Ulaw)],
            events: Some(101),
            digits: Digits::Events,
            packet: PACKET,
            send: true,
            receive: true,
            symmetric: true,
            shares_port: false,
            securing: None,
            reaching: None,
            keys: None,
            patience: [Duration::ZERO; 2],
        };
        plane.agree(session, &agreed);
        let peer = ChannelId(number as u64 ^ 1);
        plane.order(phone.channel(), Order::Hear(vec![Source::Far(peer)]));
        Ok(phone)
    }

    fn channel(&self) -> ChannelId {
        ChannelId(self.number as u64)
    }

    /// Sends a packet whose sound says when it left.
    fn send(&self, began: Instant, n: u64) -> io::Result<()> {
        let header = Header {
            marker: n == 0,
            payload_type: 0,
            sequence: n as u16,
            timestamp: (n * 160) as u32,
            ssrc: self.number as u32,
        };
        let mut packet = [0xff; rtp::HEADER + 160];
        packet[..rtp::HEADER].copy_from_slice(&header.to_bytes());
        let left = began.elapsed().as_nanos() as u64;
        packet[rtp::HEADER..][..8].copy_from_slice(&left.to_be_bytes());
        self.socket.send_to(&packet, self.plane).map(|_| ())
    }
}

/// All phones talk: each step a part of them. How late they were at worst, which tells whether the machine had
/// time for all this.
fn talk(phones: &[Phone], began: Instant, packets: u64) -> io::Result<Duration> {
    let first = began.elapsed();
    let mut late = Duration::ZERO;
    for n in 0..packets {
        for step in 0..STEPS {
            let due = first + PACKET * n as u32 + PACKET * step as u32 / STEPS as u32;
            thread::sleep(due.saturating_sub(began.elapsed()));
            late = late.max(began.elapsed().saturating_sub(due));
            for phone in phones.iter().skip(step).step_by(STEPS) {
                phone.send(began, n)?;
            }
        }
    }
    Ok(late)
}

/// All phones hear, until it is over.
fn hear(
    poll: &mut Poll,
    phones: &[Phone],
    began: Instant,
    over: &AtomicBool,
) -> io::Result<Delays> {
    let mut delays = Delays::new();
    let mut events = Events::with_capacity(1_024);
    let mut datagram = [0; 2_048];
    while !over.load(Ordering::Acquire) {
        poll.poll(&mut events, Some(PACKET))?;
        for event in &events {
            loop {
                let length = match phones[event.token().0].socket.recv_from(&mut datagram) {
                    Ok((length, _)) => length,
                    Err(e) if e.kind() == io::ErrorKind::WouldBlock => break,
                    Err(e) => return Err(e),
                };
                let now = began.elapsed();
                // Reports go to the port after a phone's, which may be another phone's.
                let sound = rtp::parse(&datagram[..length])
                    .filter(|_| !rtp::is_report(&datagram))
                    .map(|(_, sound)| sound);
                if let Some(&left) = sound.and_then(|sound| sound.first_chunk::<8>()) {
                    delays.add(now.saturating_sub(Duration::from_nanos(u64::from_be_bytes(left))));
                }
            }
        }
    }
    Ok(delays)
}

/// How many packets took how many hundredths of a millisecond.
struct Delays {
    taking: Vec<u64>,
    count: u64,
}

impl Delays {
    /// A second; what takes longer counts as one.
    fn new() -> Delays {
        Delays {
            taking: vec![0; 100_000],
            count: 0,
        }
    }

    fn add(&mut self, delay: Duration) {
        let longest = self.taking.len() - 1;
        self.taking[(delay.as_micros() as usize / 10).min(longest)] += 1;
        self.count += 1;
    }

    /// Milliseconds in which this share of the packets arrived.
    fn at(&self, share: f64) -> f64 {
        let wanted = (self.count as f64 * share).ceil() as u64;
        let mut arrived = 0;
        let enough = self.taking.iter().position(|count| {
            arrived += count;
            arrived >= wanted
        });
        enough.unwrap_or(self.taking.len()) as f64 / 100.0
    }
}

/// Processor time that all threads but the phones' have used (Linux; a tick is 10 ms).
fn cpu_of_plane() -> io::Result<Duration> {
    let mut ticks = 0;
    for task in fs::read_dir("/proc/self/task")? {
        let text = fs::read_to_string(task?.path().join("stat"))?;
        // "PID (NAME) STATE …", where the fourteenth and fifteenth fields are user and system time.
        let Some((name, fields)) = text
            .split_once(" (")
            .and_then(|(_, rest)| rest.rsplit_once(") "))
        else {
            continue;
        };
        if !name.starts_with("phones-") {
            let times = fields.split(' ').skip(11).take(2);
            ticks += times
                .filter_map(|time| time.parse::<u64>().ok())
                .sum::<u64>();
        }
    }
    Ok(Duration::from_millis(10 * ticks))
}
