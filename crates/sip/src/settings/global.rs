//! `type = global` and `type = system`: what holds for all.

use std::time::Duration;

use switch::Text;

use super::auth::{self, Algorithm};
use super::option::Takes::*;
use super::option::{Object, Opt, row};

/// What holds for all. Each field is the option of its name.
#[derive(Debug, Clone, Default)]
pub struct Global {
    /// `User-Agent` and `Server` of our messages.
    pub user_agent: Text,
    /// Realm of challenges whose `auth` names none.
    pub default_realm: Text,
    /// User of `From` where nothing else is known.
    pub default_from_user: Text,
    /// Endpoint that texts to addresses of nobody leave by.
    pub default_outbound_endpoint: Text,
    /// The ways of identifying an endpoint in the order in which they are tried: `ip`, `username`,
    /// `auth_username`, `header`, `request_uri`, `anonymous`.
    pub endpoint_identifier_order: Vec<Text>,
    /// `Max-Forwards` of our requests.
    pub max_forwards: u32,
    /// Requests of unknown senders from one address after which they are seen as an attack.
    pub unidentified_request_count: u32,
    /// Within which they count.
    pub unidentified_request_period: Duration,
    /// How often the other side of a connection is asked whether it is there (RFC 5626, 3.5.1); zero for never.
    pub keep_alive_interval: Duration,
    /// Longest wait before contacts are first asked whether they are there, chosen at random.
    pub max_initial_qualify_time: Duration,
    /// How often contacts are looked through for those whose time is over.
    pub contact_expiration_check_interval: Duration,
    /// Whether only the user of an address counts, not its host.
    pub disable_multi_domain: bool,
    /// Whether messages are logged from the start: `yes`, `no` or an address.
    pub debug: Text,
    /// Whether parameters in the user of an address are passed over.
    pub ignore_uri_user_options: bool,
    /// Whether a registration that only goes on is news of a contact.
    pub send_contact_status_on_update_registration: bool,
    /// Where messages are heard where nothing else is said.
    pub default_voicemail_extension: Text,
    /// Whether phones are not told of their mailboxes at the start, but when something changes.
    pub mwi_disable_initial_unsolicited: bool,
    /// Whether a 180 may follow a 183.
    pub allow_sending_180_after_183: bool,
    /// Algorithms that we challenge with where an `auth` says nothing.
    pub default_auth_algorithms_uas: Vec<Algorithm>,
    /// Algorithms that we answer challenges with where an `auth` says nothing.
    pub default_auth_algorithms_uac: Vec<Algorithm>,
    pub(super) shown: Vec<Text>,
}

/// What the process as a whole begins with. Each field is the option of its name.
#[derive(Debug, Clone, Default)]
pub struct System {
    /// T1 of RFC 3261.
    pub timer_t1: Duration,
    /// Timer B of RFC 3261.
    pub timer_b: Duration,
    pub(super) shown: Vec<Text>,
}

impl Object for Global {
    const OPTIONS: &'static [Opt<Global>] = &[
        row(
            "all_codecs_on_empty_reinvite",
            "AllCodecsOnEmptyReinvite",
            "false",
            IdleFlag,
        ),
        row(
            "allow_sending_180_after_183",
            "AllowSending180After183",
            "false",
            Flag(|g| &mut g.allow_sending_180_after_183),
        ),
        row(
            "contact_expiration_check_interval",
            "ContactExpirationCheckInterval",
            "30",
            Seconds(|g| &mut g.contact_expiration_check_interval),
        ),
        row("debug", "Debug", "no", Text(|g| &mut g.debug)),
        row(
            "default_auth_algorithms_uac",
            "DefaultAuthAlgorithmsUac",
            "MD5",
            Other(put_uac),
        ),
        row(
            "default_auth_algorithms_uas",
            "DefaultAuthAlgorithmsUas",
            "MD5",
            Other(put_uas),
        ),
        row(
            "default_from_user",
            "DefaultFromUser",
            "asterisk",
            Text(|g| &mut g.default_from_user),
        ),
        row(
            "default_outbound_endpoint",
            "DefaultOutboundEndpoint",
            "default_outbound_endpoint",
            Text(|g| &mut g.default_outbound_endpoint),
        ),
        row(
            "default_realm",
            "DefaultRealm",
            "asterisk",
            Text(|g| &mut g.default_realm),
        ),
        row(
            "default_voicemail_extension",
            "DefaultVoicemailExtension",
            "",
            Text(|g| &mut g.default_voicemail_extension),
        ),
        row(
            "disable_multi_domain",
            "DisableMultiDomain",
            "false",
            Flag(|g| &mut g.disable_multi_domain),
        ),
        row(
            "endpoint_identifier_order",
            "EndpointIdentifierOrder",
            "ip,username,anonymous",
            List(|g| &mut g.endpoint_identifier_order),
        ),
        row(
            "ignore_uri_user_options",
            "IgnoreUriUserOptions",
            "false",
            Flag(|g| &mut g.ignore_uri_user_options),
        ),
        row(
            "keep_alive_interval",
            "KeepAliveInterval",
            "90",
            Seconds(|g| &mut g.keep_alive_interval),
        ),
        row(
            "max_forwards",
            "MaxForwards",
            "70",
            Number(|g| &mut g.max_forwards),
        ),
        row(
            "max_initial_qualify_time",
            "MaxInitialQualifyTime",
            "0",
            Seconds(|g| &mut g.max_initial_qualify_time),
        ),
        row(
            "mwi_disable_initial_unsolicited",
            "MwiDisableInitialUnsolicited",
            "false",
            Flag(|g| &mut g.mwi_disable_initial_unsolicited),
        ),
        row("mwi_tps_queue_high", "MwiTpsQueueHigh", "500", IdleNumber),
        row("mwi_tps_queue_low", "MwiTpsQueueLow", "-1", IdleNumber),
        row("norefersub", "Norefersub", "true", IdleFlag),
        row("regcontext", "Regcontext", "", IdleText),
        row(
            "send_contact_status_on_update_registration",
            "SendContactStatusOnUpdateRegistration",
            "false",
            Flag(|g| &mut g.send_contact_status_on_update_registration),
        ),
        row(
            "taskprocessor_overload_trigger",
            "TaskprocessorOverloadTrigger",
            "global",
            IdleWord(&["none", "global", "pjsip_only"]),
        ),
        row(
            "unidentified_request_count",
            "UnidentifiedRequestCount",
            "5",
            Number(|g| &mut g.unidentified_request_count),
        ),
        row(
            "unidentified_request_period",
            "UnidentifiedRequestPeriod",
            "5",
            Seconds(|g| &mut g.unidentified_request_period),
        ),
        row(
            "unidentified_request_prune_interval",
            "UnidentifiedRequestPruneInterval",
            "30",
            IdleNumber,
        ),
        row(
            "use_callerid_contact",
            "UseCalleridContact",
            "false",
            IdleFlag,
        ),
        row(
            "user_agent",
            "UserAgent",
            "Smartswitch",
            Text(|g| &mut g.user_agent),
        ),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }
}

impl Object for System {
    const OPTIONS: &'static [Opt<System>] = &[
        row(
            "accept_multiple_sdp_answers",
            "AcceptMultipleSdpAnswers",
            "false",
            IdleFlag,
        ),
        row("compact_headers", "CompactHeaders", "false", IdleFlag),
        row("disable_rport", "DisableRport", "false", IdleFlag),
        row("disable_tcp_switch", "DisableTcpSwitch", "true", IdleFlag),
        row(
            "follow_early_media_fork",
            "FollowEarlyMediaFork",
            "true",
            IdleFlag,
        ),
        row(
            "threadpool_auto_increment",
            "ThreadpoolAutoIncrement",
            "5",
            IdleNumber,
        ),
        row(
            "threadpool_idle_timeout",
            "ThreadpoolIdleTimeout",
            "60",
            IdleNumber,
        ),
        row(
            "threadpool_initial_size",
            "ThreadpoolInitialSize",
            "0",
            IdleNumber,
        ),
        row("threadpool_max_size", "ThreadpoolMaxSize", "50", IdleNumber),
        row("timer_b", "TimerB", "32000", Other(put_timer_b)),
        row("timer_t1", "TimerT1", "500", Other(put_timer_t1)),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }
}

fn put_uas(global: &mut Global, value: &str) -> Result<String, String> {
    global.default_auth_algorithms_uas = auth::algorithms(value)?;
    Ok(auth::names(&global.default_auth_algorithms_uas))
}

fn put_uac(global: &mut Global, value: &str) -> Result<String, String> {
    global.default_auth_algorithms_uac = auth::algorithms(value)?;
    Ok(auth::names(&global.default_auth_algorithms_uac))
}

fn put_timer_b(system: &mut System, value: &str) -> Result<String, String> {
    system.timer_b = milliseconds(value)?;
    Ok(system.timer_b.as_millis().to_string())
}

fn put_timer_t1(system: &mut System, value: &str) -> Result<String, String> {
    system.timer_t1 = milliseconds(value)?.max(Duration::from_millis(100));
    Ok(system.timer_t1.as_millis().to_string())
}

fn milliseconds(value: &str) -> Result<Duration, String> {
    match value.trim().parse::<u32>() {
        Ok(millis) if millis > 0 => Ok(Duration::from_millis(millis.into())),
        _ => Err(format!("not a number of milliseconds: {value}")),
    }
}
