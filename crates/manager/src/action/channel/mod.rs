//! Channels: who is on the line.

use ami::action::channel::{
    AbsoluteTimeout, ControlPlayback, CoreShowChannelMap, CoreShowChannels, Getvar, Hangup,
    LocalOptimizeAway, MixMonitor, MixMonitorMute, MuteAudio, Originate, PlayDtmf, Redirect,
    SendText, Setvar, Status, StopMixMonitor,
};

use super::{Entry, entry};

mod absolute_timeout;
mod control_playback;
mod core_show_channel_map;
mod core_show_channels;
mod getvar;
pub(super) mod hangup;
mod local_optimize_away;
mod mix_monitor;
mod mix_monitor_mute;
mod mute_audio;
mod originate;
mod outside;
mod play_dtmf;
mod redirect;
mod send_text;
mod setvar;
mod status;
mod stop_mix_monitor;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(AbsoluteTimeout, absolute_timeout::absolute_timeout),
    entry!(ControlPlayback, control_playback::control_playback),
    entry!(
        CoreShowChannelMap,
        core_show_channel_map::core_show_channel_map
    ),
    entry!(CoreShowChannels, core_show_channels::core_show_channels),
    entry!(Getvar, getvar::getvar),
    entry!(Hangup, hangup::hangup),
    entry!(LocalOptimizeAway, local_optimize_away::local_optimize_away),
    entry!(MixMonitor, mix_monitor::mix_monitor),
    entry!(MixMonitorMute, mix_monitor_mute::mix_monitor_mute),
    entry!(MuteAudio, mute_audio::mute_audio),
    entry!(Originate, originate::originate),
    entry!(PlayDtmf, play_dtmf::play_dtmf),
    entry!(Redirect, redirect::redirect),
    entry!(SendText, send_text::send_text),
    entry!(Setvar, setvar::setvar),
    entry!(Status, status::status),
    entry!(StopMixMonitor, stop_mix_monitor::stop_mix_monitor),
];
