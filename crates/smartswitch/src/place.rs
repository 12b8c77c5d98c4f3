//! Which switch is meant: where its files are and how it runs.

use std::path::{Path, PathBuf};

use crate::arguments::Arguments;
use crate::directories::Directories;
use crate::files;
use crate::options::Options;

/// Where Asterisk's configuration is on every machine that has one.
const SYSTEM: &str = "/etc/asterisk/asterisk.conf";

/// One switch of this machine.
#[derive(Debug)]
pub(crate) struct Place {
    /// Where everything is.
    pub(crate) directories: Directories,
    /// How it runs.
    pub(crate) options: Options,
    /// Whether it goes by the configuration that is part of the program.
    pub(crate) embedded: bool,
    /// Whether it was named as Asterisk is, and so goes into the background unless told otherwise.
    pub(crate) as_asterisk: bool,
    /// What was remarked in asterisk.conf.
    pub(crate) remarks: Vec<String>,
}

impl Place {
    /// Finds the switch that the command line means. Writes nothing.
    pub(crate) fn find(arguments: &Arguments) -> Result<Place, Vec<String>> {
        let named = arguments.config_file.is_some() || arguments.config.is_some();
        let of_system = !named && arguments.state.is_none() && Path::new(SYSTEM).exists();
        let embedded = !named && !of_system;

        let mut directories = match (&arguments.config_file, &arguments.config) {
            (Some(file), _) if !file.exists() => {
                return Err(vec![format!("{}: no such file", file.display())]);
            }
            (Some(file), _) => Directories::of_system(file),
            (None, Some(directory)) if !directory.is_dir() => {
                return Err(vec![format!("{}: no such directory", directory.display())]);
            }
            (None, Some(directory)) => Directories::of_system(&directory.join("asterisk.conf")),
            (None, None) if of_system => Directories::of_system(Path::new(SYSTEM)),
            (None, None) => {
                let state = state_directory(arguments)?;
                Directories::of_system(
                    &state.join(crate::defaults::DIRECTORY).join("asterisk.conf"),
                )
            }
        };
        let as_asterisk = arguments.config_file.is_some() || of_system;
        if !as_asterisk {
            directories.keep_state_in(&state_directory(arguments)?);
        }

        let (config, mut remarks) = files::asterisk_conf(&directories.config_file)?;
        directories.configure(&config);
        if let Some(etc) = &arguments.config {
            directories.etc.clone_from(etc);
        }
        if let Some(state) = &arguments.state {
            directories.keep_state_in(state);
        }
        if let Some(socket) = &arguments.socket {
            directories.socket.clone_from(socket);
        }
        let (mut options, problems) = Options::read(&config);
        remarks.extend(problems.iter().map(ToString::to_string));
        options.override_with(arguments);
        Ok(Place {
            directories,
            options,
            embedded,
            as_asterisk,
            remarks,
        })
    }
}

/// `--state`, or the place that the freedesktop specification of base directories gives a user's state.
fn state_directory(arguments: &Arguments) -> Result<PathBuf, Vec<String>> {
    if let Some(state) = &arguments.state {
        return std::path::absolute(state).map_err(|e| vec![format!("{}: {e}", state.display())]);
    }
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    variable("XDG_STATE_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".local/state")))
        .map(|base| base.join("smartswitch"))
        .ok_or_else(|| vec!["there is no HOME to keep anything in: say --state DIR".to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    fn find(words: &[&str]) -> Result<Place, Vec<String>> {
        Place::find(&Arguments::parse_from(
            std::iter::once("asterisk").chain(words.iter().copied()),
        ))
    }

    #[test]
    fn a_directory_of_files_and_one_of_state() {
        let etc = tempfile::tempdir().unwrap();
        let state = tempfile::tempdir().unwrap();
        let (etc, state) = (etc.path(), state.path());
        let place = find(&[
            "--config",
            etc.to_str().unwrap(),
            "--state",
            state.to_str().unwrap(),
        ])
        .unwrap();
        assert_eq!(place.directories.etc, etc);
        assert_eq!(place.directories.socket, state.join("asterisk.ctl"));
        assert!(!place.embedded && !place.as_asterisk);
    }

    #[test]
    fn a_file_says_where_everything_is() {
        let etc = tempfile::tempdir().unwrap();
        let file = etc.path().join("asterisk.conf");
        std::fs::write(
            &file,
            "[directories]\nastrundir = /tmp/b/run\n[options]\nverbose = x\n",
        )
        .unwrap();
        let place = find(&["-C", file.to_str().unwrap()]).unwrap();
        assert_eq!(
            place.directories.socket,
            Path::new("/tmp/b/run/asterisk.ctl")
        );
        assert_eq!(place.remarks, ["asterisk.conf:4: verbose cannot be x"]);
        assert!(place.as_asterisk);
    }

    #[test]
    fn what_is_named_must_be_there() {
        assert_eq!(
            find(&["-C", "/no/where.conf"]).unwrap_err(),
            ["/no/where.conf: no such file"]
        );
        assert_eq!(
            find(&["--config", "/no/where"]).unwrap_err(),
            ["/no/where: no such directory"]
        );
    }

    #[test]
    fn without_any_the_state_has_the_configuration_too() {
        let state = tempfile::tempdir().unwrap();
        let place = find(&["--state", state.path().to_str().unwrap()]).unwrap();
        assert!(place.embedded);
        assert_eq!(place.directories.etc, state.path().join("etc"));
    }
}
