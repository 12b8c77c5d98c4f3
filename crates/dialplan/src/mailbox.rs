//! Mailboxes that programs outside count: kept in the key database, shown as devices (`MWI:2001@default`).

use serde_json::{Value, json};
use switch::Text;
use switch::device::DeviceState;
use switch::mailbox::Mailbox;

use crate::hint;
use crate::world::{Change, World, keys_below};

/// Where the key database has them, each with its figures as JSON.
const FAMILY: &str = "/mwi_external/mailboxes";

/// What waits in mailboxes, added up; several have commas or `&` between.
pub fn count(world: &World, names: &str) -> Mailbox {
    let names = names.split([',', '&']).map(str::trim);
    let counted = names.filter_map(|name| world.switch.mailboxes.get(name).copied());
    counted.fold(Mailbox::default(), |sum, one| sum + one)
}

/// Says what waits in a mailbox. Whether there was room for it.
pub fn set(world: &mut World, name: &Text, mailbox: Mailbox) -> bool {
    if !world.switch.set_mailbox(name, mailbox) {
        return false;
    }
    let value = json!({
        "msgs_new": mailbox.new.to_string(),
        "msgs_old": mailbox.old.to_string(),
    });
    let change = Change::Put {
        key: key(name),
        value: value.to_string().into(),
    };
    world.change_database(change, drop);
    show(world, name, mailbox);
    true
}

/// Forgets a mailbox: whether it was there.
pub fn remove(world: &mut World, name: &Text) -> bool {
    if !world.switch.remove_mailbox(name) {
        return false;
    }
    world.change_database(Change::Delete { key: key(name) }, drop);
    show(world, name, Mailbox::default());
    true
}

/// Those that the key database has are there again from the start. An entry that is none is left alone.
pub fn restore(world: &mut World) {
    for key in keys_below(&world.switch.database, FAMILY) {
        let name = key.strip_prefix(FAMILY).and_then(|k| k.strip_prefix('/'));
        let value = world.switch.database.get(&key);
        let mailbox = value.and_then(|value| read(value));
        if let (Some(name), Some(mailbox)) = (name, mailbox) {
            let name = Text::from(name);
            world.switch.mailboxes.insert(name.clone(), mailbox);
            show(world, &name, mailbox);
        }
    }
}

fn key(name: &str) -> Text {
    Text::from(format!("{FAMILY}/{name}"))
}

fn read(value: &str) -> Option<Mailbox> {
    let value: Value = serde_json::from_str(value).ok()?;
    let figure = |name: &str| match value.get(name)? {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64()?.try_into().ok(),
        _ => None,
    };
    Some(Mailbox {
        new: figure("msgs_new")?,
        old: figure("msgs_old")?,
    })
}

fn show(world: &mut World, name: &str, mailbox: Mailbox) {
    let state = match mailbox.new {
        0 => DeviceState::NotInUse,
        _ => DeviceState::InUse,
    };
    hint::set_device(world, &Text::from(format!("MWI:{name}")), state);
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::bench::Bench;

    #[test]
    fn what_is_kept_is_there_again() {
        let bench = Bench::new("exten => 9,hint,MWI:2001@default");
        let (name, counted) = (Text::from("2001@default"), Mailbox { new: 2, old: 5 });
        let mut world = bench.shared.borrow_mut();
        assert!(set(&mut world, &name, counted));
        world.switch.mailboxes.clear();
        restore(&mut world);
        assert_eq!(count(&world, "2001@default, 9@default"), counted);
        assert_eq!(count(&world, "2001@default&2001@default").old, 10);
        assert_eq!(
            hint::device_state(&world, "MWI:2001@default"),
            DeviceState::InUse
        );
        assert!(remove(&mut world, &name) && !remove(&mut world, &name));
        assert_eq!(count(&world, "2001@default"), Mailbox::default());
        restore(&mut world);
        assert!(world.switch.mailboxes.is_empty());
    }

    #[test]
    fn figures_are_read_however_they_are_written() {
        let counted = Some(Mailbox { new: 1, old: 0 });
        assert_eq!(read(r#"{"msgs_new":"1","msgs_old":"0"}"#), counted);
        assert_eq!(read(r#"{"msgs_old":0,"msgs_new":1}"#), counted);
        for bad in [
            "",
            "1",
            r#"{"msgs_new":"1"}"#,
            r#"{"msgs_new":"-1","msgs_old":"0"}"#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
