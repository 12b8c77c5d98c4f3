//! What a NOTIFY says, in the words of its package.

use rsipstack::sip::StatusCode;
use switch::device::ExtensionState;
use switch::mailbox::Mailbox;

use crate::core::mailboxes::{SUMMARY, summary};

/// What somebody is told, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Package {
    /// Presence (RFC 3856) as PIDF (RFC 3863, RFC 4480).
    Presence,
    /// The same under the name that its draft had.
    Cpim,
    /// Presence in the form before that.
    Xpidf,
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
    /// Whether a phone that rings beside a call counts as ringing (`notify_early_inuse_ringing`).
    pub(super) early: bool,
    /// How often it was told.
    pub(super) version: u32,
    pub(super) mailbox: Mailbox,
    /// Where messages are heard.
    pub(super) account: Option<&'a str>,
}

const PIDF: &str = "application/pidf+xml";
const CPIM: &str = "application/cpim-pidf+xml";
const XPIDF: &str = "application/xpidf+xml";
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
            "presence" if takes(CPIM) => Ok(Package::Cpim),
            "presence" if takes(XPIDF) => Ok(Package::Xpidf),
            "dialog" if takes(PIDF) => Ok(Package::Presence),
            "message-summary" if any || takes(SUMMARY) => Ok(Package::Mailboxes),
            "presence" | "dialog" | "message-summary" => Err(StatusCode::NotAcceptable),
            _ => Err(StatusCode::BadEvent),
        }
    }

    /// Kind and text.
    pub(super) fn body(self, of: &Shown<'_>) -> (&'static str, String) {
        let (entity, exten) = (escape(of.entity), escape(of.exten));
        let words = words(of.state, of.early);
        match self {
            Package::Presence => (PIDF, pidf(&entity, &exten, &words)),
            Package::Cpim => (CPIM, pidf(&entity, &exten, &words)),
            Package::Xpidf => (XPIDF, xpidf(&entity, &exten, &words)),
            Package::Dialogs => (DIALOG_INFO, dialogs(of, &entity, &exten, &words)),
            Package::Mailboxes => (SUMMARY, summary(of.account, of.mailbox)),
        }
    }
}

/// An extension's state as phones show it.
struct Words {
    /// Whether it can take a call.
    open: bool,
    note: &'static str,
    /// What its owner does (RFC 4480); empty for nothing.
    activity: &'static str,
    /// State of a dialog (RFC 4235, 3.7.1).
    dialog: &'static str,
}

fn words(state: ExtensionState, early: bool) -> Words {
    use ExtensionState as S;
    let words = |open, note, activity, dialog| Words {
        open,
        note,
        activity,
        dialog,
    };
    match state {
        S::Idle => words(true, "Ready", "", "terminated"),
        S::Ringing => words(true, "Ringing", "busy", "early"),
        S::InUseRinging if early => words(true, "Ringing", "busy", "early"),
        S::InUseRinging => words(true, "Ringing", "busy", "confirmed"),
        S::InUse => words(true, "On the phone", "busy", "confirmed"),
        S::Busy => words(false, "On the phone", "busy", "confirmed"),
        S::Hold | S::InUseHold => words(false, "On hold", "busy", "confirmed"),
        S::Unavailable => words(false, "Unavailable", "away", "terminated"),
        S::Removed | S::NoHint => words(false, "Unknown", "", "terminated"),
    }
}

fn basic(words: &Words) -> &'static str {
    if words.open { "open" } else { "closed" }
}

fn pidf(entity: &str, exten: &str, words: &Words) -> String {
    let (basic, note) = (basic(words), words.note);
    let activity = match words.activity {
        "" => String::new(),
        activity => format!("<rpid:{activity}/>"),
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

/// The form before PIDF that old phones take.
fn xpidf(entity: &str, exten: &str, words: &Words) -> String {
    let (status, substatus) = match (words.open, words.activity) {
        (true, "") => ("open", "online"),
        (true, _) => ("inuse", "onthephone"),
        (false, _) => ("closed", "offline"),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n\
         <!DOCTYPE presence PUBLIC \"-//IETF//DTD RFCxxxx XPIDF 1.0//EN\" \"xpidf.dtd\">\r\n\
         <presence><presentity uri=\"{entity};method=SUBSCRIBE\"/>\r\n\
         <atom id=\"{exten}\"><address uri=\"{entity};user=ip\" priority=\"0.800000\">\
         <status status=\"{status}\"/><msnsubstatus substatus=\"{substatus}\"/></address></atom>\r\n\
         </presence>\r\n"
    )
}

fn dialogs(of: &Shown<'_>, entity: &str, exten: &str, words: &Words) -> String {
    let (word, state, version) = (words.dialog, of.state, of.version);
    let direction = match word {
        "early" => " direction=\"recipient\"",
        _ => "",
    };
    let held = match state {
        ExtensionState::Hold | ExtensionState::InUseHold => format!(
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
