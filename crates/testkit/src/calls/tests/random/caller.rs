//! Somebody who does anything to calls, by a seed.

// Long because all that can be done to a call is here, a few lines each.

use engine::request::{
    MuteDirection, NameTest, Originate, Place, Redirect, Request, Stop, Target, Trust,
};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use switch::fact::OriginateTarget;
use switch::signal::Stream;
use switch::{Party, Text};

use super::super::*;

const PLAN: &str = include_str!("plan.conf");

/// Somebody who does anything.
pub(super) struct Caller {
    rng: SmallRng,
    pub(super) exchange: Exchange,
    /// Originates whose end is to be told.
    pub(super) told: usize,
}

impl Caller {
    pub(super) fn new(seed: u64) -> Caller {
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
            _ => self.rng.random_range(100..149).to_string(),
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
    pub(super) fn step(&mut self) -> String {
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
            88..92 => self.far_end(),
            _ => self.trifle(),
        }
    }

    /// A phone transfers, or takes a call over.
    fn far_end(&mut self) -> String {
        let phones = self.phones();
        let (Some(one), Some(two)) = (phones.choose(&mut self.rng), phones.choose(&mut self.rng))
        else {
            return "nothing".to_owned();
        };
        let (one, two) = (*one, *two);
        match self.rng.random_range(0..4) {
            0 => {
                let exten = self.exten();
                self.exchange.transfer(one, &exten, None);
                format!("{one:?} sends its peer to {exten}")
            }
            1 => {
                self.exchange.act(one, Duration::ZERO, Act::Replace(two));
                format!("{one:?} takes the place of {two:?}")
            }
            2 => {
                let phone = self.phone();
                self.exchange.replace(phone, two);
                format!("{phone} takes over {two:?}")
            }
            _ => {
                self.exchange.transfer(one, "", Some(two));
                format!("{one:?} joins its peer with that of {two:?}")
            }
        }
    }

    fn phones(&mut self) -> Vec<switch::ChannelId> {
        let channels = self.exchange.channels().into_iter();
        let phones = channels.filter(|c| c.technology == crate::calls::TECHNOLOGY);
        phones.map(|channel| channel.id).collect()
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
            .filter(|c| c.technology == crate::calls::TECHNOLOGY)
            .collect();
        let Some(phone) = phones.choose(&mut self.rng) else {
            return "nothing".to_owned();
        };
        let acts = [
            Act::Talk(true),
            Act::Talk(false),
            Act::Ring,
            Act::Forward("1"),
            Act::Forward("nobody"),
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
        match self.rng.random_range(0..10) {
            9 => {
                let streams = [
                    Stream::Stop,
                    Stream::Pause,
                    Stream::Forward,
                    Stream::Restart,
                ];
                let (of, stream) = (channel.clone(), *streams.choose(&mut self.rng).unwrap());
                exchange.ask(|reply| Request::ControlPlayback(of, stream, reply));
            }
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
                let on = self.rng.random_bool(0.5);
                exchange.ask(|reply| Request::MuteAudio {
                    channel,
                    direction,
                    on,
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

    /// Everybody hangs up, and time passes until nothing can be left; at times the switch ends with it.
    pub(super) fn end(&mut self) {
        let how = [Stop::Now, Stop::Gracefully, Stop::WhenConvenient]
            .choose(&mut self.rng)
            .copied();
        if let Some(how) = how.filter(|_| self.rng.random_bool(0.5)) {
            self.exchange.ask(|reply| Request::Stop(how, reply));
        }
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
