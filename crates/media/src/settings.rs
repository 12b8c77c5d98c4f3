//! How sound is carried: what rtp.conf, musiconhold.conf and the directories of asterisk.conf say.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use config::{Category, Config, Problem};
use switch::Text;

use crate::limits;
use crate::music::Class;

/// How sound is carried.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The first and the last port; a pair of them begins with an even one (`rtpstart`, `rtpend`).
    pub ports: (u16, u16),
    /// Whether a source that was learned is held on to (`strictrtp`).
    pub strict: bool,
    /// How far apart our reports are (`rtcpinterval`); zero for none.
    pub report_every: Duration,
    /// Silence in the middle of a telephone event after which it is over (`dtmftimeout`, 8000ths of a
    /// second there).
    pub digit_patience: Duration,
    /// Whether an encrypted packet that came before is dropped (`srtpreplayprotection`).
    pub refuse_replayed: bool,
    /// Whether far ends that want it are looked for by ICE (`icesupport`).
    pub ice: bool,
    /// Threads that read packets, and as many that mix; 0 for one of each a core.
    pub threads: usize,
    /// Our canonical name in reports (RFC 3550, 6.5.1).
    pub name: String,
    /// The directory that holds the languages' directories of sounds.
    pub sounds: PathBuf,
    /// The language in which sounds are looked for where nobody says.
    pub language: Text,
    /// Classes of music, as [`Class::read`] finds them.
    pub music: Vec<Class>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            ports: (5_000, 31_000),
            strict: true,
            report_every: Duration::from_secs(5),
            digit_patience: Duration::from_millis(150),
            refuse_replayed: true,
            ice: true,
            threads: 0,
            name: "sound@localhost".into(),
            sounds: PathBuf::from("/usr/share/asterisk/sounds"),
            language: "en".into(),
            music: Vec::new(),
        }
    }
}

/// Options that Asterisk has and we have not.
const ABSENT: &[&str] = &[
    "dtls_mtu",
    "ice_acl",
    "ice_blacklist",
    "ice_deny",
    "ice_permit",
    "probation",
    "rtpchecksums",
    "stun_acl",
    "stun_blacklist",
    "stun_deny",
    "stun_permit",
    "stunaddr",
    "turnaddr",
    "turnpassword",
    "turnport",
    "turnusername",
];

impl Settings {
    /// Reads rtp.conf. What cannot be is told, each with its file and line, and leaves the default in
    /// force; an option that we do not have is told too.
    pub fn read(rtp_conf: &Config) -> (Settings, Vec<Problem>) {
        let mut settings = Settings::default();
        let mut problems = Vec::new();
        for category in rtp_conf.categories() {
            if category.is_named("general") {
                settings.general(category, &mut problems);
            } else {
                let text = format!("[{}] has no effect here", category.name);
                problems.push(category.problem(text));
            }
        }
        (settings, problems)
    }

    fn general(&mut self, category: &Category, problems: &mut Vec<Problem>) {
        let (mut first, mut last) = self.ports;
        for variable in &category.variables {
            let value = &*variable.value;
            let read = match variable.name.to_ascii_lowercase().as_str() {
                "rtpstart" => number(value, 1024..=65_534).map(|port| first = port),
                "rtpend" => number(value, 1025..=65_535).map(|port| last = port),
                "strictrtp" => strictness(value).map(|strict| self.strict = strict),
                "rtcpinterval" => number(value, limits::REPORT_INTERVAL)
                    .map(|span| self.report_every = Duration::from_millis(span)),
                "dtmftimeout" => number(value, limits::DIGIT_PATIENCE)
                    .map(|span| self.digit_patience = Duration::from_secs(span) / 8_000),
                "srtpreplayprotection" => flag(value).map(|on| self.refuse_replayed = on),
                "icesupport" => flag(value).map(|on| self.ice = on),
                name if ABSENT.contains(&name) => Err("has no effect here".to_owned()),
                _ => Err("is not an option of rtp.conf".to_owned()),
            };
            if let Err(text) = read {
                problems.push(variable.problem(format!("{} {text}", variable.name)));
            }
        }
        if first.next_multiple_of(2) < last {
            self.ports = (first, last);
        } else {
            let (least, most) = self.ports;
            let text =
                format!("no pair of ports from {first} to {last}: {least} to {most} are used");
            problems.push(category.problem(text));
        }
    }
}

/// `seqno`, a weaker kind of strictness, is taken for yes.
fn strictness(value: &str) -> Result<bool, String> {
    match value.eq_ignore_ascii_case("seqno") {
        true => Ok(true),
        false => flag(value),
    }
}

fn flag(value: &str) -> Result<bool, String> {
    if config::is_true(value) {
        Ok(true)
    } else if config::is_false(value) {
        Ok(false)
    } else {
        Err(format!("is neither yes nor no: {value}"))
    }
}

fn number<T>(value: &str, range: RangeInclusive<T>) -> Result<T, String>
where
    T: FromStr + PartialOrd + Display,
{
    match value.parse() {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => {
            let (least, most) = (range.start(), range.end());
            Err(format!("is no number from {least} to {most}: {value}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Settings, Vec<String>) {
        let (settings, problems) = Settings::read(&Config::from_text("rtp.conf", text).unwrap());
        (settings, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_option_has_its_place() {
        let text = "[general]\nrtpstart=10000\nrtpend=20000\nstrictrtp=no\nrtcpinterval=1000\n\
            dtmftimeout=3000\nsrtpreplayprotection=no\nicesupport=no\n";
        let (settings, problems) = read(text);
        assert_eq!(problems, Vec::<String>::new());
        let expected = Settings {
            ports: (10_000, 20_000),
            strict: false,
            report_every: Duration::from_secs(1),
            digit_patience: Duration::from_millis(375),
            refuse_replayed: false,
            ice: false,
            ..Settings::default()
        };
        assert_eq!(settings, expected);
    }

    #[test]
    fn what_cannot_be_is_told_with_its_line() {
        let (settings, problems) = read(
            "[general]\nrtpstart=ten\nrtcpinterval=1\nstrictrtp=maybe\n\
            turnport=5349\nportrange=1\n[ice_host_candidates]\n10.0.0.1 => 1.2.3.4\n",
        );
        assert_eq!(settings, Settings::default());
        assert_eq!(
            problems,
            [
                "rtp.conf:2: rtpstart is no number from 1024 to 65534: ten",
                "rtp.conf:3: rtcpinterval is no number from 500 to 60000: 1",
                "rtp.conf:4: strictrtp is neither yes nor no: maybe",
                "rtp.conf:5: turnport has no effect here",
                "rtp.conf:6: portrange is not an option of rtp.conf",
                "rtp.conf:7: [ice_host_candidates] has no effect here",
            ]
        );
    }

    #[test]
    fn a_range_without_a_pair_is_not_taken() {
        for range in [
            "rtpstart=20000\nrtpend=10000",
            "rtpstart=20001\nrtpend=20002",
        ] {
            let (settings, problems) = read(&format!("[general]\n{range}\n"));
            assert_eq!(settings.ports, Settings::default().ports);
            assert_eq!(problems.len(), 1, "{problems:?}");
        }
        let (settings, problems) = read("[general]\nrtpstart=20001\nrtpend=20003\n");
        assert_eq!((settings.ports, problems.len()), ((20_001, 20_003), 0));
    }
}
