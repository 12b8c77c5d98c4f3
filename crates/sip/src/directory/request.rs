//! Orders of the manager interface and the console to the driver.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use engine::request::Responder;
use switch::Text;
use switch::signal::Notification;

use crate::settings::Settings;

/// Something that the driver is to do.
#[derive(Debug)]
pub enum Request {
    /// Ask an endpoint's contacts whether they are there.
    Qualify(Text),
    /// Register (again) at once: the section's name.
    Register(Text),
    /// Take a registration back, and leave it until the next [`Request::Register`].
    Unregister(Text),
    /// Send a NOTIFY outside of any subscription.
    Notify(Box<Notify>),
    /// Send a MESSAGE outside of any call.
    Message(Box<Message>),
    /// Take the settings that were read anew: [`Directory::settings`](super::Directory::settings).
    Reload,
}

/// A NOTIFY outside of any subscription.
#[derive(Debug)]
pub struct Notify {
    /// To whom.
    pub to: NotifyTarget,
    /// Headers in order, such as `Event`.
    pub headers: Vec<(Text, Text)>,
    /// The body; empty for none.
    pub body: Text,
}

impl Notify {
    /// A NOTIFY of pairs of header and value; those called `Content` are the lines of its body.
    pub fn of(to: NotifyTarget, pairs: impl IntoIterator<Item = (Text, Text)>) -> Notify {
        let (mut headers, mut lines) = (Vec::new(), Vec::new());
        for (name, value) in pairs {
            match name.eq_ignore_ascii_case("content") {
                true => lines.push(value),
                false => headers.push((name, value)),
            }
        }
        Notify {
            to,
            headers,
            body: lines.join("\r\n").into(),
        }
    }
}

/// Headers and lines of a notification; `None` where pjsip_notify.conf has no such section.
pub(crate) fn lines(settings: &Settings, content: &Notification) -> Option<Vec<(Text, Text)>> {
    match content {
        Notification::Named(name) => settings.notify_options.get(name).cloned(),
        Notification::Lines(pairs) => Some(pairs.clone()),
    }
}

/// To whom a NOTIFY goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotifyTarget {
    /// To all contacts of an endpoint.
    Endpoint(Text),
    /// To an address, by the default outbound endpoint.
    Uri(Text),
}

/// A MESSAGE outside of any call.
#[derive(Debug)]
pub struct Message {
    /// To whom: an endpoint, `endpoint/uri`, `uri`, or `endpoint@domain`.
    pub to: Text,
    /// The `To` header, where it is another than where the message goes.
    pub to_header: Text,
    /// From whom: an endpoint or an address; empty for our own.
    pub from: Text,
    /// The text.
    pub body: Text,
    /// More headers, `Content-Type` among them.
    pub headers: Vec<(Text, Text)>,
    /// Learns whether it could be sent: not whether it was answered.
    pub reply: Responder<bool>,
}

/// What of the sound is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Debug {
    /// Packets of sound.
    Rtp,
    /// Reports.
    Rtcp,
    /// What was counted of a call's sound, at its end. Whose is not asked.
    Figures,
}

/// Whose packets are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Log {
    /// Nobody's.
    #[default]
    Off,
    /// Everybody's.
    All,
    /// Those of one address.
    Host(IpAddr),
    /// Those of one address and port.
    Socket(SocketAddr),
}

/// The driver is not there: SIP is not running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent;

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SIP is not running")
    }
}

impl std::error::Error for Absent {}
