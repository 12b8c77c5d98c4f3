//! `[options]` of asterisk.conf, with what the command line says over them.

use config::{Config, Problem};

use crate::arguments::Arguments;

/// How the switch runs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    /// How much consoles show of what the dialplan does.
    pub(crate) verbose: u8,
    /// How much is logged for those who search a fault.
    pub(crate) debug: u8,
    /// Whether configuration files may run programs.
    pub(crate) exec_includes: bool,
    /// Whether askers from outside may use functions that reach outside the call.
    pub(crate) live_dangerously: bool,
    /// Whether applications may run programs.
    pub(crate) programs_allowed: bool,
    /// Most channels at once; 0 for no limit of the administrator's.
    pub(crate) max_calls: usize,
    /// Highest load of the machine that is told to clients; not enforced.
    pub(crate) max_load: f64,
    /// Most open files; 0 to leave it.
    pub(crate) max_files: u64,
    /// User to run as.
    pub(crate) run_user: String,
    /// Group to run as.
    pub(crate) run_group: String,
    /// Name of the system, a prefix of unique ids.
    pub(crate) system_name: String,
    /// Language of prompts.
    pub(crate) default_language: String,
    /// Whether a language is a directory above the sound's, and not below.
    pub(crate) language_prefix: bool,
    /// Whether consoles are told of each other's coming and going: kept for `core show settings`.
    pub(crate) hide_connect: bool,
    /// Whether the switch stays in the foreground.
    pub(crate) no_fork: bool,
    /// Whether it has a console.
    pub(crate) console: bool,
    /// Whether there are no colours.
    pub(crate) no_color: bool,
    /// Whether it keeps quiet while starting.
    pub(crate) quiet: bool,
    /// Whether lines shown of the dialplan bear the time.
    pub(crate) timestamps: bool,
    /// Whether a crash leaves a core file.
    pub(crate) dump_core: bool,
    /// Whether the custom directory of sounds is searched first.
    pub(crate) sounds_search_custom: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            verbose: 0,
            debug: 0,
            exec_includes: false,
            live_dangerously: false,
            programs_allowed: false,
            max_calls: 0,
            max_load: 0.0,
            max_files: 0,
            run_user: String::new(),
            run_group: String::new(),
            system_name: String::new(),
            default_language: "en".to_owned(),
            language_prefix: true,
            hide_connect: false,
            no_fork: false,
            console: false,
            no_color: false,
            quiet: false,
            timestamps: false,
            dump_core: false,
            sounds_search_custom: false,
        }
    }
}

impl Options {
    /// Reads `[options]`; a value that means nothing is a problem, and the default stays.
    pub(crate) fn read(config: &Config) -> (Options, Vec<Problem>) {
        let mut options = Options::default();
        let mut problems = Vec::new();
        let Some(section) = config.category("options") else {
            return (options, problems);
        };
        let mut flag = |place: &mut bool, key: &str| match section.flag(key, *place) {
            Ok(value) => *place = value,
            Err(problem) => problems.push(problem),
        };
        flag(&mut options.exec_includes, "execincludes");
        flag(&mut options.live_dangerously, "live_dangerously");
        flag(&mut options.programs_allowed, "allowprograms");
        flag(&mut options.language_prefix, "languageprefix");
        flag(&mut options.hide_connect, "hideconnect");
        flag(&mut options.no_fork, "nofork");
        flag(&mut options.console, "console");
        flag(&mut options.no_color, "nocolor");
        flag(&mut options.quiet, "quiet");
        flag(&mut options.timestamps, "timestamp");
        flag(&mut options.dump_core, "dumpcore");
        flag(
            &mut options.sounds_search_custom,
            "sounds_search_custom_dir",
        );
        // An always-forking switch says so by its own word.
        let mut always_fork = false;
        flag(&mut always_fork, "alwaysfork");
        options.no_fork &= !always_fork;

        macro_rules! number {
            ($place:expr, $key:literal) => {
                match section.parsed($key) {
                    Ok(Some(value)) => $place = value,
                    Ok(None) => {}
                    Err(problem) => problems.push(problem),
                }
            };
        }
        number!(options.max_calls, "maxcalls");
        number!(options.max_load, "maxload");
        number!(options.max_files, "maxfiles");

        for (place, key) in [
            (&mut options.verbose, "verbose"),
            (&mut options.debug, "debug"),
        ] {
            let Some(variable) = section.variable(key) else {
                continue;
            };
            match level(&variable.value) {
                Some(value) => *place = value,
                None => {
                    problems.push(variable.problem(format!("{key} cannot be {}", variable.value)))
                }
            }
        }

        for (place, key) in [
            (&mut options.run_user, "runuser"),
            (&mut options.run_group, "rungroup"),
            (&mut options.system_name, "systemname"),
            (&mut options.default_language, "defaultlanguage"),
        ] {
            if let Some(value) = section.get(key) {
                value.clone_into(place);
            }
        }
        (options, problems)
    }

    /// Puts the command line over the file.
    pub(crate) fn override_with(&mut self, arguments: &Arguments) {
        self.verbose = self.verbose.max(arguments.verbose);
        self.debug = self.debug.max(arguments.debug);
        self.exec_includes |= arguments.exec_includes;
        self.console |= arguments.console;
        self.no_color |= arguments.no_color;
        self.quiet |= arguments.quiet;
        self.timestamps |= arguments.timestamps;
        self.dump_core |= arguments.core_dumps;
        // Asking for lines on the terminal is asking for the terminal.
        let watched = arguments.verbose > 0 || arguments.debug > 0;
        self.no_fork |= arguments.foreground || arguments.console || watched;
        self.no_fork &= !arguments.background;
        if let Some(most) = arguments.max_calls {
            self.max_calls = most;
        }
        for (place, given) in [
            (&mut self.run_user, &arguments.user),
            (&mut self.run_group, &arguments.group),
        ] {
            if let Some(name) = given {
                name.clone_into(place);
            }
        }
    }
}

/// A level as a figure, or as a word that Asterisk takes: `yes` is 1.
fn level(text: &str) -> Option<u8> {
    if config::is_true(text) {
        Some(1)
    } else if config::is_false(text) {
        Some(0)
    } else {
        text.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    fn read(text: &str) -> (Options, Vec<Problem>) {
        Options::read(&Config::from_text("asterisk.conf", text).unwrap())
    }

    #[test]
    fn the_file_is_read() {
        let (options, problems) = read(
            "[options]\nverbose = 3\nmaxcalls = 50\nlive_dangerously = yes\nsystemname = south\n\
             rungroup = phones\nmaxload = 0.9\n",
        );
        assert_eq!(problems, []);
        assert_eq!(
            (options.verbose, options.max_calls, options.live_dangerously),
            (3, 50, true)
        );
        assert_eq!(
            (options.system_name.as_str(), options.run_group.as_str()),
            ("south", "phones")
        );
        assert!((options.max_load - 0.9).abs() < f64::EPSILON);
    }

    #[test]
    fn nonsense_is_told_with_its_line() {
        let (options, problems) =
            read("[options]\nmaxcalls = many\nnofork = perhaps\nverbose = x\n");
        assert_eq!(options, Options::default());
        let mut lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [2, 3, 4]);
    }

    #[test]
    fn the_command_line_wins() {
        let (mut options, _) = read("[options]\nverbose = 1\nrunuser = a\n");
        options.override_with(&Arguments::parse_from([
            "asterisk", "-vvv", "-U", "b", "-M", "9",
        ]));
        assert_eq!(
            (
                options.verbose,
                options.run_user.as_str(),
                options.max_calls
            ),
            (3, "b", 9)
        );
        assert!(options.no_fork);
    }
}
