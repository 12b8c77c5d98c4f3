//! The configuration that is part of the program.
//!
//! At the first start it is written below the state directory, where it can be read and changed; the
//! secrets of user admin and of the phones are made then.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rand::Rng as _;
use rand::distr::Alphanumeric;

/// The directory of the files, below the state directory.
pub(crate) const DIRECTORY: &str = "etc";

/// Stands where a secret belongs; each is another one.
const SECRET: &str = "@SECRET@";

/// Length of the secret: 24 letters and digits are 142 bits.
const SECRET_LENGTH: usize = 24;

const FILES: &[(&str, &str)] = &[
    ("asterisk.conf", include_str!("../defaults/asterisk.conf")),
    ("cdr.conf", include_str!("../defaults/cdr.conf")),
    ("cel.conf", include_str!("../defaults/cel.conf")),
    (
        "extensions.conf",
        include_str!("../defaults/extensions.conf"),
    ),
    ("logger.conf", include_str!("../defaults/logger.conf")),
    ("manager.conf", include_str!("../defaults/manager.conf")),
    ("modules.conf", include_str!("../defaults/modules.conf")),
    (
        "musiconhold.conf",
        include_str!("../defaults/musiconhold.conf"),
    ),
    ("pjsip.conf", include_str!("../defaults/pjsip.conf")),
    ("rtp.conf", include_str!("../defaults/rtp.conf")),
];

/// Writes the files that are missing, so that what the person changed stays.
pub(crate) fn write(directory: &Path) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    for (name, text) in FILES {
        // Only the owner reads them: one holds a secret.
        let file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(directory.join(name));
        match file {
            Ok(mut file) => file.write_all(with_secrets(text).as_bytes())?,
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

fn with_secrets(text: &str) -> String {
    let mut parts = text.split(SECRET);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        whole.push_str(&secret());
        whole.push_str(part);
    }
    whole
}

fn secret() -> String {
    rand::rng()
        .sample_iter(Alphanumeric)
        .take(SECRET_LENGTH)
        .map(char::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_without_a_remark() {
        for (name, text) in FILES {
            let config = config::Config::from_text(name, text).unwrap();
            assert_eq!(config.warnings, [], "{name}");
        }
    }

    #[test]
    fn a_second_start_keeps_what_is_there() {
        let directory = tempfile::tempdir().unwrap();
        write(directory.path()).unwrap();
        let read = || fs::read_to_string(directory.path().join("manager.conf")).unwrap();
        let first = read();
        assert!(!first.contains(SECRET));
        let phones = fs::read_to_string(directory.path().join("pjsip.conf")).unwrap();
        let secrets: std::collections::BTreeSet<&str> = phones
            .lines()
            .filter_map(|line| line.strip_prefix("password = "))
            .collect();
        assert_eq!(secrets.len(), 2, "each phone has its own");
        write(directory.path()).unwrap();
        assert_eq!(read(), first);
    }
}
