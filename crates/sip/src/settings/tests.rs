use config::Config;

use super::option::{Object, Opt};
use super::*;

/// What a switch was seen to show of [`REFERENCE`], among other things.
const RECORDED: &str = include_str!("../../../testkit/recordings/pjsip-show.txt");
const REFERENCE: &str = include_str!("../../../testkit/etc/pjsip.conf");

fn read(text: &str) -> (Settings, Vec<String>) {
    let config = Config::from_text("pjsip.conf", text).unwrap();
    let (settings, problems) = Settings::read(&config, None);
    let problems = problems.iter().map(ToString::to_string).collect();
    (settings, problems)
}

fn reference() -> Settings {
    let (settings, problems) = read(REFERENCE);
    assert_eq!(problems, Vec::<String>::new());
    settings
}

/// The lines of an object behind its name, but for those that are live state.
fn expected(event: &str, name: &str) -> Vec<String> {
    let live = [
        "DeviceState",
        "ActiveChannels",
        "TotalContacts",
        "ContactsRegistered",
        "EndpointName",
    ];
    let (head, name) = (format!("Event: {event}"), format!("ObjectName: {name}"));
    let mut lines = RECORDED
        .lines()
        .map(|line| line.strip_prefix("a<").unwrap_or(line).trim())
        .skip_while(|line| *line != head)
        .skip_while(|line| *line != name);
    assert!(lines.next().is_some(), "{head} {name}");
    lines
        .take_while(|line| !line.is_empty() && !line.starts_with("Event:"))
        .filter(|line| !live.contains(&line.split(':').next().unwrap_or_default()))
        .map(str::to_owned)
        .collect()
}

fn shown<'a>(fields: impl Iterator<Item = Field<'a>>) -> Vec<String> {
    fields
        .map(|field| {
            format!("{}: {}", field.key, field.value)
                .trim_end()
                .to_owned()
        })
        .collect()
}

#[test]
fn objects_are_shown_as_a_switch_was_seen_to_show_them() {
    let settings = reference();
    assert_eq!(
        shown(settings.endpoints["6001"].fields()),
        expected("EndpointDetail", "6001")
    );
    assert_eq!(
        shown(settings.auths["6001"].fields()),
        expected("AuthDetail", "6001")
    );
    assert_eq!(
        shown(settings.aors["6001"].fields()),
        expected("AorDetail", "6001")
    );
    let trunk = shown(settings.aors["trunk"].fields());
    let contacts = "Contacts: sip:127.0.0.9:5090".to_owned();
    assert!(trunk.contains(&contacts), "{trunk:?}");
}

#[test]
fn what_is_said_of_objects_is_in_their_fields() {
    use media::codec::Codec;
    let settings = reference();
    let phone = &settings.endpoints["6001"];
    assert_eq!(phone.allow, [Codec::Ulaw, Codec::Alaw]);
    assert_eq!(
        (&*phone.callerid.name, &*phone.callerid.number),
        ("Alice", "6001")
    );
    assert_eq!((&*phone.context, phone.force_rport), ("default", true));
    assert_eq!(phone.identify_by, [IdentifyBy::Username, IdentifyBy::Ip]);
    assert_eq!(phone.timers_sess_expires.as_secs(), 1800);
    assert_eq!((phone.rel100, phone.timers), (Rel100::Yes, Timers::Yes));
    assert_eq!(&*settings.auths["6002"].password, "bob-pass");
    assert_eq!(
        settings.auths["6002"].supported_algorithms_uas,
        [Algorithm::Md5]
    );
    assert_eq!(
        (
            settings.aors["6001"].max_contacts,
            settings.aors["6001"].contact.len()
        ),
        (2, 0)
    );
    assert_eq!(settings.aors["6001"].qualify_timeout.as_secs(), 3);
    let identify = &settings.identifies[0];
    assert!(identify.masks[0].holds("127.0.0.9".parse().unwrap()));
    assert_eq!(identify.shown("match"), "127.0.0.9/255.255.255.255");
    let transport = settings.transport("").unwrap();
    assert_eq!(transport.address(), "127.0.0.1:5060".parse().unwrap());
    assert_eq!(settings.global.max_forwards, 70);
    assert_eq!(settings.system.timer_t1.as_millis(), 500);
}

#[test]
fn every_default_is_one_that_its_option_takes() {
    fn check<T: Object>() {
        for option in T::OPTIONS {
            let Opt { name, default, .. } = option;
            let mut object = T::blank();
            let (at, option) = T::option(name).unwrap();
            let taken = object.set(at, option, default);
            let fixed = matches!(option.takes, super::option::Takes::FixedFlag(_));
            assert!(
                fixed || taken == Ok(super::option::Taken::InForce),
                "{name}: {taken:?}"
            );
            let shown = object.shown()[at].clone();
            assert_eq!(&*shown, *default, "{name}");
        }
        let mut names: Vec<&str> = T::OPTIONS.iter().map(|option| option.name).collect();
        names.sort_unstable();
        assert!(
            names.is_sorted_by(|one, other| one < other),
            "a name stands twice: {names:?}"
        );
    }
    check::<Acl>();
    check::<Aor>();
    check::<Auth>();
    check::<Endpoint>();
    check::<Global>();
    check::<Identify>();
    check::<Registration>();
    check::<ResourceList>();
    check::<System>();
    check::<Transport>();
}

#[test]
fn what_is_not_known_is_told_with_its_line() {
    let (settings, problems) = read(
        "[phone]\n\
         type = endpoint\n\
         allow = ulaw,g729\n\
         colour = red\n\
         t38_udptl = yes\n\
         callgroup = 3\n\
         fax_detect = no\n\
         direct_media = yes\n\
         [what]\n\
         x = 1\n\
         [prov]\n\
         type = phoneprov\n\
         [odd]\n\
         type = telephone\n",
    );
    assert_eq!(
        problems,
        [
            "pjsip.conf:3: no codec g729 here; it is left out",
            "pjsip.conf:4: no option colour for type endpoint; it has no effect",
            "pjsip.conf:5: t38_udptl = yes has no effect here",
            "pjsip.conf:6: callgroup is spelled call_group by now",
            "pjsip.conf:8: direct_media = yes has no effect here",
            "pjsip.conf:9: [what] has no type and is left out",
            "pjsip.conf:11: sections of type phoneprov are not here; [prov] has no effect",
            "pjsip.conf:13: no type telephone here; [odd] is left out",
        ]
    );
    let phone = &settings.endpoints["phone"];
    assert_eq!(phone.shown("allow"), "(ulaw)");
    assert_eq!(
        (&*phone.call_group, phone.shown("t38_udptl")),
        ("3", "true")
    );
}

#[test]
fn an_object_that_cannot_be_is_left_out_and_the_others_work() {
    let (settings, problems) = read(
        "[a]\ntype = endpoint\nallow = ulaw\nrtp_symmetric = perhaps\n\
         [b]\ntype = endpoint\nallow = ulaw\n\
         [b]\ntype = endpoint\nallow = alaw\n\
         [b]\ntype = aor\nmax_contacts = many\n\
         [b]\ntype = auth\nusername = b\nauth_type = md5\n\
         [t]\ntype = transport\nprotocol = tls\nbind = 0.0.0.0\n\
         [u]\ntype = transport\nprotocol = carrier-pigeon\n\
         [r]\ntype = registration\nclient_uri = sip:me@example.org\n\
         [i]\ntype = identify\nendpoint = b\nmatch = 10.0.0.0/40\n",
    );
    assert_eq!(
        problems,
        [
            "pjsip.conf:4: rtp_symmetric is neither yes nor no: perhaps; endpoint a is left out",
            "pjsip.conf:8: a second endpoint b; only the first counts",
            "pjsip.conf:13: max_contacts is not a number that will do: many; aor b is left out",
            "pjsip.conf:14: auth_type md5 needs md5_cred, 32 digits; auth b is left out",
            "pjsip.conf:18: TLS needs cert_file; transport t is left out",
            "pjsip.conf:24: protocol cannot be carrier-pigeon, only one of udp, tcp, tls, ws, wss; \
             transport u is left out",
            "pjsip.conf:25: a registration needs client_uri and server_uri; registration r is left out",
            "pjsip.conf:31: match: not an address or mask: 10.0.0.0/40; identify i is left out",
        ]
    );
    assert_eq!(settings.endpoints.len(), 1);
    assert_eq!(settings.endpoints["b"].shown("allow"), "(ulaw)");
}

#[test]
fn names_that_nobody_bears_are_told() {
    let (settings, problems) = read(
        "[phone]\ntype = endpoint\nallow = ulaw\nauth = nobody\naors = phone,gone\ntransport = air\nacl = office\n\
         [phone]\ntype = aor\n\
         [i]\ntype = identify\nendpoint = other\nmatch = 10.0.0.1\n",
    );
    assert_eq!(
        problems,
        [
            "pjsip.conf:4: there is no auth nobody",
            "pjsip.conf:5: there is no aor gone",
            "pjsip.conf:6: there is no transport air",
            "pjsip.conf:7: there is no list in acl.conf office",
            "pjsip.conf:12: there is no endpoint other",
        ]
    );
    let phone = &settings.endpoints["phone"];
    assert_eq!(
        phone.auth.len(),
        1,
        "whoever is to prove something must never be let in without"
    );
    let anybody = "192.0.2.1".parse().unwrap();
    assert!(
        !settings.lets_in(&phone.acl, &[], anybody),
        "a list that is not there lets nobody in"
    );
}

#[test]
fn templates_and_repeated_options() {
    let (settings, problems) = read(
        "[base](!)\ntype = endpoint\nallow = ulaw\ncontext = inside\nset_var = A=1\n\
         [x](base)\ndisallow = all\nallow = alaw,g722,!g722\nset_var = B=two words\ncallerid_privacy = prohib\n\
         callerid = <77>\n\
         [y](base)\nallow = opus\ndtmf_mode = auto\nmedia_encryption = sdes\ndirect_media = no\n\
         [z]\ntype = aor\ncontact = sip:a@10.0.0.1\ncontact = sip:b@10.0.0.1\nqualify_timeout = 1.5\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let x = &settings.endpoints["x"];
    assert_eq!((&*x.context, x.shown("allow")), ("inside", "(alaw)"));
    assert_eq!(x.shown("set_var"), "A=\"1\",B=\"two words\"");
    assert_eq!(
        (x.shown("callerid"), x.callerid.presentation.name()),
        ("77", "prohib")
    );
    let y = &settings.endpoints["y"];
    assert_eq!(y.shown("allow"), "(ulaw|opus)");
    assert_eq!(y.media_encryption, MediaEncryption::Sdes);
    assert_eq!(
        (y.shown("media_encryption"), y.shown("direct_media")),
        ("sdes", "false")
    );
    assert_eq!(y.shown("callerid"), "<unknown>");
    let z = &settings.aors["z"];
    assert_eq!(z.shown("contact"), "sip:a@10.0.0.1,sip:b@10.0.0.1");
    assert_eq!(
        (z.shown("qualify_timeout"), z.qualify_timeout.as_millis()),
        ("1.500000", 1500)
    );
}

#[test]
fn webrtc_stands_for_all_that_a_browser_needs() {
    let (settings, problems) = read("[w]\ntype = endpoint\nallow = opus\nwebrtc = yes\n");
    assert_eq!(problems, Vec::<String>::new());
    let w = &settings.endpoints["w"];
    assert!(w.ice_support && w.rtcp_mux && w.use_avpf);
    assert_eq!(w.media_encryption, MediaEncryption::Dtls);
    let shown = [
        ("webrtc", "yes"),
        ("ice_support", "true"),
        ("rtcp_mux", "true"),
        ("use_avpf", "true"),
        ("media_encryption", "dtls"),
        ("dtls_setup", "actpass"),
        ("dtls_verify", "Fingerprint"),
        ("dtls_auto_generate_cert", "Yes"),
    ];
    for (option, value) in shown {
        assert_eq!(w.shown(option), value, "{option}");
    }
}

#[test]
fn a_certificate_of_ones_own_is_told_to_be_of_no_use() {
    let (settings, problems) = read(
        "[p]\ntype = endpoint\nallow = ulaw\nmedia_encryption = dtls\ndtls_setup = passive\n\
         dtls_verify = fingerprint\ndtls_cert_file = /etc/x.pem\n\
         [q]\ntype = endpoint\nallow = ulaw\nmedia_encryption = dtls\ndtls_verify = certificate\n",
    );
    assert_eq!(
        problems,
        [
            "pjsip.conf:7: dtls_cert_file = /etc/x.pem has no effect here",
            "pjsip.conf:12: dtls_verify = certificate: certificates are known by their fingerprints alone",
        ]
    );
    let p = &settings.endpoints["p"];
    assert_eq!(p.dtls_setup, crate::settings::DtlsSetup::Passive);
    assert_eq!(p.shown("dtls_verify"), "fingerprint");
}

#[test]
fn lists_of_acl_conf_let_in_or_keep_out() {
    let config = Config::from_text(
        "pjsip.conf",
        "[a]\ntype = acl\nacl = office\ndeny = 10.9.0.0/16\n",
    )
    .unwrap();
    let lists = Config::from_text(
        "acl.conf",
        "[office]\ndeny = 0.0.0.0/0\npermit = 10.0.0.0/8\n",
    )
    .unwrap();
    let (settings, problems) = Settings::read(&config, Some(&lists));
    assert!(problems.is_empty(), "{problems:?}");
    let acl = &settings.acls[0];
    let lets_in = |address: &str| settings.lets_in(&acl.acl, &acl.rules, address.parse().unwrap());
    assert!(lets_in("10.1.0.1"));
    assert!(!lets_in("10.9.0.1") && !lets_in("192.0.2.1"));

    let text = "[p]\ntype = endpoint\nallow = ulaw\n[a]\ntype = acl\ncontact_deny = 10.9.0.0/16\n";
    let (settings, _) = read(text);
    let may =
        |address: &str| settings.contact_may_be(&settings.endpoints["p"], address.parse().unwrap());
    assert!(may("10.1.0.1") && !may("10.9.0.1"));
}

#[test]
fn algorithms_come_from_the_globals() {
    let (settings, problems) = read(
        "[a]\ntype = auth\nusername = a\n[b]\ntype = auth\nusername = b\nsupported_algorithms_uas = MD5\n\
         [g]\ntype = global\ndefault_auth_algorithms_uas = sha-256,md5\n",
    );
    assert!(problems.is_empty(), "{problems:?}");
    let uas = |name: &str| {
        settings.auths[name]
            .shown("supported_algorithms_uas")
            .to_owned()
    };
    assert_eq!(
        (uas("a").as_str(), uas("b").as_str()),
        ("SHA-256,MD5", "MD5")
    );
}

#[test]
fn whom_an_identify_tells_from_others() {
    let (settings, problems) = read(
        "[e]\ntype = endpoint\nallow = ulaw\n\
         [h]\ntype = identify\nendpoint = e\nmatch_header = X-Trunk: /^a+$/\n\
         [u]\ntype = identify\nendpoint = e\nmatch_request_uri = sip:me@x\n\
         [n]\ntype = identify\nendpoint = e\nmatch = pbx.example,nowhere.example,10.0.0.0/8\n\
         [w]\ntype = identify\nendpoint = e\nmatch_header = X: /(/\n",
    );
    assert_eq!(
        problems,
        ["pjsip.conf:19: match_header: not a regular expression: (; identify w is left out"]
    );
    let (name, pattern) = settings.identifies[0].match_header.as_ref().unwrap();
    assert_eq!(&**name, "X-Trunk");
    assert!(pattern.fits("aaa") && !pattern.fits("ab"));
    let asked = settings.identifies[1].match_request_uri.as_ref().unwrap();
    assert!(asked.fits("sip:me@x") && !asked.fits("sip:me@x.example"));
    let by_address = &settings.identifies[2];
    assert!(by_address.masks[0].holds("10.1.1.1".parse().unwrap()));
    assert_eq!(by_address.hosts.join(" "), "pbx.example nowhere.example");
}
