use proptest::prelude::*;

use super::*;
use crate::limits::{MAX_HEADERS, MAX_LINE, MAX_PACKET};

type Items = Vec<Result<Packet, Overflow>>;

/// Decodes pieces as they would come off a socket.
fn decode<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Items {
    let mut decoder = Decoder::new();
    let mut items = Vec::new();
    for mut piece in pieces {
        while let Some(item) = decoder.decode(&mut piece) {
            items.push(item);
        }
    }
    items
}

fn packets(bytes: &[u8]) -> Vec<Vec<(String, String)>> {
    decode([bytes])
        .into_iter()
        .map(|item| item.unwrap().rest(&[]))
        .collect()
}

fn pairs(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// What clients were seen to send, several packets in one stream.
const FRAMING: &[u8] = b"action: ping\r\nactionid: lower\r\n\r\n\
    Action:Ping\r\nActionID:nospace\r\n\r\n\
    Action:    Ping\r\nActionID:   spaces   \r\n\r\n\
    \r\n\r\nAction: Ping\r\nActionID: afterblank\r\n\r\n\
    Action: Ping\nActionID: lf\n\n\
    no colon at all\r\nAction: Ping\r\n\r\n\
    Action: \r\nVariable: a=b:c\r\nVariable: d\r\n\r\n\
    Note: caf\xe9\n\n";

#[test]
fn framing() {
    let expected = [
        pairs(&[("action", "ping"), ("actionid", "lower")]),
        pairs(&[("Action", "Ping"), ("ActionID", "nospace")]),
        pairs(&[("Action", "Ping"), ("ActionID", "spaces")]),
        pairs(&[]),
        pairs(&[]),
        pairs(&[("Action", "Ping"), ("ActionID", "afterblank")]),
        pairs(&[("Action", "Ping"), ("ActionID", "lf")]),
        pairs(&[("Action", "Ping")]),
        pairs(&[("Action", ""), ("Variable", "a=b:c"), ("Variable", "d")]),
        pairs(&[("Note", &text::decode(b"caf\xe9"))]),
    ];
    assert_eq!(packets(FRAMING), expected);
}

#[test]
fn wherever_the_network_cuts_it_is_the_same() {
    let whole = decode([FRAMING]);
    for at in 0..=FRAMING.len() {
        let (head, tail) = FRAMING.split_at(at);
        assert_eq!(decode([head, tail]), whole, "cut at {at}");
    }
    assert_eq!(decode(FRAMING.chunks(1)), whole);
}

/// A packet that passes a limit, between two that do not.
fn around(bad: &[u8]) -> Items {
    let mut bytes = b"Action: Ping\r\n\r\n".to_vec();
    bytes.extend_from_slice(bad);
    bytes.extend_from_slice(b"\r\nAction: Ping\r\n\r\n");
    let whole = decode([bytes.as_slice()]);
    assert_eq!(decode(bytes.chunks(7)), whole);
    assert_eq!(decode(bytes.chunks(MAX_LINE + 1)), whole);
    assert_eq!(whole.len(), 3);
    assert!(whole[0].is_ok() && whole[2] == whole[0]);
    whole
}

fn refused(items: &Items) -> (Limit, &str) {
    let overflow = items[1].as_ref().unwrap_err();
    (overflow.limit, &overflow.action_id)
}

#[test]
fn a_line_has_a_limit() {
    let line = |length: usize| format!("K: {}", "x".repeat(length - 3));
    let longest = format!("ActionID: 7\r\n{}\r\n", line(MAX_LINE));
    assert!(around(longest.as_bytes())[1].is_ok());
    for end in ["\n", "\r\n"] {
        let one_more = format!("ActionID: 7\r\n{}{end}", line(MAX_LINE + 1));
        assert_eq!(refused(&around(one_more.as_bytes())), (Limit::Line, "7"));
    }
    let id_after = format!("{}\nactionid: 8\n", line(3 * MAX_LINE));
    assert_eq!(refused(&around(id_after.as_bytes())), (Limit::Line, "8"));
}

#[test]
fn a_packet_has_a_limit() {
    // 16 lines of 8 KiB with their line ends are the limit exactly.
    let line = format!("K: {}\n", "x".repeat(MAX_LINE - 4));
    let full = line.repeat(MAX_PACKET / MAX_LINE);
    assert_eq!(full.len(), MAX_PACKET);
    assert!(around(full.as_bytes())[1].is_ok());
    let over = format!("{full}ActionID: late\n");
    assert_eq!(refused(&around(over.as_bytes())), (Limit::Packet, "late"));
}

#[test]
fn headers_have_a_limit() {
    let full = "K: v\r\n".repeat(MAX_HEADERS);
    assert!(around(full.as_bytes())[1].is_ok());
    let over = format!("ActionID: 9\r\n{full}");
    let items = around(over.as_bytes());
    assert_eq!(refused(&items), (Limit::Headers, "9"));
    let text = items[1].as_ref().unwrap_err().to_string();
    assert_eq!(text, "Too many headers: the limit is 1024");
}

#[test]
fn a_line_over_both_limits_is_refused_alike_whole_and_in_pieces() {
    let longest = format!("K: {}\n", "x".repeat(2 * MAX_PACKET));
    assert_eq!(refused(&around(longest.as_bytes())), (Limit::Line, ""));
}

#[test]
fn an_idle_decoder_owns_no_memory() {
    let mut decoder = Decoder::new();
    let mut input = &b"Action: Ping\r\n\r\nAct"[..];
    assert!(decoder.decode(&mut input).is_some());
    assert!(decoder.decode(&mut input).is_none());
    assert!(!decoder.is_idle());
    let mut input = &b"ion: Ping\r\n\r\n"[..];
    assert!(decoder.decode(&mut input).is_some());
    assert!(decoder.is_idle());
    assert_eq!(decoder.partial.capacity(), 0);
}

#[test]
fn both_dialects_of_a_command_read_alike() {
    let old = b"Response: Follows\r\nPrivilege: Command\r\nActionID: 7\r\n\
        a: b\n\n  no colon\nlast--END COMMAND--\r\n\r\nEvent: Next\r\n\r\n";
    let mut expected = pairs(&[
        ("Response", "Follows"),
        ("Privilege", "Command"),
        ("ActionID", "7"),
    ]);
    expected.extend(pairs(&[
        ("Output", "a: b"),
        ("Output", ""),
        ("Output", "  no colon"),
        ("Output", "last"),
    ]));
    for size in [1, 5, old.len()] {
        let mut decoder = Decoder::for_replies();
        let mut items = Vec::new();
        for mut piece in old.chunks(size) {
            while let Some(item) = decoder.decode(&mut piece) {
                items.push(item.unwrap().rest(&[]));
            }
        }
        assert_eq!(
            items,
            [expected.clone(), pairs(&[("Event", "Next")])],
            "pieces of {size}"
        );
    }
    // What a client says is never output.
    assert_eq!(packets(old).len(), 3);
}

proptest! {
    #[test]
    fn what_was_encoded_decodes_to_itself(
        headers in prop::collection::vec((any::<Vec<u8>>(), any::<Vec<u8>>()), 0..8)
    ) {
        // What the encoder escapes or the decoder trims cannot come back; all else must.
        let clean = |bytes: &[u8], colon: bool| {
            let kept: Vec<u8> = bytes.iter().copied().filter(|b| *b > b' ' && !(colon && *b == b':')).collect();
            text::decode(&kept).into_owned()
        };
        let packet: Packet = headers
            .iter()
            .map(|(key, value)| (format!("k{}", clean(key, true)), clean(value, false)))
            .fold(Packet::new(), |packet, (key, value)| packet.with(&key, &value));
        let mut bytes = Vec::new();
        packet.write(&mut bytes);
        prop_assert_eq!(decode([bytes.as_slice()]), vec![Ok(packet)]);
    }

    #[test]
    fn no_packet_comes_out_as_two(
        headers in prop::collection::vec((any::<Vec<u8>>(), any::<Vec<u8>>()), 0..8)
    ) {
        let packet = headers.iter().fold(Packet::new(), |packet, (key, value)| {
            packet.with(&text::decode(key), &text::decode(value))
        });
        let mut bytes = Vec::new();
        packet.write(&mut bytes);
        prop_assert_eq!(decode([bytes.as_slice()]).len(), 1);
    }

    #[test]
    fn pieces_of_any_size_decode_alike(
        bytes in prop::collection::vec(prop::sample::select(b"Aa:: \r\n\n\xe9".to_vec()), 0..200),
        size in 1_usize..20,
    ) {
        prop_assert_eq!(decode(bytes.chunks(size)), decode([bytes.as_slice()]));
    }
}
