//! New channels.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::channel::{Channel, DigitTimeouts, Features, Kind, Redirecting};
use crate::fact::Fact;
use crate::hearing::Sounding;
use crate::limits;
use crate::snapshot::{AmaFlags, Party, Snapshot, Text};
use crate::switch::Switch;
use crate::variables::Variables;
use crate::{Cause, ChannelId, State};

/// What a new channel begins with.
#[derive(Debug, Clone)]
pub struct NewChannel {
    /// Its name.
    pub name: Text,
    /// Its kind, such as `Local`.
    pub technology: &'static str,
    /// What it is made of.
    pub kind: Kind,
    /// How far it has got already.
    pub state: State,
    /// Where the dialplan begins: the context.
    pub context: Text,
    /// Where the dialplan begins: the extension.
    pub exten: Text,
    /// Who calls.
    pub caller: Party,
    /// Account.
    pub account: Text,
    /// Unique id; empty for one of the switch's own.
    pub uniqueid: Text,
    /// The call that it belongs to; empty for its own.
    pub linkedid: Text,
    /// Language of prompts; empty for the switch's own.
    pub language: Text,
    /// Formats that it can carry as it is.
    pub formats: Text,
    /// Format that is read.
    pub format: Text,
}

/// Why a channel could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNewChannel {
    /// There are as many as there may be.
    Full,
    /// One with this unique id or name is there already.
    Taken,
}

impl Switch {
    /// Makes a channel and says so.
    pub fn create(&mut self, new: NewChannel) -> Result<ChannelId, NoNewChannel> {
        if self.channels.len() >= self.max_channels {
            return Err(NoNewChannel::Full);
        }
        if self.names.contains_key(&new.name.to_ascii_lowercase())
            || !new.uniqueid.is_empty() && self.ids.contains_key(&new.uniqueid)
        {
            return Err(NoNewChannel::Taken);
        }
        let is_driver = new.kind == Kind::Driver;
        let is_internal = new.kind == Kind::Internal;
        let id = ChannelId(self.next_channel);
        self.next_channel += 1;
        let uniqueid = match new.uniqueid.is_empty() {
            false => new.uniqueid,
            true if self.system_name.is_empty() => {
                Text::from(format!("{}.{}", self.now.seconds(), id.0))
            }
            true => Text::from(format!(
                "{}-{}.{}",
                self.system_name,
                self.now.seconds(),
                id.0
            )),
        };
        let linkedid = match new.linkedid.is_empty() {
            true => uniqueid.clone(),
            false => new.linkedid,
        };
        let view = Arc::new(Snapshot {
            id,
            name: new.name,
            technology: new.technology,
            state: new.state,
            caller: new.caller,
            connected: Party::default(),
            ani: Text::default(),
            rdnis: Text::default(),
            dnid: Text::default(),
            language: match new.language.is_empty() {
                true => self.language.clone(),
                false => new.language,
            },
            account: new.account,
            peer_account: Text::default(),
            ama_flags: AmaFlags::Documentation,
            context: new.context,
            exten: new.exten,
            priority: 1,
            application: Text::default(),
            data: Text::default(),
            uniqueid: uniqueid.clone(),
            linkedid,
            bridge: None,
            userfield: Text::default(),
            cause: Cause::UNKNOWN,
            hangup_source: Text::default(),
            created: self.now,
            answered: None,
            hangup_at: None,
            tech_cause: Text::default(),
            formats: new.formats,
            format: new.format,
            dialed: false,
            shown: None,
        });
        self.names.insert(view.name.to_ascii_lowercase(), id);
        self.ids.insert(uniqueid, id);
        self.channels.insert(
            id,
            Channel {
                view: view.clone(),
                variables: Variables::default(),
                kind: new.kind,
                handler: None,
                pending: VecDeque::new(),
                leaving: None,
                runs_plan: false,
                subroutines: Vec::new(),
                hangup_handlers: Vec::new(),
                groups: Vec::new(),
                digit_timeouts: DigitTimeouts::default(),
                redirecting: Redirecting::default(),
                forwards: limits::FORWARDS,
                bridge: None,
                muted_in: false,
                muted_out: false,
                held: false,
                music_class: Text::default(),
                hangup_causes: Vec::new(),
                parking_lot: Text::default(),
                tone_zone: Text::default(),
                inband_ringing: false,
                caller_formats: Text::default(),
                settings: Vec::new(),
                heirlooms: Vec::new(),
                features: Features::default(),
                pickup_groups: Default::default(),
                headers: Vec::new(),
                attached: Vec::new(),
                reference: Text::default(),
                monitors: Vec::new(),
                message: None,
                on_hold: false,
                sound: Sounding::default(),
                time_watcher: None,
                lingering: None,
                told_place: None,
            },
        );
        self.internal += usize::from(is_internal);
        self.show_variables(id);
        let view = self.view(id).unwrap_or(view);
        if is_driver {
            self.hearing.drivers += 1;
            self.devices.line_began(&view);
        }
        self.tell(Fact::ChannelCreated(view.clone()));
        if is_driver && view.state != State::Down {
            self.touch_device_of(&view, false);
        }
        Ok(id)
    }
}
