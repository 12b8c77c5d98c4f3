//! The messages of RFC 4475, and worse.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use rsipstack::sip::{HeadersExt, Method};

use crate::carrier::{Message, parse};

/// What becomes of a message.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Fate {
    Taken,
    Answered(u16),
    Dropped,
}

macro_rules! torture {
    ($($name:literal => $fate:expr,)*) => {
        [$(($name, include_bytes!(concat!("../../../testdata/torture/", $name, ".sip")).as_slice(), $fate)),*]
    };
}

fn fate(bytes: &[u8]) -> Fate {
    match parse(bytes) {
        Ok(_) => Fate::Taken,
        Err(malformed) => match malformed.answer {
            Some(answer) => Fate::Answered(answer.status_code.code()),
            None => Fate::Dropped,
        },
    }
}

fn all() -> Vec<(&'static str, &'static [u8], Fate)> {
    use Fate::{Answered, Dropped, Taken};
    torture! {
        // 3.1.1: valid.
        "wsinv" => Taken,
        "intmeth" => Answered(501),
        "esc01" => Taken,
        "escnull" => Taken,
        "esc02" => Answered(501),
        "lwsdisp" => Taken,
        "longreq" => Taken,
        "dblreq" => Taken,
        "semiuri" => Taken,
        "transports" => Taken,
        "mpart01" => Taken,
        "unreason" => Taken,
        "noreason" => Taken,
        // 3.1.2: invalid. Where the RFC leaves the choice, what can be understood is taken.
        "badinv01" => Answered(400),
        "clerr" => Answered(400),
        "ncl" => Answered(400),
        "scalar02" => Answered(400),
        "scalarlg" => Dropped,
        "quotbal" => Answered(400),
        "ltgtruri" => Answered(400),
        "lwsruri" => Answered(400),
        "lwsstart" => Answered(400),
        "trws" => Answered(400),
        "escruri" => Answered(400),
        "baddate" => Taken,
        "regbadct" => Taken,
        "badaspec" => Taken,
        "baddn" => Taken,
        "badvers" => Answered(505),
        "mismatch01" => Answered(400),
        "mismatch02" => Answered(400),
        "bigcode" => Dropped,
        // 3.2 to 3.4.
        "badbranch" => Taken,
        "insuf" => Answered(400),
        "unkscm" => Answered(416),
        "novelsc" => Answered(416),
        "unksm2" => Taken,
        "bext01" => Taken,
        "invut" => Taken,
        "regaut01" => Taken,
        "multi01" => Answered(400),
        "mcl01" => Answered(400),
        "bcast" => Taken,
        "zeromf" => Taken,
        "cparam01" => Taken,
        "cparam02" => Taken,
        "regescrt" => Taken,
        "sdp01" => Taken,
        "inv2543" => Taken,
        // Not the RFC's: Latin-1 in a header.
        "latin1" => Taken,
    }
    .to_vec()
}

#[test]
fn each_gets_what_it_deserves() {
    for (name, bytes, expected) in all() {
        assert_eq!(
            fate(bytes),
            expected,
            "{name}: {:?}",
            parse(bytes).err().map(|e| e.why)
        );
    }
}

#[test]
fn an_answer_to_what_cannot_be_read_finds_its_way() {
    for (name, bytes, _) in all() {
        let Err(malformed) = parse(bytes) else {
            continue;
        };
        if let Some(answer) = malformed.answer {
            assert!(answer.via_header().is_ok(), "{name}");
        }
    }
}

#[test]
fn blanks_and_folds_are_read() {
    let (_, bytes, _) = all()[0];
    let Ok(Message::Request(request)) = parse(bytes) else {
        panic!("not a request");
    };
    assert_eq!(request.method, Method::Invite);
    assert_eq!(crate::reply::to_tag(&request.headers), Some("1918181833n"));
    assert_eq!(crate::reply::from_tag(&request.headers), Some("98asjd8"));
    assert_eq!(
        crate::carrier::message::cseq(&request.headers),
        Some((9, "INVITE"))
    );
}

#[test]
fn a_header_keeps_its_bytes() {
    let (_, bytes, _) = all()
        .into_iter()
        .find(|(name, ..)| *name == "latin1")
        .unwrap();
    let Ok(Message::Request(request)) = parse(bytes) else {
        panic!("not a request");
    };
    let written = crate::carrier::write::request(&request, &[]);
    let name = b"\"Andr\xe9\" <sip:andre@example.com>;tag=1";
    assert!(written.windows(name.len()).any(|part| part == name));
}

/// Messages cut, stretched and with bytes changed at random: always a fate, never a panic.
#[test]
fn nothing_that_comes_by_chance_hurts() {
    let mut random = StdRng::seed_from_u64(4475);
    let messages = all();
    for _ in 0..20_000 {
        let (_, bytes, _) = messages[random.random_range(0..messages.len())];
        let mut bytes = bytes.to_vec();
        for _ in 0..random.random_range(1..8) {
            let at = random.random_range(0..bytes.len());
            match random.random_range(0..5) {
                0 => bytes.truncate(at.max(1)),
                1 => bytes[at] = random.random(),
                2 => bytes.insert(at, random.random()),
                3 => {
                    let piece = bytes[at..(at + 40).min(bytes.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
                _ => bytes[at] = b"\r\n:;,<>@\"% \t\0"[random.random_range(0..13)],
            }
        }
        let once = fate(&bytes);
        assert_eq!(once, fate(&bytes));
    }
    for length in [0, 1, 3, 65_535, 65_536, 100_000] {
        let bytes: Vec<u8> = (0..length).map(|_| random.random()).collect();
        assert_eq!(fate(&bytes), Fate::Dropped, "{length}");
    }
}
