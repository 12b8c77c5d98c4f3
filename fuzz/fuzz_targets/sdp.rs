//! Descriptions of sound: whatever is offered, our answer can be read and is the same for the same offer;
//! what is refused changes nothing.
#![no_main]

use std::net::SocketAddr;

use libfuzzer_sys::fuzz_target;
use media::codec::Codec;
use sip::sdp::{Exchange, Secret, Wants};
use sip::settings::{Endpoint, MediaEncryption};

fuzz_target!(|input: &[u8]| {
    for media_encryption in [MediaEncryption::No, MediaEncryption::Sdes] {
        let mut endpoint = Endpoint::default();
        endpoint.allow = vec![Codec::Ulaw, Codec::Alaw, Codec::G722, Codec::Opus];
        endpoint.sdp_owner = "-".into();
        endpoint.sdp_session = "Asterisk".into();
        endpoint.media_encryption = media_encryption;
        endpoint.media_encryption_optimistic = true;
        let address: SocketAddr = "192.0.2.1:10000".parse().expect("an address");
        let new = || Exchange::new(Wants::of(&endpoint), address, 77, Secret([7; 60]));

        let (mut ours, mut again) = (new(), new());
        match ours.answer(input) {
            Ok(answer) => {
                assert_eq!(again.answer(input).as_ref(), Ok(&answer));
                assert!(sdp_types::Session::parse(&answer).is_ok());
                assert!(ours.agreed().is_some());
            }
            Err(why) => {
                assert_eq!(again.answer(input), Err(why));
                assert!(ours.agreed().is_none());
            }
        }
        // The same as an answer to an offer of ours, and an offer after that.
        let mut asking = new();
        asking.offer();
        if asking.answered(input).is_ok() {
            assert!(asking.agreed().is_some());
        }
        assert!(!asking.is_open());
        assert!(sdp_types::Session::parse(&asking.offer()).is_ok());
        let _ = asking.answer(input);
    }
});
