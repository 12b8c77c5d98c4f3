//! `type = transport`: where we listen, and how.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use switch::Text;

use super::address::Mask;
use super::option::Takes::*;
use super::option::{Object, Opt, row, words};
use super::tos;
use crate::wire;

/// A place where we listen. Each field is the option of its name.
#[derive(Debug, Clone)]
pub struct Transport {
    /// Its name: the section's.
    pub name: Text,
    /// How messages travel.
    pub protocol: wire::Transport,
    /// Where it listens; a port of 0 is the protocol's own.
    pub bind: SocketAddr,
    /// Address that those outside of `local_net` are given for sound: an address or a host; empty for our own.
    pub external_media_address: Text,
    /// Address that those outside of `local_net` are given for messages; empty for our own.
    pub external_signaling_address: Text,
    /// Port that goes with it; 0 for our own.
    pub external_signaling_port: u16,
    /// Who is inside.
    pub local_net: Vec<Mask>,
    /// Domain in `From` of requests of ours; empty for the address.
    pub domain: Text,
    /// Certificate chain, PEM.
    pub cert_file: Text,
    /// Private key, PEM.
    pub priv_key_file: Text,
    /// Certificates of authorities, PEM.
    pub ca_list_file: Text,
    /// Directory of such.
    pub ca_list_path: Text,
    /// Whether whom we call has to have a certificate of them.
    pub verify_server: bool,
    /// Whether a caller's certificate has to be of them.
    pub verify_client: bool,
    /// Whether a caller has to have a certificate.
    pub require_client_cert: bool,
    /// Versions of TLS: `tlsv1_2`, `tlsv1_3`; empty for all that are safe.
    pub method: Text,
    /// DSCP byte of its packets.
    pub tos: u8,
    /// How the system finds out that the other side of a silent connection is gone (`tcp_keepalive_*`).
    pub tcp_keepalive: TcpKeepalive,
    /// Whether those who registered by it are called by it, where their endpoint names no transport.
    pub symmetric_transport: bool,
    pub(super) shown: Vec<Text>,
}

/// Probes on a connection that nothing is said on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TcpKeepalive {
    /// Whether there are any.
    pub enabled: bool,
    /// How long nothing was said before the first.
    pub idle: Duration,
    /// Between two.
    pub interval: Duration,
    /// How many go unanswered before the connection is over.
    pub count: u32,
}

impl Default for TcpKeepalive {
    fn default() -> TcpKeepalive {
        TcpKeepalive {
            enabled: true,
            idle: Duration::from_secs(30),
            interval: Duration::from_secs(10),
            count: 5,
        }
    }
}

impl Default for Transport {
    fn default() -> Transport {
        Transport {
            name: Text::default(),
            protocol: wire::Transport::Udp,
            bind: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0),
            external_media_address: Text::default(),
            external_signaling_address: Text::default(),
            external_signaling_port: 0,
            local_net: Vec::new(),
            domain: Text::default(),
            cert_file: Text::default(),
            priv_key_file: Text::default(),
            ca_list_file: Text::default(),
            ca_list_path: Text::default(),
            verify_server: false,
            verify_client: false,
            require_client_cert: false,
            method: Text::default(),
            tos: 0,
            tcp_keepalive: TcpKeepalive::default(),
            symmetric_transport: false,
            shown: Vec::new(),
        }
    }
}

impl Transport {
    /// Where it listens, with the port: 5060, 5061 with TLS, 8088 and 8089 for WebSocket.
    pub fn address(&self) -> SocketAddr {
        let port = match (self.bind.port(), self.protocol) {
            (0, wire::Transport::Udp | wire::Transport::Tcp) => 5060,
            (0, wire::Transport::Tls) => 5061,
            (0, wire::Transport::Ws) => 8088,
            (0, wire::Transport::Wss) => 8089,
            (port, _) => port,
        };
        SocketAddr::new(self.bind.ip(), port)
    }

    /// Whether somebody is outside of `local_net`, and so is given the external addresses.
    pub fn is_outside(&self, address: IpAddr) -> bool {
        !self.local_net.iter().any(|mask| mask.holds(address))
    }

    /// The word for how messages travel.
    pub fn protocol_word(&self) -> &'static str {
        match self.protocol {
            wire::Transport::Udp => "udp",
            wire::Transport::Tcp => "tcp",
            wire::Transport::Tls => "tls",
            wire::Transport::Ws => "ws",
            wire::Transport::Wss => "wss",
        }
    }
}

impl Object for Transport {
    const OPTIONS: &'static [Opt<Transport>] = &[
        row(
            "protocol",
            "Protocol",
            "udp",
            Word(&["udp", "tcp", "tls", "ws", "wss"], |t, word| {
                t.protocol = match word {
                    "tcp" => wire::Transport::Tcp,
                    "tls" => wire::Transport::Tls,
                    "ws" => wire::Transport::Ws,
                    "wss" => wire::Transport::Wss,
                    _ => wire::Transport::Udp,
                };
            }),
        ),
        row("bind", "Bind", "0.0.0.0:0", Other(put_bind)),
        row("async_operations", "AsyncOperations", "1", IdleNumber),
        row(
            "ca_list_file",
            "CaListFile",
            "",
            Text(|t| &mut t.ca_list_file),
        ),
        row(
            "ca_list_path",
            "CaListPath",
            "",
            Text(|t| &mut t.ca_list_path),
        ),
        row("cert_file", "CertFile", "", Text(|t| &mut t.cert_file)),
        row(
            "priv_key_file",
            "PrivKeyFile",
            "",
            Text(|t| &mut t.priv_key_file),
        ),
        row("password", "Password", "", IdleText),
        row(
            "external_signaling_address",
            "ExternalSignalingAddress",
            "",
            Text(|t| &mut t.external_signaling_address),
        ),
        row(
            "external_signaling_port",
            "ExternalSignalingPort",
            "0",
            Other(put_port),
        ),
        row(
            "external_media_address",
            "ExternalMediaAddress",
            "",
            Text(|t| &mut t.external_media_address),
        ),
        row("domain", "Domain", "", Text(|t| &mut t.domain)),
        row(
            "verify_server",
            "VerifyServer",
            "No",
            Flag(|t| &mut t.verify_server),
        ),
        row(
            "verify_client",
            "VerifyClient",
            "No",
            Flag(|t| &mut t.verify_client),
        ),
        row(
            "require_client_cert",
            "RequireClientCert",
            "No",
            Flag(|t| &mut t.require_client_cert),
        ),
        row("method", "Method", "unspecified", Other(put_method)),
        row("cipher", "Cipher", "", IdleText),
        row("local_net", "LocalNet", "", Other(put_local_net)),
        row("tos", "Tos", "0", Other(put_tos)),
        row("cos", "Cos", "0", IdleNumber),
        row(
            "websocket_write_timeout",
            "WebsocketWriteTimeout",
            "100",
            IdleNumber,
        ),
        row("allow_reload", "AllowReload", "false", IdleFlag),
        row("allow_wildcard_certs", "AllowWildcardCerts", "No", IdleFlag),
        row(
            "symmetric_transport",
            "SymmetricTransport",
            "false",
            Flag(|t| &mut t.symmetric_transport),
        ),
        row(
            "tcp_keepalive_enable",
            "TcpKeepaliveEnable",
            "true",
            Flag(|t| &mut t.tcp_keepalive.enabled),
        ),
        row(
            "tcp_keepalive_idle_time",
            "TcpKeepaliveIdleTime",
            "30",
            Seconds(|t| &mut t.tcp_keepalive.idle),
        ),
        row(
            "tcp_keepalive_interval_time",
            "TcpKeepaliveIntervalTime",
            "10",
            Seconds(|t| &mut t.tcp_keepalive.interval),
        ),
        row(
            "tcp_keepalive_probe_count",
            "TcpKeepaliveProbeCount",
            "5",
            Number(|t| &mut t.tcp_keepalive.count),
        ),
    ];

    fn shown(&mut self) -> &mut Vec<Text> {
        &mut self.shown
    }

    fn named(&mut self, name: Text) {
        self.name = name;
    }

    fn lacks(&self) -> Option<&'static str> {
        let secret = matches!(self.protocol, wire::Transport::Tls | wire::Transport::Wss);
        (secret && self.cert_file.is_empty()).then_some("TLS needs cert_file")
    }
}

fn put_bind(transport: &mut Transport, value: &str) -> Result<String, String> {
    let bare = value.trim_start_matches('[').trim_end_matches(']');
    let bind = match (value.parse::<SocketAddr>(), bare.parse::<IpAddr>()) {
        (Ok(address), _) => address,
        (_, Ok(address)) => SocketAddr::new(address, 0),
        _ => return Err(format!("not an address: {value}")),
    };
    transport.bind = bind;
    Ok(bind.to_string())
}

fn put_port(transport: &mut Transport, value: &str) -> Result<String, String> {
    let port = value.trim().parse();
    transport.external_signaling_port = port.map_err(|_| format!("not a port: {value}"))?;
    Ok(transport.external_signaling_port.to_string())
}

fn put_method(transport: &mut Transport, value: &str) -> Result<String, String> {
    match value {
        "" | "default" | "unspecified" | "tlsv1_2" | "tlsv1_3" => {
            let word = if value.starts_with("tls") { value } else { "" };
            transport.method = word.into();
            Ok(value.to_owned())
        }
        "tlsv1" | "tlsv1_1" | "sslv2" | "sslv23" | "sslv3" => Err(format!(
            "{value} is not safe and not here; tlsv1_2 and tlsv1_3 are"
        )),
        _ => Err(format!("no version of TLS is called {value}")),
    }
}

fn put_local_net(transport: &mut Transport, value: &str) -> Result<String, String> {
    for word in words(value) {
        let mask = Mask::parse(word).ok_or_else(|| format!("not an address or mask: {word}"))?;
        transport.local_net.push(mask);
    }
    let shown: Vec<String> = transport.local_net.iter().map(Mask::to_string).collect();
    Ok(shown.join(","))
}

fn put_tos(transport: &mut Transport, value: &str) -> Result<String, String> {
    transport.tos = tos::read(value)?;
    Ok(transport.tos.to_string())
}
