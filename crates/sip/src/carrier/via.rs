//! `Via`: the way back of an answer (RFC 3261, 18.2; RFC 3581).

use std::net::{IpAddr, SocketAddr};

use rsipstack::sip::{Header, Headers};

use crate::uri::{param, split_unquoted};
use crate::wire::{Flow, Transport};

/// The topmost `Via` of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Via<'a> {
    /// Transport's word, such as `UDP`.
    pub(crate) transport: &'a str,
    /// Host and port as they stand.
    pub(crate) sent_by: &'a str,
    /// Parameters from the first `;`.
    pub(crate) params: &'a str,
    /// Further ones in the same line.
    pub(crate) others: Option<&'a str>,
}

/// Reads the first of a line.
pub(crate) fn parse(value: &str) -> Option<Via<'_>> {
    if !tidy(value) {
        return None;
    }
    let first = split_unquoted(value, ',').next()?;
    let end = first.as_ptr() as usize - value.as_ptr() as usize + first.len();
    let others = value
        .get(end..)?
        .trim_start()
        .strip_prefix(',')
        .map(str::trim);
    let (protocol, rest) = protocol(first)?;
    let (sent_by, params) = match rest.find(';') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let sent_by = sent_by.trim();
    let good = |c: char| c.is_ascii_alphanumeric() || "-._:[] ".contains(c);
    (!sent_by.is_empty() && sent_by.chars().all(good)).then_some(Via {
        transport: protocol,
        sent_by,
        params,
        others: others.filter(|o| !o.is_empty()),
    })
}

/// Whether something stands between all separators (RFC 4475, 3.1.2.1).
fn tidy(value: &str) -> bool {
    let mut last = ',';
    let mut quoted = false;
    for c in value.chars().filter(|c| !c.is_whitespace()) {
        if c == '"' {
            quoted = !quoted;
        }
        if !quoted && matches!(c, ',' | ';') && matches!(last, ',' | ';') {
            return false;
        }
        last = c;
    }
    !quoted && !matches!(last, ',' | ';')
}

/// `SIP / 2.0 / UDP first`: blanks may stand around the strokes (RFC 4475, 3.1.1.1).
fn protocol(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once('/')?;
    let (version, rest) = rest.split_once('/')?;
    let rest = rest.trim_start();
    let (transport, rest) = rest.split_once([' ', '\t'])?;
    (name.trim().eq_ignore_ascii_case("SIP") && version.trim() == "2.0" && !transport.is_empty())
        .then_some((transport, rest.trim_start()))
}

impl Via<'_> {
    /// The branch; empty where there is none.
    pub(crate) fn branch(&self) -> &str {
        param(self.params, "branch").unwrap_or("")
    }

    /// Host and port, where the host is an address.
    pub(crate) fn address(&self) -> Option<SocketAddr> {
        let host = self.host().parse().ok()?;
        Some(SocketAddr::new(host, self.port().unwrap_or(5060)))
    }

    fn host(&self) -> &str {
        match self.sent_by.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(""),
            None => self.sent_by.split(':').next().unwrap_or("").trim(),
        }
    }

    fn port(&self) -> Option<u16> {
        let after = match self.sent_by.rfind(']') {
            Some(at) => &self.sent_by[at..],
            None => self.sent_by,
        };
        after.rsplit_once(':')?.1.trim().parse().ok()
    }
}

/// The lines of a request that its answers carry: the first is marked with where it came from.
pub(crate) fn returned(headers: &Headers, flow: &Flow) -> Vec<String> {
    let mut vias: Vec<String> = headers
        .iter()
        .filter_map(|h| match h {
            Header::Via(value) => Some(value.value().to_owned()),
            _ => None,
        })
        .collect();
    let marked = vias
        .first()
        .and_then(|top| Some(mark(&parse(top)?, flow, false)));
    if let (Some(first), Some(marked)) = (vias.first_mut(), marked) {
        *first = marked;
    }
    vias
}

/// The same line where the answer goes to where the request came from, asked for or not (`force_rport`).
pub(crate) fn forced(line: &str, flow: &Flow) -> Option<String> {
    Some(mark(&parse(line)?, flow, true))
}

fn mark(via: &Via<'_>, flow: &Flow, force_rport: bool) -> String {
    let mut out = format!("SIP/2.0/{} {}", via.transport, via.sent_by);
    let mut asked = force_rport;
    for part in split_unquoted(via.params, ';') {
        let name = part.split('=').next().unwrap_or("").trim();
        if name.eq_ignore_ascii_case("rport") {
            asked = true;
        } else if !name.eq_ignore_ascii_case("received") {
            out.push(';');
            out.push_str(part);
        }
    }
    let remote = flow.remote.ip().to_canonical();
    if asked {
        out.push_str(&format!(";rport={}", flow.remote.port()));
    }
    // RFC 3581, 4: `received` always, where `rport` is filled in.
    if asked || via.host().parse::<IpAddr>().ok() != Some(remote) {
        out.push_str(&format!(";received={remote}"));
    }
    if let Some(others) = via.others {
        out.push_str(", ");
        out.push_str(others);
    }
    out
}

/// Where an answer goes: back over the connection; by datagram to where the request came from, at the port
/// it names unless it asked for the one it came from (RFC 3261, 18.2.2; RFC 3581, 4).
pub(crate) fn way_back(headers: &Headers, flow: &Flow) -> Flow {
    if flow.transport != Transport::Udp {
        return *flow;
    }
    let top = headers.iter().find_map(|h| match h {
        Header::Via(value) => parse(value.value()),
        _ => None,
    });
    let Some(via) = top else { return *flow };
    if param(via.params, "rport").is_some() {
        return *flow;
    }
    Flow {
        remote: SocketAddr::new(flow.remote.ip(), via.port().unwrap_or(5060)),
        ..*flow
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow() -> Flow {
        Flow {
            transport: Transport::Udp,
            local: "127.0.0.1:5060".parse().unwrap(),
            remote: "192.0.2.1:4444".parse().unwrap(),
        }
    }

    fn headers(via: &str) -> Headers {
        Headers(vec![Header::Via(via.into())])
    }

    #[test]
    fn blanks_and_lists_are_read() {
        let via = parse("SIP  / 2.0\t/ UDP  192.0.2.2 ;branch=390skdjuw, SIP/2.0/TCP x;branch=2")
            .unwrap();
        assert_eq!((via.transport, via.sent_by), ("UDP", "192.0.2.2"));
        assert_eq!(via.branch(), "390skdjuw");
        assert_eq!(via.others, Some("SIP/2.0/TCP x;branch=2"));
        for bad in [
            "",
            "SIP/2.0",
            "SIP/3.0/UDP x",
            "SIP/2.0/UDP ;branch=1",
            "SIP/2.0/UDP a\u{e9}",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_answer_goes_where_the_request_came_from() {
        let asked = headers("SIP/2.0/UDP 10.0.0.1:5070;rport;branch=z9hG4bK1");
        assert_eq!(way_back(&asked, &flow()).remote.port(), 4444);
        let via = returned(&asked, &flow());
        assert_eq!(
            via,
            ["SIP/2.0/UDP 10.0.0.1:5070;branch=z9hG4bK1;rport=4444;received=192.0.2.1"]
        );
        let plain = headers("SIP/2.0/UDP [2001:db8::1]:5071;branch=z9hG4bK1");
        assert_eq!(way_back(&plain, &flow()).remote.port(), 5071);
        let forced = forced("SIP/2.0/UDP 10.0.0.1:5071;branch=z9hG4bK1", &flow());
        let marked = "SIP/2.0/UDP 10.0.0.1:5071;branch=z9hG4bK1;rport=4444;received=192.0.2.1";
        assert_eq!(forced.as_deref(), Some(marked));
        assert_eq!(super::forced(marked, &flow()).as_deref(), Some(marked));
        let none = headers("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1");
        assert_eq!(way_back(&none, &flow()).remote.port(), 5060);
        assert_eq!(
            returned(&none, &flow()),
            ["SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1"]
        );
    }
}
