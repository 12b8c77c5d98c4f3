//! What happens to the call itself.

pub mod answer;
pub mod bridge;
pub mod busy;
pub mod congestion;
pub mod dial;
pub mod hangup;
pub mod hangupcauseclear;
pub mod originate;
pub mod pickup;
pub mod pjsiphangup;
pub mod pjsipnotify;
pub mod proceeding;
pub mod progress;
pub mod ringing;
pub mod softhangup;
pub mod transfer;
