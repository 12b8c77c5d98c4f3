//! Facts as lines that a test can state.

use switch::fact::{Fact, Snap};

/// What happened to calls, a line a fact, in few words; variables, applications and records are left out.
/// Channels go by their names without number: `Phone/ann`, `Local/101@default;1`.
pub fn story(facts: &[Fact]) -> Vec<String> {
    facts.iter().filter_map(line).collect()
}

fn line(fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::ChannelCreated(channel) => format!("{} begins", name(channel)),
        Fact::StateChanged(channel) => format!("{} is {}", name(channel), channel.state.word()),
        Fact::LocalOptimizationBegan { one, .. } => {
            format!("{} leaves the middle", name(one).trim_end_matches(";1"))
        }
        Fact::DialBegan { caller, dest, .. } => format!("{} calls {}", who(caller), name(dest)),
        Fact::DialProgressed { dest, status, .. } => format!("{}: {status}", name(dest)),
        Fact::DialEnded { dest, status, .. } => format!("{}: {status}", name(dest)),
        Fact::BridgeEntered {
            bridge, channel, ..
        } => {
            format!(
                "{} joins {}",
                name(channel),
                bridge.channels.len().saturating_sub(1)
            )
        }
        Fact::BridgeLeft { bridge, channel } => {
            format!("{} leaves {}", name(channel), bridge.channels.len())
        }
        Fact::BlindTransferred(transfer) => format!(
            "{} sends {} to {}: {}",
            name(&transfer.transferer),
            who(&transfer.transferee),
            transfer.exten,
            transfer.result
        ),
        Fact::PickedUp { channel, target } => {
            format!("{} picks {} up", name(channel), name(target))
        }
        Fact::AttendedTransferred(transfer) => format!(
            "{} joins {} and {}: {}",
            name(&transfer.first),
            who(&transfer.transferee),
            who(&transfer.target),
            transfer.dest
        ),
        Fact::HungUp(channel) => format!("{} ends {}", name(channel), channel.cause.0),
        Fact::Held { channel, .. } => format!("{} holds", name(channel)),
        Fact::Unheld(channel) => format!("{} holds no more", name(channel)),
        Fact::UserEvent { name, headers, .. } => {
            let headers = headers.iter().map(|(key, value)| format!(" {key}={value}"));
            format!("event {name}{}", headers.collect::<String>())
        }
        Fact::Originated(ended) => format!("order {} ends {}", ended.action_id, ended.reason),
        _ => return None,
    })
}

fn who(channel: &Option<Snap>) -> String {
    channel.as_ref().map_or_else(|| "nobody".to_owned(), name)
}

/// A channel's name without its number.
fn name(channel: &Snap) -> String {
    let (name, half) = match channel.name.split_once(';') {
        Some((name, half)) => (name, format!(";{half}")),
        None => (&*channel.name, String::new()),
    };
    let name = name.rsplit_once('-').map_or(name, |(name, _)| name);
    format!("{name}{half}")
}
