//! Where to connect, and as whom.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::failure::Failure;
use crate::{Client, Login, Options};

/// As the flags and the environment say; a file says the rest.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct Connection {
    /// The switch's host name or address; localhost without it.
    #[arg(long, global = true, env = "AMI_HOST")]
    host: Option<String>,

    /// Its port; 5038 without it.
    #[arg(long, global = true, env = "AMI_PORT")]
    port: Option<u16>,

    /// Who logs in: a section of manager.conf.
    #[arg(long, short, global = true, env = "AMI_USER")]
    user: Option<String>,

    /// The user's secret. Others on this machine can see flags: the environment and the file are safer.
    #[arg(long, global = true, env = "AMI_SECRET", hide_env_values = true)]
    secret: Option<String>,

    /// How the secret is proved: md5 (the secret does not travel), or plain.
    #[arg(long, global = true, env = "AMI_AUTH")]
    auth: Option<Auth>,

    /// A file that says what the flags and the environment do not.
    #[arg(long, global = true, env = "AMI_FILE")]
    file: Option<PathBuf>,

    /// How long to wait for an answer.
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 60.0)]
    timeout: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Auth {
    Md5,
    Plain,
}

/// What is known when all have been asked.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) user: String,
    pub(crate) secret: String,
    auth: Auth,
}

impl Connection {
    /// Connects without logging in; the caller may want to subscribe before that.
    pub(crate) async fn connect(&self) -> Result<(Client, Target), Failure> {
        let target = self.target()?;
        let patience = Duration::try_from_secs_f32(self.timeout)
            .map_err(|error| Failure::Usage(format!("--timeout: {error}")))?;
        let options = Options {
            connect_timeout: patience.min(Options::default().connect_timeout),
            reply_timeout: patience,
            ..Options::default()
        };
        let client = Client::connect_with(&target.address(), options).await?;
        Ok((client, target))
    }

    /// Connects and logs in, with events off.
    pub(crate) async fn log_in(&self) -> Result<Client, Failure> {
        let (client, target) = self.connect().await?;
        client.login(&target.login().events("off")).await?;
        Ok(client)
    }

    /// Completes the flags with the file.
    pub(crate) fn target(&self) -> Result<Target, Failure> {
        let file = self.read_file()?;
        let missing = |what: &str, flag: &str, variable: &str| {
            Failure::Usage(format!(
                "no {what}: give --{flag}, {variable} or a file with `{flag} = …`"
            ))
        };
        Ok(Target {
            host: self
                .host
                .clone()
                .or(file.host)
                .unwrap_or_else(|| "localhost".to_owned()),
            port: self.port.or(file.port).unwrap_or(5038),
            user: self
                .user
                .clone()
                .or(file.user)
                .ok_or_else(|| missing("user", "user", "AMI_USER"))?,
            secret: self
                .secret
                .clone()
                .or(file.secret)
                .ok_or_else(|| missing("secret", "secret", "AMI_SECRET"))?,
            auth: self.auth.or(file.auth).unwrap_or(Auth::Md5),
        })
    }

    /// A file that was named must be there; the usual one may be missing.
    fn read_file(&self) -> Result<Self, Failure> {
        let Some(path) = self.file.clone().or_else(usual_file) else {
            return Ok(Self::default());
        };
        let bytes = std::fs::read(&path)
            .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
        parse(&path, &text::decode(&bytes))
    }
}

impl Target {
    /// `host:port`, as a connection wants it.
    pub(crate) fn address(&self) -> String {
        if self.host.contains(':') && !self.host.starts_with('[') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    pub(crate) fn login(&self) -> Login {
        match self.auth {
            Auth::Md5 => Login::md5(&self.user, &self.secret),
            Auth::Plain => Login::plain(&self.user, &self.secret),
        }
    }
}

fn usual_file() -> Option<PathBuf> {
    let config = match std::env::var_os("XDG_CONFIG_HOME") {
        Some(config) => PathBuf::from(config),
        None => PathBuf::from(std::env::var_os("HOME")?).join(".config"),
    };
    Some(config.join("ami.conf")).filter(|path| path.exists())
}

/// Lines `key = value`; empty lines and those that begin with `#` or `;` say nothing.
fn parse(path: &Path, text: &str) -> Result<Connection, Failure> {
    let mut file = Connection::default();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        let wrong =
            |what: &str| Failure::Usage(format!("{}:{}: {what}", path.display(), number + 1));
        let (key, value) = line
            .split_once('=')
            .ok_or_else(|| wrong("expected `key = value`"))?;
        let value = value.trim();
        match key.trim() {
            "host" => file.host = Some(value.to_owned()),
            "port" => file.port = Some(value.parse().map_err(|_| wrong("no such port"))?),
            "user" => file.user = Some(value.to_owned()),
            "secret" => file.secret = Some(value.to_owned()),
            "auth" => {
                let auth = Auth::from_str(value, true);
                file.auth = Some(auth.map_err(|_| wrong("auth is md5 or plain"))?);
            }
            _ => return Err(wrong("the keys are host, port, user, secret and auth")),
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_the_flags_do_not() {
        let file = parse(
            Path::new("ami.conf"),
            "# mine\nhost = pbx.example\nport=5039\n\n; who\nuser = admin\nsecret = a = b\nauth = Plain\n",
        )
        .unwrap();
        assert_eq!(file.host.as_deref(), Some("pbx.example"));
        assert_eq!(file.port, Some(5039));
        assert_eq!(file.secret.as_deref(), Some("a = b"));
        assert_eq!(file.auth, Some(Auth::Plain));
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (text, line) in [
            ("host = a\nport = x", 2),
            ("nonsense", 1),
            ("colour = red", 1),
        ] {
            let failure = parse(Path::new("f"), text).unwrap_err().to_string();
            assert!(failure.starts_with(&format!("f:{line}: ")), "{failure}");
        }
    }

    #[test]
    fn addresses_of_both_kinds() {
        let target = |host: &str| Target {
            host: host.to_owned(),
            port: 5038,
            user: String::new(),
            secret: String::new(),
            auth: Auth::Md5,
        };
        assert_eq!(target("localhost").address(), "localhost:5038");
        assert_eq!(target("::1").address(), "[::1]:5038");
        assert_eq!(target("[::1]").address(), "[::1]:5038");
    }
}
