//! Where the dialplan goes, and when.

pub(crate) mod block;
pub(crate) mod branch;
pub mod channelredirect;
pub mod continuewhile;
pub mod r#else;
pub mod elseif;
pub mod endif;
pub mod endwhile;
pub mod exec;
pub mod execif;
pub mod execiftime;
pub mod exitif;
pub mod exitwhile;
pub mod goto;
pub mod gotoif;
pub mod gotoiftime;
pub mod r#if;
pub mod incomplete;
pub mod raiseexception;
pub mod tryexec;
pub mod wait;
pub mod waitdigit;
pub mod waitexten;
pub mod waitforcondition;
pub mod waituntil;
pub mod r#while;
