//! The command line: Asterisk's letters, and long names beside them.

use std::path::PathBuf;

use clap::{ArgAction, Parser};

/// A telephone switch that speaks the Asterisk Manager Interface.
///
/// Without a configuration it starts on its embedded default one and keeps all it writes in one directory,
/// which it names.
#[derive(Debug, Clone, Parser)]
#[command(name = "smartswitch", disable_version_flag = true)]
pub(crate) struct Arguments {
    /// Read this asterisk.conf.
    #[arg(short = 'C', long = "config-file", value_name = "FILE")]
    pub(crate) config_file: Option<PathBuf>,

    /// Read the .conf files of this directory.
    #[arg(long, value_name = "DIR")]
    pub(crate) config: Option<PathBuf>,

    /// Keep all that is written below this directory.
    #[arg(long, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,

    /// Stay in the foreground.
    #[arg(short = 'f', long)]
    pub(crate) foreground: bool,

    /// Go into the background, even with -v or -d.
    #[arg(short = 'F', long)]
    pub(crate) background: bool,

    /// Stay in the foreground with a console.
    #[arg(short = 'c', long)]
    pub(crate) console: bool,

    /// Be the console of a switch that runs.
    #[arg(short = 'r', long)]
    pub(crate) remote: bool,

    /// Be the console of a switch that runs, and wait for it to come back when it goes.
    #[arg(short = 'R', long = "remote-patient")]
    pub(crate) remote_patient: bool,

    /// Run one command on a switch that runs, and print what it says.
    #[arg(
        short = 'x',
        long = "execute",
        value_name = "COMMAND",
        allow_hyphen_values = true
    )]
    pub(crate) execute: Option<String>,

    /// Reach the switch by this socket.
    #[arg(short = 's', long, value_name = "FILE")]
    pub(crate) socket: Option<PathBuf>,

    /// Show more of what the dialplan does; up to ten times.
    #[arg(short = 'v', long, action = ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Log more for those who search a fault; up to ten times.
    #[arg(short = 'd', long, action = ArgAction::Count)]
    pub(crate) debug: u8,

    /// Leave a core file behind after a crash.
    #[arg(short = 'g', long = "core-dumps")]
    pub(crate) core_dumps: bool,

    /// No colours.
    #[arg(short = 'n', long = "no-color")]
    pub(crate) no_color: bool,

    /// Keep quiet while starting.
    #[arg(short = 'q', long)]
    pub(crate) quiet: bool,

    /// Keep the log off this console.
    #[arg(short = 'm', long)]
    pub(crate) mute: bool,

    /// Put the time before each line that is shown of the dialplan.
    #[arg(short = 'T', long)]
    pub(crate) timestamps: bool,

    /// Run as this user.
    #[arg(short = 'U', long = "user", value_name = "USER")]
    pub(crate) user: Option<String>,

    /// Run as this group.
    #[arg(short = 'G', long = "group", value_name = "GROUP")]
    pub(crate) group: Option<String>,

    /// Take no more than this many channels at once.
    #[arg(short = 'M', long = "max-calls", value_name = "NUMBER")]
    pub(crate) max_calls: Option<usize>,

    /// Print the version.
    #[arg(short = 'V', long)]
    pub(crate) version: bool,

    /// Accepted for Asterisk's sake, and without effect: real-time priority.
    #[arg(short = 'p', long = "high-priority", hide_short_help = true)]
    pub(crate) high_priority: bool,

    /// Accepted for Asterisk's sake, and without effect: keys with pass codes.
    #[arg(short = 'i', hide_short_help = true)]
    pub(crate) init_keys: bool,

    /// Accepted for Asterisk's sake, and without effect: internal timing.
    #[arg(short = 'I', hide_short_help = true)]
    pub(crate) internal_timing: bool,

    /// Accepted for Asterisk's sake, and without effect: recordings in a temporary place.
    #[arg(short = 't', hide_short_help = true)]
    pub(crate) record_in_tmp: bool,

    /// Accepted for Asterisk's sake, and without effect: colours for black terminals.
    #[arg(short = 'B', hide_short_help = true)]
    pub(crate) black: bool,

    /// Accepted for Asterisk's sake, and without effect: colours for white terminals.
    #[arg(short = 'W', hide_short_help = true)]
    pub(crate) white: bool,

    /// Let configuration files run programs with #exec.
    #[arg(short = 'X', long = "exec-includes")]
    pub(crate) exec_includes: bool,

    /// Accepted for Asterisk's sake, and without effect: highest load.
    #[arg(short = 'L', value_name = "LOAD", hide_short_help = true)]
    pub(crate) max_load: Option<f64>,

    /// Accepted for Asterisk's sake, and without effect: least free memory.
    #[arg(short = 'e', value_name = "MEGABYTES", hide_short_help = true)]
    pub(crate) min_memory: Option<u64>,

    /// Set by the switch when it starts itself in the background.
    #[arg(long, hide = true)]
    pub(crate) detached: bool,
}

impl Arguments {
    /// Whether this process is to be a console and not a switch.
    pub(crate) fn is_client(&self) -> bool {
        self.remote || self.remote_patient || self.execute.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Arguments {
        Arguments::try_parse_from(std::iter::once("asterisk").chain(words.iter().copied())).unwrap()
    }

    #[test]
    fn letters_may_stand_together() {
        let arguments = parse(&["-rx", "core show channels"]);
        assert!(arguments.remote && arguments.is_client());
        assert_eq!(arguments.execute.as_deref(), Some("core show channels"));

        let arguments = parse(&["-cvvvgnq"]);
        assert!(arguments.console && arguments.core_dumps && arguments.no_color && arguments.quiet);
        assert_eq!(arguments.verbose, 3);

        let arguments = parse(&[
            "-fd",
            "-dd",
            "-U",
            "asterisk",
            "-Gasterisk",
            "-C",
            "/etc/a.conf",
        ]);
        assert_eq!((arguments.debug, arguments.foreground), (3, true));
        assert_eq!(arguments.user.as_deref(), Some("asterisk"));
        assert_eq!(arguments.group.as_deref(), Some("asterisk"));
    }

    #[test]
    fn a_command_implies_a_running_switch() {
        assert!(parse(&["-x", "core stop now"]).is_client());
        assert!(parse(&["--remote"]).is_client());
        assert!(!parse(&["-f", "-p", "-T", "-m", "-i", "-I", "-t", "-B", "-W"]).is_client());
    }

    #[test]
    fn the_declaration_holds_together() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
