//! What comes off a network: cut alike wherever it is torn, answered only with what can be read, and gone
//! without a trace when everybody is silent for long enough.
#![no_main]

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use config::Config;
use engine::request::{HintState, Request};
use engine::{Input, Reception};
use libfuzzer_sys::fuzz_target;
use media::session::{Agreed, SessionId, Statistics};
use sip::carrier::frame::{self, Framed};
use sip::carrier::transactions::{Held, Spans, Transactions};
use sip::carrier::{Message, parse};
use sip::core::{Back, Core, Flows, Place};
use sip::settings::Settings;
use sip::sound::Sound;
use sip::wire::{Flow, ToWire, Transport};
use switch::device::ExtensionState;
use switch::signal::Order;
use switch::{Cause, ChannelId, Time};

const CONF: &str = "
[udp]
type = transport
protocol = udp
bind = 127.0.0.1:5060

[open]
type = endpoint
context = default
disallow = all
allow = ulaw,alaw,g722,opus
aors = 100
media_encryption = sdes
media_encryption_optimistic = yes

[100]
type = aor
max_contacts = 2
remove_existing = yes
support_path = yes

[open]
type = identify
endpoint = open
match = 192.0.2.0/24

[shut]
type = endpoint
context = default
auth = shut

[shut]
type = auth
username = shut
password = secret
";

/// Nothing of ours lives longer without a sign of the other side: a registration of two hours does.
const LONG: Duration = Duration::from_secs(3 * 86_400);

fuzz_target!(|input: &[u8]| {
    // The first byte is the size of the pieces.
    let Some((size, bytes)) = input.split_first() else {
        return;
    };
    let size = usize::from(*size).max(1);
    let (whole, broken) = cut(bytes.chunks(bytes.len().max(1)));
    assert_eq!((&whole, broken), (&cut(bytes.chunks(size)).0, broken));
    let mut world = World::new();
    match whole.is_empty() {
        true => world.hears(bytes, Transport::Udp),
        false => whole
            .iter()
            .for_each(|one| world.hears(one, Transport::Tcp)),
    }
    world.ends();
});

/// The messages of a stream, and whether it cannot go on.
fn cut<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<Vec<u8>>, bool) {
    let (mut buffer, mut found) = (Vec::new(), Vec::new());
    for piece in pieces {
        buffer.extend_from_slice(piece);
        loop {
            match frame::next(&mut buffer) {
                Framed::More => break,
                Framed::Ping => {}
                Framed::Broken(_) => return (found, true),
                Framed::Message(message) => found.push(message),
            }
        }
    }
    (found, false)
}

struct World {
    core: Core,
    transactions: Transactions,
    now: Time,
    back: Arc<Mutex<Vec<Back>>>,
    channels: u64,
}

struct Silence(u64);

impl Sound for Silence {
    fn open(&mut self, local: IpAddr) -> std::io::Result<(SessionId, SocketAddr)> {
        self.0 += 1;
        Ok((SessionId(self.0), SocketAddr::new(local, 10_000)))
    }
    fn attach(&mut self, _: SessionId, _: ChannelId) {}
    fn agree(&mut self, _: SessionId, _: Agreed) {}
    fn digit(&mut self, _: SessionId, _: char, _: Option<Duration>) {}
    fn close(&mut self, _: SessionId) -> Statistics {
        Statistics::default()
    }
}

impl World {
    fn new() -> World {
        let conf = Config::from_text("pjsip.conf", CONF).expect("our own file");
        let settings = Arc::new(Settings::read(&conf, None).0);
        let places = settings.transports.iter().map(|transport| Place {
            settings: Arc::clone(transport),
            local: transport.address(),
        });
        let back: Arc<Mutex<Vec<Back>>> = Arc::default();
        let keep = Arc::clone(&back);
        let now = Time(1_795_418_195_000_000);
        let flows = Flows::new(places.collect());
        let returned = Arc::new(move |answer| keep.lock().expect("no panic").push(answer));
        let (directory, sound) = (Arc::default(), Box::new(Silence(0)));
        World {
            core: Core::new(now, settings, directory, flows, sound, 42, returned),
            transactions: Transactions::new(Spans::default(), 42),
            now,
            back,
            channels: 0,
        }
    }

    fn hears(&mut self, bytes: &[u8], transport: Transport) {
        let flow = Flow {
            transport,
            local: "127.0.0.1:5060".parse().expect("an address"),
            remote: "192.0.2.1:5071".parse().expect("an address"),
        };
        match parse(bytes) {
            Ok(message) => self.transactions.received(self.now, message, flow),
            Err(malformed) => {
                if let Some(answer) = malformed.answer {
                    self.transactions.answer_malformed(&answer, flow);
                }
            }
        }
        self.settles();
    }

    /// Passes on what each has to say until nobody says anything.
    fn settles(&mut self) {
        loop {
            for (_, bytes) in std::mem::take(&mut self.transactions.said.packets) {
                // Halves of what could not be read are sent back as they came.
                let kind = bytes.get(..11).unwrap_or_default();
                let refusal = kind.starts_with(b"SIP/2.0 4") || kind.starts_with(b"SIP/2.0 5");
                assert!(refusal || readable(&bytes), "{}", text::decode(&bytes));
            }
            let events = std::mem::take(&mut self.transactions.said.events);
            let said = self.core.take_wire();
            let inputs = self.core.take_engine();
            let back = std::mem::take(&mut *self.back.lock().expect("no panic"));
            if events.is_empty() && said.is_empty() && inputs.is_empty() && back.is_empty() {
                return;
            }
            said.into_iter().for_each(|say| self.says(say));
            for event in events {
                self.core.handle(self.now, event);
            }
            for input in inputs {
                self.engine(input);
            }
            for answer in back {
                let made = match answer {
                    Back::Call(sip::call::Back::Created { .. }) => Some(ChannelId(self.channels)),
                    _ => None,
                };
                self.core.back(self.now, answer);
                if let Some(channel) = made {
                    self.core.order(self.now, channel, &Order::Answer);
                }
            }
        }
    }

    fn says(&mut self, say: ToWire) {
        let to = Flow {
            transport: Transport::Udp,
            local: "127.0.0.1:5060".parse().expect("an address"),
            remote: "192.0.2.1:5071".parse().expect("an address"),
        };
        match say {
            ToWire::Respond {
                transaction,
                response,
            } => self.transactions.respond(self.now, transaction, &response),
            ToWire::ForceRport(transaction) => self.transactions.force_rport(transaction),
            ToWire::Ignore(transaction) => self.transactions.ignore(transaction),
            ToWire::Cancel {
                transaction,
                reason,
            } => self.transactions.cancel(self.now, transaction, &reason),
            ToWire::Request {
                transaction,
                request,
                ..
            } => self
                .transactions
                .send(self.now, transaction, request, to, "127.0.0.1:5060"),
            ToWire::Ack { request, .. } => self.transactions.ack(&request, to, "127.0.0.1:5060"),
        }
    }

    fn engine(&mut self, input: Input) {
        match input {
            Input::Incoming(incoming) => {
                self.channels += 1;
                incoming
                    .reply
                    .send(Reception::Made(ChannelId(self.channels)));
            }
            Input::Transfer { reply, .. } => reply.send(true),
            Input::Request(Request::HasExtension(.., reply)) => reply.send(true),
            Input::Request(Request::ExtensionState(exten, context, reply)) => {
                reply.send(HintState {
                    exten,
                    context,
                    hint: "PJSIP/100".into(),
                    state: ExtensionState::Idle,
                    presence: Arc::default(),
                    watchers: 0,
                })
            }
            _ => {}
        }
    }

    /// Everybody hangs up, and nobody answers any more: nothing is left.
    fn ends(&mut self) {
        for channel in 1..=self.channels {
            self.core
                .order(self.now, ChannelId(channel), &Order::Hangup(Cause::NORMAL));
        }
        self.settles();
        let end = self.now + LONG;
        loop {
            let due = [self.core.next_timer(), self.transactions.next_timer()];
            let Some(next) = due.into_iter().flatten().min().filter(|at| *at <= end) else {
                break;
            };
            self.now = next.max(self.now);
            self.core.tick(self.now);
            self.transactions.tick(self.now);
            self.settles();
        }
        let core = self.core.counts();
        assert_eq!(self.transactions.held(), Held::default());
        assert_eq!(core.calls, sip::call::Counts::default());
        assert_eq!((core.subscriptions, core.waiting, core.held), (0, 0, 0));
        assert_eq!(core.contacts, 0);
    }
}

/// Whether a message of ours can be read.
fn readable(bytes: &[u8]) -> bool {
    matches!(parse(bytes), Ok(Message::Request(_) | Message::Response(_)))
}
