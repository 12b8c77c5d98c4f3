use ami::action::pjsip::PjsipShowContacts;
use ami::event::pjsip::{ContactList, ContactListComplete};
use ami::refusal::pjsip as refusal;
use sip::directory::Contact;
use sip::settings::Aor;

use super::shown;
use crate::action::Cx;
use crate::reply::{List, Reply};

pub(super) async fn pjsip_show_contacts(cx: &Cx<'_>, _: PjsipShowContacts) -> Result<Reply, Reply> {
    let directory = cx.host.sip();
    let settings = directory.settings();
    let mut list = cx.list("A listing of Contacts follows, presented as ContactList events");
    for contact in directory.contacts() {
        if let Some(aor) = settings.aors.get(&contact.aor).filter(|_| !contact.fixed) {
            add(&mut list, &contact, aor);
        }
    }
    if list.is_empty() {
        return Err(Reply::error(refusal::NO_CONTACTS));
    }
    let items = list.count();
    Ok(list.complete(&ContactListComplete { items }))
}

fn add(list: &mut List<'_>, contact: &Contact, aor: &Aor) {
    list.item(&ContactList {
        object_type: "contact",
        object_name: &contact.id,
        via_addr: &contact.via_address,
        qualify_timeout: aor.shown("qualify_timeout"),
        qualify_2xx_only: aor.shown("qualify_2xx_only"),
        call_id: &contact.call_id,
        reg_server: "",
        prune_on_boot: yes_no(contact.prune_on_boot),
        path: &contact.path,
        endpoint: &contact.endpoint,
        via_port: contact.via_port.into(),
        authenticate_qualify: yes_no(aor.authenticate_qualify),
        uri: &contact.uri,
        qualify_frequency: aor.qualify_frequency.as_secs(),
        user_agent: &contact.user_agent,
        expiration_time: shown::expires(contact),
        outbound_proxy: &aor.outbound_proxy,
        status: contact.status.word(),
        roundtrip_usec: &shown::round_trip(contact),
    });
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
