//! The core with a scripted far side, on virtual time.

mod lists;
mod mailboxes;
mod outbound;
mod registrar;
mod subscribe;
mod texts;

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use config::Config;
use engine::Input;
use media::session::{Agreed, SessionId, Statistics};
use rsipstack::sip::Response;
use switch::fact::{Fact, Incident};
use switch::{ChannelId, Time};

use super::*;
use crate::carrier::{Message, parse};
use crate::digest::{self, Params};
use crate::settings::Auth;
use crate::wire::{Target, Transport};

pub(super) const CONF: &str = "
[transport-udp]
type = transport
protocol = udp
bind = 127.0.0.1:5060

[6001]
type = endpoint
context = default
disallow = all
allow = ulaw,alaw
auth = 6001
aors = 6001
callerid = Alice <6001>

[6001]
type = auth
auth_type = userpass
username = 6001
password = alice-pass

[6001]
type = aor
max_contacts = 2

[6002]
type = endpoint
context = default
disallow = all
allow = ulaw
auth = 6001
aors = 6002
rewrite_contact = yes

[6002]
type = aor
max_contacts = 1
remove_existing = yes
qualify_frequency = 60
support_path = yes
mailboxes = 100@default

[open]
type = endpoint
context = default
disallow = all
allow = ulaw
aors = open

[open]
type = aor
contact = sip:127.0.0.9:5090

[open]
type = identify
endpoint = open
match = 127.0.0.9
";

struct Silence;

impl Sound for Silence {
    fn open(&mut self, _: IpAddr) -> std::io::Result<(SessionId, SocketAddr)> {
        Err(std::io::Error::other("no sound here"))
    }
    fn attach(&mut self, _: SessionId, _: ChannelId) {}
    fn agree(&mut self, _: SessionId, _: Agreed) {}
    fn digit(&mut self, _: SessionId, _: char, _: Option<Duration>) {}
    fn close(&mut self, _: SessionId) -> Statistics {
        Statistics::default()
    }
}

pub(super) struct World {
    pub(super) core: Core,
    pub(super) now: Time,
    pub(super) directory: Arc<Directory>,
    /// Requests of the core's that are not answered.
    pub(super) sent: Vec<(ClientTransaction, Request, Target)>,
    /// Its answers, and the moment of each.
    pub(super) answers: Vec<(Time, ServerTransaction, Response)>,
    pub(super) inputs: Vec<Input>,
    pub(super) from: SocketAddr,
    /// What the engine's answers said.
    pub(super) back: Arc<Mutex<Vec<Back>>>,
    count: u64,
}

impl World {
    pub(super) fn new(conf: &str) -> World {
        let settings = Arc::new(read(conf));
        let directory = Arc::new(Directory::default());
        let now = Time(1_795_418_195_000_000);
        let places = settings
            .transports
            .iter()
            .map(|transport| Place {
                settings: Arc::clone(transport),
                local: transport.address(),
            })
            .collect();
        let back = Arc::new(Mutex::new(Vec::new()));
        let said_back = Arc::clone(&back);
        let core = Core::new(
            now,
            settings,
            Arc::clone(&directory),
            Flows::new(places),
            Box::new(Silence),
            42,
            Arc::new(move |said| said_back.lock().unwrap().push(said)),
        );
        let mut world = World {
            core,
            now,
            directory,
            sent: Vec::new(),
            answers: Vec::new(),
            inputs: Vec::new(),
            from: "127.0.0.1:5071".parse().unwrap(),
            back,
            count: 0,
        };
        world.gather();
        world
    }

    pub(super) fn flow(&self) -> Flow {
        Flow {
            transport: Transport::Udp,
            local: "127.0.0.1:5060".parse().unwrap(),
            remote: self.from,
        }
    }

    /// Somebody sends a request: its first line and headers of its own.
    pub(super) fn say(&mut self, text: &str) -> ServerTransaction {
        self.count += 1;
        let number = ServerTransaction(self.count);
        let bytes = text.trim_start().replace('\n', "\r\n") + "\r\n";
        let Ok(Message::Request(request)) = parse(bytes.as_bytes()) else {
            panic!("not a request: {bytes}");
        };
        self.core.handle(
            self.now,
            FromWire::Request {
                transaction: number,
                request,
                flow: self.flow(),
            },
        );
        self.gather();
        number
    }

    /// The far side answers a request of ours.
    pub(super) fn answer(&mut self, at: usize, code: u16, headers: &[(&str, &str)]) {
        let (transaction, request, _) = self.sent.remove(at);
        let mut response = reply::to(&request, code.into(), "theirs");
        for (name, value) in headers {
            let header = rsipstack::sip::headers::make_header(name, (*value).to_owned());
            response.headers.push(header);
        }
        self.core.handle(
            self.now,
            FromWire::Response {
                transaction,
                response: Box::new(response),
                flow: self.flow(),
            },
        );
        self.gather();
    }

    /// Time passes, timer by timer.
    pub(super) fn pass(&mut self, span: Duration) {
        let end = self.now + span;
        while let Some(next) = self.core.next_timer().filter(|next| *next <= end) {
            self.now = next.max(self.now);
            self.core.tick(self.now);
            self.gather();
        }
        self.now = end;
    }

    pub(super) fn gather(&mut self) {
        for say in self.core.take_wire() {
            match say {
                ToWire::Respond {
                    transaction,
                    response,
                } => self.answers.push((self.now, transaction, *response)),
                ToWire::Request {
                    transaction,
                    request,
                    target,
                } => self.sent.push((transaction, *request, target)),
                _ => {}
            }
        }
        self.inputs.extend(self.core.take_engine());
    }

    pub(super) fn last(&self) -> &Response {
        &self.answers.last().unwrap().2
    }

    pub(super) fn code(&self) -> u16 {
        self.last().status_code.code()
    }

    /// What was seen since the last time that somebody asked.
    pub(super) fn seen(&mut self) -> Vec<String> {
        std::mem::take(&mut self.inputs)
            .into_iter()
            .filter_map(|input| match input {
                Input::Saw(fact) => Some(told(&fact)),
                Input::Reach {
                    device, contacts, ..
                } => Some(format!("reach {device} {}", contacts.join(" "))),
                Input::Request(engine::request::Request::DatabasePut(family, key, ..)) => {
                    Some(format!("put {family}/{key}"))
                }
                Input::Request(engine::request::Request::DatabaseDelete(family, key, _)) => {
                    Some(format!("delete {family}/{key}"))
                }
                _ => None,
            })
            .collect()
    }

    /// A REGISTER with its proof, for a user whose secret is 6001's.
    pub(super) fn register(&mut self, user: &str, contacts: &str, more: &str) {
        let call = format!("call-{user}");
        self.say(&register(user, &call, 1, contacts, more));
        let Some(challenge) = self.last().headers.iter().find_map(|h| match h {
            Header::WwwAuthenticate(v) => Some(v.value().to_owned()),
            _ => None,
        }) else {
            return;
        };
        let proof = prove("6001", "alice-pass", &challenge, "REGISTER");
        let more = format!("{more}Authorization: {proof}\n");
        self.say(&register(user, &call, 2, contacts, &more));
    }
}

pub(super) fn prove(user: &str, secret: &str, challenge: &str, method: &str) -> String {
    let auth = Auth {
        username: user.into(),
        password: secret.into(),
        ..Auth::default()
    };
    assert!(Params::read(challenge).is_some());
    let to = "sip:127.0.0.1:5060";
    digest::answer(401, [challenge], &[&auth], &[], method, to, "seed")
        .unwrap()
        .value
}

pub(super) fn register(user: &str, call: &str, cseq: u32, contacts: &str, more: &str) -> String {
    format!(
        "REGISTER sip:127.0.0.1:5060 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:5071;branch=z9hG4bK{call}{cseq}\n\
         From: <sip:{user}@127.0.0.1>;tag=r1\nTo: <sip:{user}@127.0.0.1>\nCall-ID: {call}\n\
         CSeq: {cseq} REGISTER\nMax-Forwards: 70\nUser-Agent: refphone\n{contacts}{more}"
    )
}

fn read(conf: &str) -> Settings {
    let config = Config::from_text("pjsip.conf", conf).unwrap();
    let (settings, problems) = Settings::read(&config, None);
    assert_eq!(
        problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
    settings
}

fn told(fact: &Fact) -> String {
    match fact {
        Fact::Attempted(attempt) => {
            let what = match &attempt.what {
                Incident::Challenged(_) => "ChallengeSent".to_owned(),
                Incident::LetIn { .. } => "SuccessfulAuth".to_owned(),
                Incident::UnknownAccount => "InvalidAccountID".to_owned(),
                Incident::WrongResponse { .. } => "ChallengeResponseFailed".to_owned(),
                other => format!("{other:?}"),
            };
            format!("{what} {}", attempt.account)
        }
        Fact::PeerChanged(change) => format!("{} {}", change.peer, change.status),
        Fact::ContactChanged(change) => {
            format!(
                "{} {} {}us",
                change.uri,
                change.status,
                change.round_trip.as_micros()
            )
        }
        Fact::RegistryChanged(change) => {
            format!(
                "registry {} {} {}",
                change.domain, change.status, change.cause
            )
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn options_tell_whether_an_extension_is_there() {
    let mut world = World::new(CONF);
    world.from = "127.0.0.9:5090".parse().unwrap();
    let options = |user: &str, n: u32| {
        format!(
            "OPTIONS sip:{user}127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.9:5090;branch=z9hG4bK{n}\n\
             From: <sip:a@127.0.0.9>;tag=1\nTo: <sip:127.0.0.1>\nCall-ID: o{n}\nCSeq: 1 OPTIONS\n"
        )
    };
    world.say(&options("", 1));
    assert_eq!(world.code(), 200);
    for (n, there, code) in [(2, true, 200), (3, false, 404)] {
        let answered = world.answers.len();
        let transaction = world.say(&options("1%30%30@", n));
        assert_eq!(world.answers.len(), answered);
        let asked = world.inputs.iter().find_map(|input| match input {
            Input::Request(engine::request::Request::HasExtension(_, context, exten, _)) => {
                Some((context.to_string(), exten.to_string()))
            }
            _ => None,
        });
        assert_eq!(asked, Some(("default".to_owned(), "100".to_owned())));
        world
            .core
            .back(world.now, Back::Extension(transaction, there));
        world.gather();
        assert_eq!(world.code(), code);
        world.inputs.clear();
    }
}
