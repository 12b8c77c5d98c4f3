//! Channels: who is on the line.

use ami::action::channel::{
    AbsoluteTimeout, ControlPlayback, CoreShowChannelMap, CoreShowChannels, Getvar, Hangup,
    LocalOptimizeAway, MuteAudio, Originate, PlayDtmf, Redirect, SendText, Setvar, Status,
};

use super::{Entry, entry};

mod absolute_timeout;
mod control_playback;
mod core_show_channel_map;
mod core_show_channels;
mod getvar;
pub(super) mod hangup;
mod local_optimize_away;
mod mute_audio;
mod originate;
mod outside;
mod play_dtmf;
mod redirect;
mod send_text;
mod setvar;
mod status;

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
    entry!(MuteAudio, mute_audio::mute_audio),
    entry!(Originate, originate::originate),
    entry!(PlayDtmf, play_dtmf::play_dtmf),
    entry!(Redirect, redirect::redirect),
    entry!(SendText, send_text::send_text),
    entry!(Setvar, setvar::setvar),
    entry!(Status, status::status),
];
