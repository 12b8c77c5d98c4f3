//! What the dialplan asks of a call.

use switch::signal::Order;

use super::rig::{CHANNEL, Rig, up};

#[test]
fn a_call_tells_of_its_dialog() {
    let mut rig = Rig::new();
    let tag = up(&mut rig, &[]);
    let ask = |field: &str| rig.calls.detail(&rig.settings, CHANNEL, field);
    for (field, value) in [
        ("pjsip,call-id", "one@192.0.2.9"),
        ("PJSIP, secure", "0"),
        ("pjsip,target_uri", "sip:6001@192.0.2.9:5071"),
        ("pjsip,local_uri", "<sip:100@192.0.2.1>"),
        ("pjsip,local_tag", &tag),
        ("pjsip,remote_uri", "<sip:6001@192.0.2.1>"),
        ("pjsip,remote_tag", "them"),
        ("pjsip,request_uri", "sip:100@192.0.2.1"),
        ("pjsip,t38state", "DISABLED"),
        ("pjsip,local_addr", "192.0.2.1:5060"),
        ("pjsip,remote_addr", "192.0.2.9:5071"),
        ("endpoint", "6001"),
        ("moh_passthrough", "no"),
    ] {
        assert_eq!(ask(field).as_deref(), Ok(value), "{field}");
    }
    assert_eq!(
        ask("pjsip,colour"),
        Err("there is no \"pjsip,colour\" of a call".to_owned())
    );
    let other = switch::ChannelId(CHANNEL.0 + 1);
    let gone = rig.calls.detail(&rig.settings, other, "pjsip,call-id");
    assert_eq!(gone, Err("the call is over".to_owned()));
}

#[test]
fn what_the_dialplan_set_is_what_it_reads() {
    let mut rig = Rig::new();
    up(&mut rig, &[]);
    for (name, value, read) in [
        ("dtmf_mode", "auto_info", "auto_info"),
        ("moh_passthrough", "yes", "yes"),
        ("media_offer", "!all,alaw,ulaw", "alaw,ulaw"),
    ] {
        rig.orders(Order::Set {
            name,
            value: value.into(),
        });
        let told = rig.calls.detail(&rig.settings, CHANNEL, name);
        assert_eq!(told.as_deref(), Ok(read), "{name}");
    }
}
