//! Music and tones that play while an application waits.

use switch::Text;

use crate::call::Call;

/// Music that plays until it is dropped.
pub(crate) struct Music(Call);

/// Begins music of a class; without one that of the channel.
pub(crate) fn start(call: &Call, class: &str) -> Music {
    call.with(|world| world.switch.start_music(call.id, class));
    Music(call.clone())
}

impl Drop for Music {
    fn drop(&mut self) {
        self.0.with(|world| world.switch.stop_music(self.0.id));
    }
}

/// A tone that plays until it is dropped.
pub(crate) struct Tone(Call);

/// Begins a tone: the name of one of the zone's, or frequencies and times.
pub(crate) fn tone(call: &Call, tone: &str) -> Tone {
    set_tone(call, Some(Text::from(tone)));
    Tone(call.clone())
}

impl Drop for Tone {
    fn drop(&mut self) {
        set_tone(&self.0, None);
    }
}

/// Sets the tone that plays on a channel until something else is set.
pub(crate) fn set_tone(call: &Call, tone: Option<Text>) {
    call.with(|world| {
        if let Some(channel) = world.switch.channel_mut(call.id) {
            channel.tone = tone;
        }
    });
}
