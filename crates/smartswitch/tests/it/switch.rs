//! A switch as a child process.

use std::fs;
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// How long a switch may take for anything before a test gives up; no test waits that long.
const GIVE_UP: Duration = Duration::from_secs(60);

const EXTENSIONS: &str = "[default]\nexten => 101,1,Answer()\n same => n,Wait(600)\n";

/// The directories of a switch, and the switch once it is started.
pub(crate) struct Switch {
    directory: TempDir,
    notify: UnixDatagram,
    child: Option<Child>,
}

impl Switch {
    /// The files of a switch whose manager listens on this address.
    pub(crate) fn new(address: &str, port: u16) -> Switch {
        let directory = TempDir::new().unwrap();
        let notify = UnixDatagram::bind(directory.path().join("notify")).unwrap();
        notify.set_read_timeout(Some(GIVE_UP)).unwrap();
        let switch = Switch {
            directory,
            notify,
            child: None,
        };
        let root = switch.path("");
        let root = root.to_str().unwrap().trim_end_matches('/');
        switch.write(
            "asterisk.conf",
            &format!(
                "[directories]\nastetcdir => {root}\nastvarlibdir => {root}/lib\nastspooldir => {root}/spool\n\
                 astrundir => {root}/run\nastlogdir => {root}/log\n[options]\nverbose = 3\n"
            ),
        );
        switch.write(
            "manager.conf",
            &format!(
                "[general]\nenabled = yes\nbindaddr = {address}\nport = {port}\n\
                 [admin]\nsecret = passwd1234\nread = all\nwrite = all\n"
            ),
        );
        switch.write("extensions.conf", EXTENSIONS);
        switch.write(
            "logger.conf",
            "[logfiles]\nmessages.log => notice,warning,error,verbose\n",
        );
        switch
    }

    /// Starts it in the foreground and waits until it is up.
    pub(crate) fn start(mut self) -> Switch {
        self.child = Some(self.command(&["-f"]).spawn().unwrap());
        self.expect("READY=1");
        self
    }

    /// This program on this switch's files.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = program();
        command
            .arg("-C")
            .arg(self.path("asterisk.conf"))
            .args(words)
            .env("NOTIFY_SOCKET", self.path("notify"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Waits until it tells the service manager this.
    pub(crate) fn expect(&self, state: &str) {
        let mut buffer = [0; 256];
        loop {
            let length = self
                .notify
                .recv(&mut buffer)
                .expect("the switch says how far it has got");
            if buffer[..length].starts_with(state.as_bytes()) {
                return;
            }
        }
    }

    /// What a command says, which must come with status 0.
    pub(crate) fn say(&self, command: &str) -> String {
        let output = self.remote(command);
        assert!(output.status.success(), "{command}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// A command by `-rx`.
    pub(crate) fn remote(&self, command: &str) -> Output {
        self.command(&["-rx", command]).output().unwrap()
    }

    /// Where its manager listens.
    pub(crate) fn manager(&self) -> String {
        let settings = self.say("manager show settings");
        let line = settings
            .lines()
            .find(|line| line.contains("TCP Bindaddress"))
            .unwrap();
        line.split_whitespace().last().unwrap().to_owned()
    }

    /// Sends it a signal, by number.
    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.child.as_ref().unwrap().id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", signal, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.take().unwrap().wait().unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }
}

impl Drop for Switch {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // A test that failed leaves nothing behind.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// This program.
pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_smartswitch"))
}
