//! Why a call ended: the cause values of ITU-T Q.850.

/// A Q.850 cause value; 0 where nobody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Cause(pub u16);

impl Cause {
    /// Nobody said why.
    pub const UNKNOWN: Cause = Cause(0);
    /// The number is not assigned.
    pub const UNALLOCATED: Cause = Cause(1);
    /// There is no route to the destination.
    pub const NO_ROUTE: Cause = Cause(3);
    /// A party hung up in the ordinary way.
    pub const NORMAL: Cause = Cause(16);
    /// The called party is busy.
    pub const BUSY: Cause = Cause(17);
    /// The called party does not respond.
    pub const NO_RESPONSE: Cause = Cause(18);
    /// The called party was alerted and did not answer.
    pub const NO_ANSWER: Cause = Cause(19);
    /// The called phone is not registered.
    pub const UNREGISTERED: Cause = Cause(20);
    /// The call was rejected.
    pub const REJECTED: Cause = Cause(21);
    /// Another leg of the same call was answered first.
    pub const ANSWERED_ELSEWHERE: Cause = Cause(26);
    /// No circuit is available, which the field calls congestion.
    pub const CONGESTION: Cause = Cause(34);
    /// Something failed inside.
    pub const FAILURE: Cause = Cause(38);
    /// The interworking with another network failed.
    pub const INTERWORKING: Cause = Cause(127);

    /// The words of `Cause-txt`.
    pub fn text(self) -> &'static str {
        TABLE
            .iter()
            .find(|(value, ..)| *value == self.0)
            .map_or("Unknown", |(_, _, text)| text)
    }

    /// Reads a cause from a number or from a name such as `NORMAL_CLEARING`; `None` if it is neither.
    pub fn parse(text: &str) -> Option<Cause> {
        let text = text.trim();
        if let Ok(value) = text.parse::<u16>() {
            return (value <= 127).then_some(Cause(value));
        }
        TABLE
            .iter()
            .find(|(_, name, _)| name.eq_ignore_ascii_case(text))
            .map(|(value, ..)| Cause(*value))
    }
}

/// Value, name in the dialplan, words on the wire.
const TABLE: &[(u16, &str, &str)] = &[
    (1, "UNALLOCATED", "Unallocated (unassigned) number"),
    (
        2,
        "NO_ROUTE_TRANSIT_NET",
        "No route to specified transmit network",
    ),
    (3, "NO_ROUTE_DESTINATION", "No route to destination"),
    (5, "MISDIALLED_TRUNK_PREFIX", "Misdialed Trunk Prefix"),
    (6, "CHANNEL_UNACCEPTABLE", "Channel unacceptable"),
    (
        7,
        "CALL_AWARDED_DELIVERED",
        "Call awarded and being delivered in an established channel",
    ),
    (8, "PRE_EMPTED", "Pre-empted"),
    (14, "NUMBER_PORTED_NOT_HERE", "Number Ported"),
    (16, "NORMAL_CLEARING", "Normal Clearing"),
    (17, "USER_BUSY", "User busy"),
    (18, "NO_USER_RESPONSE", "No user responding"),
    (19, "NO_ANSWER", "User alerting, no answer"),
    (20, "SUBSCRIBER_ABSENT", "Subscriber absent"),
    (21, "CALL_REJECTED", "Call Rejected"),
    (22, "NUMBER_CHANGED", "Number changed"),
    (
        23,
        "REDIRECTED_TO_NEW_DESTINATION",
        "Redirected to new destination",
    ),
    (26, "ANSWERED_ELSEWHERE", "Answered elsewhere"),
    (27, "DESTINATION_OUT_OF_ORDER", "Destination out of order"),
    (28, "INVALID_NUMBER_FORMAT", "Invalid number format"),
    (29, "FACILITY_REJECTED", "Facility rejected"),
    (
        30,
        "RESPONSE_TO_STATUS_ENQUIRY",
        "Response to STATus ENQuiry",
    ),
    (31, "NORMAL_UNSPECIFIED", "Normal, unspecified"),
    (
        34,
        "NORMAL_CIRCUIT_CONGESTION",
        "Circuit/channel congestion",
    ),
    (38, "NETWORK_OUT_OF_ORDER", "Network out of order"),
    (41, "NORMAL_TEMPORARY_FAILURE", "Temporary failure"),
    (42, "SWITCH_CONGESTION", "Switching equipment congestion"),
    (43, "ACCESS_INFO_DISCARDED", "Access information discarded"),
    (
        44,
        "REQUESTED_CHAN_UNAVAIL",
        "Requested channel not available",
    ),
    (50, "FACILITY_NOT_SUBSCRIBED", "Facility not subscribed"),
    (52, "OUTGOING_CALL_BARRED", "Outgoing call barred"),
    (54, "INCOMING_CALL_BARRED", "Incoming call barred"),
    (
        57,
        "BEARERCAPABILITY_NOTAUTH",
        "Bearer capability not authorized",
    ),
    (
        58,
        "BEARERCAPABILITY_NOTAVAIL",
        "Bearer capability not available",
    ),
    (
        65,
        "BEARERCAPABILITY_NOTIMPL",
        "Bearer capability not implemented",
    ),
    (66, "CHAN_NOT_IMPLEMENTED", "Channel not implemented"),
    (69, "FACILITY_NOT_IMPLEMENTED", "Facility not implemented"),
    (81, "INVALID_CALL_REFERENCE", "Invalid call reference value"),
    (88, "INCOMPATIBLE_DESTINATION", "Incompatible destination"),
    (95, "INVALID_MSG_UNSPECIFIED", "Invalid message unspecified"),
    (
        96,
        "MANDATORY_IE_MISSING",
        "Mandatory information element is missing",
    ),
    (97, "MESSAGE_TYPE_NONEXIST", "Message type nonexist."),
    (98, "WRONG_MESSAGE", "Wrong message"),
    (
        99,
        "IE_NONEXIST",
        "Info. element nonexist or not implemented",
    ),
    (
        100,
        "INVALID_IE_CONTENTS",
        "Invalid information element contents",
    ),
    (
        101,
        "WRONG_CALL_STATE",
        "Message not compatible with call state",
    ),
    (102, "RECOVERY_ON_TIMER_EXPIRE", "Recover on timer expiry"),
    (
        103,
        "MANDATORY_IE_LENGTH_ERROR",
        "Mandatory IE length error",
    ),
    (111, "PROTOCOL_ERROR", "Protocol error, unspecified"),
    (127, "INTERWORKING", "Interworking, unspecified"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_read_by_number_and_by_name() {
        assert_eq!(Cause::parse("17"), Some(Cause::BUSY));
        assert_eq!(Cause::parse("normal_clearing"), Some(Cause::NORMAL));
        assert_eq!(Cause::parse("128"), None);
        assert_eq!(Cause::parse("soon"), None);
        assert_eq!(Cause(0).text(), "Unknown");
        assert_eq!(Cause(17).text(), "User busy");
    }
}
