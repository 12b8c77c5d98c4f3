//! What a NOTIFY says, in the words of its package.

use rsipstack::sip::StatusCode;
use switch::device::ExtensionState;
use switch::mailbox::Mailbox;

use crate::core::mailboxes::{PACKAGE, SUMMARY, summary};

/// What somebody is told, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Package {
    /// Presence (RFC 3856) as PIDF (RFC 3863, RFC 4480).
    Presence,
    /// Dialogs (RFC 4235).
    Dialogs,
    /// Mailboxes (RFC 3842).
    Mailboxes,
}

/// What there is to tell.
pub(super) struct Shown<'a> {
    /// The address that was asked for.
    pub(super) entity: &'a str,
    pub(super) exten: &'a str,
    pub(super) state: ExtensionState,
    /// How often it was told.
    pub(super) version: u32,
    pub(super) mailbox: Mailbox,
    /// Where messages are heard.
    pub(super) account: Option<&'a str>,
}

const PIDF: &str = "application/pidf+xml";
const DIALOG_INFO: &str = "application/dialog-info+xml";

impl Package {
    /// What `Event` and `Accept` ask for.
    pub(super) fn choose(event: &str, accept: Option<&str>) -> Result<Package, StatusCode> {
        let takes = |kind: &str| {
            accept.is_some_and(|accept| {
                let mut kinds = accept
                    .split(',')
                    .map(|one| one.split(';').next().unwrap_or("").trim());
                kinds.any(|one| one.eq_ignore_ascii_case(kind))
            })
        };
        let any = accept.is_none_or(|accept| accept.contains("*/*"));
        let package = event.split(';').next().unwrap_or("").trim();
        match package.to_ascii_lowercase().as_str() {
            "presence" if any || takes(PIDF) => Ok(Package::Presence),
            "dialog" if any || takes(DIALOG_INFO) => Ok(Package::Dialogs),
            // Phones that take the one form under the other name.
            "presence" if takes(DIALOG_INFO) => Ok(Package::Dialogs),
            "dialog" if takes(PIDF) => Ok(Package::Presence),
            "message-summary" if any || takes(SUMMARY) => Ok(Package::Mailboxes),
            "presence" | "dialog" | "message-summary" => Err(StatusCode::NotAcceptable),
            _ => Err(StatusCode::BadEvent),
        }
    }

    /// Its name, as `Event` has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Package::Presence => "presence",
            Package::Dialogs => "dialog",
            Package::Mailboxes => PACKAGE,
        }
    }

    /// Kind and text.
    pub(super) fn body(self, of: &Shown<'_>) -> (&'static str, String) {
        let (entity, exten) = (escape(of.entity), escape(of.exten));
        match self {
            Package::Presence => (PIDF, pidf(&entity, &exten, of.state)),
            Package::Dialogs => (DIALOG_INFO, dialogs(&entity, &exten, of.state, of.version)),
            Package::Mailboxes => (SUMMARY, summary(of.account, of.mailbox)),
        }
    }
}

fn pidf(entity: &str, exten: &str, state: ExtensionState) -> String {
    use ExtensionState as S;
    let (basic, note, activity) = match state {
        S::Idle => ("open", "Ready", ""),
        S::Ringing => ("open", "Ringing", "<rpid:on-the-phone/>"),
        S::InUse | S::InUseRinging => ("open", "On the phone", "<rpid:on-the-phone/>"),
        S::Busy => ("open", "On the phone", "<rpid:busy/>"),
        S::Hold | S::InUseHold => ("open", "On hold", "<rpid:on-the-phone/>"),
        S::Unavailable => ("closed", "Unavailable", "<rpid:away/>"),
        S::Removed | S::NoHint => ("closed", "Unknown", ""),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n\
         <presence entity=\"{entity}\" xmlns=\"urn:ietf:params:xml:ns:pidf\" \
         xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\" \
         xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\">\r\n\
         <note>{note}</note>\r\n\
         <tuple id=\"{exten}\"><status><basic>{basic}</basic></status>\
         <contact priority=\"1\">{entity}</contact></tuple>\r\n\
         <dm:person id=\"p{exten}\"><rpid:activities>{activity}</rpid:activities></dm:person>\r\n\
         </presence>\r\n"
    )
}

fn dialogs(entity: &str, exten: &str, state: ExtensionState, version: u32) -> String {
    use ExtensionState as S;
    let (word, direction) = match state {
        S::Ringing => ("early", " direction=\"recipient\""),
        S::InUseRinging => ("early", " direction=\"recipient\""),
        S::InUse | S::Busy | S::Hold | S::InUseHold => ("confirmed", ""),
        S::Idle | S::Unavailable | S::Removed | S::NoHint => ("terminated", ""),
    };
    let held = match state {
        S::Hold | S::InUseHold => format!(
            "<local><target uri=\"{entity}\"><param pname=\"+sip.rendering\" pvalue=\"no\"/></target></local>"
        ),
        _ => String::new(),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n\
         <dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"{version}\" \
         state=\"full\" entity=\"{entity}\">\r\n\
         <dialog id=\"{exten}\"{direction}><state>{word}</state>{held}</dialog>\r\n\
         </dialog-info>\r\n"
    )
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
