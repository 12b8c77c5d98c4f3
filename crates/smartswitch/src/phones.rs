//! Phones: the thread that speaks SIP, those that carry sound, and what goes between them and the engine.

use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dialplan::world::Subject;
use engine::message::Message;
use engine::request::Responder;
use engine::{FromChannel, Input};
use media::plane::{Exchanged, Plane, Report, Watch, Whose};
use net::clock::Clock;
use net::engine_thread::EngineQueue;
use sip::directory::{Debug, Directory, Log};
use sip::driver::{Driver, Handle};
use switch::fact::{self, Fact, ReportBlock, SenderReport};
use switch::signal::{Order, Signal};
use switch::{ChannelId, Text, Time};

use crate::details;

/// All that phones need, while the switch runs.
pub(crate) struct Phones {
    directory: Arc<Directory>,
    plane: Plane,
    handle: Handle,
    driver: Mutex<Option<Driver>>,
}

impl Phones {
    /// Starts everything. What could not be listened on is in the log; the rest goes on.
    ///
    /// # Errors
    /// Where a thread cannot be made.
    pub(crate) fn start(
        directory: Arc<Directory>,
        settings: sip::settings::Settings,
        sound: media::settings::Settings,
        clock: Clock,
        engine: EngineQueue,
    ) -> io::Result<Arc<Phones>> {
        let reports = Reports {
            engine: engine.clone(),
            handle: OnceLock::new(),
        };
        let reports = Arc::new(reports);
        let own = Arc::clone(&reports);
        let plane = Plane::start(sound, move |report| own.pass_on(report))?;
        let watch = plane.watch();
        directory.install_debug(move |what, log| {
            show(&watch, what, log);
            true
        });
        let (driver, handle, failed) = Driver::start(sip::driver::Start {
            settings: Arc::new(settings),
            directory: Arc::clone(&directory),
            sound: Box::new(plane.clone()),
            engine: Box::new(engine),
            clock: Arc::new(move || clock.now()),
        })?;
        // It is set once, before any call can be.
        let _ = reports.handle.set(handle.clone());
        for failed in failed {
            tracing::error!(target: "sip", "{failed}");
        }
        Ok(Arc::new(Phones {
            directory,
            plane,
            handle,
            driver: Mutex::new(Some(driver)),
        }))
    }

    /// An order of the engine's: sound is not SIP's business, and everything else is.
    pub(crate) fn order(&self, channel: ChannelId, order: Order) {
        if order.is_sound() {
            self.plane.order(channel, order);
        } else if !self.handle.order(channel, order) {
            tracing::error!(target: "sip", "too many orders wait, one is lost");
        }
    }

    /// Something happened that phones are told.
    pub(crate) fn tell(&self, fact: &Fact) {
        match fact {
            Fact::ExtensionChanged {
                exten,
                context,
                state,
                ..
            } => {
                let (context, exten) = (context.clone(), exten.clone());
                if !self.handle.hint_changed(context, exten.clone(), *state) {
                    tracing::warn!(target: "sip", "{exten}: subscribers are not told, too much waits");
                }
            }
            Fact::MailboxChanged { name, mailbox }
                if !self.handle.mailbox_changed(name.clone(), *mailbox) =>
            {
                tracing::warn!(target: "sip", "{name}: phones are not told, too much waits");
            }
            _ => {}
        }
    }

    /// The variables that tell how a channel's sound fared, at its end (`RTPAUDIOQOS` and its kin).
    pub(crate) fn last_words(&self, channel: ChannelId) -> Vec<(Text, Text)> {
        let Some(counted) = self.plane.counted(channel) else {
            return Vec::new();
        };
        sip::call::variables(&counted)
            .into_iter()
            .map(|(name, value)| (Text::from(name), Text::from(value)))
            .collect()
    }

    /// What the dialplan asks of an object or a call; why there is no answer. Waits for the thread that
    /// speaks SIP.
    pub(crate) fn detail(&self, of: &Subject, field: &str) -> Result<String, String> {
        let channel = match of {
            Subject::Channel(channel) => *channel,
            object => return details::of_object(&self.directory, object, field),
        };
        if let Some(found) = details::of_sound(&self.plane, channel, field) {
            return found;
        }
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        let reply = Responder::new(move |found| {
            // Whoever asked waits below, unless its thread is gone with the switch.
            let _ = tell.send(found);
        });
        self.handle.detail(channel, Text::from(field), reply);
        told.recv()
            .unwrap_or_else(|_| Err("SIP is not running".to_owned()))
    }

    /// How sound is carried.
    pub(crate) fn sound(&self) -> Arc<media::settings::Settings> {
        self.plane.settings()
    }

    /// What was counted of a channel's sound so far.
    pub(crate) fn counted(&self, channel: ChannelId) -> Option<media::session::Statistics> {
        self.plane.counted(channel)
    }

    /// Sends a text message; `reply` learns whether it could be sent.
    pub(crate) fn message(
        &self,
        to: Text,
        message: Message,
        reply: impl FnOnce(bool) + Send + 'static,
    ) {
        let reply = Told(Some(reply));
        let order = sip::directory::Message {
            to,
            to_header: message.to.clone(),
            from: message.from.clone(),
            body: message.body.clone(),
            headers: message.outbound(),
            reply: Responder::new(move |sent| reply.tell(sent)),
        };
        let order = sip::directory::Request::Message(Box::new(order));
        if !self.handle.request(order) {
            tracing::error!(target: "sip", "too many orders wait, a message is lost");
        }
    }

    /// The live state, for whoever shows it.
    pub(crate) fn directory(&self) -> &Arc<Directory> {
        &self.directory
    }

    /// Takes what the files say now; calls go on.
    pub(crate) fn reload(
        &self,
        settings: sip::settings::Settings,
        sound: media::settings::Settings,
    ) {
        self.plane.configure(sound);
        if !self.handle.reload(Arc::new(settings)) {
            tracing::error!(target: "sip", "the settings were not taken, too much waits");
        }
    }

    /// What there is of everything: names and numbers. Nothing where SIP has ended.
    pub(crate) async fn counters(&self) -> Vec<(&'static str, u64)> {
        match self.handle.counters().await {
            Some(sip) => crate::counters::of(&sip, &self.plane.counts()),
            None => Vec::new(),
        }
    }

    /// Ends it: registrations of ours are taken back.
    pub(crate) fn stop(&self) {
        self.handle.stop();
        let driver = self
            .driver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(driver) = driver {
            driver.join();
        }
    }
}

/// Has packets of sound shown, or no longer.
fn show(watch: &Watch, what: Debug, log: Log) {
    let whose = match log {
        Log::Off => Whose::Nobody,
        Log::All => Whose::All,
        Log::Host(host) => Whose::Host(host),
        Log::Socket(socket) => Whose::Socket(socket),
    };
    match what {
        Debug::Rtp => watch.sound(whose),
        Debug::Rtcp => watch.reports(whose),
        Debug::Figures => watch.figures(whose != Whose::Nobody),
    }
}

/// Whoever waits for a message to be sent; where nobody takes the order, it learns that it was not.
struct Told<F: FnOnce(bool)>(Option<F>);

impl<F: FnOnce(bool)> Told<F> {
    fn tell(mut self, sent: bool) {
        if let Some(reply) = self.0.take() {
            reply(sent);
        }
    }
}

impl<F: FnOnce(bool)> Drop for Told<F> {
    fn drop(&mut self) {
        if let Some(reply) = self.0.take() {
            reply(false);
        }
    }
}

/// Where what is heard goes.
struct Reports {
    engine: EngineQueue,
    handle: OnceLock<Handle>,
}

impl Reports {
    fn pass_on(&self, report: Report) {
        let (channel, did) = match report {
            Report::DigitBegin(channel, digit) => (channel, FromChannel::DigitBegin(digit)),
            Report::DigitEnd(channel, digit, span) => (channel, FromChannel::DigitEnd(digit, span)),
            Report::Talking(channel, talks) => {
                (channel, FromChannel::Signal(Signal::Talking(talks)))
            }
            Report::Heard(channel) => (channel, FromChannel::Signal(Signal::Heard)),
            Report::Lost(channel) => {
                if let Some(handle) = self.handle.get() {
                    handle.silent(channel);
                }
                return;
            }
            Report::Cut(channel, why) => {
                tracing::warn!(target: "media", "a call ends, for it has no sound: {why}");
                if let Some(handle) = self.handle.get() {
                    handle.cut(channel);
                }
                return;
            }
            Report::ReportSent(channel, report) => (channel, reported(true, &report)),
            Report::ReportReceived(channel, report) => (channel, reported(false, &report)),
            Report::RecordingClosed(channel, number) => (channel, FromChannel::Recorded(number)),
            Report::RecordingFailed(channel, number, why) => {
                tracing::error!(target: "media", "{why}");
                (channel, FromChannel::Recorded(number))
            }
        };
        if let Err(why) = self.engine.send(Input::Channel(channel, did)) {
            tracing::warn!(target: "media", "what a channel did is lost: {why}");
        }
    }
}

/// Jitter and round trips are counted in ticks of the sound's clock, which is 8 kHz for all that
/// telephones usually speak.
const CLOCK: f64 = 8000.0;

fn reported(sent: bool, exchanged: &Exchanged) -> FromChannel {
    let blocks = exchanged.blocks.iter().map(|block| ReportBlock {
        ssrc: block.ssrc,
        fraction_lost: block.fraction_lost,
        lost: i32::try_from(block.lost).unwrap_or(i32::MAX),
        highest_sequence: block.highest as u16,
        cycles: (block.highest >> 16) as u16,
        jitter: f64::from(block.jitter) / CLOCK,
        last_report: block.last_report,
        since_last_report: f64::from(block.since_last_report) / 65_536.0,
    });
    let sender = exchanged.sending.as_ref().map(|sending| SenderReport {
        at: time_of(sending.ntp),
        rtp_time: sending.timestamp,
        packets: sending.packets,
        octets: sending.octets,
    });
    FromChannel::Report(Arc::new(fact::Report {
        sent,
        peer: exchanged.remote,
        ssrc: exchanged.ssrc,
        sender,
        blocks: blocks.collect(),
        round_trip: exchanged.round_trip,
    }))
}

/// What an NTP time stands for: it counts 2^32ths of a second from 1900 (RFC 5905, 6), ours microseconds
/// from 1970.
fn time_of(ntp: u64) -> Time {
    const FROM_1900_TO_1970: u64 = 2_208_988_800;
    let seconds = (ntp >> 32).saturating_sub(FROM_1900_TO_1970);
    let fraction = ((ntp & 0xFFFF_FFFF) * 1_000_000) >> 32;
    Time(seconds * 1_000_000 + fraction)
}
