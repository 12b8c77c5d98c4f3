//! What the caller hears, says and dials.

pub mod background;
pub mod backgrounddetect;
pub mod datetime;
pub mod echo;
pub mod milliwatt;
pub(crate) mod music;
pub mod musiconhold;
pub(crate) mod play;
pub mod playback;
pub mod playtones;
pub mod read;
pub mod readexten;
pub(crate) mod say;
pub mod sayalpha;
pub mod saydigits;
pub mod saynumber;
pub mod sayphonetic;
pub(crate) mod saytime;
pub mod sayunixtime;
pub mod senddtmf;
pub mod sendtext;
pub mod startmusiconhold;
pub mod stopmusiconhold;
pub mod stopplaytones;
