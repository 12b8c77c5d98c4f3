//! Mailboxes: how many messages wait, as programs outside count them.

use ami::action::mailbox::{MailboxCount, MailboxStatus, MwiDelete, MwiGet, MwiUpdate};
use ami::refusal::mailbox as refusal;
use engine::request::Request;
use regex::Regex;
use switch::Text;
use switch::mailbox::Mailbox;

use super::{Cx, Entry, entry};
use crate::reply::Reply;

mod mailbox_count;
mod mailbox_status;
mod mwi_delete;
mod mwi_get;
mod mwi_update;

#[cfg(test)]
mod tests;

/// The actions of this domain.
pub(super) const ACTIONS: &[Entry] = &[
    entry!(MailboxCount, mailbox_count::mailbox_count),
    entry!(MailboxStatus, mailbox_status::mailbox_status),
    entry!(MwiDelete, mwi_delete::mwi_delete),
    entry!(MwiGet, mwi_get::mwi_get),
    entry!(MwiUpdate, mwi_update::mwi_update),
];

/// The mailboxes that a client means: one by its name, or all that an expression between slashes matches.
async fn named(cx: &Cx<'_>, name: &str) -> Result<Vec<(Text, Mailbox)>, Reply> {
    if name.is_empty() {
        return Err(Reply::error(refusal::MISSING));
    }
    let pattern = name.strip_prefix('/');
    let pattern = pattern.map(|rest| rest.strip_suffix('/').unwrap_or(rest));
    let pattern = match pattern.map(Regex::new).transpose() {
        Ok(pattern) => pattern,
        Err(why) => return Err(Reply::error(refusal::bad_expression(&why.to_string()))),
    };
    let mut all = cx.engine.ask(Request::Mailboxes).await?;
    all.retain(|(known, _)| match &pattern {
        Some(pattern) => pattern.is_match(known),
        None => **known == *name,
    });
    Ok(all)
}
