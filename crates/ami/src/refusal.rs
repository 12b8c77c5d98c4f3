//! Why a request was refused, in the words that clients match on.
//!
//! They are Asterisk's, letter for letter, and stand here together so that they can be compared with a
//! transcript. An action's behaviour picks its words from the group it belongs to. Texts of our own, for
//! what Asterisk does not refuse, end each group.

/// Before any action is looked at.
pub mod request {
    /// No `Action` header, or an empty one.
    pub const MISSING_ACTION: &str = "Missing action in request";
    /// The user may not, or nobody is logged in.
    pub const PERMISSION_DENIED: &str = "Permission denied";
    /// The switch no longer takes requests.
    pub const SHUTTING_DOWN: &str = "Asterisk is shutting down";

    /// There is no action of that name.
    pub fn unknown_command(name: &str) -> String {
        format!(
            "Invalid/unknown command: {name}. Use Action: ListCommands to show available commands."
        )
    }
}

/// The session itself.
pub mod session {
    /// Unknown user, wrong secret or wrong address: which of these is not told.
    pub const AUTHENTICATION_FAILED: &str = "Authentication failed";
    /// A challenge of another kind than MD5.
    pub const MUST_SPECIFY_AUTH_TYPE: &str = "Must specify AuthType";
    /// The user is logged in elsewhere and `allowmultiplelogin` is off.
    pub const LOGIN_ALREADY_IN_USE: &str = "Login Already In Use";
    /// An `EventMask` without text.
    pub const INVALID_EVENT_MASK: &str = "Invalid event mask";
    /// A filter operation other than `Add`.
    pub const UNKNOWN_OPERATION: &str = "Unknown operation";
    /// A filter whose expression or criteria make no sense.
    pub const FILTER_DID_NOT_COMPILE: &str =
        "Filter did not compile.  Check the syntax of the filter given.";
    /// The filter cannot be kept.
    pub const FILTER_FAILED: &str = "Internal Error. Failed adding filter.";

    /// The session has as many filters as it may.
    pub fn too_many_filters(most: usize) -> String {
        format!("Too many filters: the limit is {most}")
    }
}

/// The switch as a whole.
pub mod system {
    /// Command without a command.
    pub const NO_COMMAND: &str = "No command provided";
    /// A command that clients may not give.
    pub const COMMAND_BLACKLISTED: &str = "Command blacklisted";
    /// ModuleCheck of what is not loaded.
    pub const MODULE_NOT_LOADED: &str = "Module not loaded";
    /// ModuleLoad without a load type, or one that there is not.
    pub const INCOMPLETE_MODULE_LOAD: &str = "Incomplete ModuleLoad action.";
    /// ModuleLoad without a module.
    pub const NEED_MODULE_NAME: &str = "Need module name";
    /// ModuleLoad of a path outside the modules.
    pub const MODULE_OUTSIDE_DIRECTORY: &str =
        "Module must be in the configured modules directory.";
    /// ModuleLoad of what there is not.
    pub const MODULE_NOT_FOUND: &str = "Module not found.";
    /// A module did not load.
    pub const COULD_NOT_LOAD: &str = "Could not load module.";
    /// A module did not unload.
    pub const COULD_NOT_UNLOAD: &str = "Could not unload module.";
    /// A module did not go and come back.
    pub const COULD_NOT_REFRESH: &str = "Could not refresh module.";
    /// ModuleLoad with `reload` of what there is not.
    pub const NO_MODULE_TO_RELOAD: &str = "No such module.";
    /// ModuleLoad with `reload` of what cannot.
    pub const RELOAD_ACTION_UNSUPPORTED: &str = "Module does not support reload action.";
    /// Reload of what there is not.
    pub const NO_SUCH_MODULE: &str = "No such module";
    /// Reload of what cannot.
    pub const RELOAD_UNSUPPORTED: &str = "Module does not support reload";
    /// Reload while another goes on.
    pub const RELOAD_IN_PROGRESS: &str = "A reload is in progress";
    /// Reload of what is not ready.
    pub const MODULE_NOT_INITIALIZED: &str = "Module not initialized";
    /// Reload failed for another reason.
    pub const UNKNOWN_ERROR: &str = "An unknown error occurred";
    /// The log files did not rotate.
    pub const LOGGER_FAILED: &str = "Failed to reload the logger and rotate log files";
}

/// Channels.
pub mod channel {
    /// Hangup, AbsoluteTimeout, SendText, LocalOptimizeAway without a channel.
    pub const NO_CHANNEL: &str = "No channel specified";
    /// There is no channel of that name.
    pub const NO_SUCH_CHANNEL: &str = "No such channel";
    /// MixMonitor that could not be begun.
    pub const MONITOR_NOT_STARTED: &str = "Could not start monitoring channel";
    /// StopMixMonitor where there is none.
    pub const MONITOR_NOT_STOPPED: &str = "Could not stop monitoring channel";
    /// MixMonitorMute without a direction, or with another than these.
    pub const MONITOR_DIRECTION: &str = "Invalid direction specified. Must be read, write or both";
    /// MixMonitorMute without a state.
    pub const NO_STATE: &str = "No state specified";
    /// MixMonitorMute where there is none.
    pub const MONITOR_NOT_MUTED: &str = "Cannot set mute flag";
    /// Originate, Redirect and others without a channel.
    pub const CHANNEL_NOT_SPECIFIED: &str = "Channel not specified";
    /// PlayDTMF on a channel that there is not.
    pub const CHANNEL_NOT_FOUND: &str = "Channel not found";
    /// PlayDTMF without a digit.
    pub const NO_DIGIT: &str = "No digit specified";
    /// Hangup of `/…` without the closing slash.
    pub const REGEX_FORMAT: &str = "Regex format invalid, Channel param should be /regex/";
    /// Getvar and Setvar without a variable.
    pub const NO_VARIABLE: &str = "No variable specified";
    /// Setvar of what cannot be set.
    pub const VARIABLE_NOT_SET: &str = "Variable not set";
    /// Getvar of what this user may not read.
    pub const GETVAR_FORBIDDEN: &str = "GetVar Access Forbidden: Variable";
    /// Setvar of what this user may not write.
    pub const SETVAR_FORBIDDEN: &str = "SetVar Access Forbidden: Variable";
    /// Status with variables that this user may not read.
    pub const STATUS_FORBIDDEN: &str = "Status Access Forbidden: Variables";
    /// SendText without a message.
    pub const NO_MESSAGE: &str = "No Message specified";
    /// SendText that the channel did not take.
    pub const FAILURE: &str = "Failure";
    /// AbsoluteTimeout without one.
    pub const NO_TIMEOUT: &str = "No timeout specified";
    /// CoreShowChannelMap without a channel.
    pub const MAP_NEEDS_CHANNEL: &str = "CoreShowChannelMap requires a channel.";
    /// CoreShowChannelMap of a channel that there is not.
    pub const MAP_NO_CHANNEL: &str = "Could not get channel snapshot";

    /// Hangup of an expression that does not compile.
    pub fn regex_failed(expression: &str) -> String {
        format!("Regex compile failed on: {expression}")
    }
}

/// Originate.
pub mod originate {
    /// A priority that is neither a number nor a label of the extension.
    pub const INVALID_PRIORITY: &str = "Invalid priority";
    /// A timeout that is not a number.
    pub const INVALID_TIMEOUT: &str = "Invalid timeout";
    /// A channel without a slash.
    pub const INVALID_CHANNEL: &str = "Invalid channel";
    /// An application or its data that the user may not use.
    pub const FORBIDDEN: &str = "Originate Access Forbidden: app or data blacklisted";
    /// No such extension.
    pub const NO_EXTENSION: &str = "Extension does not exist.";
    /// An extension without a place.
    pub const EXTEN_NEEDS_CONTEXT: &str =
        "Originate with 'Exten' requires 'Context' and 'Priority'";
    /// The call was not answered, for whatever reason.
    pub const FAILED: &str = "Originate failed";
}

/// Redirect.
pub mod redirect {
    /// Without a context.
    pub const NO_CONTEXT: &str = "Context not specified";
    /// Without an extension.
    pub const NO_EXTEN: &str = "Exten not specified";
    /// Without a priority.
    pub const NO_PRIORITY: &str = "Priority not specified";
    /// A priority that there is not.
    pub const INVALID_PRIORITY: &str = "Priority is invalid";
    /// A second channel without an extension.
    pub const NO_EXTRA_EXTEN: &str = "ExtraExten not specified";
    /// A second channel without a priority.
    pub const NO_EXTRA_PRIORITY: &str = "ExtraPriority not specified";
    /// A second priority that there is not.
    pub const INVALID_EXTRA_PRIORITY: &str = "ExtraPriority is invalid";
    /// The channel hangs up.
    pub const NOT_UP: &str = "Redirect failed, channel not up.";
    /// The second channel hangs up.
    pub const EXTRA_NOT_UP: &str = "Redirect failed, extra channel not up.";
    /// It did not go.
    pub const FAILED: &str = "Redirect failed";
    /// The first channel went, the second did not.
    pub const SECONDARY_FAILED: &str = "Secondary redirect failed";

    /// There is no such channel.
    pub fn no_channel(name: &str) -> String {
        format!("Channel does not exist: {name}")
    }

    /// There is no such second channel.
    pub fn no_extra_channel(name: &str) -> String {
        format!("ExtraChannel does not exist: {name}")
    }
}

/// Bridges and transfers.
pub mod bridging {
    /// A transfer without an extension.
    pub const NO_EXTENSION: &str = "No extension specified";
    /// A transfer by a channel that there is not.
    pub const NO_CHANNEL: &str = "Channel specified does not exist";
    /// The transfer is not allowed here.
    pub const TRANSFER_NOT_PERMITTED: &str = "Transfer not permitted";
    /// There is nobody to transfer.
    pub const TRANSFER_INVALID: &str = "Transfer invalid";
    /// The transfer did not work.
    pub const TRANSFER_FAILED: &str = "Transfer failed";
    /// Action Bridge without both channels.
    pub const MISSING_CHANNEL: &str = "Missing channel parameter in request";
    /// BridgeInfo, BridgeDestroy and others without a bridge.
    pub const BRIDGE_REQUIRED: &str = "BridgeUniqueid must be provided";
    /// There is no such bridge.
    pub const NO_SUCH_BRIDGE: &str = "Bridge not found";
    /// BridgeKick without a channel.
    pub const CHANNEL_REQUIRED: &str = "Channel must be provided";
    /// BridgeKick of a channel that there is not.
    pub const NO_SUCH_CHANNEL: &str = "Channel not found";
    /// BridgeKick of a channel that is in no bridge.
    pub const NOT_IN_BRIDGE: &str = "Channel not in a bridge";
    /// A way of mixing was not named.
    pub const TECHNOLOGY_REQUIRED: &str = "BridgeTechnology must be provided";
    /// There is no such way of mixing.
    pub const NO_SUCH_TECHNOLOGY: &str = "Bridge technology not found";
}

/// States of devices, extensions and people; mailboxes.
pub mod state {
    /// ExtensionState without an extension.
    pub const NO_EXTENSION: &str = "Extension not specified";
    /// PresenceState without a provider.
    pub const NO_PROVIDER: &str = "No provider specified";
    /// MailboxStatus and MailboxCount without a mailbox.
    pub const NO_MAILBOX: &str = "Mailbox not specified";

    /// There is no such provider of presence.
    pub fn invalid_provider(provider: &str) -> String {
        format!("Invalid provider {provider} or provider in invalid state")
    }
}

/// Mailboxes that programs outside count.
pub mod mailbox {
    /// MWIGet, MWIUpdate and MWIDelete without a mailbox.
    pub const MISSING: &str = "Missing mailbox parameter in request";
    /// MWIUpdate where there are as many as there may be.
    pub const TOO_MANY: &str = "There are too many mailboxes";

    /// A figure of MWIUpdate that is none.
    pub fn bad_count(key: &str) -> String {
        format!("Invalid value for {key}")
    }

    /// An expression of MWIGet or MWIDelete that is none, and why.
    pub fn bad_expression(why: &str) -> String {
        format!("The expression is none: {}", why.replace('\n', " "))
    }
}

/// SIP: endpoints, contacts, registrations.
pub mod pjsip {
    /// PJSIPShowEndpoints where there are none.
    pub const NO_ENDPOINTS: &str = "No endpoints found";
    /// PJSIPShowAors where there are none.
    pub const NO_AORS: &str = "No AORs found";
    /// PJSIPShowAuths where there are none.
    pub const NO_AUTHS: &str = "No Auths found";
    /// PJSIPShowContacts where nobody registered.
    pub const NO_CONTACTS: &str = "No Contacts found";
    /// PJSIPShowResourceLists where there are none.
    pub const NO_RESOURCE_LISTS: &str = "No resource lists found";
    /// PJSIPQualify and others without an endpoint.
    pub const ENDPOINT_MISSING: &str = "Endpoint parameter missing.";
    /// PJSIPQualify of an endpoint that there is not.
    pub const NO_ENDPOINT: &str = "Unable to retrieve endpoint";
    /// PJSIPQualify of an endpoint without addresses.
    pub const NO_AORS_OF_ENDPOINT: &str = "No AoRs configured for endpoint";
    /// PJSIPRegister and PJSIPUnregister without a registration.
    pub const REGISTRATION_MISSING: &str = "Registration parameter missing.";
    /// PJSIPRegister and PJSIPUnregister of what there is not.
    pub const NO_REGISTRATION: &str = "Unable to retrieve registration entry";
    /// PJSIPSetMaintenance with another state than `on` and `off`.
    pub const ON_OR_OFF: &str = "State must be on or off";
    /// PJSIPNotify to nobody, or to several at once.
    pub const NOTIFY_WHOM: &str =
        "PJSIPNotify requires either an endpoint name, a SIP URI or a channel";
    /// PJSIPNotify without anything to say.
    pub const NOTIFY_WHAT: &str = "PJSIPNotify requires either an Option or a Variable";
    /// A header of a NOTIFY or MESSAGE that is none.
    pub const BAD_HEADER: &str = "Variable must be of the form name=value";
    /// PJSIPHangup with a cause that is none.
    pub const BAD_CAUSE: &str =
        "Cause must be a response code from 300 to 699 or the name of a cause";
    /// PJSIPNotify and PJSIPHangup of a channel that does not speak SIP.
    pub const NOT_PJSIP: &str = "Channel is not a PJSIP channel";
    /// MessageSend to nobody.
    pub const NO_DESTINATION: &str = "No 'Destination' or 'To' address specified.";
    /// MessageSend with a `Base64Body` that is not base64 of text.
    pub const BAD_BASE64: &str = "Base64Body is not the base64 of a text";
    /// MessageSend by a technology that has no messages.
    pub const NO_MESSAGES: &str = "Message technology not found.";
    /// MessageSend that did not go.
    pub const MESSAGE_FAILED: &str = "Message failed to send.";

    /// There is no endpoint of that name.
    pub fn no_endpoint(name: &str) -> String {
        format!("Unable to retrieve endpoint {name}")
    }

    /// There is no section of that name in pjsip_notify.conf.
    pub fn no_notify_option(name: &str) -> String {
        format!("Unable to find notify type '{name}'")
    }
}

/// The key database.
pub mod database {
    /// DBPut and DBDel without a family.
    pub const NO_FAMILY: &str = "No family specified";
    /// DBPut without a key.
    pub const NO_KEY: &str = "No key specified";
    /// DBGet and DBDel without a family; the full stop is the wire's.
    pub const NO_FAMILY_STOP: &str = "No family specified.";
    /// DBGet and DBDel without a key; the full stop is the wire's.
    pub const NO_KEY_STOP: &str = "No key specified.";
    /// There is no such entry.
    pub const NOT_FOUND: &str = "Database entry not found";
    /// There was no such entry to delete.
    pub const NOT_DELETED: &str = "Database entry could not be deleted";
    /// The entry was not written.
    pub const NOT_UPDATED: &str = "Failed to update entry";
}

/// Configuration files.
pub mod config {
    /// Without a file.
    pub const NO_FILENAME: &str = "Filename not specified";
    /// A file outside the directory of configurations.
    pub const FILENAME_INVALID: &str = "Filename is invalid";
    /// A file that this user may not read.
    pub const ESCALATED_PRIVILEGES: &str = "File requires escalated privileges";
    /// There is no such file.
    pub const NOT_FOUND: &str = "Config file not found";
    /// The file cannot be read.
    pub const INVALID_FORMAT: &str = "Config file has invalid format";
    /// The file could not be written.
    pub const SAVE_FAILED: &str = "Save of config failed";
    /// UpdateConfig with a change that there is not.
    pub const UNKNOWN_ACTION: &str = "Unknown action command";
    /// No such section.
    pub const NO_SUCH_CATEGORY: &str = "Given category does not exist";
    /// A change without a section.
    pub const NO_CATEGORY: &str = "Category not specified";
    /// A change without what it needs.
    pub const INCOMPLETE: &str = "Problem with category, value, or line (if required)";
    /// A section was not made.
    pub const CREATE_CATEGORY: &str = "Create category did not complete successfully";
    /// A section was not deleted.
    pub const DELETE_CATEGORY: &str = "Delete category did not complete successfully";
    /// A section was not emptied.
    pub const EMPTY_CATEGORY: &str = "Empty category did not complete successfully";
    /// A line was not changed.
    pub const UPDATE: &str = "Update did not complete successfully";
    /// A line was not deleted.
    pub const DELETE: &str = "Delete did not complete successfully";
    /// A line was not added.
    pub const APPEND: &str = "Append did not complete successfully";
    /// A section inherits from one that there is not.
    pub const NO_TEMPLATE: &str = "Template category not found";
}

/// The dialplan.
pub mod dialplan {
    /// DialplanExtensionAdd where there is such a step and `Replace` is off.
    pub const ALREADY_THERE: &str = "That extension and priority already exist at that context";
    /// DialplanExtensionRemove where there was nothing.
    pub const NOT_REMOVED: &str = "Failed to remove requested extension";

    /// ShowDialPlan of a context that there is not.
    pub fn no_context(context: &str) -> String {
        format!("Did not find context {context}")
    }
}
