//! Calls on virtual time, with scripted far ends. Each test is named by the rule that it holds up.

mod detail;
mod early;
mod hostile;
mod incoming;
mod lossy;
mod outgoing;
mod redirect;
mod rig;
mod transfers;
mod within;
