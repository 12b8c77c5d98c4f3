//! Who is to be called, and the dialog that begins with it.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use engine::FromChannel;
use switch::{Cause, ChannelId, Party, Text};

use super::dialog::{Dialog, Ways};
use super::hands::Hands;
use super::incoming::open_sound;
use super::leg::{Call, Phase};
use super::moments::Due;
use super::outgoing::Calling;
use super::{Place, Reach, identity, place};
use crate::settings::Endpoint;
use crate::uri;
use crate::wire::Target;

/// How long a call to somebody who is nowhere lasts. It is not refused at once, so that whoever rings
/// several at once waits for the others.
const NOWHERE: Duration = Duration::from_secs(4);

/// What a destination means.
#[derive(Debug, PartialEq, Eq)]
struct Destination<'a> {
    endpoint: &'a str,
    /// An address, or a user for its contact's address.
    address: Option<&'a str>,
    user: Option<&'a str>,
}

/// Reads `6001`, `100@trunk`, `trunk/sip:100@host` or `trunk/100`.
fn destination(text: &str) -> Destination<'_> {
    let (first, rest) = match text.split_once('/') {
        Some((first, rest)) => (first, Some(rest.trim_start_matches('/'))),
        None => (text, None),
    };
    let is_address = |text: &&str| text.starts_with("sip:") || text.starts_with("sips:");
    match (first.rsplit_once('@'), rest) {
        (Some((user, endpoint)), None) => Destination {
            endpoint,
            address: None,
            user: Some(user),
        },
        (_, rest) => Destination {
            endpoint: first,
            address: rest.filter(is_address),
            user: rest.filter(|rest| !is_address(rest) && !rest.is_empty()),
        },
    }
}

/// Calls somebody for a channel of the engine's.
pub(super) fn call(
    hands: &mut Hands<'_, '_>,
    id: u64,
    reach: &dyn Reach,
    channel: ChannelId,
    text: &str,
    caller: &Party,
) -> Option<Call> {
    let wanted = destination(text);
    let endpoint = reach
        .endpoint(wanted.endpoint)
        .or_else(|| reach.endpoint(&hands.cx.settings.global.default_outbound_endpoint));
    let Some(endpoint) = endpoint else {
        let hangup = FromChannel::Hangup {
            cause: Some(Cause::UNALLOCATED),
            tech_cause: Text::default(),
        };
        let input = engine::Input::Channel(channel, hangup);
        hands.cx.out.engine.push(input);
        return None;
    };
    let found = match wanted.address {
        Some(address) => reach.place(&endpoint, address),
        None => reach.contact(&endpoint),
    };
    let place = found
        .and_then(|place| with_user(place, wanted.user))
        .filter(|place| uri::parse(&place.uri).is_some());
    hands.index.channels.insert(channel, id);
    let Some(place) = place else {
        return Some(nowhere(hands, id, endpoint, channel));
    };
    let dialog = dialog(hands, &endpoint, &place, caller);
    let phase = Phase::Calling(Box::new(Calling::new(false)));
    let mut call = Call::new(id, endpoint, dialog, phase);
    call.channel = Some(channel);
    hands.index.tags.insert(call.dialog.local_tag.clone(), id);
    let there = match &place.target {
        Target::Flow(flow) => Some(flow.remote.ip()),
        Target::Named { .. } => address_of(&place.uri),
    };
    let (listen, shown) = place::sound(
        hands.cx.settings,
        &call.endpoint,
        place.flow.transport,
        place.flow.local,
        there,
    );
    match open_sound(hands, &call.endpoint, listen, shown) {
        Ok(sound) => {
            hands.cx.sound.attach(sound.session, channel);
            call.sound = Some(sound);
        }
        Err(_) => {
            call.part(hands, Some(Cause::CONGESTION), "503");
            call.phase = Phase::Over;
            return Some(call);
        }
    }
    let reference = Text::from(&*call.dialog.call_id);
    call.tell(hands, FromChannel::Reference(reference));
    call.connected = Some(caller.clone());
    Some(call)
}

/// A call that finds nobody.
fn nowhere(
    hands: &mut Hands<'_, '_>,
    id: u64,
    endpoint: Arc<Endpoint>,
    channel: ChannelId,
) -> Call {
    let place = Place {
        uri: "sip:invalid".to_owned(),
        routes: Vec::new(),
        target: Target::Named {
            transport: String::new(),
        },
        flow: crate::wire::Flow {
            transport: crate::wire::Transport::Udp,
            local: std::net::SocketAddr::from(([0; 4], 0)),
            remote: std::net::SocketAddr::from(([0; 4], 0)),
        },
    };
    let dialog = dialog(hands, &endpoint, &place, &Party::default());
    let calling = Calling::new(true);
    let mut call = Call::new(id, endpoint, dialog, Phase::Calling(Box::new(calling)));
    call.channel = Some(channel);
    call.wait(hands, Due::Nowhere, NOWHERE);
    call
}

fn with_user(mut place: Place, user: Option<&str>) -> Option<Place> {
    if let Some(user) = user {
        let mut address = uri::parse(&place.uri)?;
        address.auth = Some(rsipstack::sip::Auth {
            user: user.to_owned(),
            password: None,
        });
        place.uri = uri::text(&address);
    }
    Some(place)
}

fn address_of(text: &str) -> Option<IpAddr> {
    let host = uri::parse(text)?.host().to_string();
    host.trim_matches(['[', ']']).parse().ok()
}

fn dialog(hands: &mut Hands<'_, '_>, endpoint: &Endpoint, place: &Place, caller: &Party) -> Dialog {
    let tag = hands.dice.tag();
    let host = place::host(place.flow.local.ip());
    let settings = &**hands.cx.settings;
    let from = identity::from(caller, endpoint, settings, &host);
    let user = uri::name_addr(&from)
        .and_then(|named| uri::parse(named.address))
        .and_then(|address| address.user().map(str::to_owned))
        .unwrap_or_default();
    let there = match &place.target {
        Target::Flow(flow) => Some(flow.remote.ip()),
        Target::Named { .. } => address_of(&place.uri),
    };
    let (transport, here) = (place.flow.transport, place.flow.local);
    let ways = match &place.target {
        Target::Flow(flow) => Ways::by(flow, endpoint, settings),
        Target::Named { transport } => Ways {
            flow: None,
            flow_counts: false,
            transport: transport.clone(),
        },
    };
    Dialog {
        call_id: hands.dice.call_id(),
        local: format!("{from};tag={tag}"),
        local_tag: tag,
        remote: format!("<{}>", place.uri),
        remote_tag: String::new(),
        sequence: hands.dice.below(30_000),
        their_sequence: 0,
        target: place.uri.clone(),
        asked: String::new(),
        routes: place.routes.clone(),
        way: place.target.clone(),
        ways,
        here,
        contact: place::contact(settings, &user, transport, here, there),
        ours: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_read() {
        let read = |text| {
            let Destination {
                endpoint,
                address,
                user,
            } = destination(text);
            (endpoint, address, user)
        };
        assert_eq!(read("6001"), ("6001", None, None));
        assert_eq!(read("100@trunk"), ("trunk", None, Some("100")));
        let address = "sip:100@192.0.2.1:5060";
        assert_eq!(
            read("trunk/sip:100@192.0.2.1:5060"),
            ("trunk", Some(address), None)
        );
        assert_eq!(read("trunk/100"), ("trunk", None, Some("100")));
        assert_eq!(read("trunk/"), ("trunk", None, None));
    }
}
