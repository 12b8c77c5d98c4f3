//! Plays a scenario against a server.

mod connection;
mod phone;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use regex::{Captures, Regex, RegexBuilder};

use self::connection::Connection;
use self::phone::Phone;
use super::log::{Log, Way};
use super::recording::Recording;
use super::scenario::{Scenario, Step};

/// How long `settle` waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As long as the scenario says.
    Recorded,
    /// Where as many packets have come as the recordings have up to that point, a moment longer, to see
    /// that no more come; else as long as the scenario says, and those that did not come are waited for
    /// only once. What comes later is not lost: it is read by the next step, and packets are matched by
    /// content.
    Brisk,
}

/// Where the server that is played against listens.
#[derive(Debug, Clone, Copy)]
pub struct Server {
    /// For the manager interface.
    pub manager: SocketAddr,
    /// For SIP.
    pub sip: SocketAddr,
}

/// How long a brisk run looks whether more comes than was recorded: between two steps, and at the end.
const MOMENT: Duration = Duration::from_millis(25);
const LAST_MOMENT: Duration = Duration::from_millis(150);

/// Why a scenario could not be played to its end.
#[derive(Debug)]
pub struct Failed(String);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failed {}

impl Scenario {
    /// Plays the steps against this server and tells what passed. The recordings say to
    /// a brisk run what may still come.
    pub fn run(&self, server: Server, recordings: &[Recording], pace: Pace) -> Result<Log, Failed> {
        let mut player = Player {
            server,
            recordings,
            pace,
            log: Log::default(),
            connections: BTreeMap::new(),
            kept: HashMap::new(),
            given_up: HashMap::new(),
            phones: HashMap::new(),
        };
        for (at, step) in self.steps.iter().enumerate() {
            let last = at + 1 == self.steps.len();
            player
                .play(step, last)
                .map_err(|why| Failed(format!("{}, step {}: {why}", self.name, at + 1)))?;
        }
        for (name, connection) in &mut player.connections {
            connection.flush(name, &mut player.log);
        }
        Ok(player.log)
    }
}

struct Player<'a> {
    server: Server,
    recordings: &'a [Recording],
    pace: Pace,
    log: Log,
    connections: BTreeMap<String, Connection>,
    kept: HashMap<String, String>,
    given_up: HashMap<String, GivenUp>,
    phones: HashMap<String, Phone>,
}

/// How many recorded packets of a connection did not come although they were waited for.
#[derive(Default)]
struct GivenUp {
    /// Before the client last did something; those are not waited for any more.
    before: usize,
    /// Since then, when the client had done so many things; another `settle` may still see them.
    since: (usize, usize),
}

impl Player<'_> {
    fn play(&mut self, step: &Step, last: bool) -> Result<(), String> {
        match step {
            Step::Open { connection } => self.open(connection),
            Step::Send { connection, lines } => {
                let lines: Vec<_> = lines.iter().map(|line| self.fill(line)).collect();
                self.log.add(connection, Way::Sent, &lines.join("\n"));
                let packet = format!("{}\r\n\r\n", lines.join("\r\n"));
                self.write(connection, packet.as_bytes())
            }
            Step::Raw { connection, text } => {
                let text = self.fill(text);
                self.log.add(connection, Way::Sent, &format!("raw {text}"));
                self.write(connection, &unescape(&text)?)
            }
            Step::Until {
                connection,
                limit,
                pattern,
            } => self.until(connection, *limit, pattern),
            Step::Settle {
                connection,
                silence,
            } => self.settle(connection, *silence, last),
            Step::Keep {
                name,
                connection,
                header,
                pattern,
            } => {
                let pattern = compile(&self.fill(pattern))?;
                let value = self.connection(connection)?.newest(&pattern, header);
                self.kept.extend(value.map(|value| (name.clone(), value)));
                Ok(())
            }
            Step::Pause(span) => {
                std::thread::sleep(*span);
                Ok(())
            }
            Step::Sipp {
                name,
                file,
                arguments,
            } => {
                let phone = Phone::start(file, &self.fill(arguments), self.server.sip)?;
                self.phones.insert(name.clone(), phone);
                let started = format!("sipp {file} {arguments}");
                self.log.add(name, Way::Sent, &started);
                Ok(())
            }
            Step::Wait { name, limit } => self.wait(name, *limit),
            Step::Shut { connection } => {
                self.connection(connection)?.shut();
                Ok(())
            }
        }
    }

    fn connection(&mut self, name: &str) -> Result<&mut Connection, String> {
        self.connections
            .get_mut(name)
            .ok_or_else(|| format!("{name} is not open"))
    }

    /// Reads what comes over a connection in this time; false where nothing does.
    fn read(&mut self, name: &str, limit: Duration) -> Result<bool, String> {
        let connection = self
            .connections
            .get_mut(name)
            .ok_or_else(|| format!("{name} is not open"))?;
        Ok(connection.read(name, limit, &mut self.log))
    }

    fn open(&mut self, name: &str) -> Result<(), String> {
        let connection =
            Connection::open(self.server.manager).map_err(|error| error.to_string())?;
        self.connections.insert(name.to_owned(), connection);
        let end = Instant::now() + Duration::from_secs(3);
        while self.connection(name)?.waits_for_greeting() && Instant::now() < end {
            self.read(name, Duration::from_millis(200))?;
        }
        Ok(())
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        if self.connection(name)?.write(bytes).is_err() {
            self.log.add(name, Way::Befell, "could not be written");
        }
        Ok(())
    }

    fn until(&mut self, name: &str, limit: Duration, pattern: &str) -> Result<(), String> {
        let filled = compile(&self.fill(pattern))?;
        let end = Instant::now() + limit;
        loop {
            let connection = self.connection(name)?;
            if connection.seen(&filled) || !connection.is_open() {
                return Ok(());
            }
            if Instant::now() >= end {
                self.log
                    .add(name, Way::Befell, &format!("nothing matched {pattern}"));
                return Ok(());
            }
            self.read(name, Duration::from_millis(50))?;
        }
    }

    /// Waits for a phone's end, and reads meanwhile what comes over all connections.
    fn wait(&mut self, name: &str, limit: Duration) -> Result<(), String> {
        let mut phone = self
            .phones
            .remove(name)
            .ok_or_else(|| format!("there is no phone {name}"))?;
        let end = Instant::now() + limit;
        let connections: Vec<String> = self.connections.keys().cloned().collect();
        while !phone.has_ended() && Instant::now() < end {
            for connection in &connections {
                self.read(connection, Duration::from_millis(20))?;
            }
        }
        let ended = format!("sipp ended with {}", phone.end());
        self.log.add(name, Way::Received, &ended);
        Ok(())
    }

    fn settle(&mut self, name: &str, silence: Duration, last: bool) -> Result<(), String> {
        let moment = if last { LAST_MOMENT } else { MOMENT };
        let sent = self.log.sent();
        let given_up = self.given_up.entry(name.to_owned()).or_default();
        if given_up.since.0 != sent {
            given_up.before = given_up.since.1;
        }
        let before = given_up.before;
        loop {
            let complete = self.pace == Pace::Brisk && self.outstanding(name) <= before;
            let limit = if complete {
                silence.min(moment)
            } else {
                silence
            };
            if !self.read(name, limit)? {
                break;
            }
        }
        let since = (sent, self.outstanding(name));
        self.given_up
            .insert(name.to_owned(), GivenUp { before, since });
        Ok(())
    }

    /// How many more packets than have come any recording has up to this point.
    fn outstanding(&self, name: &str) -> usize {
        let sent = self.log.sent();
        let recorded = self
            .recordings
            .iter()
            .map(|each| each.log.received_before(name, sent))
            .max();
        recorded.map_or(usize::MAX, |recorded| {
            recorded.saturating_sub(self.log.received(name))
        })
    }

    /// Puts kept values where `$NAME` stands.
    fn fill(&self, text: &str) -> String {
        static NAME: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
            Regex::new(r"\$([A-Z][A-Z0-9_]*)").expect("a pattern of ours is valid")
        });
        let value = |found: &Captures<'_>| match self.kept.get(&found[1]) {
            Some(value) => value.clone(),
            None => found[0].to_owned(),
        };
        NAME.replace_all(text, value).into_owned()
    }
}

fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern)
        .multi_line(true)
        .build()
        .map_err(|error| error.to_string())
}

/// The bytes that a `raw` step's text stands for.
fn unescape(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            bytes.extend(char.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        bytes.push(match chars.next() {
            Some('r') => b'\r',
            Some('n') => b'\n',
            Some('t') => b'\t',
            Some('0') => 0,
            Some('\\') => b'\\',
            Some('x') => {
                let digits: String = chars.by_ref().take(2).collect();
                u8::from_str_radix(&digits, 16).map_err(|_| format!("what is \\x{digits}?"))?
            }
            other => return Err(format!("what is \\{}?", other.unwrap_or_default())),
        });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    fn at(address: SocketAddr) -> Server {
        Server {
            manager: address,
            sip: address,
        }
    }

    /// Answers each packet with the next of these, after the greeting; then closes.
    fn server(answers: &'static [&'static str]) -> (SocketAddr, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let serving = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"Hello/1\r\n").unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let mut heard = Vec::new();
            for answer in answers {
                heard.extend(
                    lines
                        .by_ref()
                        .map_while(|line| line.ok().filter(|l| !l.is_empty())),
                );
                stream.write_all(answer.as_bytes()).unwrap();
            }
            heard
        });
        (address, serving)
    }

    const STEPS: &str = "open a\nsend a\nAction: One\n\nuntil a 3000 ^Event: Two\n\
                         keep ID a Id ^Event: Two\nsend a\nAction: Three\nId: $ID\n\n\
                         settle a 3000\n";

    #[test]
    fn the_steps_are_played_and_what_passes_is_kept() {
        let (address, serving) = server(&[
            "Response: Success\r\n\r\nEvent: Two\r\nId: 17\r\n\r\n",
            "Response: Goodbye\r\n\r\n",
        ]);
        let scenario = Scenario::parse("x", STEPS).unwrap();
        let log = scenario.run(at(address), &[], Pace::Recorded).unwrap();
        assert_eq!(
            serving.join().unwrap(),
            ["Action: One", "Action: Three", "Id: 17"]
        );
        assert_eq!(
            log.to_string(),
            "a< Hello/1\n\na> Action: One\n\na< Response: Success\n\na< Event: Two\na< Id: 17\n\n\
             a> Action: Three\na> Id: 17\n\na< Response: Goodbye\n\na! closed by the server\n\n"
        );
        let again = Recording::parse(&log.to_string());
        assert!(super::super::compare(&log, &[again]).is_clean());
    }

    #[test]
    fn what_does_not_come_is_noted() {
        let (address, serving) = server(&["Event: Other\r\n\r\n"]);
        let text = "open a\nsend a\nAction: One\n\nuntil a 3000 ^Event: Two\nraw a late\n";
        let scenario = Scenario::parse("x", text).unwrap();
        let log = scenario.run(at(address), &[], Pace::Recorded).unwrap();
        serving.join().unwrap();
        assert_eq!(log.packets().len(), 3, "greeting, event and end: {log}");
    }

    #[test]
    fn a_connection_that_is_not_open_is_an_error() {
        let (address, _) = server(&[]);
        let scenario = Scenario::parse("x", "shut b\n").unwrap();
        let error = scenario.run(at(address), &[], Pace::Recorded).unwrap_err();
        assert_eq!(error.to_string(), "x, step 1: b is not open");
    }

    #[test]
    fn what_cannot_be_typed_is_escaped() {
        assert_eq!(unescape(r"a\r\n\t\0\\\xe4").unwrap(), b"a\r\n\t\0\\\xe4");
        assert!(unescape(r"\q").is_err());
    }
}
