//! What each module gives, in a few words.

/// What a module gives; empty for one that has no line here.
pub(super) fn summary(name: &str) -> &'static str {
    let line = MODULES
        .binary_search_by_key(&name, |(name, _)| name)
        .ok()
        .and_then(|at| MODULES.get(at));
    line.map_or("", |(_, summary)| summary)
}

/// Names and what they give, by name.
const MODULES: &[(&str, &str)] = &[
    ("app_amd", "AMD: whether a machine answers"),
    (
        "app_attended_transfer",
        "AttendedTransfer: handing a call over",
    ),
    ("app_authenticate", "Authenticate: a secret by digits"),
    (
        "app_blind_transfer",
        "BlindTransfer: sending the other side elsewhere",
    ),
    (
        "app_bridgeaddchan",
        "BridgeAdd: joining a bridge that is there",
    ),
    ("app_bridgewait", "BridgeWait: waiting in a bridge"),
    ("app_cdr", "ResetCDR: call records anew"),
    ("app_celgenuserevent", "CELGenUserEvent: own channel events"),
    ("app_chanisavail", "ChanIsAvail: asking for a device"),
    (
        "app_channelredirect",
        "ChannelRedirect: sending channels on",
    ),
    ("app_chanspy", "ChanSpy: listening in"),
    ("app_confbridge", "Conferences (not carried yet)"),
    (
        "app_controlplayback",
        "ControlPlayback: sounds that digits steer",
    ),
    ("app_db", "DBdel, DBdeltree: the key database"),
    ("app_dial", "Dial: calling devices"),
    (
        "app_directed_pickup",
        "Pickup: answering somebody else's phone",
    ),
    ("app_directory", "Directory: people by name"),
    ("app_disa", "DISA: dialling from outside"),
    ("app_dtmfstore", "StoreDTMF: digits into a variable"),
    ("app_dumpchan", "DumpChan: a channel into the log"),
    ("app_echo", "Echo: what is heard goes back"),
    ("app_exec", "Exec: running applications by name"),
    ("app_flash", "Flash: a flash on the line"),
    ("app_followme", "FollowMe: finding somebody"),
    ("app_forkcdr", "ForkCDR: a further call record"),
    ("app_if", "If: conditional parts of an extension"),
    ("app_milliwatt", "Milliwatt: a test tone"),
    ("app_mixmonitor", "MixMonitor: recordings"),
    ("app_originate", "Originate: calls from the dialplan"),
    ("app_page", "Page: many at once"),
    ("app_playback", "Playback: sounds"),
    ("app_playtones", "PlayTones: tones"),
    ("app_privacy", "PrivacyManager: asking for a number"),
    ("app_queue", "Queues (files are read, calls not yet)"),
    ("app_read", "Read: digits into a variable"),
    ("app_readexten", "ReadExten: an extension, digit by digit"),
    ("app_record", "Record: recordings"),
    ("app_reload", "Reload: files from the dialplan"),
    ("app_saycounted", "SayCountedNoun: counted things aloud"),
    ("app_sayunixtime", "SayUnixTime: times aloud"),
    ("app_senddtmf", "SendDTMF: sending digits"),
    ("app_sendtext", "SendText: sending text"),
    ("app_softhangup", "SoftHangup: hanging up others"),
    ("app_stack", "Gosub: routines and their variables"),
    ("app_stream_echo", "StreamEcho: what is heard goes back"),
    ("app_system", "System: programs of this machine"),
    (
        "app_talkdetect",
        "BackgroundDetect: sounds until one speaks",
    ),
    ("app_transfer", "Transfer: sending the caller elsewhere"),
    ("app_userevent", "UserEvent: events of the dialplan's own"),
    ("app_verbose", "Verbose, Log: lines into the log"),
    ("app_waitforcond", "WaitForCondition: waiting for a fact"),
    ("app_waitforring", "WaitForRing: waiting for a ring"),
    (
        "app_waitforsilence",
        "WaitForSilence: waiting until nobody speaks",
    ),
    ("app_waituntil", "WaitUntil: waiting for a moment"),
    ("app_while", "While: loops"),
    ("app_zapateller", "Zapateller: a tone against machines"),
    ("cdr_csv", "Call records as CSV files"),
    ("cdr_manager", "Call records as manager events"),
    ("cel_manager", "Channel events as manager events"),
    ("chan_pjsip", "PJSIP: channels to phones and trunks"),
    ("func_aes", "AES_ENCRYPT, AES_DECRYPT"),
    ("func_base64", "BASE64_ENCODE, BASE64_DECODE"),
    ("func_blacklist", "BLACKLIST: unwanted callers"),
    ("func_callerid", "CALLERID, CONNECTEDLINE, REDIRECTING"),
    ("func_cdr", "CDR: call records"),
    ("func_channel", "CHANNEL, CHANNELS: channels"),
    ("func_config", "AST_CONFIG: configuration files"),
    ("func_curl", "CURL: pages of the web"),
    ("func_cut", "CUT, SORT: fields of texts"),
    ("func_db", "DB: the key database"),
    ("func_devstate", "DEVICE_STATE, HINT: devices"),
    ("func_dialgroup", "DIALGROUP: sets of devices"),
    ("func_dialplan", "DIALPLAN_EXISTS, VALID_EXTEN"),
    ("func_enum", "ENUMLOOKUP: numbers in the DNS"),
    ("func_env", "ENV, STAT, FILE: the machine"),
    ("func_evalexten", "EVAL_EXTEN: values of extensions"),
    ("func_export", "EXPORT: variables of other channels"),
    ("func_extstate", "EXTENSION_STATE: hints"),
    ("func_frame_trace", "FRAME_TRACE: frames into the log"),
    ("func_global", "GLOBAL, SHARED: variables of all"),
    ("func_groupcount", "GROUP: counting calls"),
    ("func_hangupcause", "HANGUPCAUSE: why calls ended"),
    ("func_iconv", "ICONV: character sets"),
    ("func_jitterbuffer", "JITTERBUFFER: smoothed sound"),
    ("func_json", "JSON_DECODE: fields of JSON"),
    ("func_lock", "LOCK: one call at a time"),
    ("func_logic", "IF, ISNULL, EXISTS: decisions"),
    ("func_math", "MATH, INC, DEC: numbers"),
    ("func_md5", "MD5: hashes"),
    ("func_module", "IFMODULE: what is loaded"),
    ("func_periodic_hook", "PERIODIC_HOOK: routines now and then"),
    (
        "func_pjsip_aor",
        "PJSIP_AOR: what is known of an address of record",
    ),
    (
        "func_pjsip_contact",
        "PJSIP_CONTACT: what is known of a contact",
    ),
    (
        "func_pjsip_endpoint",
        "PJSIP_ENDPOINT: what is known of an endpoint",
    ),
    ("func_presencestate", "PRESENCE_STATE: presences"),
    ("func_rand", "RAND: chance"),
    ("func_sayfiles", "SAYFILES: what is said aloud, as files"),
    ("func_scramble", "SCRAMBLE: disguised speech"),
    ("func_sha1", "SHA1: hashes"),
    ("func_shell", "SHELL: programs of this machine"),
    ("func_sorcery", "AST_SORCERY: stored objects"),
    ("func_speex", "AGC, DENOISE: clearer sound"),
    ("func_sprintf", "SPRINTF: formatted texts"),
    ("func_srv", "SRVQUERY: services in the DNS"),
    ("func_strings", "Texts and lists"),
    ("func_sysinfo", "SYSINFO: the machine's load"),
    ("func_talkdetect", "TALK_DETECT: who speaks"),
    ("func_timeout", "TIMEOUT: how long calls wait"),
    ("func_uri", "URIENCODE, URIDECODE"),
    ("func_uuid", "UUID: unique names"),
    ("func_version", "VERSION: what runs here"),
    ("func_vmcount", "VMCOUNT: messages in a box"),
    ("func_volume", "VOLUME: louder and softer"),
    ("pbx_config", "The dialplan of extensions.conf"),
    ("res_agi", "AGI: gateway scripts"),
    (
        "res_manager_devicestate",
        "Devices over the manager interface",
    ),
    (
        "res_manager_presencestate",
        "Presences over the manager interface",
    ),
    ("res_musiconhold", "Music while one waits"),
    ("res_mutestream", "Silencing channels"),
    (
        "res_mwi_external_ami",
        "Mailboxes that programs outside count",
    ),
    ("res_parking", "Parking of calls"),
    (
        "res_pjsip",
        "SIP: endpoints, transports, proofs of identity",
    ),
    (
        "res_pjsip_header_funcs",
        "PJSIP_HEADER: headers of SIP's messages",
    ),
    ("res_pjsip_history", "SIP's messages kept to be looked at"),
    ("res_pjsip_logger", "SIP's messages into the log"),
    ("res_pjsip_maintenance", "Endpoints kept from new calls"),
    ("res_pjsip_notify", "NOTIFY that nobody subscribed to"),
    (
        "res_pjsip_outbound_registration",
        "Registrations of ours elsewhere",
    ),
    ("res_pjsip_pubsub", "Subscriptions"),
    ("res_pjsip_registrar", "Registrations of phones"),
    ("res_rtp_asterisk", "RTP: sound on the wire"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(MODULES.is_sorted_by(|(one, _), (two, _)| one < two));
    }
}
