//! All actions by name.

use super::*;
use crate::spec::ActionSpec;

/// Every action, in the order of the alphabet without regard to case, as ListCommands prints them.
pub const ALL: &[&ActionSpec] = &[
    &channel::AbsoluteTimeout::SPEC,
    &bridging::BlindTransfer::SPEC,
    &bridging::Bridge::SPEC,
    &bridging::BridgeDestroy::SPEC,
    &bridging::BridgeInfo::SPEC,
    &bridging::BridgeKick::SPEC,
    &bridging::BridgeList::SPEC,
    &bridging::BridgeTechnologyList::SPEC,
    &bridging::BridgeTechnologySuspend::SPEC,
    &bridging::BridgeTechnologyUnsuspend::SPEC,
    &session::Challenge::SPEC,
    &system::Command::SPEC,
    &channel::ControlPlayback::SPEC,
    &system::CoreSettings::SPEC,
    &channel::CoreShowChannelMap::SPEC,
    &channel::CoreShowChannels::SPEC,
    &system::CoreStatus::SPEC,
    &config::CreateConfig::SPEC,
    &database::DbDel::SPEC,
    &database::DbDelTree::SPEC,
    &database::DbGet::SPEC,
    &database::DbGetTree::SPEC,
    &database::DbPut::SPEC,
    &state::DeviceStateList::SPEC,
    &dialplan::DialplanExtensionAdd::SPEC,
    &dialplan::DialplanExtensionRemove::SPEC,
    &session::Events::SPEC,
    &state::ExtensionState::SPEC,
    &state::ExtensionStateList::SPEC,
    &session::Filter::SPEC,
    &config::GetConfig::SPEC,
    &config::GetConfigJson::SPEC,
    &channel::Getvar::SPEC,
    &channel::Hangup::SPEC,
    &config::ListCategories::SPEC,
    &session::ListCommands::SPEC,
    &channel::LocalOptimizeAway::SPEC,
    &system::LoggerRotate::SPEC,
    &session::Login::SPEC,
    &session::Logoff::SPEC,
    &mailbox::MailboxCount::SPEC,
    &mailbox::MailboxStatus::SPEC,
    &message::MessageSend::SPEC,
    &channel::MixMonitor::SPEC,
    &channel::MixMonitorMute::SPEC,
    &system::ModuleCheck::SPEC,
    &system::ModuleLoad::SPEC,
    &channel::MuteAudio::SPEC,
    &mailbox::MwiDelete::SPEC,
    &mailbox::MwiGet::SPEC,
    &mailbox::MwiUpdate::SPEC,
    &channel::Originate::SPEC,
    &session::Ping::SPEC,
    &pjsip::PjsipHangup::SPEC,
    &pjsip::PjsipNotify::SPEC,
    &pjsip::PjsipQualify::SPEC,
    &pjsip::PjsipRegister::SPEC,
    &pjsip::PjsipSetMaintenance::SPEC,
    &pjsip::PjsipShowAors::SPEC,
    &pjsip::PjsipShowAuths::SPEC,
    &pjsip::PjsipShowContacts::SPEC,
    &pjsip::PjsipShowEndpoint::SPEC,
    &pjsip::PjsipShowEndpoints::SPEC,
    &pjsip::PjsipShowMaintenance::SPEC,
    &pjsip::PjsipShowRegistrationInboundContactStatuses::SPEC,
    &pjsip::PjsipShowRegistrationsInbound::SPEC,
    &pjsip::PjsipShowRegistrationsOutbound::SPEC,
    &pjsip::PjsipShowResourceLists::SPEC,
    &pjsip::PjsipShowSubscriptionsInbound::SPEC,
    &pjsip::PjsipShowSubscriptionsOutbound::SPEC,
    &pjsip::PjsipUnregister::SPEC,
    &channel::PlayDtmf::SPEC,
    &state::PresenceState::SPEC,
    &state::PresenceStateList::SPEC,
    &channel::Redirect::SPEC,
    &system::Reload::SPEC,
    &channel::SendText::SPEC,
    &channel::Setvar::SPEC,
    &dialplan::ShowDialPlan::SPEC,
    &channel::Status::SPEC,
    &channel::StopMixMonitor::SPEC,
    &config::UpdateConfig::SPEC,
    &session::UserEvent::SPEC,
    &session::WaitEvent::SPEC,
];

/// The action of a name, in any case.
pub fn spec(name: &str) -> Option<&'static ActionSpec> {
    ALL.iter()
        .copied()
        .find(|spec| spec.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_files::stems;

    #[test]
    fn no_action_is_missing() {
        let mut listed: Vec<String> = ALL.iter().map(|spec| spec.name.to_lowercase()).collect();
        assert!(
            listed.is_sorted(),
            "the list is in the order of the alphabet"
        );
        listed.sort();
        assert_eq!(listed, stems("action", |_| true));
    }

    #[test]
    fn every_list_names_its_events() {
        for action in ALL {
            for event in action.items.iter().copied().chain([action.complete]) {
                let known = event.is_empty() || crate::event::spec(event).is_some();
                assert!(known, "{} names {event}, which is no event", action.name);
            }
            assert_eq!(
                spec(&action.name.to_uppercase()).map(|s| s.name),
                Some(action.name)
            );
        }
    }
}
