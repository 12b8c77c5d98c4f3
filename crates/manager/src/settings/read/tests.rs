//! What the files say, and what is wrong with them.

use ami::EventMask;

use super::*;

fn settings(manager: &str, acl: &str) -> (Settings, Vec<Problem>) {
    let manager = Config::from_text("manager.conf", manager).unwrap();
    let acl = Config::from_text("acl.conf", acl).unwrap();
    Settings::read(&manager, Some(&acl)).unwrap()
}

fn problems(manager: &str) -> Vec<String> {
    let manager = Config::from_text("manager.conf", manager).unwrap();
    Settings::read(&manager, None)
        .unwrap_err()
        .iter()
        .map(Problem::to_string)
        .collect()
}

#[test]
fn general_options() {
    let (settings, warnings) = settings(
        "[general]\nenabled = yes\nbindaddr = 127.0.0.1\nport = 5040\nauthtimeout = 5\n\
         authlimit = 7\ntimestampevents = yes\nchannelvars = A, B\ndisabledevents = VarSet\n\
         oldport = 5041\ntlsenable = yes\ntlscertfile = /etc/x.pem\nfrobnicate = 1\n",
        "",
    );
    assert!(settings.enabled);
    let addresses: Vec<_> = settings
        .listeners
        .iter()
        .map(|l| format!("{} {} {}", l.address, l.dialect.version(), l.tls.is_some()))
        .collect();
    assert_eq!(
        addresses,
        [
            "127.0.0.1:5040 13.0.0 false",
            "127.0.0.1:5041 1.1 false",
            "127.0.0.1:5039 13.0.0 true"
        ]
    );
    assert_eq!(
        (settings.auth_timeout.as_secs(), settings.auth_limit),
        (5, 7)
    );
    assert!(settings.style.timestamps);
    assert_eq!(settings.style.disabled, ["VarSet"]);
    assert_eq!(settings.channel_variables.len(), 2);
    assert_eq!(warnings.len(), 1);
    assert_eq!(
        warnings[0].to_string(),
        "manager.conf:13: unknown option frobnicate"
    );
}

#[test]
fn users() {
    let (settings, warnings) = settings(
        "[general]\nenabled = yes\ndisplayconnects = no\n\
         [base](!)\nread = call\nwrite = all\n\
         [anna](base)\nsecret = s3cret\nacl = local\nsetvar = CAMPAIGN=autumn\ndialect = 1.1\n\
         listresponse = follows\neventfilter = !VarSet\n\
         eventfilter(action(include),name(Hangup),header(Channel),method(starts_with)) = Local/\n\
         [Bob]\nsecret = x\nread = call,cals\ndisplayconnects = yes\nwritetimeout = 250\n",
        "[local]\ndeny = 0.0.0.0/0\npermit = 127.0.0.1\n",
    );
    assert_eq!(
        settings
            .users()
            .map(|u| u.name.as_str())
            .collect::<Vec<_>>(),
        ["anna", "Bob"]
    );
    let anna = settings.user("ANNA").unwrap();
    assert_eq!((anna.read, anna.write), (Permission::CALL, Permission::ALL));
    assert_eq!(EventMask(anna.write), EventMask::ON);
    assert_eq!(anna.dialect, Some(Dialect::Old));
    assert_eq!(anna.list_response, ListResponse::Follows);
    assert!(!anna.display_connects);
    assert_eq!(
        anna.access.refusal("10.0.0.1".parse().unwrap()),
        Some("local")
    );
    assert_eq!(anna.variables, [("CAMPAIGN".into(), "autumn".into())]);
    assert!(
        anna.filters
            .passes("Hangup", b"Event: Hangup\r\nChannel: Local/1\r\n\r\n")
    );
    assert!(
        !anna
            .filters
            .passes("Hangup", b"Event: Hangup\r\nChannel: PJSIP/1\r\n\r\n")
    );
    let bob = settings.user("bob").unwrap();
    assert!(bob.display_connects && bob.dialect.is_none());
    assert_eq!(bob.write_timeout, Duration::from_millis(250));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0]
            .to_string()
            .ends_with("there is no permission cals")
    );
}

#[test]
fn all_that_is_wrong_is_said_with_its_place() {
    let wrong = problems(
        "[general]\nenabled = maybe\nport = 70000\nbindaddr = nowhere\ndialect = 7\n\
         [anna]\nsecret = x\npermit = 1.2.3\nacl = missing\neventfilter = [\n\
         eventfilter(name(X),method(guess)) = 1\nlistresponse = perhaps\n",
    );
    let lines: Vec<&str> = wrong.iter().filter_map(|p| p.split(": ").next()).collect();
    let mut sorted = lines.clone();
    sorted.sort_by_key(|place| place.rsplit(':').next().and_then(|n| n.parse::<u32>().ok()));
    assert_eq!(
        sorted,
        [
            "manager.conf:2",
            "manager.conf:3",
            "manager.conf:4",
            "manager.conf:5",
            "manager.conf:8",
            "manager.conf:9",
            "manager.conf:10",
            "manager.conf:11",
            "manager.conf:12",
        ]
    );
}
