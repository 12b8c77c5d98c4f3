//! Channels: who is on the line.

mod absolute_timeout;
mod control_playback;
mod core_show_channel_map;
mod core_show_channels;
mod getvar;
mod hangup;
mod local_optimize_away;
mod mix_monitor;
mod mix_monitor_mute;
mod mute_audio;
mod originate;
mod play_dtmf;
mod redirect;
mod send_text;
mod setvar;
mod status;
mod stop_mix_monitor;

pub use absolute_timeout::AbsoluteTimeout;
pub use control_playback::ControlPlayback;
pub use core_show_channel_map::CoreShowChannelMap;
pub use core_show_channels::CoreShowChannels;
pub use getvar::Getvar;
pub use hangup::Hangup;
pub use local_optimize_away::LocalOptimizeAway;
pub use mix_monitor::MixMonitor;
pub use mix_monitor_mute::MixMonitorMute;
pub use mute_audio::MuteAudio;
pub use originate::Originate;
pub use play_dtmf::PlayDtmf;
pub use redirect::Redirect;
pub use send_text::SendText;
pub use setvar::Setvar;
pub use status::Status;
pub use stop_mix_monitor::StopMixMonitor;
