//! Files on the disk.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{PermissionsExt, symlink};

use tempfile::TempDir;

use super::all_shown;
use crate::{Directory, LoadOptions, Location, Source, load};

fn fresh() -> (TempDir, Directory) {
    let temp = tempfile::tempdir().unwrap();
    let directory = Directory::new(temp.path().join("etc"));
    fs::create_dir(directory.root()).unwrap();
    (temp, directory)
}

#[test]
fn includes_are_found_from_the_directory_and_by_absolute_name() {
    let (temp, directory) = fresh();
    let outside = temp.path().join("b.conf");
    fs::write(&outside, "x=2\n").unwrap();
    fs::create_dir(directory.path("d")).unwrap();
    fs::write(directory.path("d/1.conf"), "x=3\n#include d/2.cnf\n").unwrap();
    fs::write(directory.path("d/2.cnf"), "x=4\n").unwrap();
    fs::write(directory.path("d/.3.conf"), "x=5\n").unwrap();
    let main = format!(
        "[a]\n#include {0}\n#include {0}*\n#include d/*.conf\n",
        outside.display()
    );
    fs::write(directory.path("a.conf"), main).unwrap();
    let config = load(&directory, "a.conf", &LoadOptions::default()).unwrap();
    assert_eq!(all_shown(&config), ["a: x=2 x=2 x=3 x=4"]);
    let files: Vec<&str> = config.files.iter().map(AsRef::as_ref).collect();
    let outside = outside.to_str().unwrap();
    assert_eq!(files, ["a.conf", outside, outside, "d/1.conf", "d/2.cnf"]);
}

#[test]
fn what_is_no_file_cannot_be_read() {
    let (_temp, directory) = fresh();
    assert_eq!(
        directory.read("a.conf", 9).unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert_eq!(
        directory.read(".", 9).unwrap_err().kind(),
        ErrorKind::InvalidInput
    );
    fs::write(directory.path("a.conf"), "0123456789").unwrap();
    assert_eq!(
        directory.read("a.conf", 9).unwrap_err().kind(),
        ErrorKind::FileTooLarge
    );
    assert_eq!(directory.read("a.conf", 10).unwrap(), b"0123456789");
}

#[test]
fn commands_are_run_by_the_shell() {
    let (_temp, directory) = fresh();
    assert_eq!(directory.exec("echo x=1 | cat", 99).unwrap(), b"x=1\n");
    assert!(
        directory
            .exec("exit 3", 99)
            .unwrap_err()
            .to_string()
            .ends_with("exit status: 3")
    );
    assert_eq!(
        directory.exec("yes", 99).unwrap_err().kind(),
        ErrorKind::FileTooLarge
    );
}

#[test]
fn names_lead_inside_outside_or_nowhere() {
    let (temp, directory) = fresh();
    fs::write(directory.path("a.conf"), "").unwrap();
    fs::write(temp.path().join("b.conf"), "").unwrap();
    symlink("../b.conf", directory.path("link.conf")).unwrap();
    symlink("../none.conf", directory.path("dangling.conf")).unwrap();
    let expected = [
        ("a.conf", Location::Inside, true),
        ("../etc/a.conf", Location::Inside, true),
        ("new.conf", Location::Missing, true),
        ("../b.conf", Location::Outside, false),
        ("link.conf", Location::Outside, false),
        ("dangling.conf", Location::Missing, false),
        ("../new.conf", Location::Missing, false),
        ("none/new.conf", Location::Missing, false),
        ("/etc/passwd", Location::Outside, false),
    ];
    for (name, location, may_hold) in expected {
        assert_eq!(
            (directory.locate(name), directory.may_hold(name)),
            (location, may_hold),
            "{name}"
        );
    }
}

#[test]
fn saving_replaces_the_content_and_nothing_else() {
    let (_temp, directory) = fresh();
    let path = directory.path("a.conf");
    directory.save("a.conf", b"one").unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
    symlink("a.conf", directory.path("link.conf")).unwrap();
    directory.save("link.conf", b"two").unwrap();
    assert!(directory.path("link.conf").is_symlink());
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o604
    );
    assert_eq!(fs::read_dir(directory.root()).unwrap().count(), 2);
    assert!(directory.save("none/a.conf", b"").is_err());
}
