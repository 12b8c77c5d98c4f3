//! Seeded random calls: whatever is done to them in whatever order, what must hold for all calls holds.
//!
//! A seed that fails is in the message; `SMARTSWITCH_SEED=17 cargo test -p testkit one_seed` runs it alone
//! and prints what was done.

use engine::Input;
use engine::request::{
    MuteDirection, NameTest, Originate, Place, Redirect, Request, Stop, Target, Trust,
};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use switch::fact::OriginateTarget;
use switch::{Party, Text};

use super::*;

const PLAN: &str = "[default]\n\
    exten => 100,1,Answer()\n same => n,Echo()\n\
    exten => 101,1,Answer()\n same => n,Wait(20)\n\
    exten => 102,1,Answer()\n same => n,Playback(hello&missing&world)\n same => n,SayDigits(123)\n\
    exten => 103,1,Busy(3)\n\
    exten => 104,1,Congestion(3)\n\
    exten => 105,1,Ringing()\n same => n,Wait(10)\n\
    exten => 106,1,Answer()\n same => n,Hangup(17)\n\
    exten => 107,1,Answer()\n same => n,Read(DIGITS,,4,,1,2)\n same => n,UserEvent(Got,Digits: ${DIGITS})\n\
    exten => 108,1,Answer()\n same => n,Dial(Local/101@default,20)\n same => n,NoOp(${DIALSTATUS})\n\
    exten => 109,1,Dial(Local/103@default,5)\n same => n,NoOp(${DIALSTATUS})\n\
    exten => 110,1,Dial(Phone/quick&Phone/slow&Phone/busy,12,g)\n same => n,Wait(1)\n\
    exten => 111,1,Dial(Local/110@default&Phone/fickle,15)\n\
    exten => 112,1,Dial(Local/113@default,25,rt)\n\
    exten => 113,1,Dial(Local/114@default,25,m)\n\
    exten => 114,1,Dial(Phone/keys,25)\n\
    exten => 115,1,Dial(Phone/quick,20,L(3000))\n\
    exten => 116,1,Dial(Phone/quick,20,F(default^101^1))\n\
    exten => 117,1,Dial(Phone/quick,20,G(default^101^1))\n\
    exten => 118,1,Dial(Phone/slow,20,dU(greet^s^1(you)))\n\
    exten => 119,1,Dial(Phone/quick,20,D(12:34)b(greet^s^1(leg)))\n\
    exten => 120,1,Set(CHANNEL(hangup_handler_push)=bye,s,1(x))\n same => n,Dial(Phone/fickle,20)\n\
    exten => 121,1,Answer()\n same => n,Set(TIMEOUT(absolute)=4)\n same => n,Wait(30)\n\
    exten => 122,1,Answer()\n same => n,WaitExten(3)\n\
    exten => 123,1,Answer()\n same => n,Gosub(greet,s,1(a))\n same => n,Background(hello)\n same => n,WaitExten(2)\n\
    exten => 124,1,Answer()\n same => n,Bridge(${OTHER})\n same => n,Wait(2)\n\
    exten => 125,1,SoftHangup(${OTHER})\n same => n,Wait(1)\n\
    exten => 126,1,ChannelRedirect(${OTHER},default,101,1)\n same => n,Wait(1)\n\
    exten => 127,1,Originate(Local/101@default/n,app,Wait,5)\n same => n,Wait(1)\n\
    exten => 128,1,Originate(Phone/quick,exten,default,101,1,10,a)\n\
    exten => 129,1,Progress()\n same => n,StartMusicOnHold()\n same => n,Wait(2)\n same => n,StopMusicOnHold()\n\
    exten => 130,1,Dial(Phone/absent&Phone/dead&Phone/early,6)\n same => n,Goto(101,1)\n\
    exten => 131,1,Set(i=0)\n same => n,While($[${i} < 700])\n same => n,Set(i=$[${i} + 1])\n\
     same => n,EndWhile()\n\
    exten => 132,1,ForkCDR()\n same => n,Answer()\n same => n,ResetCDR()\n same => n,Wait(1)\n\
    exten => 133,1,Dial(Local/134@default/n&Local/134@default,10)\n\
    exten => 134,1,Dial(Phone/quick&Local/101@default,10)\n\
    exten => 135,1,Answer()\n same => n,SendDTMF(12#)\n same => n,SendText(hello)\n same => n,MusicOnHold(,2)\n\
    exten => 136,1,Incomplete()\n\
    exten => 137,1,Dial(Local/137@default,3)\n\
    exten => 138,1,Transfer(101)\n same => n,Wait(1)\n\
    exten => 139,1,Set(DB(a/b)=${CHANNEL})\n same => n,Set(GROUP()=g)\n same => n,System(true)\n\
     same => n,Wait(${DB(a/b):0:1})\n\
    exten => _1,1,Wait(1)\n\
    exten => i,1,NoOp(invalid)\n\
    exten => t,1,NoOp(late)\n\
    exten => T,1,Wait(1)\n\
    exten => h,1,NoOp(${HANGUPCAUSE})\n same => n,Wait(1)\n same => n,Set(END=yes)\n\
    [greet]\n\
    exten => s,1,Set(LOCAL(name)=${ARG1})\n same => n,Wait(1)\n same => n,Return(${ARG1})\n\
    [bye]\n\
    exten => s,1,Wait(1)\n same => n,Set(BYE=${ARG1})\n same => n,Return()\n\
    [bare]\n\
    exten => 101,1,Wait(5)\n";

/// How many seeds every change must pass, and how many `./test --long` runs.
const SEEDS: u64 = 200;
const LONG: u64 = 20_000;

/// How much is done with one seed.
const STEPS: usize = 60;

#[test]
fn what_must_hold_for_all_calls_holds() {
    (0..SEEDS).for_each(run);
}

#[test]
#[ignore = "takes minutes"]
fn what_must_hold_for_all_calls_holds_for_long() {
    (SEEDS..LONG).for_each(run);
}

/// For whoever looks for a fault.
#[test]
fn one_seed() {
    if let Some(seed) = std::env::var("SMARTSWITCH_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
    {
        run(seed);
    }
}

fn run(seed: u64) {
    let mut caller = Caller::new(seed);
    for step in 0..STEPS {
        let what = caller.step();
        if std::env::var_os("SMARTSWITCH_SEED").is_some() {
            println!("{step} at {}: {what}", caller.exchange.now().0);
            story(&caller.exchange.take_facts())
                .iter()
                .for_each(|line| println!("    {line}"));
        }
        let violations = &caller.exchange.ledger.violations;
        assert!(
            violations.is_empty(),
            "seed {seed}, step {step}, {what}: {violations:#?}"
        );
    }
    caller.end();
    let violations = &caller.exchange.ledger.violations;
    assert!(
        violations.is_empty(),
        "seed {seed}, at the end: {violations:#?}"
    );
    let left = caller.exchange.leftovers();
    assert!(left.is_empty(), "seed {seed}, at the end: {left:#?}");
    let ledger = &caller.exchange.ledger;
    assert_eq!(ledger.created, ledger.hung_up, "seed {seed}");
    assert_eq!(
        ledger.originated, caller.told,
        "seed {seed}: ends of originates that were told"
    );
}

/// Somebody who does anything.
struct Caller {
    rng: SmallRng,
    exchange: Exchange,
    /// Originates whose end is to be told.
    told: usize,
}

impl Caller {
    fn new(seed: u64) -> Caller {
        let settings = engine::Settings {
            records_unanswered: true,
            programs_allowed: true,
            max_calls: 40,
            ..engine::Settings::default()
        };
        let mut exchange = Exchange::with_settings(PLAN, settings);
        let mut rng = SmallRng::seed_from_u64(seed);
        exchange.answers_after = Duration::from_millis(*[0, 1, 700].choose(&mut rng).unwrap());
        exchange.phone("quick", [at(0, Act::Ring), at(500, Act::Answer)]);
        exchange.phone(
            "slow",
            [
                at(200, Act::Proceed),
                at(1000, Act::Ring),
                at(8000, Act::Answer),
            ],
        );
        exchange.phone("busy", [at(300, Act::Busy)]);
        exchange.phone("dead", []);
        exchange.phone("full", [at(100, Act::Congestion)]);
        exchange.phone(
            "early",
            [
                at(100, Act::Progress),
                at(4000, Act::HangUp(Cause::REJECTED)),
            ],
        );
        exchange.phone(
            "fickle",
            [
                at(0, Act::Ring),
                at(700, Act::Answer),
                at(3000, Act::HangUp(Cause::NORMAL)),
            ],
        );
        exchange.phone(
            "keys",
            [
                at(300, Act::Ring),
                at(600, Act::Answer),
                at(1000, Act::Digit('1')),
                at(1500, Act::Hold),
                at(2500, Act::Unhold),
                at(2600, Act::Digit('#')),
                at(2700, Act::Text("hello")),
            ],
        );
        Caller {
            rng,
            exchange,
            told: 0,
        }
    }

    fn exten(&mut self) -> Text {
        Text::from(match self.rng.random_range(0..12) {
            0 => "999".to_owned(),
            1 => "bare".to_owned(),
            _ => self.rng.random_range(100..140).to_string(),
        })
    }

    fn phone(&mut self) -> &'static str {
        let phones = [
            "quick", "slow", "busy", "dead", "full", "early", "fickle", "keys", "absent", "zoe",
        ];
        phones.choose(&mut self.rng).copied().unwrap()
    }

    /// A channel that is there, or at times one that is not.
    fn channel(&mut self) -> Text {
        let channels = self.exchange.channels();
        match channels.choose(&mut self.rng) {
            Some(channel) if self.rng.random_bool(0.9) => channel.name.clone(),
            Some(channel) => channel.uniqueid.clone(),
            None => Text::from("Phone/nobody-00000000"),
        }
    }

    fn place(&mut self) -> Place {
        let context = Text::from(if self.rng.random_bool(0.1) {
            "bare"
        } else {
            "default"
        });
        let priority = Text::from(if self.rng.random_bool(0.1) {
            "nowhere"
        } else {
            "1"
        });
        Place {
            context,
            exten: self.exten(),
            priority,
        }
    }

    /// Does something, and says what.
    fn step(&mut self) -> String {
        match self.rng.random_range(0..100) {
            0..25 => self.originate(),
            25..35 => {
                let (phone, exten) = (self.phone(), self.exten());
                self.exchange.dial(phone, &exten);
                format!("{phone} dials {exten}")
            }
            35..50 => {
                let span = self.rng.random_range(0..5000);
                self.exchange.pass(Duration::from_millis(span));
                format!("{span} ms pass")
            }
            50..60 => self.hang_up(),
            60..70 => self.act(),
            70..78 => self.redirect(),
            78..84 => self.bridge(),
            84..88 => {
                let (channel, place) = (self.channel(), self.place());
                let text = format!("{channel} transfers to {place:?}");
                let Place { context, exten, .. } = place;
                self.exchange.ask(|reply| Request::BlindTransfer {
                    channel,
                    context,
                    exten,
                    reply,
                });
                text
            }
            88..98 => self.trifle(),
            _ => {
                let how = *[Stop::Gracefully, Stop::Abort]
                    .choose(&mut self.rng)
                    .unwrap();
                if how == Stop::Abort {
                    // Whoever asked for an end before is not answered: forgotten is what it is.
                    self.exchange.handle(Input::Tick);
                }
                format!("nothing ({how:?})")
            }
        }
    }

    fn originate(&mut self) -> String {
        let exten = self.exten();
        let whom = match self.rng.random_range(0..6) {
            0 => format!("Phone/{}", self.phone()),
            1 => "Nothing/there".to_owned(),
            2 | 3 => format!("Local/{exten}@default"),
            _ => format!("Local/{exten}@default/n"),
        };
        let target = match self.rng.random_range(0..8) {
            0 => ("Wait", "3"),
            1 => ("Echo", ""),
            2 => ("Nonsense", ""),
            3 => ("Dial", "Phone/fickle,10"),
            4 => ("Dial", "Local/110@default,10,g"),
            _ => ("", ""),
        };
        let target = match target {
            ("", _) => OriginateTarget::Extension {
                context: Text::from("default"),
                exten: self.exten(),
                priority: 1,
            },
            (application, data) => OriginateTarget::Application {
                application: Text::from(application),
                data: Text::from(data),
            },
        };
        let (technology, destination) = whom.split_once('/').unwrap();
        let run_alone = self.rng.random_bool(0.7);
        let id = match self.rng.random_range(0..10) {
            0 => format!("chosen-{}", self.rng.random_range(0..2)),
            _ => String::new(),
        };
        let other = self.channel();
        let order = Originate {
            technology: Text::from(technology),
            destination: Text::from(destination),
            target,
            timeout: Duration::from_millis(self.rng.random_range(100..20_000)),
            caller: Party::parse(if self.rng.random_bool(0.5) {
                "Ann <123>"
            } else {
                ""
            }),
            variables: vec![(Text::from("__OTHER"), other)],
            account: Text::from(if self.rng.random_bool(0.2) {
                "acme"
            } else {
                ""
            }),
            early_media: self.rng.random_bool(0.2),
            run_alone,
            action_id: Text::from("x"),
            channel_id: Text::from(&*id),
            other_channel_id: Text::from(if id.is_empty() {
                id
            } else {
                format!("{id}-two")
            }),
            pre_dial: Text::from(if self.rng.random_bool(0.2) {
                "greet,s,1(pre)"
            } else {
                ""
            }),
            codecs: Vec::new(),
        };
        let text = format!("{order:?}");
        let asked = self
            .exchange
            .ask(|reply| Request::Originate(Box::new(order), reply));
        if run_alone && asked.take() == Some(Ok(())) {
            self.told += 1;
        }
        text
    }

    fn hang_up(&mut self) -> String {
        let cause = *[Cause::NORMAL, Cause::BUSY, Cause::UNKNOWN]
            .choose(&mut self.rng)
            .unwrap();
        if self.rng.random_bool(0.15) {
            let half = *[";1", ";2", "Phone"].choose(&mut self.rng).unwrap();
            let test = NameTest(Box::new(move |name| name.contains(half)));
            self.exchange
                .ask(|reply| Request::Hangup(Target::Matching(test), cause, reply));
            return format!("all of {half} are hung up: {cause:?}");
        }
        let name = self.channel();
        let target = Target::Name(name.clone());
        self.exchange
            .ask(|reply| Request::Hangup(target, cause, reply));
        format!("{name} is hung up: {cause:?}")
    }

    /// A phone does something.
    fn act(&mut self) -> String {
        let phones: Vec<_> = self.exchange.channels();
        let phones: Vec<_> = phones
            .iter()
            .filter(|c| c.technology == super::super::TECHNOLOGY)
            .collect();
        let Some(phone) = phones.choose(&mut self.rng) else {
            return "nothing".to_owned();
        };
        let acts = [
            Act::Ring,
            Act::Progress,
            Act::Proceed,
            Act::Answer,
            Act::Busy,
            Act::Congestion,
            Act::Hold,
            Act::Unhold,
            Act::Digit('1'),
            Act::Digit('*'),
            Act::Text("text"),
            Act::HangUp(Cause::NORMAL),
            Act::HangUp(Cause::NO_ANSWER),
            Act::HangUp(Cause::UNKNOWN),
        ];
        let act = acts.choose(&mut self.rng).cloned().unwrap();
        let text = format!("{} does {act:?}", phone.name);
        let after = Duration::from_millis(self.rng.random_range(0..200));
        self.exchange.act(phone.id, after, act);
        text
    }

    fn redirect(&mut self) -> String {
        let extra = match self.rng.random_bool(0.4) {
            true => Some((self.channel(), self.place())),
            false => None,
        };
        let order = Redirect {
            channel: self.channel(),
            to: self.place(),
            extra,
        };
        let text = format!("{order:?}");
        self.exchange
            .ask(|reply| Request::Redirect(Box::new(order), reply));
        text
    }

    fn bridge(&mut self) -> String {
        let (one, two) = (self.channel(), self.channel());
        match self.rng.random_range(0..4) {
            0 => {
                let bridges = self
                    .exchange
                    .ask(Request::Bridges)
                    .take()
                    .unwrap_or_default();
                let Some(bridge) = bridges.choose(&mut self.rng) else {
                    return "nothing".to_owned();
                };
                let id = bridge.uniqueid.clone();
                self.exchange.ask(|reply| Request::BridgeDestroy(id, reply));
                format!("{} is destroyed", bridge.uniqueid)
            }
            1 => {
                let text = format!("{one} is kicked");
                self.exchange
                    .ask(|reply| Request::BridgeKick(None, one, reply));
                text
            }
            _ => {
                let text = format!("{one} and {two} are joined");
                self.exchange
                    .ask(|reply| Request::JoinChannels(one, two, reply));
                text
            }
        }
    }

    /// Something that should not shake a call.
    fn trifle(&mut self) -> String {
        let channel = self.channel();
        let text = Text::from;
        let exchange = &mut self.exchange;
        match self.rng.random_range(0..9) {
            0 => {
                let (name, value) = (text("_NAME"), text("value"));
                let of = Some(channel.clone());
                exchange.ask(|reply| Request::SetVariable(of, name, value, Trust::Full, reply));
            }
            1 => {
                let (name, value) = (text("CALLERID(num)"), text("77"));
                let of = Some(channel.clone());
                exchange.ask(|reply| Request::SetVariable(of, name, value, Trust::Full, reply));
            }
            2 => {
                let (of, name) = (Some(channel.clone()), text("CHANNEL(state)"));
                exchange.ask(|reply| Request::GetVariable(of, name, Trust::Outside, reply));
            }
            3 => {
                let span = Some(Duration::from_secs(self.rng.random_range(0..30)));
                let of = channel.clone();
                exchange.ask(|reply| Request::AbsoluteTimeout(of, span, reply));
            }
            4 => {
                let of = channel.clone();
                exchange.ask(|reply| Request::AbsoluteTimeout(of, None, reply));
            }
            5 => {
                let receive = self.rng.random_bool(0.5);
                let channel = channel.clone();
                exchange.ask(|reply| Request::PlayDigit {
                    channel,
                    digit: '1',
                    duration: None,
                    receive,
                    reply,
                });
            }
            6 => {
                let of = channel.clone();
                exchange.ask(|reply| Request::SendText(of, text("hello"), reply));
            }
            7 => {
                let (channel, direction) = (channel.clone(), MuteDirection::All);
                exchange.ask(|reply| Request::MuteAudio {
                    channel,
                    direction,
                    on: true,
                    reply,
                });
            }
            _ => {
                let of = channel.clone();
                exchange.ask(|reply| Request::LocalOptimizeAway(of, reply));
            }
        }
        format!("a trifle of {channel}")
    }

    /// Everybody hangs up, and time passes until nothing can be left.
    fn end(&mut self) {
        for _ in 0..3 {
            let all = NameTest(Box::new(|_| true));
            self.exchange
                .ask(|reply| Request::Hangup(Target::Matching(all), Cause::NORMAL, reply));
            self.exchange.seconds(60);
        }
        // What was called meanwhile by what ended goes on at most so long.
        self.exchange.seconds(3600);
    }
}
