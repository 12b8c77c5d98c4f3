use ami::action::session::Logoff;

use crate::reply::Reply;
use crate::session::{Outcome, Session};

/// Says goodbye.
pub(super) fn logoff(_: &mut Session, _: Logoff) -> Outcome {
    Outcome::Last(Reply::goodbye("Thanks for all the fish."))
}
