//! What the engine is told of the configuration files.

use std::sync::Arc;
use std::time::Duration;

use dialplan::tones::Zones;
use dialplan::world::FeatureRules;
use switch::Text;

/// Settings of the engine, as the files have them.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Variables that every channel event shows (`channelvars` of manager.conf).
    pub shown_variables: Vec<Text>,
    /// Applications that the channel event log follows (`apps` of cel.conf), in lower case.
    pub followed_applications: Vec<Text>,
    /// Call records: whether they are kept at all (`enable` of cdr.conf).
    pub records: bool,
    /// Call records of calls that nobody answered (`unanswered`).
    pub records_unanswered: bool,
    /// Whether congestion is told apart from failure (`congestion`).
    pub records_congestion: bool,
    /// Whether a record ends before the `h` extension runs (`endbeforehexten`).
    pub records_end_before_h: bool,
    /// Whether calls start records of their own when another begins on the same channel
    /// (`initiatedseconds`): seconds are rounded up.
    pub records_round_up: bool,
    /// Most channels at once (`maxcalls` of asterisk.conf); 0 for no limit but the switch's own.
    pub max_calls: usize,
    /// Default language of prompts.
    pub language: Text,
    /// Whether applications may run programs (`System`, `SHELL`).
    pub programs_allowed: bool,
    /// Whether outside askers may use functions that reach outside the call (`live_dangerously`).
    pub live_dangerously: bool,
    /// Name of the system, a prefix of unique ids; empty for none.
    pub system_name: Text,
    /// The local time zone's name, such as `Europe/Berlin`.
    pub zone: Text,
    /// The environment of the process, for `ENV`.
    pub environment: Vec<(Text, Text)>,
    /// Lines of the log up to this level are made: 3 shows each step of the dialplan.
    pub verbosity: u8,
    /// How long the dialplan waits for the next digit unless it says otherwise.
    pub digit_timeout: Duration,
    /// How long the dialplan waits for the first digit unless it says otherwise.
    pub response_timeout: Duration,
    /// The tones of telephone networks (`indications.conf`).
    pub tones: Arc<Zones>,
    /// What keys do in a call (`features.conf`).
    pub features: Arc<FeatureRules>,
    /// Directory of the files that `MixMonitor` writes.
    pub monitors: Text,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            shown_variables: Vec::new(),
            followed_applications: Vec::new(),
            records: true,
            records_unanswered: false,
            records_congestion: false,
            records_end_before_h: true,
            records_round_up: false,
            max_calls: 0,
            language: Text::from("en"),
            programs_allowed: false,
            live_dangerously: false,
            system_name: Text::default(),
            zone: Text::from("UTC"),
            environment: Vec::new(),
            verbosity: 0,
            digit_timeout: Duration::from_secs(5),
            response_timeout: Duration::from_secs(10),
            tones: Arc::default(),
            features: Arc::default(),
            monitors: Text::from("/var/spool/asterisk/monitor"),
        }
    }
}
