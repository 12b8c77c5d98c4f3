//! Where everything is: `[directories]` and `[files]` of asterisk.conf.

use std::path::{Path, PathBuf};

use config::Config;

/// The directories and files of one switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Directories {
    /// The asterisk.conf that was named or found; it need not exist.
    pub(crate) config_file: PathBuf,
    /// The .conf files.
    pub(crate) etc: PathBuf,
    /// Modules; named in listings, nothing is loaded from there.
    pub(crate) modules: PathBuf,
    /// What the switch keeps.
    pub(crate) var_lib: PathBuf,
    /// The key database.
    pub(crate) database: PathBuf,
    /// Sounds and other files that belong to the switch.
    pub(crate) data: PathBuf,
    /// Gateway scripts.
    pub(crate) agi: PathBuf,
    /// Recordings and other files in transit.
    pub(crate) spool: PathBuf,
    /// The control socket and the process id.
    pub(crate) run: PathBuf,
    /// Logs and call records.
    pub(crate) log: PathBuf,
    /// The control socket.
    pub(crate) socket: PathBuf,
}

/// The control socket's name in the directory for running things.
const SOCKET: &str = "asterisk.ctl";

impl Directories {
    /// Asterisk's places, for a switch that reads `config_file`.
    pub(crate) fn of_system(config_file: &Path) -> Directories {
        let etc = config_file
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        Directories {
            config_file: config_file.to_owned(),
            etc: etc.unwrap_or(Path::new(".")).to_owned(),
            modules: "/usr/lib/asterisk/modules".into(),
            var_lib: "/var/lib/asterisk".into(),
            database: "/var/lib/asterisk".into(),
            data: "/var/lib/asterisk".into(),
            agi: "/var/lib/asterisk/agi-bin".into(),
            spool: "/var/spool/asterisk".into(),
            run: "/var/run/asterisk".into(),
            log: "/var/log/asterisk".into(),
            socket: Path::new("/var/run/asterisk").join(SOCKET),
        }
    }

    /// Reads `[directories]` and `[files]` over what is there.
    pub(crate) fn configure(&mut self, config: &Config) {
        let given = |key: &str| {
            let value = config
                .get("directories", key)
                .filter(|value| !value.is_empty())?;
            Some(PathBuf::from(value))
        };
        let set = |place: &mut PathBuf, key: &str| {
            if let Some(path) = given(key) {
                *place = path;
            }
        };
        set(&mut self.etc, "astetcdir");
        set(&mut self.modules, "astmoddir");
        if let Some(path) = given("astvarlibdir") {
            self.database.clone_from(&path);
            self.data.clone_from(&path);
            self.agi = path.join("agi-bin");
            self.var_lib = path;
        }
        set(&mut self.database, "astdbdir");
        if let Some(path) = given("astdatadir") {
            self.agi = path.join("agi-bin");
            self.data = path;
        }
        set(&mut self.agi, "astagidir");
        set(&mut self.spool, "astspooldir");
        set(&mut self.run, "astrundir");
        set(&mut self.log, "astlogdir");
        self.socket = self
            .run
            .join(config.get("files", "astctl").unwrap_or(SOCKET));
    }

    /// Puts all that is written below one directory.
    pub(crate) fn keep_state_in(&mut self, state: &Path) {
        // A switch started by hand may have sounds in its state; one with data of its own keeps that.
        if self.data == self.var_lib {
            self.data = state.to_owned();
            self.agi = state.join("agi-bin");
        }
        self.var_lib = state.to_owned();
        self.database = state.to_owned();
        self.spool = state.join("spool");
        self.log = state.join("log");
        self.run = state.to_owned();
        self.socket = state.join(SOCKET);
    }

    /// The directories that are written to, made where they are missing.
    pub(crate) fn create(&self) -> Result<(), String> {
        for directory in [
            &self.var_lib,
            &self.database,
            &self.spool,
            &self.run,
            &self.log,
        ] {
            std::fs::create_dir_all(directory)
                .map_err(|e| format!("{}: {e}", directory.display()))?;
        }
        Ok(())
    }

    /// The directory that holds a directory of sounds for each language.
    pub(crate) fn sounds(&self) -> PathBuf {
        self.data.join("sounds")
    }

    /// The file with the number of the process.
    pub(crate) fn process_file(&self) -> PathBuf {
        self.run.join("asterisk.pid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_file_names_stands() {
        let mut directories = Directories::of_system(Path::new("/srv/a/asterisk.conf"));
        let config = Config::from_text(
            "asterisk.conf",
            "[directories]\nastvarlibdir => /srv/a/lib\nastrundir = /srv/a/run\nastlogdir => /srv/a/log\n\
             [files]\nastctl = a.ctl\n",
        );
        directories.configure(&config.unwrap());
        assert_eq!(directories.etc, Path::new("/srv/a"));
        assert_eq!(directories.database, Path::new("/srv/a/lib"));
        assert_eq!(directories.agi, Path::new("/srv/a/lib/agi-bin"));
        assert_eq!(directories.socket, Path::new("/srv/a/run/a.ctl"));
        assert_eq!(directories.spool, Path::new("/var/spool/asterisk"));
    }

    #[test]
    fn a_template_of_directories_counts_for_nothing() {
        let mut directories = Directories::of_system(Path::new("/etc/asterisk/asterisk.conf"));
        let before = directories.clone();
        let config = Config::from_text(
            "asterisk.conf",
            "[directories](!)\nastrundir => /elsewhere\n",
        );
        directories.configure(&config.unwrap());
        assert_eq!(directories, before);
    }

    #[test]
    fn state_takes_all_that_is_written() {
        let mut directories = Directories::of_system(Path::new("/etc/asterisk/asterisk.conf"));
        directories.keep_state_in(Path::new("/tmp/state"));
        for written in [
            &directories.database,
            &directories.log,
            &directories.run,
            &directories.spool,
        ] {
            assert!(written.starts_with("/tmp/state"));
        }
        assert_eq!(directories.etc, Path::new("/etc/asterisk"));
        assert_eq!(directories.sounds(), Path::new("/tmp/state/sounds"));
    }
}
