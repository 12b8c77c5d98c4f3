//! Which request a packet answers. Pure: packets in, answers out.

use std::collections::VecDeque;

use ami::decode::Overflow;
use ami::spec::ActionSpec;
use ami::{Dialect, Packet};
use tokio::sync::oneshot;

use crate::limits::{MAX_ITEMS, MAX_UNANSWERED};
use crate::{Error, Reply};

/// Where an answer goes. Nobody may be there any more: then it is dropped.
pub(crate) type Answer = oneshot::Sender<Result<Reply, Error>>;

/// The requests that are sent and not answered in full.
///
/// A request whose sender has given up stays until its answer comes, because answers without an ActionID
/// can only be told apart by their order.
#[derive(Debug)]
pub(crate) struct Pending {
    dialect: Dialect,
    /// No response yet, in the order of sending.
    waiting: VecDeque<Waiting>,
    /// Responded with a list that goes on.
    lists: Vec<List>,
}

#[derive(Debug)]
struct Waiting {
    action_id: String,
    /// The event that ends its list, or empty: from the action's declaration.
    complete: &'static str,
    answer: Answer,
}

#[derive(Debug)]
struct List {
    action_id: String,
    complete: &'static str,
    reply: Reply,
    too_long: bool,
    answer: Answer,
}

impl Pending {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            waiting: VecDeque::new(),
            lists: Vec::new(),
        }
    }

    /// Notes a request that is about to be sent; whether it may be.
    pub(crate) fn add(&mut self, request: &Packet, answer: Answer) -> bool {
        if self.waiting.len() + self.lists.len() >= MAX_UNANSWERED {
            let _ = answer.send(Err(Error::TooManyUnanswered));
            return false;
        }
        let complete =
            ami::action::spec(request.get("Action")).map_or("", |spec: &ActionSpec| spec.complete);
        self.waiting.push_back(Waiting {
            action_id: request.get("ActionID").to_owned(),
            complete,
            answer,
        });
        true
    }

    /// Takes a packet of the switch. Gives it back when it answers nobody: an event.
    pub(crate) fn take(&mut self, packet: Packet) -> Option<Packet> {
        if packet.is_empty() {
            // A stray empty line.
            None
        } else if packet.find("Response").is_some() {
            self.respond(packet)
        } else {
            self.item(packet)
        }
    }

    /// Takes the news that an answer was too large to be read; whether it was anybody's.
    pub(crate) fn overflowed(&mut self, overflow: &Overflow) -> bool {
        let id = overflow.action_id.as_str();
        let answer = if id.is_empty() {
            None
        } else if let Some(at) = self.lists.iter().position(|list| list.action_id == id) {
            Some(self.lists.swap_remove(at).answer)
        } else {
            let at = self.waiting.iter().position(|w| w.action_id == id);
            at.and_then(|at| self.waiting.remove(at)).map(|w| w.answer)
        };
        answer
            .map(|answer| answer.send(Err(Error::TooLarge(overflow.clone()))))
            .is_some()
    }

    /// Tells everybody that there will be no answer.
    pub(crate) fn fail(&mut self, error: &Error) {
        let waiting = self.waiting.drain(..).map(|waiting| waiting.answer);
        let lists = self.lists.drain(..).map(|list| list.answer);
        for answer in waiting.chain(lists) {
            let _ = answer.send(Err(error.clone()));
        }
    }

    fn respond(&mut self, response: Packet) -> Option<Packet> {
        let id = response.get("ActionID");
        // Answers come in order, so one that names nobody is the oldest request's.
        let at = self
            .waiting
            .iter()
            .position(|waiting| !id.is_empty() && waiting.action_id == id)
            .unwrap_or(0);
        let Some(waiting) = self.waiting.remove(at) else {
            return Some(response);
        };
        let is_list = begins_list(&response, waiting.complete);
        let reply = Reply {
            response,
            ..Reply::default()
        };
        if is_list {
            self.lists.push(List {
                action_id: waiting.action_id,
                complete: waiting.complete,
                reply,
                too_long: false,
                answer: waiting.answer,
            });
        } else {
            let _ = waiting.answer.send(Ok(reply));
        }
        None
    }

    fn item(&mut self, event: Packet) -> Option<Packet> {
        let Some(id) = event.find("ActionID").filter(|_| !self.lists.is_empty()) else {
            return Some(event);
        };
        let Some(at) = self.lists.iter().position(|list| list.action_id == id) else {
            return Some(event);
        };
        let list = self.lists.get_mut(at)?;
        if !ends_list(&event, list.complete, self.dialect) {
            list.push(event);
        } else {
            let mut list = self.lists.swap_remove(at);
            if self.dialect == Dialect::Old && event.get("Event") == DB_GET_RESPONSE {
                list.push(event);
            } else {
                list.reply.complete = Some(event);
            }
            let answer = if list.too_long {
                Err(Error::ListTooLong)
            } else {
                Ok(list.reply)
            };
            let _ = list.answer.send(answer);
        }
        None
    }
}

impl List {
    fn push(&mut self, item: Packet) {
        if self.too_long || self.answer.is_closed() {
            return;
        }
        if self.reply.items.len() == MAX_ITEMS {
            self.too_long = true;
            self.reply = Reply::default();
        } else {
            self.reply.items.push(item);
        }
    }
}

/// The one list of the old dialect that no completing event ends.
const DB_GET_RESPONSE: &str = "DBGetResponse";

/// Whether items come after this response. Versions before 1.1 have no `EventList` line; there it is
/// told from the action's declaration and from the message, which says `will follow`.
fn begins_list(response: &Packet, complete: &str) -> bool {
    match response.find("EventList") {
        Some(word) => word.eq_ignore_ascii_case("start"),
        None => {
            !response.get("Response").eq_ignore_ascii_case("Error")
                && !complete.is_empty()
                && response.get("Message").contains("will follow")
        }
    }
}

/// Whether the event, which belongs to the list, is its last.
fn ends_list(event: &Packet, complete: &str, dialect: Dialect) -> bool {
    let name = event.get("Event");
    match event.find("EventList") {
        Some(word) => {
            word.eq_ignore_ascii_case("Complete") || word.eq_ignore_ascii_case("cancelled")
        }
        None => {
            name.ends_with("Complete")
                || name == complete
                || (dialect == Dialect::Old && name == DB_GET_RESPONSE)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Answered = oneshot::Receiver<Result<Reply, Error>>;

    fn ask(pending: &mut Pending, action: &str, id: &str) -> Answered {
        let (answer, answered) = oneshot::channel();
        let request = Packet::new().with("Action", action).with("ActionID", id);
        assert!(pending.add(&request, answer));
        answered
    }

    fn response(id: &str, message: &str) -> Packet {
        let packet = Packet::new().with("Response", "Success");
        let packet = if id.is_empty() {
            packet
        } else {
            packet.with("ActionID", id)
        };
        packet.with("Message", message)
    }

    fn event(name: &str, id: &str) -> Packet {
        Packet::new().with("Event", name).with("ActionID", id)
    }

    fn message(answered: &mut Answered) -> String {
        answered.try_recv().unwrap().unwrap().message().to_owned()
    }

    #[test]
    fn answers_find_their_requests_by_id_or_else_by_order() {
        let mut pending = Pending::new(Dialect::Current);
        let mut one = ask(&mut pending, "Ping", "1");
        let mut two = ask(&mut pending, "Ping", "2");
        let mut three = ask(&mut pending, "Ping", "3");
        assert_eq!(pending.take(response("2", "second")), None);
        assert_eq!(pending.take(response("", "first")), None);
        assert_eq!(pending.take(response("?", "third")), None);
        assert_eq!(message(&mut one), "first");
        assert_eq!(message(&mut two), "second");
        assert_eq!(message(&mut three), "third");
        let stray = response("", "to nobody");
        assert_eq!(pending.take(stray.clone()), Some(stray));
    }

    #[test]
    fn who_gave_up_keeps_the_place_in_the_order() {
        let mut pending = Pending::new(Dialect::Current);
        drop(ask(&mut pending, "Ping", "1"));
        let mut two = ask(&mut pending, "Ping", "2");
        pending.take(response("", "first"));
        pending.take(response("", "second"));
        assert_eq!(message(&mut two), "second");
    }

    #[test]
    fn a_list_is_collected_while_others_are_answered_and_events_pass() {
        let mut pending = Pending::new(Dialect::Current);
        let mut list = ask(&mut pending, "CoreShowChannels", "1");
        let mut ping = ask(&mut pending, "Ping", "2");
        let begin = response("1", "Channels will follow").with("EventList", "start");
        assert_eq!(pending.take(begin), None);
        assert_eq!(pending.take(event("CoreShowChannel", "1")), None);
        assert_eq!(pending.take(response("2", "")), None);
        let other = Packet::new().with("Event", "Newchannel");
        assert_eq!(pending.take(other.clone()), Some(other));
        let theirs = event("OriginateResponse", "9");
        assert_eq!(pending.take(theirs.clone()), Some(theirs));
        assert!(list.try_recv().is_err());
        let end = event("CoreShowChannelsComplete", "1").with("EventList", "Complete");
        assert_eq!(pending.take(end), None);
        let list = list.try_recv().unwrap().unwrap();
        assert_eq!(list.items.len(), 1);
        assert_eq!(list.complete.unwrap().get("EventList"), "Complete");
        assert!(ping.try_recv().unwrap().is_ok());
    }

    #[test]
    fn an_event_that_carries_the_id_of_its_sender_is_no_item() {
        let mut pending = Pending::new(Dialect::Current);
        let mut sent = ask(&mut pending, "UserEvent", "1");
        let echo = event("UserEvent", "1");
        assert_eq!(pending.take(echo.clone()), Some(echo.clone()));
        pending.take(response("1", "Event Sent"));
        assert_eq!(message(&mut sent), "Event Sent");
        assert_eq!(pending.take(echo.clone()), Some(echo));
    }

    #[test]
    fn lists_of_old_versions_are_known_by_their_message() {
        let mut pending = Pending::new(Dialect::Old);
        let mut status = ask(&mut pending, "Status", "1");
        pending.take(response("1", "Channel status will follow"));
        pending.take(event("Status", "1"));
        pending.take(event("StatusComplete", "1"));
        assert_eq!(status.try_recv().unwrap().unwrap().items.len(), 1);

        let mut get = ask(&mut pending, "DBGet", "2");
        pending.take(response("2", "Result will follow"));
        pending.take(event("DBGetResponse", "2"));
        let got = get.try_recv().unwrap().unwrap();
        assert_eq!((got.items.len(), got.complete), (1, None));

        let mut command = ask(&mut pending, "Command", "3");
        pending.take(response("3", "Command output follows"));
        assert_eq!(message(&mut command), "Command output follows");
    }

    #[test]
    fn a_refused_list_has_no_items() {
        let mut pending = Pending::new(Dialect::Current);
        let mut refused = ask(&mut pending, "DBGet", "1");
        let packet = Packet::new()
            .with("Response", "Error")
            .with("Message", "Database entry not found");
        pending.take(packet);
        assert!(!refused.try_recv().unwrap().unwrap().is_ok());
    }

    #[test]
    fn what_is_too_large_fails_its_request_alone() {
        let mut pending = Pending::new(Dialect::Current);
        let mut one = ask(&mut pending, "Command", "1");
        let mut two = ask(&mut pending, "Ping", "2");
        let mut overflow = Overflow {
            limit: ami::decode::Limit::Packet,
            most: 64,
            action_id: "1".to_owned(),
        };
        assert!(pending.overflowed(&overflow));
        assert!(matches!(one.try_recv(), Ok(Err(Error::TooLarge(_)))));
        overflow.action_id.clear();
        assert!(!pending.overflowed(&overflow));
        pending.fail(&Error::Closed { source: None });
        assert!(matches!(two.try_recv(), Ok(Err(Error::Closed { .. }))));
    }
}
