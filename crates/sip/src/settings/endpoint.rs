//! `type = endpoint`: a phone, a trunk, whoever calls or is called.

mod table;

use std::net::IpAddr;
use std::time::Duration;

use media::codec::Codec;
use media::session::Digits;
use switch::{Party, Text};

use super::OfferPref;

/// Whoever calls or is called. Each field is the option of its name.
#[derive(Debug, Clone, Default)]
pub struct Endpoint {
    /// Its name: the section's.
    pub name: Text,
    /// Transport that requests to it use; empty for whichever fits.
    pub transport: Text,
    /// Where its calls begin.
    pub context: Text,
    /// Where subscriptions find their extensions; empty for `context`.
    pub subscribe_context: Text,
    /// Where text messages find their extensions; empty for `context`.
    pub message_context: Text,
    /// Its addresses of record, in order.
    pub aors: Vec<Text>,
    /// What it has to prove itself with; nothing where it is let in as it is.
    pub auth: Vec<Text>,
    /// What we prove ourselves to it with.
    pub outbound_auth: Vec<Text>,
    /// Proxies that requests to it go through first: the `Route` header.
    pub outbound_proxy: Text,
    /// How its requests are told from others'.
    pub identify_by: Vec<IdentifyBy>,
    /// Lists that say from where it may speak.
    pub acl: Vec<Text>,
    /// Lists that say where its contacts may be.
    pub contact_acl: Vec<Text>,
    /// Whether its OPTIONS are answered without proof.
    pub allow_unauthenticated_options: bool,
    /// Codecs that it may use, the one that it likes best first.
    pub allow: Vec<Codec>,
    /// Whose order of codecs counts where it calls.
    pub incoming_call_offer_pref: OfferPref,
    /// What it is offered where it is called, beside what the caller has.
    pub outgoing_call_offer_pref: OfferPref,
    /// Whether only the first common codec is answered.
    pub preferred_codec_only: bool,
    /// Whether its packet time is followed.
    pub use_ptime: bool,
    /// How digits travel.
    pub dtmf_mode: DtmfMode,
    /// Address that offers name for sound, where it is not the transport's.
    pub media_address: Option<IpAddr>,
    /// Whether sound is received on `media_address` alone.
    pub bind_rtp_to_media_address: bool,
    /// How sound is kept secret.
    pub media_encryption: MediaEncryption,
    /// Whether sound goes in the clear where the other side has no secrets.
    pub media_encryption_optimistic: bool,
    /// Who begins the handshake for keys where their offer leaves it to us.
    pub dtls_setup: DtlsSetup,
    /// What was said of how certificates are checked; it is always the fingerprint alone.
    pub dtls_verify: Text,
    /// Whether it is a browser or speaks as one: `ice_support`, `rtcp_mux`, `use_avpf` and
    /// `media_encryption=dtls` at once.
    pub webrtc: bool,
    /// Whether both sides look for each other by ICE.
    pub ice_support: bool,
    /// Whether offers are of the profile with early feedback.
    pub use_avpf: bool,
    /// Whether offers bundle their lines, of which there is one.
    pub bundle: bool,
    /// Whether SRTP by SDES uses the short tag.
    pub srtp_tag_32: bool,
    /// Whether reports share the sound's port (RFC 5761).
    pub rtcp_mux: bool,
    /// Whether sound goes where it comes from.
    pub rtp_symmetric: bool,
    /// How long it may be silent; zero for ever.
    pub rtp_timeout: Duration,
    /// How long it may be silent on hold; zero for ever.
    pub rtp_timeout_hold: Duration,
    /// Whether answers go where requests come from, asked for or not (RFC 3581).
    pub force_rport: bool,
    /// Whether its contacts are taken to be where its requests come from.
    pub rewrite_contact: bool,
    /// Name of the owner in offers (`o=`).
    pub sdp_owner: Text,
    /// Name of the session in offers (`s=`).
    pub sdp_session: Text,
    /// Who it is, in place of what it says, with its privacy.
    pub callerid: Party,
    /// Whether who it says it is counts.
    pub trust_id_inbound: bool,
    /// Whether it is told of callers who want to stay unknown.
    pub trust_id_outbound: bool,
    /// Whether it is told who is connected, by `P-Asserted-Identity`.
    pub send_pai: bool,
    /// The same by `Remote-Party-ID`.
    pub send_rpid: bool,
    /// Whether it is told who sent a call on (`Diversion`, RFC 5806).
    pub send_diversion: bool,
    /// What is done where it says that the call is to go elsewhere.
    pub redirect_method: RedirectMethod,
    /// Whether it is told of a new party before the call is answered.
    pub rpid_immediate: bool,
    /// Whether it is told when whom it talks with changes.
    pub send_connected_line: bool,
    /// Whether its news of whom it connected us with count.
    pub trust_connected_line: bool,
    /// User of `From`, in place of the caller's number.
    pub from_user: Text,
    /// Host of `From`.
    pub from_domain: Text,
    /// Whether URIs of numbers have `user=phone`.
    pub user_eq_phone: bool,
    /// Whether `Reason` headers of Q.850 are left out.
    pub suppress_q850_reason_headers: bool,
    /// What happens when it is alerted in the dialplan's sense: 183 with sound rather than 180.
    pub inband_progress: bool,
    /// Whether a 183 without an answer is passed over.
    pub ignore_183_without_sdp: bool,
    /// Reliable provisional answers (RFC 3262).
    pub rel100: Rel100,
    /// Session timers (RFC 4028).
    pub timers: Timers,
    /// Shortest span between their refreshes.
    pub timers_min_se: Duration,
    /// Span between their refreshes.
    pub timers_sess_expires: Duration,
    /// Whether it may transfer calls.
    pub allow_transfer: bool,
    /// Whether an incomplete number is answered 484.
    pub allow_overlap: bool,
    /// Whether it may subscribe.
    pub allow_subscribe: bool,
    /// Shortest span of a subscription.
    pub sub_min_expiry: Duration,
    /// Whether it is told that a phone rings where that is in a call as well.
    pub notify_early_inuse_ringing: bool,
    /// Mailboxes that it is told of without asking.
    pub mailboxes: Vec<Text>,
    /// Whether it is told of all of them as one.
    pub aggregate_mwi: bool,
    /// Whether it is told no more where it subscribes to mailboxes.
    pub mwi_subscribe_replaces_unsolicited: bool,
    /// User of `From` when it is told; empty for that of other requests.
    pub mwi_from_user: Text,
    /// Where it hears its messages; empty for the default.
    pub voicemail_extension: Text,
    /// Music that its calls on hold hear.
    pub moh_suggest: Text,
    /// Whether its hold is handed on rather than played to.
    pub moh_passthrough: bool,
    /// Whether its hold is passed over: whom it talks with hears no music then.
    pub suppress_moh_on_sendonly: bool,
    /// Country whose tones it hears; empty for the default.
    pub tone_zone: Text,
    /// Language of its sounds; empty for the default.
    pub language: Text,
    /// Account that its calls are charged to.
    pub accountcode: Text,
    /// Calls at which it is busy; 0 for never.
    pub device_state_busy_at: u32,
    /// Groups that it is in, such as `1,3-4`.
    pub call_group: Text,
    /// Groups whose calls it may pick up.
    pub pickup_group: Text,
    /// Groups that it is in, by name.
    pub named_call_group: Text,
    /// Groups whose calls it may pick up, by name.
    pub named_pickup_group: Text,
    /// Variables of its channels, in order.
    pub set_var: Vec<(Text, Text)>,
    pub(crate) shown: Vec<Text>,
}

impl Endpoint {
    /// Its aors' names, one after the other with commas between, as they are shown.
    pub fn aor_list(&self) -> String {
        self.aors.join(",")
    }
}

/// How an endpoint's requests are told from others'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifyBy {
    /// By the user of `From`.
    Username,
    /// By the user name that it proves itself with.
    AuthUsername,
    /// By its address: `type = identify`.
    Ip,
    /// By a header: `type = identify`.
    Header,
    /// By the address that it asks for: `type = identify`.
    RequestUri,
}

/// How digits travel (`dtmf_mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DtmfMode {
    /// Telephone events (RFC 4733).
    #[default]
    Rfc4733,
    /// Tones in the sound.
    Inband,
    /// SIP's INFO.
    Info,
    /// Events where the other side has them, else tones.
    Auto,
    /// Events where the other side has them, else INFO.
    AutoInfo,
    /// Not at all.
    None,
}

impl DtmfMode {
    /// The mode of a word of `dtmf_mode`.
    pub(crate) fn parse(word: &str) -> Option<DtmfMode> {
        Some(match word {
            "rfc4733" => DtmfMode::Rfc4733,
            "inband" => DtmfMode::Inband,
            "info" => DtmfMode::Info,
            "auto" => DtmfMode::Auto,
            "auto_info" => DtmfMode::AutoInfo,
            "none" => DtmfMode::None,
            _ => return None,
        })
    }

    /// The word of it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            DtmfMode::Rfc4733 => "rfc4733",
            DtmfMode::Inband => "inband",
            DtmfMode::Info => "info",
            DtmfMode::Auto => "auto",
            DtmfMode::AutoInfo => "auto_info",
            DtmfMode::None => "none",
        }
    }

    /// How digits travel in a call whose other side has telephone events or has not.
    pub fn digits(self, events: bool) -> Digits {
        match self {
            DtmfMode::Rfc4733 => Digits::Events,
            DtmfMode::Inband => Digits::Tones,
            DtmfMode::Info => Digits::Signalled,
            DtmfMode::Auto => Digits::EventsOrTones,
            DtmfMode::AutoInfo if events => Digits::Events,
            DtmfMode::AutoInfo => Digits::Signalled,
            DtmfMode::None => Digits::None,
        }
    }
}

/// How sound is kept secret (`media_encryption`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MediaEncryption {
    /// It is not.
    #[default]
    No,
    /// Keys in the offer (RFC 4568).
    Sdes,
    /// Keys by a handshake (RFC 5763).
    Dtls,
}

/// Who begins a handshake (`dtls_setup`, RFC 5763).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DtlsSetup {
    /// We do.
    #[default]
    Active,
    /// They do.
    Passive,
    /// They say who.
    Actpass,
}

impl DtlsSetup {
    /// The word for it in pjsip.conf.
    pub fn name(self) -> &'static str {
        match self {
            DtlsSetup::Active => "active",
            DtlsSetup::Passive => "passive",
            DtlsSetup::Actpass => "actpass",
        }
    }
}

/// What is done with a 3xx (`redirect_method`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RedirectMethod {
    /// The dialplan calls the user that it names.
    #[default]
    User,
    /// The address that it names is called as one that was dialled.
    UriCore,
    /// The INVITE goes there at once, and nobody else learns of it.
    UriPjsip,
}

/// Reliable provisional answers (`100rel`, RFC 3262).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rel100 {
    /// Never.
    No,
    /// Where the other side requires it.
    #[default]
    Yes,
    /// Calls without are refused.
    Required,
    /// Where the other side can.
    PeerSupported,
}

/// Session timers (`timers`, RFC 4028).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Timers {
    /// Never.
    No,
    /// Where the other side asks for them.
    #[default]
    Yes,
    /// Calls without are refused.
    Required,
    /// Used whether the other side can or not.
    Always,
}
