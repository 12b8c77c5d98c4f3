//! Lists of resources (RFC 4662): several things that a subscription names as one, told together.

use std::fmt::Write as _;
use std::time::Duration;

use engine::Input;
use engine::request::{HintState, Request as Engine, Responder};
use rsipstack::sip::StatusCode;
use switch::Text;
use switch::device::ExtensionState;
use switch::mailbox::Mailbox;

use super::Core;
use super::body::{Package, Shown, escape};
use crate::core::Back;
use crate::core::mailboxes::PACKAGE;
use crate::cx::Timer;
use crate::limits::LIST_ITEMS;
use crate::settings::{ResourceList, Settings};

/// What a subscriber has to know of to be told of lists.
pub(super) const EVENT_LIST: &str = "eventlist";

/// The timer of a subscription that ends the time in which changes are gathered.
pub(super) const GATHERED: u32 = u32::MAX;

/// What a subscription to a list is about.
#[derive(Debug)]
pub(super) struct List {
    /// Whether each notification has all items, rather than those that changed.
    full_state: bool,
    /// How long changes are gathered.
    interval: Duration,
    items: Vec<Item>,
    /// Items about which the engine has not answered yet.
    pending: usize,
    /// Whether the next notification has all items whatever is said above: the first, and a refresh's.
    whole: bool,
    gathering: bool,
}

#[derive(Debug)]
struct Item {
    name: Text,
    mailboxes: Vec<Text>,
    state: ExtensionState,
    /// How often it was told.
    version: u32,
    changed: bool,
}

/// What waits in the mailboxes of an item, and where it is heard.
pub(super) type Counted = (Mailbox, Option<String>);

/// One notification.
pub(super) struct Parts {
    pub(super) kind: String,
    pub(super) body: String,
}

impl List {
    fn new(of: &ResourceList, items: Vec<Item>) -> List {
        List {
            full_state: of.full_state,
            interval: of.notification_batch_interval,
            pending: items.len(),
            items,
            whole: true,
            gathering: false,
        }
    }

    /// The names of its items.
    pub(super) fn names(&self) -> impl Iterator<Item = &Text> {
        self.items.iter().map(|item| &item.name)
    }

    /// The mailboxes of each item.
    pub(super) fn mailboxes(&self) -> impl Iterator<Item = &[Text]> {
        self.items.iter().map(|item| &*item.mailboxes)
    }

    /// The next notification has all items.
    pub(super) fn tell_all(&mut self) {
        self.whole = true;
    }

    /// The engine answered about an item; nothing is known of one without a hint. Whether it was the last.
    fn answered(&mut self, at: usize, state: Option<ExtensionState>) -> bool {
        if let Some(item) = self.items.get_mut(at) {
            item.state = state.unwrap_or(ExtensionState::NoHint);
        }
        self.pending = self.pending.saturating_sub(1);
        self.pending == 0
    }

    /// Items of which nothing is known are none of the list: their names.
    fn settle(&mut self) -> Vec<Text> {
        let unknown = |item: &mut Item| item.state == ExtensionState::NoHint;
        let left_out = self.items.extract_if(.., unknown);
        left_out.map(|item| item.name).collect()
    }

    /// An extension's state changed: whether that is news.
    pub(super) fn hint_is(&mut self, name: &str, state: ExtensionState) -> bool {
        let named = |item: &&mut Item| *item.name == *name && item.state != state;
        let mut news = false;
        for item in self.items.iter_mut().filter(named) {
            item.state = state;
            item.changed = true;
            news = true;
        }
        news
    }

    /// Something else waits in a mailbox.
    pub(super) fn mailbox_is(&mut self, name: &Text) {
        for item in &mut self.items {
            item.changed |= item.mailboxes.contains(name);
        }
    }

    /// The next notification: a document that says what there is, and another for each item (RFC 4662, 5).
    pub(super) fn tell(
        &mut self,
        package: Package,
        (entity, host, tag): (&str, &str, &str),
        (version, early): (u32, bool),
        counted: &[Counted],
    ) -> Parts {
        let whole = std::mem::take(&mut self.whole) || self.full_state;
        self.gathering = false;
        let boundary = format!("{tag}.{version}");
        let mut list = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n\
             <list xmlns=\"urn:ietf:params:xml:ns:rlmi\" uri=\"{}\" version=\"{version}\" fullState=\"{whole}\">\r\n",
            escape(entity)
        );
        let mut bodies = String::new();
        for (at, item) in self.items.iter_mut().enumerate() {
            if !std::mem::take(&mut item.changed) && !whole {
                continue;
            }
            let uri = format!("sip:{}@{host}", item.name);
            let (resource, name) = (escape(&uri), escape(&item.name));
            // Writing into a string does not fail.
            let _ = write!(list, "<resource uri=\"{resource}\"><instance id=\"{name}\"");
            if item.state == ExtensionState::Removed {
                list.push_str(" state=\"terminated\" reason=\"noresource\"/></resource>\r\n");
                continue;
            }
            let id = format!("{at}.{boundary}@{host}");
            let _ = write!(list, " state=\"active\" cid=\"{id}\"/></resource>\r\n");
            let (mailbox, account) = counted.get(at).cloned().unwrap_or_default();
            let (kind, body) = package.body(&Shown {
                entity: &uri,
                exten: &item.name,
                state: item.state,
                early,
                version: item.version,
                mailbox,
                account: account.as_deref(),
            });
            item.version += 1;
            part(&mut bodies, &boundary, &id, kind, &body);
        }
        list.push_str("</list>\r\n");
        let root = format!("list.{boundary}@{host}");
        let mut body = String::new();
        let rlmi = "application/rlmi+xml;charset=\"UTF-8\"";
        part(&mut body, &boundary, &root, rlmi, &list);
        body.push_str(&bodies);
        let _ = write!(body, "--{boundary}--\r\n");
        Parts {
            kind: format!(
                "multipart/related;type=\"application/rlmi+xml\";start=\"<{root}>\";boundary=\"{boundary}\""
            ),
            body,
        }
    }
}

fn part(out: &mut String, boundary: &str, id: &str, kind: &str, body: &str) {
    let _ = write!(
        out,
        "--{boundary}\r\nContent-ID: <{id}>\r\nContent-Type: {kind}\r\n\r\n{body}\r\n"
    );
}

impl Core {
    /// The list that somebody subscribes to; `None` where there is none of that name for this event.
    pub(super) fn list(&self, user: &str, event: &str) -> Option<Result<List, StatusCode>> {
        let list = named(&self.settings, user, event)?;
        let mut names = Vec::new();
        flatten(&self.settings, list, &mut names);
        let mailboxes = event == PACKAGE;
        let items = names.into_iter().map(|name| {
            let aor = self.settings.aors.get(&name).filter(|_| mailboxes);
            Item {
                mailboxes: aor.map_or_else(Vec::new, |aor| aor.mailboxes.clone()),
                state: ExtensionState::Idle,
                version: 0,
                changed: false,
                name,
            }
        });
        let kept = items.filter(|item| !mailboxes || !item.mailboxes.is_empty());
        let list = List::new(list, kept.collect());
        Some(match list.items.is_empty() {
            true => Err(StatusCode::NotFound),
            false => Ok(list),
        })
    }

    /// Asks the engine how the extensions of a list stand.
    pub(super) fn ask_list(&mut self, number: u64, context: &Text) {
        let Some(list) = self.subscriptions.list(number) else {
            return;
        };
        let names: Vec<Text> = list.names().cloned().collect();
        for (at, name) in names.into_iter().enumerate() {
            let back = self.back.clone();
            let reply = Responder::new(move |hint: HintState| {
                let known = !hint.hint.is_empty();
                back(Back::ListItem(number, at, known.then_some(hint.state)));
            });
            let ask = Engine::ExtensionState(name, context.clone(), reply);
            self.out.engine.push(Input::Request(ask));
        }
    }

    /// The engine says how an extension of a list stands; `None` where it has no hint.
    pub(in crate::core) fn list_item_known(
        &mut self,
        number: u64,
        at: usize,
        state: Option<ExtensionState>,
    ) {
        let Some(list) = self.subscriptions.list(number) else {
            return;
        };
        if !list.answered(at, state) {
            return;
        }
        let left_out = list.settle();
        let known = list.names().next().is_some();
        for name in left_out {
            self.unwatch(number, &name);
        }
        self.hint_known(number, known.then_some(ExtensionState::Idle));
    }

    /// There is something to tell of a list: at once, or when the time for gathering is over.
    pub(super) fn list_changed(&mut self, number: u64) {
        let now = self.now;
        let Some(list) = self.subscriptions.list(number) else {
            return;
        };
        if list.interval.is_zero() {
            return self.notify(number);
        }
        if !std::mem::replace(&mut list.gathering, true) {
            let at = now + list.interval;
            self.out.at(at, Timer::Subscription(number, GATHERED));
        }
    }
}

fn named<'a>(settings: &'a Settings, name: &str, event: &str) -> Option<&'a ResourceList> {
    let list = settings.resource_lists.get(name)?;
    (*list.event == *event).then_some(list)
}

/// The items of a list and of the lists in it, each once.
fn flatten(settings: &Settings, list: &ResourceList, out: &mut Vec<Text>) {
    let mut waiting: Vec<&Text> = list.list_item.iter().rev().collect();
    let mut opened: Vec<&Text> = Vec::new();
    while let Some(name) = waiting.pop() {
        match named(settings, name, &list.event) {
            Some(inner) if !opened.contains(&name) => {
                opened.push(name);
                waiting.extend(inner.list_item.iter().rev());
            }
            Some(_) => {}
            None if out.len() == LIST_ITEMS => {
                tracing::warn!(target: "sip", "list {}: it has more than {LIST_ITEMS} items", list.name);
                return;
            }
            None if out.contains(name) => {}
            None => out.push(name.clone()),
        }
    }
}
