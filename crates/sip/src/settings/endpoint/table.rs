//! The options of an endpoint, in the order of `EndpointDetail`.
// Long because it is one table.

use std::net::IpAddr;

use switch::{Party, Presentation, Text};

use super::{
    DtlsSetup, DtmfMode, Endpoint, IdentifyBy, MediaEncryption, RedirectMethod, Rel100, Timers,
};
use crate::settings::OfferPref;
use crate::settings::codecs;
use crate::settings::option::Takes::*;
use crate::settings::option::{Object, Opt, row, words};
use crate::settings::tos;

impl Object for Endpoint {
    const OPTIONS: &'static [Opt<Endpoint>] = OPTIONS;

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }

    fn named(&mut self, name: Text) {
        self.name = name;
    }

    fn finish(&mut self) {
        self.show("allow", codecs::list(&self.allow));
        if self.webrtc {
            self.be_webrtc();
        }
        self.show("dtls_verify", self.dtls_verify.to_string());
    }
}

impl Endpoint {
    /// What `webrtc` stands for, beside what is set.
    fn be_webrtc(&mut self) {
        self.ice_support = true;
        self.rtcp_mux = true;
        self.use_avpf = true;
        if self.media_encryption == MediaEncryption::No {
            self.media_encryption = MediaEncryption::Dtls;
            self.show("media_encryption", "dtls".to_owned());
        }
        if self.dtls_setup == DtlsSetup::Active {
            self.dtls_setup = DtlsSetup::Actpass;
        }
        if &*self.dtls_verify == "No" {
            self.dtls_verify = "Fingerprint".into();
        }
        for name in ["ice_support", "rtcp_mux", "use_avpf"] {
            self.show(name, "true".to_owned());
        }
        self.show("dtls_auto_generate_cert", "Yes".to_owned());
        self.show("dtls_setup", self.dtls_setup.name().to_owned());
    }
}

const OPTIONS: &[Opt<Endpoint>] = &[
    row(
        "rpid_immediate",
        "RpidImmediate",
        "false",
        Flag(|e| &mut e.rpid_immediate),
    ),
    row("webrtc", "Webrtc", "no", Flag(|e| &mut e.webrtc)),
    row(
        "ignore_183_without_sdp",
        "Ignore183WithoutSdp",
        "false",
        Flag(|e| &mut e.ignore_183_without_sdp),
    ),
    row("send_aoc", "SendAoc", "false", IdleFlag),
    row(
        "device_state_busy_at",
        "DeviceStateBusyAt",
        "0",
        Number(|e| &mut e.device_state_busy_at),
    ),
    row(
        "t38_udptl_maxdatagram",
        "T38UdptlMaxdatagram",
        "0",
        IdleNumber,
    ),
    row(
        "codec_prefs_incoming_answer",
        "CodecPrefsIncomingAnswer",
        "prefer:pending, operation:intersect, keep:all, transcode:allow",
        IdleText,
    ),
    row(
        "security_negotiation",
        "SecurityNegotiation",
        "no",
        IdleFlag,
    ),
    row("dtls_rekey", "DtlsRekey", "0", IdleNumber),
    row("rtp_port_end", "RtpPortEnd", "0", IdleNumber),
    row(
        "named_pickup_group",
        "NamedPickupGroup",
        "",
        Text(|e| &mut e.named_pickup_group),
    ),
    row(
        "direct_media_method",
        "DirectMediaMethod",
        "invite",
        IdleWord(&["invite", "reinvite", "update"]),
    ),
    row("send_rpid", "SendRpid", "false", Flag(|e| &mut e.send_rpid)),
    row(
        "pickup_group",
        "PickupGroup",
        "",
        Text(|e| &mut e.pickup_group),
    ),
    row(
        "sdp_session",
        "SdpSession",
        "Asterisk",
        Text(|e| &mut e.sdp_session),
    ),
    row("dtls_verify", "DtlsVerify", "No", Lenient(put_dtls_verify)),
    row(
        "message_context",
        "MessageContext",
        "",
        Text(|e| &mut e.message_context),
    ),
    row("tenantid", "Tenantid", "", IdleText),
    row("mailboxes", "Mailboxes", "", List(|e| &mut e.mailboxes)),
    row(
        "record_on_feature",
        "RecordOnFeature",
        "automixmon",
        IdleText,
    ),
    row("dtls_private_key", "DtlsPrivateKey", "", IdleText),
    row(
        "dtls_fingerprint",
        "DtlsFingerprint",
        "SHA-256",
        IdleWord(&["SHA-256", "SHA-1"]),
    ),
    row("overlap_context", "OverlapContext", "", IdleText),
    row(
        "outgoing_call_offer_pref",
        "OutgoingCallOfferPref",
        "remote_merge",
        Word(
            &[
                "local",
                "local_first",
                "local_merge",
                "remote",
                "remote_first",
                "remote_merge",
            ],
            |e, word| e.outgoing_call_offer_pref = OfferPref::of_word(word),
        ),
    ),
    row("rtp_port_start", "RtpPortStart", "0", IdleNumber),
    row(
        "from_domain",
        "FromDomain",
        "",
        Text(|e| &mut e.from_domain),
    ),
    row(
        "timers_sess_expires",
        "TimersSessExpires",
        "1800",
        Seconds(|e| &mut e.timers_sess_expires),
    ),
    row(
        "named_call_group",
        "NamedCallGroup",
        "",
        Text(|e| &mut e.named_call_group),
    ),
    row("dtls_cipher", "DtlsCipher", "", IdleText),
    row(
        "media_encryption_optimistic",
        "MediaEncryptionOptimistic",
        "false",
        Flag(|e| &mut e.media_encryption_optimistic),
    ),
    row(
        "suppress_q850_reason_headers",
        "SuppressQ850ReasonHeaders",
        "false",
        Flag(|e| &mut e.suppress_q850_reason_headers),
    ),
    row("aors", "Aors", "", List(|e| &mut e.aors)),
    row(
        "identify_by",
        "IdentifyBy",
        "username,ip",
        Other(put_identify_by),
    ),
    row(
        "callerid_privacy",
        "CalleridPrivacy",
        "allowed_not_screened",
        Other(put_privacy),
    ),
    row(
        "mwi_subscribe_replaces_unsolicited",
        "MwiSubscribeReplacesUnsolicited",
        "no",
        Flag(|e| &mut e.mwi_subscribe_replaces_unsolicited),
    ),
    row("cos_audio", "CosAudio", "0", IdleNumber),
    row(
        "follow_early_media_fork",
        "FollowEarlyMediaFork",
        "true",
        IdleFlag,
    ),
    row("context", "Context", "default", Text(|e| &mut e.context)),
    row(
        "rtp_symmetric",
        "RtpSymmetric",
        "false",
        Flag(|e| &mut e.rtp_symmetric),
    ),
    row("transport", "Transport", "", Text(|e| &mut e.transport)),
    row(
        "moh_suggest",
        "MohSuggest",
        "default",
        Text(|e| &mut e.moh_suggest),
    ),
    row("t38_udptl", "T38Udptl", "false", IdleFlag),
    row("fax_detect", "FaxDetect", "false", IdleFlag),
    row(
        "t38_bind_udptl_to_media_address",
        "T38BindUdptlToMediaAddress",
        "false",
        IdleFlag,
    ),
    row("tos_video", "TosVideo", "0", IdleNumber),
    row(
        "srtp_tag_32",
        "SrtpTag32",
        "false",
        Flag(|e| &mut e.srtp_tag_32),
    ),
    row(
        "refer_blind_progress",
        "ReferBlindProgress",
        "true",
        IdleFlag,
    ),
    row("max_audio_streams", "MaxAudioStreams", "1", IdleNumber),
    row("bundle", "Bundle", "false", Flag(|e| &mut e.bundle)),
    row("use_avpf", "UseAvpf", "false", Flag(|e| &mut e.use_avpf)),
    row("call_group", "CallGroup", "", Text(|e| &mut e.call_group)),
    row(
        "send_connected_line",
        "SendConnectedLine",
        "yes",
        Flag(|e| &mut e.send_connected_line),
    ),
    row("fax_detect_timeout", "FaxDetectTimeout", "0", IdleNumber),
    row("sdp_owner", "SdpOwner", "-", Text(|e| &mut e.sdp_owner)),
    row(
        "force_rport",
        "ForceRport",
        "true",
        Flag(|e| &mut e.force_rport),
    ),
    row("callerid_tag", "CalleridTag", "", IdleText),
    row(
        "rtp_timeout_hold",
        "RtpTimeoutHold",
        "0",
        Seconds(|e| &mut e.rtp_timeout_hold),
    ),
    row(
        "suppress_moh_on_sendonly",
        "SuppressMohOnSendonly",
        "false",
        Flag(|e| &mut e.suppress_moh_on_sendonly),
    ),
    row("use_ptime", "UsePtime", "false", Flag(|e| &mut e.use_ptime)),
    row(
        "media_address",
        "MediaAddress",
        "",
        Other(put_media_address),
    ),
    row(
        "voicemail_extension",
        "VoicemailExtension",
        "",
        Text(|e| &mut e.voicemail_extension),
    ),
    row(
        "rtp_timeout",
        "RtpTimeout",
        "0",
        Seconds(|e| &mut e.rtp_timeout),
    ),
    row("stir_shaken", "StirShaken", "no", IdleFlag),
    row("set_var", "SetVar", "", Other(put_variable)),
    row(
        "contact_acl",
        "ContactAcl",
        "",
        List(|e| &mut e.contact_acl),
    ),
    row(
        "preferred_codec_only",
        "PreferredCodecOnly",
        "false",
        Flag(|e| &mut e.preferred_codec_only),
    ),
    row(
        "geoloc_outgoing_call_profile",
        "GeolocOutgoingCallProfile",
        "",
        IdleText,
    ),
    row("force_avp", "ForceAvp", "false", IdleFlag),
    row(
        "record_off_feature",
        "RecordOffFeature",
        "automixmon",
        IdleText,
    ),
    row("from_user", "FromUser", "", Text(|e| &mut e.from_user)),
    row(
        "send_diversion",
        "SendDiversion",
        "true",
        Flag(|e| &mut e.send_diversion),
    ),
    row("send_history_info", "SendHistoryInfo", "false", IdleFlag),
    row("t38_udptl_ipv6", "T38UdptlIpv6", "false", IdleFlag),
    row("tone_zone", "ToneZone", "", Text(|e| &mut e.tone_zone)),
    row("language", "Language", "", Text(|e| &mut e.language)),
    row(
        "allow_subscribe",
        "AllowSubscribe",
        "true",
        Flag(|e| &mut e.allow_subscribe),
    ),
    row("rtp_ipv6", "RtpIpv6", "false", IdleFlag),
    row("callerid", "Callerid", "<unknown>", Other(put_callerid)),
    row(
        "moh_passthrough",
        "MohPassthrough",
        "false",
        Flag(|e| &mut e.moh_passthrough),
    ),
    row("cos_video", "CosVideo", "0", IdleNumber),
    row(
        "dtls_auto_generate_cert",
        "DtlsAutoGenerateCert",
        "No",
        FixedFlag(true),
    ),
    row(
        "asymmetric_rtp_codec",
        "AsymmetricRtpCodec",
        "false",
        IdleFlag,
    ),
    row(
        "geoloc_incoming_call_profile",
        "GeolocIncomingCallProfile",
        "",
        IdleText,
    ),
    row(
        "ice_support",
        "IceSupport",
        "false",
        Flag(|e| &mut e.ice_support),
    ),
    row(
        "aggregate_mwi",
        "AggregateMwi",
        "true",
        Flag(|e| &mut e.aggregate_mwi),
    ),
    row(
        "one_touch_recording",
        "OneTouchRecording",
        "false",
        IdleFlag,
    ),
    row(
        "mwi_from_user",
        "MwiFromUser",
        "",
        Text(|e| &mut e.mwi_from_user),
    ),
    row(
        "redirect_method",
        "RedirectMethod",
        "user",
        Word(&["user", "uri_core", "uri_pjsip"], |e, word| {
            e.redirect_method = RedirectMethod::of(word)
        }),
    ),
    row(
        "accountcode",
        "Accountcode",
        "",
        Text(|e| &mut e.accountcode),
    ),
    row(
        "codec_prefs_outgoing_answer",
        "CodecPrefsOutgoingAnswer",
        "prefer:pending, operation:intersect, keep:all, transcode:allow",
        IdleText,
    ),
    row("allow", "Allow", "(nothing)", Lenient(put_allowed)),
    row(
        "rewrite_contact",
        "RewriteContact",
        "false",
        Flag(|e| &mut e.rewrite_contact),
    ),
    row(
        "user_eq_phone",
        "UserEqPhone",
        "false",
        Flag(|e| &mut e.user_eq_phone),
    ),
    row(
        "rtp_engine",
        "RtpEngine",
        "asterisk",
        IdleWord(&["asterisk"]),
    ),
    row(
        "follow_redirect_methods",
        "FollowRedirectMethods",
        "",
        IdleText,
    ),
    row(
        "subscribe_context",
        "SubscribeContext",
        "",
        Text(|e| &mut e.subscribe_context),
    ),
    row(
        "notify_early_inuse_ringing",
        "NotifyEarlyInuseRinging",
        "false",
        Flag(|e| &mut e.notify_early_inuse_ringing),
    ),
    row("incoming_mwi_mailbox", "IncomingMwiMailbox", "", IdleText),
    row(
        "incoming_call_offer_pref",
        "IncomingCallOfferPref",
        "local",
        Word(
            &["local", "local_first", "remote", "remote_first"],
            |e, word| e.incoming_call_offer_pref = OfferPref::of_word(word),
        ),
    ),
    row(
        "allow_unauthenticated_options",
        "AllowUnauthenticatedOptions",
        "false",
        Flag(|e| &mut e.allow_unauthenticated_options),
    ),
    row("auth", "Auth", "", List(|e| &mut e.auth)),
    row(
        "direct_media_glare_mitigation",
        "DirectMediaGlareMitigation",
        "none",
        IdleWord(&["none", "outgoing", "incoming"]),
    ),
    row(
        "trust_id_inbound",
        "TrustIdInbound",
        "false",
        Flag(|e| &mut e.trust_id_inbound),
    ),
    row("stir_shaken_profile", "StirShakenProfile", "", IdleText),
    row(
        "bind_rtp_to_media_address",
        "BindRtpToMediaAddress",
        "false",
        Flag(|e| &mut e.bind_rtp_to_media_address),
    ),
    row(
        "disable_direct_media_on_nat",
        "DisableDirectMediaOnNat",
        "false",
        IdleFlag,
    ),
    row(
        "media_encryption",
        "MediaEncryption",
        "no",
        Word(&["no", "sdes", "dtls"], |e, word| {
            e.media_encryption = MediaEncryption::of(word)
        }),
    ),
    row(
        "media_use_received_transport",
        "MediaUseReceivedTransport",
        "false",
        IdleFlag,
    ),
    row(
        "allow_overlap",
        "AllowOverlap",
        "true",
        Flag(|e| &mut e.allow_overlap),
    ),
    row(
        "dtmf_mode",
        "DtmfMode",
        "rfc4733",
        Word(
            &["rfc4733", "inband", "info", "auto", "auto_info", "none"],
            |e, word| e.dtmf_mode = DtmfMode::parse(word).unwrap_or_default(),
        ),
    ),
    row(
        "outbound_auth",
        "OutboundAuth",
        "",
        List(|e| &mut e.outbound_auth),
    ),
    row(
        "tos_audio",
        "TosAudio",
        "0",
        IdleOther(|value| tos::read(value).map(|tos| tos.to_string())),
    ),
    row("dtls_cert_file", "DtlsCertFile", "", IdleText),
    row("dtls_ca_path", "DtlsCaPath", "", IdleText),
    row(
        "dtls_setup",
        "DtlsSetup",
        "active",
        Word(&["active", "passive", "actpass"], |e, word| {
            e.dtls_setup = DtlsSetup::of(word)
        }),
    ),
    row(
        "connected_line_method",
        "ConnectedLineMethod",
        "invite",
        IdleWord(&["invite", "reinvite", "update"]),
    ),
    row("g726_non_standard", "G726NonStandard", "false", IdleFlag),
    row(
        "100rel",
        "100rel",
        "yes",
        Word(&["yes", "no", "required", "peer_supported"], |e, word| {
            e.rel100 = Rel100::of(word)
        }),
    ),
    row(
        "timers",
        "Timers",
        "yes",
        Word(&["yes", "no", "required", "always"], |e, word| {
            e.timers = Timers::of(word)
        }),
    ),
    row("direct_media", "DirectMedia", "true", FixedFlag(false)),
    row("acl", "Acl", "", List(|e| &mut e.acl)),
    row(
        "timers_min_se",
        "TimersMinSe",
        "90",
        Seconds(|e| &mut e.timers_min_se),
    ),
    row(
        "trust_id_outbound",
        "TrustIdOutbound",
        "false",
        Flag(|e| &mut e.trust_id_outbound),
    ),
    row(
        "sub_min_expiry",
        "SubMinExpiry",
        "0",
        Seconds(|e| &mut e.sub_min_expiry),
    ),
    row("rtcp_mux", "RtcpMux", "false", Flag(|e| &mut e.rtcp_mux)),
    row("max_video_streams", "MaxVideoStreams", "1", IdleNumber),
    row(
        "accept_multiple_sdp_answers",
        "AcceptMultipleSdpAnswers",
        "false",
        IdleFlag,
    ),
    row(
        "codec_prefs_incoming_offer",
        "CodecPrefsIncomingOffer",
        "prefer:pending, operation:intersect, keep:all, transcode:allow",
        IdleText,
    ),
    row(
        "codec_prefs_outgoing_offer",
        "CodecPrefsOutgoingOffer",
        "prefer:pending, operation:union, keep:all, transcode:allow",
        IdleText,
    ),
    row(
        "trust_connected_line",
        "TrustConnectedLine",
        "yes",
        Flag(|e| &mut e.trust_connected_line),
    ),
    row("send_pai", "SendPai", "false", Flag(|e| &mut e.send_pai)),
    row("rtp_keepalive", "RtpKeepalive", "0", IdleNumber),
    row(
        "t38_udptl_ec",
        "T38UdptlEc",
        "none",
        IdleWord(&["none", "fec", "redundancy"]),
    ),
    row("t38_udptl_nat", "T38UdptlNat", "false", IdleFlag),
    row(
        "allow_transfer",
        "AllowTransfer",
        "true",
        Flag(|e| &mut e.allow_transfer),
    ),
    row("dtls_ca_file", "DtlsCaFile", "", IdleText),
    row(
        "outbound_proxy",
        "OutboundProxy",
        "",
        Text(|e| &mut e.outbound_proxy),
    ),
    row(
        "inband_progress",
        "InbandProgress",
        "false",
        Flag(|e| &mut e.inband_progress),
    ),
    row("disallow", "", "", Lenient(put_disallowed)),
];

fn put_identify_by(endpoint: &mut Endpoint, value: &str) -> Result<String, String> {
    let mut ways = Vec::new();
    for word in words(value) {
        let way = match word {
            "username" => IdentifyBy::Username,
            "auth_username" => IdentifyBy::AuthUsername,
            "ip" => IdentifyBy::Ip,
            "header" => IdentifyBy::Header,
            "request_uri" => IdentifyBy::RequestUri,
            _ => return Err(format!("no way to identify is called {word}")),
        };
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    endpoint.identify_by = ways;
    Ok(words(value).collect::<Vec<_>>().join(","))
}

fn put_callerid(endpoint: &mut Endpoint, value: &str) -> Result<String, String> {
    // What is shown for nobody is read as nobody.
    let party = match value {
        "<unknown>" => Party::default(),
        _ => Party::parse(value),
    };
    let shown = match (&*party.name, &*party.number) {
        ("", "") => "<unknown>".to_owned(),
        ("", number) => number.to_owned(),
        (name, "") => name.to_owned(),
        (name, number) => format!("\"{name}\" <{number}>"),
    };
    endpoint.callerid = Party {
        presentation: endpoint.callerid.presentation,
        ..party
    };
    Ok(shown)
}

fn put_privacy(endpoint: &mut Endpoint, value: &str) -> Result<String, String> {
    let presentation =
        Presentation::parse(value).ok_or_else(|| format!("no privacy is called {value}"))?;
    endpoint.callerid.presentation = presentation;
    Ok(presentation.name().to_owned())
}

fn put_media_address(endpoint: &mut Endpoint, value: &str) -> Result<String, String> {
    endpoint.media_address = match value {
        "" => None,
        _ => Some(
            value
                .parse::<IpAddr>()
                .map_err(|_| format!("not an address: {value}"))?,
        ),
    };
    Ok(value.to_owned())
}

fn put_variable(endpoint: &mut Endpoint, value: &str) -> Result<String, String> {
    if !value.is_empty() {
        let (name, value) = value
            .split_once('=')
            .ok_or_else(|| format!("not of the form name=value: {value}"))?;
        let pair = (name.trim().into(), value.trim().into());
        endpoint.set_var.push(pair);
    }
    let shown = endpoint.set_var.iter();
    let shown: Vec<String> = shown
        .map(|(name, value)| format!("{name}=\"{value}\""))
        .collect();
    Ok(shown.join(","))
}

fn put_dtls_verify(endpoint: &mut Endpoint, value: &str) -> Result<(), String> {
    endpoint.dtls_verify = value.into();
    match value.to_ascii_lowercase().as_str() {
        "fingerprint" | "no" => Ok(()),
        _ => Err(format!(
            "dtls_verify = {value}: certificates are known by their fingerprints alone"
        )),
    }
}

fn put_allowed(endpoint: &mut Endpoint, value: &str) -> Result<(), String> {
    codecs::allow(&mut endpoint.allow, value)
}

fn put_disallowed(endpoint: &mut Endpoint, value: &str) -> Result<(), String> {
    codecs::disallow(&mut endpoint.allow, value)
}

impl MediaEncryption {
    fn of(word: &str) -> MediaEncryption {
        match word {
            "sdes" => MediaEncryption::Sdes,
            "dtls" => MediaEncryption::Dtls,
            _ => MediaEncryption::No,
        }
    }
}

impl RedirectMethod {
    fn of(word: &str) -> RedirectMethod {
        match word {
            "uri_core" => RedirectMethod::UriCore,
            "uri_pjsip" => RedirectMethod::UriPjsip,
            _ => RedirectMethod::User,
        }
    }
}

impl DtlsSetup {
    fn of(word: &str) -> DtlsSetup {
        match word {
            "passive" => DtlsSetup::Passive,
            "actpass" => DtlsSetup::Actpass,
            _ => DtlsSetup::Active,
        }
    }
}

impl Rel100 {
    fn of(word: &str) -> Rel100 {
        match word {
            "no" => Rel100::No,
            "required" => Rel100::Required,
            "peer_supported" => Rel100::PeerSupported,
            _ => Rel100::Yes,
        }
    }
}

impl Timers {
    fn of(word: &str) -> Timers {
        match word {
            "no" => Timers::No,
            "required" => Timers::Required,
            "always" => Timers::Always,
            _ => Timers::Yes,
        }
    }
}
