//! Music and tones that play while an application waits.

use std::time::Duration;

use switch::Text;
use switch::sound::What;

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
        let channel = world.switch.channel(call.id);
        let zone = channel.map(|channel| channel.tone_zone.clone());
        let zone = zone.unwrap_or_default();
        let tone = tone.map(|tone| Text::from(world.rules.tones.notation(&zone, &tone)));
        world.switch.set_tone(call.id, tone);
    });
}

/// Something that plays until it is dropped.
pub(crate) struct Playing {
    call: Call,
    number: u64,
}

/// Begins to play something, from so far into it, in another language than the call's where one is given.
pub(crate) fn begin(call: &Call, what: What, from: Duration, language: Option<Text>) -> Playing {
    let number = call.with(|world| world.switch.start_play(call.id, what, from, language));
    Playing {
        call: call.clone(),
        number,
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        let Playing { call, number } = self;
        call.with(|world| world.switch.stop_play(call.id, *number));
    }
}
