//! Where completion finds what an argument may be.

/// Where the values of an argument come from, for completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// These words.
    Words(&'static [&'static str]),
    /// Channels.
    Channels,
    /// Bridges.
    Bridges,
    /// Contexts of the dialplan.
    Contexts,
    /// Users of the manager.
    Users,
    /// Sessions of the manager.
    Sessions,
    /// Modules.
    Modules,
    /// Actions of the manager.
    Actions,
    /// Events of the manager.
    Events,
    /// Applications of the dialplan.
    Applications,
    /// Functions of the dialplan.
    Functions,
    /// Configuration files that were read.
    ConfigurationFiles,
    /// `Custom:` devices.
    CustomDevices,
    /// `CustomPresence:` presences.
    CustomPresences,
    /// Endpoints of SIP.
    Endpoints,
    /// Addresses of record of SIP.
    Aors,
    /// Proofs of identity of SIP.
    Auths,
    /// Contacts of SIP.
    Contacts,
    /// Sections of pjsip.conf that tell requests apart.
    Identifies,
    /// Sections of pjsip_notify.conf.
    NotifyOptions,
    /// Registrations of ours.
    Registrations,
    /// Transports of SIP.
    Transports,
}
