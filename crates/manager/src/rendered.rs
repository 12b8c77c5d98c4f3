//! Events as bytes, and who may see each.

use ami::event::{Extra, Timestamp};
use ami::{Dialect, Event, Permission};
use bytes::{Bytes, BytesMut};
use switch::Time;

/// What the configuration says of every event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether each bears its time (`timestampevents`).
    pub timestamps: bool,
    /// The switch's name on each (`systemname` of asterisk.conf); empty for none.
    pub system_name: String,
    /// Names of events that nobody sees (`disabledevents`).
    pub disabled: Vec<String>,
}

/// Collects events as `tell` makes them of facts, each rendered once for all who will see it.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    style: Style,
    at: Time,
    bytes: Vec<u8>,
    marks: Vec<Mark>,
}

/// Where one event lies, and who may see it.
#[derive(Debug, Clone, Copy)]
struct Mark {
    name: &'static str,
    class: Permission,
    /// `None`: the event is the same in both.
    dialect: Option<Dialect>,
    end: usize,
}

impl Rendered {
    /// Nothing yet, of this style.
    pub(crate) fn new(style: Style) -> Rendered {
        Rendered {
            style,
            ..Rendered::default()
        }
    }

    /// Adds an event that both dialects have alike.
    pub(crate) fn event<E: Event>(&mut self, event: &E) {
        self.push(event, None);
    }

    /// Adds an event that only sessions of today's dialect see.
    pub(crate) fn current<E: Event>(&mut self, event: &E) {
        self.push(event, Some(Dialect::Current));
    }

    /// Adds an event that only sessions of the old dialect see.
    pub(crate) fn old<E: Event>(&mut self, event: &E) {
        self.push(event, Some(Dialect::Old));
    }

    /// What follows happened at this time.
    pub(crate) fn at(&mut self, at: Time) {
        self.at = at;
    }

    /// What follows is of this style.
    pub(crate) fn restyle(&mut self, style: &Style) {
        if self.style != *style {
            self.style = style.clone();
        }
    }

    /// The events so far; begins anew.
    pub(crate) fn take(&mut self) -> Batch {
        // The next batch is likely about as large as this one.
        let (bytes, marks) = (
            Vec::with_capacity(self.bytes.len()),
            Vec::with_capacity(self.marks.len()),
        );
        Batch {
            bytes: std::mem::replace(&mut self.bytes, bytes).into(),
            marks: std::mem::replace(&mut self.marks, marks),
        }
    }

    fn push<E: Event>(&mut self, event: &E, dialect: Option<Dialect>) {
        if self
            .style
            .disabled
            .iter()
            .any(|name| name.eq_ignore_ascii_case(E::SPEC.name))
        {
            return;
        }
        let timestamp = self.style.timestamps.then(|| Timestamp {
            seconds: self.at.seconds(),
            micros: self.at.subsecond_micros(),
        });
        let name = &self.style.system_name;
        let extra = Extra {
            timestamp,
            system_name: (!name.is_empty()).then_some(name),
        };
        event.write(&mut self.bytes, &extra);
        let end = self.bytes.len();
        self.marks.push(Mark {
            name: E::SPEC.name,
            class: E::SPEC.class,
            dialect,
            end,
        });
    }
}

/// Events that are published together.
#[derive(Debug)]
pub(crate) struct Batch {
    bytes: Bytes,
    marks: Vec<Mark>,
}

/// One event of a batch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    /// The value of its `Event` line.
    pub(crate) name: &'static str,
    /// Who may see it.
    pub(crate) class: Permission,
    /// The only dialect that has it, if not both.
    pub(crate) dialect: Option<Dialect>,
    /// The whole packet.
    pub(crate) packet: &'a [u8],
}

impl Batch {
    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The events in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Told<'_>> {
        let mut start = 0;
        self.marks.iter().map(move |mark| {
            let packet = self.bytes.get(start..mark.end).unwrap_or_default();
            start = mark.end;
            let Mark {
                name,
                class,
                dialect,
                ..
            } = *mark;
            Told {
                name,
                class,
                dialect,
                packet,
            }
        })
    }

    /// The packets of the events that pass, and how many they are.
    ///
    /// Most views see all or nearly all; they share the batch's own bytes. What keeps little of a batch
    /// is copied, so that a slow reader of it does not keep the whole batch in memory.
    pub(crate) fn select(
        &self,
        mut passes: impl FnMut(&Told<'_>) -> bool,
    ) -> Option<(Bytes, usize)> {
        let mut copy = BytesMut::new();
        // The run of events that passed and are not copied yet.
        let (mut from, mut to) = (0, 0);
        let mut count = 0;
        let mut at = 0;
        for told in self.iter() {
            let (start, end) = (at, at + told.packet.len());
            at = end;
            if !passes(&told) {
                continue;
            }
            count += 1;
            if to != start {
                copy.extend_from_slice(self.bytes.get(from..to).unwrap_or_default());
                from = start;
            }
            to = end;
        }
        let run = from..to;
        if count == 0 {
            None
        } else if copy.is_empty() && run.len() * 2 >= self.bytes.len() {
            Some((self.bytes.slice(run), count))
        } else {
            copy.extend_from_slice(self.bytes.get(run).unwrap_or_default());
            Some((copy.freeze(), count))
        }
    }
}

#[cfg(test)]
mod tests {
    use ami::event::session::UserEvent;

    use super::*;

    fn batch(kinds: &[&str]) -> Batch {
        let mut rendered = Rendered::default();
        for kind in kinds {
            rendered.event(&UserEvent {
                kind,
                ..UserEvent::default()
            });
        }
        rendered.take()
    }

    fn packet(kind: &str) -> String {
        format!("Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: {kind}\r\n\r\n")
    }

    #[test]
    fn whatever_is_selected_comes_whole_and_in_order() {
        let kinds = ["a", "b", "c", "d", "e"];
        let batch = batch(&kinds);
        for mask in 0..1_u32 << kinds.len() {
            let mut at = 0;
            let selected = batch.select(|_| {
                at += 1;
                mask >> (at - 1) & 1 == 1
            });
            let wanted: String = (0..kinds.len())
                .filter(|n| mask >> n & 1 == 1)
                .filter_map(|n| kinds.get(n).map(|kind| packet(kind)))
                .collect();
            match selected {
                None => assert_eq!(mask, 0),
                Some((bytes, count)) => {
                    assert_eq!(bytes, wanted.as_bytes(), "{mask:b}");
                    assert_eq!(count, mask.count_ones() as usize);
                }
            }
        }
    }

    #[test]
    fn all_of_a_batch_is_shared_and_not_copied() {
        let batch = batch(&["a", "b"]);
        let (bytes, _) = batch.select(|_| true).unwrap();
        assert_eq!(bytes.as_ptr(), batch.bytes.as_ptr());
    }

    #[test]
    fn styles() {
        let mut rendered = Rendered::new(Style {
            timestamps: true,
            system_name: "north".to_owned(),
            disabled: vec!["newexten".to_owned()],
        });
        rendered.at(Time(1_795_418_081_000_042));
        rendered.event(&UserEvent::default());
        rendered.event(&ami::event::dialplan::Newexten::default());
        let batch = rendered.take();
        let told: Vec<_> = batch.iter().collect();
        assert_eq!(told.len(), 1);
        assert_eq!(
            String::from_utf8_lossy(told[0].packet),
            "Event: UserEvent\r\nPrivilege: user,all\r\nTimestamp: 1795418081.000042\r\n\
             SystemName: north\r\nUserEvent: \r\n\r\n"
        );
    }
}
