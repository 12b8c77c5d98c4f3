//! That a request was done, in the words that clients match on.
//!
//! As with [`refusal`](crate::refusal), these are Asterisk's, letter for letter.

/// Done, with nothing more to follow.
pub mod done {
    /// Login.
    pub const AUTHENTICATION_ACCEPTED: &str = "Authentication accepted";
    /// Login of who is logged in, whatever the secret.
    pub const ALREADY_AUTHENTICATED: &str = "Already authenticated";
    /// Logoff, with `Response: Goodbye`.
    pub const GOODBYE: &str = "Thanks for all the fish.";
    /// Filter.
    pub const FILTER_ADDED: &str = "Success";
    /// UserEvent.
    pub const EVENT_SENT: &str = "Event Sent";
    /// WaitEvent.
    pub const WAIT_COMPLETED: &str = "Waiting for Event completed.";
    /// Command, before its `Output` lines; with `Response: Error` too.
    pub const COMMAND_OUTPUT: &str = "Command output follows";
    /// LoggerRotate.
    pub const LOGGER_ROTATED: &str = "Reloaded the logger and rotated log files";
    /// Reload.
    pub const MODULE_RELOADED: &str = "Module Reloaded";
    /// ModuleLoad with `load`.
    pub const MODULE_LOADED: &str = "Module loaded.";
    /// ModuleLoad with `unload`.
    pub const MODULE_UNLOADED: &str = "Module unloaded.";
    /// ModuleLoad with `refresh`.
    pub const MODULE_REFRESHED: &str = "Module unloaded and loaded.";
    /// ModuleLoad with `reload`.
    pub const MODULE_LOAD_RELOADED: &str = "Module reloaded.";
    /// ModuleLoad with `reload` and no module.
    pub const ALL_RELOADED: &str = "All modules reloaded";
    /// Hangup of one channel.
    pub const CHANNEL_HUNGUP: &str = "Channel Hungup";
    /// Setvar.
    pub const VARIABLE_SET: &str = "Variable Set";
    /// AbsoluteTimeout.
    pub const TIMEOUT_SET: &str = "Timeout Set";
    /// SendText, MuteAudio and others that only say that it went well.
    pub const SUCCESS: &str = "Success";
    /// PlayDTMF.
    pub const DTMF_QUEUED: &str = "DTMF successfully queued";
    /// Originate, whether it waited or not.
    pub const ORIGINATE_QUEUED: &str = "Originate successfully queued";
    /// Redirect of one channel.
    pub const REDIRECTED: &str = "Redirect successful";
    /// Redirect of two.
    pub const DUAL_REDIRECTED: &str = "Dual Redirect successful";
    /// LocalOptimizeAway.
    pub const OPTIMIZE_QUEUED: &str = "Queued channel to be optimized away";
    /// BlindTransfer.
    pub const TRANSFERRED: &str = "Transfer succeeded";
    /// Action Bridge.
    pub const BRIDGED: &str = "Channels have been bridged";
    /// BridgeDestroy.
    pub const BRIDGE_DESTROYED: &str = "Bridge has been destroyed";
    /// BridgeKick.
    pub const BRIDGE_KICKED: &str = "Channel has been kicked";
    /// BridgeTechnologySuspend.
    pub const TECHNOLOGY_SUSPENDED: &str = "Suspended bridge technology";
    /// BridgeTechnologyUnsuspend.
    pub const TECHNOLOGY_UNSUSPENDED: &str = "Unsuspended bridge technology";
    /// ExtensionState, before the state.
    pub const EXTENSION_STATUS: &str = "Extension Status";
    /// PresenceState, before the state.
    pub const PRESENCE_STATE: &str = "Presence State";
    /// MailboxStatus, before the state.
    pub const MAILBOX_STATUS: &str = "Mailbox Status";
    /// MailboxCount, before the counts.
    pub const MAILBOX_COUNT: &str = "Mailbox Message Count";
    /// DBPut.
    pub const DATABASE_UPDATED: &str = "Updated database successfully";
    /// DBDel.
    pub const KEY_DELETED: &str = "Key deleted successfully";
    /// DBDelTree.
    pub const TREE_DELETED: &str = "Key tree deleted successfully";
    /// CreateConfig.
    pub const CONFIG_CREATED: &str = "New configuration file created successfully";
    /// DialplanExtensionAdd.
    pub const EXTENSION_ADDED: &str = "Added requested extension";
    /// DialplanExtensionRemove of a whole extension.
    pub const EXTENSION_REMOVED: &str = "Removed the requested extension";
    /// DialplanExtensionRemove of one step.
    pub const PRIORITY_REMOVED: &str = "Removed the requested extension and priority";
}

/// A list follows. Each contains `follow`, by which PAMI and perl-AMI know a list.
pub mod list {
    /// CoreShowChannels.
    pub const CHANNELS: &str = "Channels will follow";
    /// CoreShowChannelMap.
    pub const CHANNEL_MAP: &str = "Channel map will follow";
    /// Status.
    pub const CHANNEL_STATUS: &str = "Channel status will follow";
    /// Hangup of an expression.
    pub const CHANNELS_HUNG_UP: &str = "Channels hung up will follow";
    /// BridgeList.
    pub const BRIDGES: &str = "Bridge listing will follow";
    /// BridgeInfo.
    pub const BRIDGE_CHANNELS: &str = "Bridge channel listing will follow";
    /// BridgeTechnologyList.
    pub const BRIDGE_TECHNOLOGIES: &str = "Bridge technology listing will follow";
    /// DBGet and DBGetTree.
    pub const RESULT: &str = "Result will follow";
    /// ExtensionStateList.
    pub const EXTENSION_STATES: &str = "Extension Statuses will follow";
    /// DeviceStateList.
    pub const DEVICE_STATES: &str = "Device State Changes will follow";
    /// PresenceStateList.
    pub const PRESENCE_STATES: &str = "Presence State Changes will follow";
    /// ShowDialPlan.
    pub const DIALPLAN: &str = "DialPlan list will follow";
}
