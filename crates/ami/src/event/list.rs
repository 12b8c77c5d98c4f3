//! All events by name.

use super::*;
use crate::spec::EventSpec;

/// Every event of today's dialect and every item of a list, in the order of the alphabet without regard
/// to case. Those of the old dialect are in [`old::ALL`].
pub const ALL: &[&EventSpec] = &[
    &pjsip::AorDetail::SPEC,
    &pjsip::AorList::SPEC,
    &pjsip::AorListComplete::SPEC,
    &bridging::AttendedTransfer::SPEC,
    &pjsip::AuthDetail::SPEC,
    &pjsip::AuthList::SPEC,
    &pjsip::AuthListComplete::SPEC,
    &security::AuthMethodNotAllowed::SPEC,
    &bridging::BlindTransfer::SPEC,
    &bridging::BridgeCreate::SPEC,
    &bridging::BridgeDestroy::SPEC,
    &bridging::BridgeEnter::SPEC,
    &bridging::BridgeInfoChannel::SPEC,
    &bridging::BridgeInfoComplete::SPEC,
    &bridging::BridgeLeave::SPEC,
    &bridging::BridgeListComplete::SPEC,
    &bridging::BridgeListItem::SPEC,
    &bridging::BridgeMerge::SPEC,
    &bridging::BridgeTechnologyListComplete::SPEC,
    &bridging::BridgeTechnologyListItem::SPEC,
    &bridging::BridgeVideoSourceUpdate::SPEC,
    &record::Cdr::SPEC,
    &record::Cel::SPEC,
    &security::ChallengeResponseFailed::SPEC,
    &security::ChallengeSent::SPEC,
    &channel::ChannelHungup::SPEC,
    &channel::ChannelsHungupListComplete::SPEC,
    &channel::ChannelTalkingStart::SPEC,
    &channel::ChannelTalkingStop::SPEC,
    &pjsip::ContactList::SPEC,
    &pjsip::ContactListComplete::SPEC,
    &pjsip::ContactStatus::SPEC,
    &pjsip::ContactStatusDetail::SPEC,
    &pjsip::ContactStatusDetailComplete::SPEC,
    &channel::CoreShowChannel::SPEC,
    &channel::CoreShowChannelMapChannel::SPEC,
    &channel::CoreShowChannelMapComplete::SPEC,
    &channel::CoreShowChannelsComplete::SPEC,
    &database::DbGetComplete::SPEC,
    &database::DbGetResponse::SPEC,
    &database::DbGetTreeComplete::SPEC,
    &database::DbGetTreeResponse::SPEC,
    &state::DeviceStateChange::SPEC,
    &state::DeviceStateListComplete::SPEC,
    &dial::DialBegin::SPEC,
    &dial::DialEnd::SPEC,
    &dial::DialState::SPEC,
    &channel::DtmfBegin::SPEC,
    &channel::DtmfEnd::SPEC,
    &pjsip::EndpointDetail::SPEC,
    &pjsip::EndpointDetailComplete::SPEC,
    &pjsip::EndpointList::SPEC,
    &pjsip::EndpointListComplete::SPEC,
    &session::EventsLost::SPEC,
    &state::ExtensionStateListComplete::SPEC,
    &state::ExtensionStatus::SPEC,
    &security::FailedAcl::SPEC,
    &channel::Flash::SPEC,
    &system::FullyBooted::SPEC,
    &channel::Hangup::SPEC,
    &dialplan::HangupHandlerPop::SPEC,
    &dialplan::HangupHandlerPush::SPEC,
    &dialplan::HangupHandlerRun::SPEC,
    &channel::HangupRequest::SPEC,
    &channel::Hold::SPEC,
    &pjsip::IdentifyDetail::SPEC,
    &pjsip::InboundRegistrationDetail::SPEC,
    &pjsip::InboundRegistrationDetailComplete::SPEC,
    &pjsip::InboundSubscriptionDetail::SPEC,
    &pjsip::InboundSubscriptionDetailComplete::SPEC,
    &security::InvalidAccountId::SPEC,
    &security::InvalidPassword::SPEC,
    &security::InvalidTransport::SPEC,
    &dialplan::ListDialplan::SPEC,
    &system::Load::SPEC,
    &security::LoadAverageLimit::SPEC,
    &channel::LocalBridge::SPEC,
    &channel::LocalOptimizationBegin::SPEC,
    &channel::LocalOptimizationEnd::SPEC,
    &security::MemoryLimit::SPEC,
    &state::MessageWaiting::SPEC,
    &channel::MixMonitorMute::SPEC,
    &channel::MixMonitorStart::SPEC,
    &channel::MixMonitorStop::SPEC,
    &channel::MusicOnHoldStart::SPEC,
    &channel::MusicOnHoldStop::SPEC,
    &state::MwiGet::SPEC,
    &state::MwiGetComplete::SPEC,
    &channel::NewAccountCode::SPEC,
    &channel::NewCallerid::SPEC,
    &channel::Newchannel::SPEC,
    &channel::NewConnectedLine::SPEC,
    &dialplan::Newexten::SPEC,
    &channel::Newstate::SPEC,
    &dial::OriginateResponse::SPEC,
    &pjsip::OutboundRegistrationDetail::SPEC,
    &pjsip::OutboundRegistrationDetailComplete::SPEC,
    &pjsip::OutboundSubscriptionDetail::SPEC,
    &pjsip::OutboundSubscriptionDetailComplete::SPEC,
    &pjsip::PeerStatus::SPEC,
    &dial::Pickup::SPEC,
    &pjsip::PjsipMaintenanceStatus::SPEC,
    &pjsip::PjsipMaintenanceStatusComplete::SPEC,
    &state::PresenceStateChange::SPEC,
    &state::PresenceStateListComplete::SPEC,
    &state::PresenceStatus::SPEC,
    &pjsip::Registry::SPEC,
    &system::Reload::SPEC,
    &channel::Rename::SPEC,
    &security::RequestBadFormat::SPEC,
    &security::RequestNotAllowed::SPEC,
    &security::RequestNotSupported::SPEC,
    &pjsip::ResourceListDetail::SPEC,
    &pjsip::ResourceListDetailComplete::SPEC,
    &channel::RtcpReceived::SPEC,
    &channel::RtcpSent::SPEC,
    &security::SessionLimit::SPEC,
    &dialplan::ShowDialPlanComplete::SPEC,
    &system::Shutdown::SPEC,
    &channel::SoftHangupRequest::SPEC,
    &channel::Status::SPEC,
    &channel::StatusComplete::SPEC,
    &security::SuccessfulAuth::SPEC,
    &pjsip::TransportDetail::SPEC,
    &security::UnexpectedAddress::SPEC,
    &channel::Unhold::SPEC,
    &system::Unload::SPEC,
    &session::UserEvent::SPEC,
    &dialplan::VarSet::SPEC,
    &session::WaitEventComplete::SPEC,
];

/// The event of a name, in any case.
pub fn spec(name: &str) -> Option<&'static EventSpec> {
    ALL.iter()
        .copied()
        .find(|spec| spec.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{FieldSpec, Group, ItemSpec};
    use crate::test_files::stems;

    #[test]
    fn no_event_is_missing() {
        let listed: Vec<String> = ALL.iter().map(|spec| spec.name.to_lowercase()).collect();
        assert!(
            listed.is_sorted(),
            "the list is in the order of the alphabet"
        );
        assert_eq!(listed, stems("event", |domain| domain != "old"));
    }

    #[test]
    fn no_event_of_the_old_dialect_is_missing() {
        let listed: Vec<String> = old::ALL
            .iter()
            .map(|spec| spec.name.to_lowercase())
            .collect();
        assert!(
            listed.is_sorted(),
            "the list is in the order of the alphabet"
        );
        let mut files = stems("event", |domain| domain == "old");
        for file in &mut files {
            if file == "dialbegin" || file == "dialend" {
                *file = "dial".to_owned();
            }
        }
        assert_eq!(listed, files);
        for name in old::UNCHANGED {
            assert!(spec(name).is_some(), "{name} is no event");
        }
    }

    /// A key that may come next, whether it must, and whether it may come again.
    struct Expected {
        key: String,
        optional: bool,
        repeated: bool,
    }

    fn keys_of(event: &EventSpec) -> Vec<Expected> {
        let mut keys = Vec::new();
        let mut add = |key: String, optional, repeated| {
            keys.push(Expected {
                key,
                optional,
                repeated,
            });
        };
        for field in event.fields {
            match *field {
                FieldSpec::Line { name, optional, .. } => add(name.to_owned(), optional, false),
                FieldSpec::Pairs { name, .. } => add(name.to_owned(), true, true),
                FieldSpec::Free { .. } => add("*".to_owned(), true, true),
                FieldSpec::Group {
                    group,
                    prefix,
                    optional,
                    ..
                } => {
                    for key in group_keys(group) {
                        add(format!("{prefix}{key}"), optional, false);
                    }
                }
            }
        }
        keys
    }

    fn group_keys(group: Group) -> &'static [&'static str] {
        match group {
            Group::Channel => &[
                "Channel",
                "ChannelState",
                "ChannelStateDesc",
                "CallerIDNum",
                "CallerIDName",
                "ConnectedLineNum",
                "ConnectedLineName",
                "Language",
                "AccountCode",
                "Context",
                "Exten",
                "Priority",
                "Uniqueid",
                "Linkedid",
            ],
            Group::Bridge => &[
                "BridgeUniqueid",
                "BridgeType",
                "BridgeTechnology",
                "BridgeCreator",
                "BridgeName",
                "BridgeNumChannels",
                "BridgeVideoSourceMode",
            ],
            Group::Security => &[
                "EventTV",
                "Severity",
                "Service",
                "EventVersion",
                "AccountID",
                "SessionID",
                "LocalAddress",
                "RemoteAddress",
            ],
        }
    }

    /// Whether keys as recorded are what the declaration allows, in its order.
    fn matches(event: &EventSpec, recorded: &[&str]) -> bool {
        let mut keys = recorded.iter().copied().peekable();
        let own: Vec<String> = keys_of(event).into_iter().map(|own| own.key).collect();
        let mut take = |expected: &str, any_number: bool| {
            let mut taken = false;
            // What the sender chose ends where the event's own lines go on.
            let free = |key: &str| expected == "*" && !own.iter().any(|own| own == key);
            while keys.next_if(|key| free(key) || *key == expected).is_some() {
                taken = true;
                if !any_number {
                    break;
                }
            }
            taken
        };
        let mut fits = take("Event", false);
        let as_item = !take("Privilege", false) && event.item != ItemSpec::Never;
        if event.item == ItemSpec::ActionIdSecond && as_item {
            fits &= take("ActionID", false);
        }
        if event.complete {
            fits &= take("EventList", false);
        }
        for expected in keys_of(event) {
            fits &= take(&expected.key, expected.repeated) | expected.optional;
        }
        if event.item == ItemSpec::ActionIdLast {
            fits &= take("ActionID", false);
        }
        fits && keys.next().is_none()
    }

    #[test]
    fn declarations_agree_with_what_asterisk_was_seen_to_send() {
        let recorded = include_str!("../../testdata/recorded-keys.tsv");
        for line in recorded.lines() {
            let (name, keys) = line.split_once('\t').unwrap();
            let event = spec(name).unwrap_or_else(|| panic!("{name} is not declared"));
            let keys: Vec<&str> = keys.split(' ').collect();
            assert!(matches(event, &keys), "{line}");
            assert!(
                !matches(event, keys.get(1..).unwrap()),
                "{name} matches anything"
            );
        }
    }
}
