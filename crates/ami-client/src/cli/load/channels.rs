//! `ami load channels`.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use ami::action::channel::{Hangup, Originate};
use clap::Args;

use super::count::{self, Needle};
use super::report::{self, Report};
use super::session::{Door, Session};
use super::{Length, PATIENCE};
use crate::cli::connection::Target;
use crate::cli::failure::Failure;

#[derive(Debug, Args)]
pub(super) struct Channels {
    /// Channels that there are to be; each Local call makes two.
    #[arg(long, default_value_t = 1000)]
    pub(super) channels: usize,

    /// The channel to call: its extension answers and waits.
    #[arg(long, default_value = "Local/hold@load")]
    pub(super) channel: String,

    #[command(flatten)]
    pub(super) length: Length,
}

/// Response, items and the completing event repeat the ActionID: each holds the mark once.
const REQUEST: &[u8] = b"Action: CoreShowChannels\r\nActionID: ~\r\n\r\n";
const COMPLETE: &str = "EventList: Complete";

impl Channels {
    pub(super) fn run(&self, target: &Target) -> Result<Report, Failure> {
        let door = Door::new(target)?;
        let mut session = door.open("off")?;
        let measured = self
            .make_channels(&mut session)
            .and_then(|()| self.measure(&door));
        // Also when something went wrong: the switch is not left full of calls.
        session.ask(&Hangup {
            channel: format!("/^{}/", self.channel),
            ..Hangup::default()
        })?;
        let (lists, items, elapsed) = measured?;
        let mut report = Report::new("channels");
        report.add("channels", self.channels);
        report.add("seconds", elapsed.as_secs_f64());
        report.add("lists", lists);
        report.add_rate("items", items, "items_per_second", elapsed);
        report.say(&format!(
            "{} channels: {} items a second of CoreShowChannels",
            self.channels,
            report::thousands(report::per_second(items, elapsed))
        ));
        Ok(report)
    }

    fn make_channels(&self, session: &mut Session) -> Result<(), Failure> {
        let call = Originate {
            channel: self.channel.clone(),
            application: "Wait".to_owned(),
            data: "3600".to_owned(),
            r#async: "true".to_owned(),
            ..Originate::default()
        };
        for _ in 0..self.channels.div_ceil(2) {
            session.ask(&call)?;
        }
        let began = Instant::now();
        loop {
            let there = list(session)?;
            if there >= self.channels {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                return Err(Failure::Load(format!(
                    "only {there} of {} channels are there; does {} answer and wait?",
                    self.channels, self.channel
                )));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Lists, items, and the time they took. One list is asked for when the one before is complete.
    fn measure(&self, door: &Door) -> Result<(u64, u64, Duration), Failure> {
        let time = self.length.time()?;
        let mut stream = door.open("off")?.into_blocking();
        let mut complete = Needle::new(COMPLETE);
        let mut buffer = vec![0; 256 * 1024];
        let (mut lists, mut marks) = (0, 0);
        let began = Instant::now();
        while began.elapsed() < time && lists < self.length.count {
            stream.write_all(REQUEST)?;
            let wanted = lists + 1;
            while lists < wanted {
                let bytes = read(&mut stream, &mut buffer)?;
                marks += count::marks(bytes);
                lists += complete.count(bytes);
            }
        }
        // The completing event's mark comes before the text that is looked for, so both are counted.
        Ok((lists, marks.saturating_sub(2 * lists), began.elapsed()))
    }
}

/// The number of channels there are.
fn list(session: &mut Session) -> Result<usize, Failure> {
    session.send(REQUEST)?;
    let mut items = 0;
    session.wait_for(|packet| {
        items += usize::from(packet.get("Event") == "CoreShowChannel");
        packet.get("EventList") == "Complete"
    })?;
    Ok(items)
}

fn read<'a>(stream: &mut TcpStream, buffer: &'a mut [u8]) -> Result<&'a [u8], Failure> {
    match stream.read(buffer)? {
        0 => Err(Failure::Load("the switch closed a connection".to_owned())),
        size => Ok(buffer.get(..size).unwrap_or_default()),
    }
}
