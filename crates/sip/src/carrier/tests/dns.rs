//! Hosts by name, with a small server of names on loopback.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::proto::op::{Message as Packet, MessageType, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, NAPTR, SRV};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use switch::Time;
use tokio::net::UdpSocket;

use super::loopback::{carrier, free, place, run};
use crate::carrier::dns::{Names, Question, Server};
use crate::carrier::{Carrier, Message, parse};
use crate::reply;
use crate::wire::{ClientTransaction, FromWire, Target, ToWire, Transport, Unanswered};

/// What the server knows.
#[derive(Default)]
struct Zone(HashMap<(String, RecordType), Vec<RData>>);

impl Zone {
    fn with(mut self, name: &str, data: RData) -> Zone {
        let key = (name.to_owned(), data.record_type());
        self.0.entry(key).or_default().push(data);
        self
    }

    fn host(self, name: &str, last: u8) -> Zone {
        self.with(name, RData::A(A(Ipv4Addr::new(127, 0, 0, last))))
    }

    fn server(self, name: &str, priority: u16, weight: u16, port: u16, target: &str) -> Zone {
        let target = Name::from_ascii(target).unwrap();
        let server = SRV::new(priority, weight, port, target);
        self.with(name, RData::SRV(server))
    }

    fn rule(self, name: &str, order: u16, service: &str, replacement: &str) -> Zone {
        let to = Name::from_ascii(replacement).unwrap();
        let (flags, service) = (Box::from(*b"s"), service.as_bytes().into());
        let rule = NAPTR::new(order, 1, flags, service, Box::default(), to);
        self.with(name, RData::NAPTR(rule))
    }

    /// Serves it, until the runtime ends.
    async fn serve(self) -> Names {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let port = socket.local_addr().unwrap().port();
        tokio::spawn(async move {
            let mut buffer = [0; 1500];
            loop {
                let (length, from) = socket.recv_from(&mut buffer).await.unwrap();
                let asked = Packet::from_vec(&buffer[..length]).unwrap();
                let answer = self.answer(&asked).to_vec().unwrap();
                socket.send_to(&answer, from).await.unwrap();
            }
        });
        let mut connection = ConnectionConfig::udp();
        connection.port = port;
        let server = NameServerConfig::new(Ipv4Addr::LOCALHOST.into(), true, vec![connection]);
        Names::of(ResolverConfig::from_name_servers(vec![server]))
    }

    fn answer(&self, asked: &Packet) -> Packet {
        let mut answer = asked.clone();
        answer.metadata.message_type = MessageType::Response;
        let query = &asked.queries[0];
        let name = query.name().to_string().to_ascii_lowercase();
        let known = self.0.get(&(name.clone(), query.query_type()));
        for data in known.into_iter().flatten() {
            let record = Record::from_rdata(query.name().clone(), 60, data.clone());
            answer.add_answer(record);
        }
        if !self.0.keys().any(|(known, _)| *known == name) {
            answer.metadata.response_code = ResponseCode::NXDomain;
        }
        answer
    }
}

fn question(host: &str) -> Question {
    Question {
        host: host.to_owned(),
        port: None,
        transport: None,
        ours: vec![(Transport::Udp, false), (Transport::Tcp, false)],
        seed: 7,
    }
}

fn at(transport: Transport, last: u8, port: u16) -> Server {
    let address = SocketAddr::new(IpAddr::from([127, 0, 0, last]), port);
    Server { transport, address }
}

#[test]
fn a_host_is_found_as_rfc_3263_says() {
    use Transport::{Tcp, Tls, Udp};
    run(async {
        let names = Zone::default()
            .host("plain.test.", 2)
            .host("one.test.", 3)
            .host("two.test.", 4)
            .server("_sip._udp.service.test.", 10, 1, 5070, "two.test.")
            .server("_sip._udp.service.test.", 5, 1, 5071, "one.test.")
            .server("_sip._udp.service.test.", 1, 1, 5072, "gone.test.")
            .server("_sip._tcp.service.test.", 1, 1, 5073, "one.test.")
            .server("_sips._tcp.service.test.", 1, 1, 5074, "one.test.")
            .rule("liked.test.", 2, "SIP+D2U", "_sip._udp.service.test.")
            .rule("liked.test.", 1, "SIP+D2T", "_sip._tcp.service.test.")
            .rule("liked.test.", 0, "SIPS+D2T", "_sips._tcp.service.test.")
            .server("_sip._udp.none.test.", 0, 0, 0, ".")
            .serve()
            .await;
        // An address and nothing else.
        assert_eq!(
            names.find(&question("plain.test")).await,
            Ok(vec![at(Udp, 2, 5060)])
        );
        // A port: nobody asks for servers.
        let port = Question {
            port: Some(99),
            ..question("one.test")
        };
        assert_eq!(names.find(&port).await, Ok(vec![at(Udp, 3, 99)]));
        // Servers by their priority; one without an address is passed over.
        let both = vec![at(Udp, 3, 5071), at(Udp, 4, 5070)];
        assert_eq!(names.find(&question("service.test")).await, Ok(both));
        let tcp = Question {
            transport: Some(Tcp),
            ..question("service.test")
        };
        assert_eq!(names.find(&tcp).await, Ok(vec![at(Tcp, 3, 5073)]));
        // What they like best, of what we have.
        assert_eq!(
            names.find(&question("liked.test")).await,
            Ok(vec![at(Tcp, 3, 5073)])
        );
        let tls = Question {
            ours: vec![(Tls, false), (Udp, false)],
            ..question("liked.test")
        };
        assert_eq!(names.find(&tls).await, Ok(vec![at(Tls, 3, 5074)]));
        for missing in ["missing.test", "none.test"] {
            assert!(names.find(&question(missing)).await.is_err(), "{missing}");
        }
        // Nobody is reached by a family that we do not listen on.
        let six = Question {
            ours: vec![(Udp, true)],
            ..question("plain.test")
        };
        assert!(names.find(&six).await.unwrap_err().contains("no address"));
    });
}

fn ask(carrier: &mut Carrier, number: u64, host: &str) {
    let text = format!(
        "OPTIONS sip:{host} SIP/2.0\r\nFrom: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:{host}>\r\n\
         Via: SIP/2.0/UDP x;branch=z9hG4bK1\r\nCall-ID: c1\r\nCSeq: 1 OPTIONS\r\n\r\n"
    );
    let Ok(Message::Request(mut request)) = parse(text.as_bytes()) else {
        panic!("no request");
    };
    request.headers.retain(|header| header.name() != "Via");
    let target = Target::Named {
        transport: String::new(),
    };
    let transaction = ClientTransaction(number);
    carrier.send(
        Time(0),
        ToWire::Request {
            transaction,
            request,
            target,
        },
    );
}

/// Somebody who answers every request with this code.
async fn answering(code: u16) -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = socket.local_addr().unwrap().port();
    tokio::spawn(async move {
        let mut buffer = [0; 4096];
        loop {
            let (length, from) = socket.recv_from(&mut buffer).await.unwrap();
            let Ok(Message::Request(request)) = parse(&buffer[..length]) else {
                panic!("no request");
            };
            let response = reply::to(&request, code.into(), "theirs");
            let via = crate::carrier::message::value(&request.headers, "Via").unwrap();
            let bytes = crate::carrier::write::response(&response, &[via.to_owned()]);
            socket.send_to(&bytes, from).await.unwrap();
        }
    });
    port
}

#[test]
fn another_server_is_tried_where_one_is_of_no_use() {
    run(async {
        let (bad, good) = (answering(503).await, answering(200).await);
        let names = Zone::default()
            .host("one.test.", 1)
            .server("_sip._udp.service.test.", 1, 1, bad, "one.test.")
            .server("_sip._udp.service.test.", 2, 1, good, "one.test.")
            .server("_sip._udp.bad.test.", 1, 1, bad, "one.test.")
            .serve()
            .await;
        let mut carrier = carrier();
        let own = format!("127.0.0.1:{}", free());
        assert!(
            carrier
                .listen(&[place("udp", Transport::Udp, &own)])
                .is_empty()
        );
        carrier.sockets.look_up_by(names);
        ask(&mut carrier, 7, "service.test");
        let heard = carrier.next().await;
        let FromWire::Response {
            transaction,
            response,
            flow,
        } = heard
        else {
            panic!("{heard:?}");
        };
        assert_eq!(
            (transaction, flow.remote.port()),
            (ClientTransaction(7), good)
        );
        assert_eq!(response.status_code.code(), 200);
        // The one that refused is tried last for a while, and a host without another says so.
        ask(&mut carrier, 8, "service.test");
        assert!(
            matches!(carrier.next().await, FromWire::Response { flow, .. } if flow.remote.port() == good)
        );
        ask(&mut carrier, 9, "bad.test");
        let heard = carrier.next().await;
        let FromWire::Response {
            transaction,
            response,
            ..
        } = heard
        else {
            panic!("{heard:?}");
        };
        assert_eq!(
            (transaction, response.status_code.code()),
            (ClientTransaction(9), 503)
        );
        // Whoever is cancelled before anybody was found is not asked at all.
        ask(&mut carrier, 11, "service.test");
        let cancel = ToWire::Cancel {
            transaction: ClientTransaction(11),
            reason: String::new(),
        };
        carrier.send(Time(0), cancel);
        let heard = carrier.next().await;
        assert!(
            matches!(
                &heard,
                FromWire::Unanswered {
                    transaction: ClientTransaction(11),
                    ..
                }
            ),
            "{heard:?}"
        );
        ask(&mut carrier, 10, "missing.test");
        let why = match carrier.next().await {
            FromWire::Unanswered {
                why: Unanswered::NotSent(why),
                ..
            } => why,
            other => panic!("{other:?}"),
        };
        assert!(why.starts_with("missing.test"), "{why}");
        assert_eq!(carrier.held().clients, 0);
    });
}
