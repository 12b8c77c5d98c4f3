//! Addresses of SIP, read into rsipstack's [`Uri`].
//!
//! Its own reader takes everything after the first `;` for parameters, also where the `;` belongs to the
//! user (RFC 3261, 25.1: `user-unreserved`), and forgives angle brackets and blanks in a Request-URI that
//! RFC 4475 (3.1.2.7) wants refused. This one splits at the `@` first.

use std::fmt::Write as _;

use rsipstack::sip::{Auth, HostWithPort, Param, Scheme, Uri, parse_params};

/// Reads an address such as `sip:6001@127.0.0.1:5060;transport=tcp`; `None` where it is none.
pub fn parse(text: &str) -> Option<Uri> {
    if text.is_empty() || text.contains(['<', '>', ' ', '\t', '"', '\r', '\n']) {
        return None;
    }
    let (scheme, rest) = text.split_once(':')?;
    let word = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    if scheme.is_empty() || !scheme.chars().all(word) {
        return None;
    }
    let scheme: Scheme = scheme.parse().ok()?;
    if let Scheme::Other(_) = scheme {
        return Some(Uri {
            scheme: Some(scheme),
            host_with_port: opaque(rest)?,
            ..Uri::default()
        });
    }
    let (auth, rest) = match rest.rfind('@') {
        Some(at) => (Some(user(&rest[..at])?), &rest[at + 1..]),
        None => (None, rest),
    };
    let (rest, headers) = match rest.split_once('?') {
        Some((rest, headers)) => (rest, headers),
        None => (rest, ""),
    };
    let (host, params) = rest.split_once(';').unwrap_or((rest, ""));
    Some(Uri {
        scheme: Some(scheme),
        auth,
        host_with_port: host_port(host)?,
        params: parameters(params)?,
        headers: headers
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    })
}

/// An address as it is written: what was read escaped stays as it was, and what must be escaped is. (rsipstack's
/// own way of writing escapes the `%` of what is escaped already.)
pub fn text(uri: &Uri) -> String {
    let mut out = String::with_capacity(64);
    // Writing into a string does not fail.
    if let Some(scheme) = &uri.scheme {
        let _ = write!(out, "{scheme}:");
    }
    if let Some(auth) = &uri.auth {
        escape_into(&mut out, &auth.user, b"-_.!~*'()&=+$,;?/");
        if let Some(password) = &auth.password {
            out.push(':');
            escape_into(&mut out, password, b"-_.!~*'()&=+$,");
        }
        out.push('@');
    }
    let _ = write!(out, "{}", uri.host_with_port);
    for param in &uri.params {
        let _ = write!(out, "{param}");
    }
    for (at, (name, value)) in uri.headers.iter().enumerate() {
        let _ = write!(out, "{}{name}={value}", if at == 0 { '?' } else { '&' });
    }
    out
}

fn escape_into(out: &mut String, part: &str, allowed: &[u8]) {
    let bytes = ::text::to_bytes(part);
    for (at, byte) in bytes.iter().enumerate() {
        let hex = |n: usize| bytes.get(at + n).is_some_and(u8::is_ascii_hexdigit);
        let escaped = *byte == b'%' && hex(1) && hex(2);
        match escaped || byte.is_ascii_alphanumeric() || allowed.contains(byte) {
            true => out.push(char::from(*byte)),
            false => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// The address in a header such as `"Alice" <sip:6001@example.com>;tag=1`, with the name shown (escapes
/// undone) and what follows the address.
pub fn name_addr(value: &str) -> Option<NameAddr<'_>> {
    let value = value.trim();
    let (name, rest) = match value.strip_prefix('"') {
        Some(quoted) => {
            let (name, rest) = unquote(quoted)?;
            (name, rest.trim_start())
        }
        None => match value.find('<') {
            Some(at) => (value[..at].trim().to_owned(), &value[at..]),
            None => (String::new(), value),
        },
    };
    let (address, params) = match rest.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?,
        // Without brackets what follows a `;` belongs to the header (RFC 3261, 20).
        None => match rest.find(';') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        },
    };
    Some(NameAddr {
        name,
        address: address.trim(),
        params: params.trim(),
    })
}

/// A header that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameAddr<'a> {
    /// The name to show; empty for none.
    pub name: String,
    /// The address, without brackets.
    pub address: &'a str,
    /// Parameters of the header, from the first `;`.
    pub params: &'a str,
}

impl NameAddr<'_> {
    /// A parameter's value; empty where it has none, `None` where it is not there.
    pub fn param(&self, name: &str) -> Option<&str> {
        param(self.params, name)
    }
}

/// A parameter of a list such as `;tag=1;lr`.
pub fn param<'a>(params: &'a str, name: &str) -> Option<&'a str> {
    split_unquoted(params, ';').find_map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        key.trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().trim_matches('"'))
    })
}

/// Splits at a character that is neither in quotes nor in angle brackets; empty parts are left out.
pub fn split_unquoted(text: &str, at: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped, mut deep) = (false, false, false);
    text.split(move |c: char| {
        if escaped {
            escaped = false;
            return false;
        }
        match c {
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' if !quoted => deep = true,
            '>' if !quoted => deep = false,
            c if c == at => return !quoted && !deep,
            _ => {}
        }
        false
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}

/// Undoes `%41`; what is no such escape stays.
pub fn unescape(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = (byte == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    text::decode(&out).into_owned()
}

/// What follows an opening quote: the text with its escapes undone, and what comes after the closing one.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((name, &quoted[at + 1..])),
            '\\' => name.push(chars.next()?.1),
            c => name.push(c),
        }
    }
    None
}

fn user(text: &str) -> Option<Auth> {
    let (user, password) = match text.split_once(':') {
        Some((user, password)) => (user, Some(password.to_owned())),
        None => (text, None),
    };
    (!user.is_empty()).then(|| Auth {
        user: user.to_owned(),
        password,
    })
}

fn host_port(text: &str) -> Option<HostWithPort> {
    let good = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    if text.is_empty() || !text.chars().all(good) {
        return None;
    }
    HostWithPort::try_from(text).ok()
}

/// What follows another scheme than `sip` and `sips`, kept as if it were a host.
fn opaque(text: &str) -> Option<HostWithPort> {
    (!text.is_empty()).then(|| HostWithPort {
        host: rsipstack::sip::Domain(text.to_owned()).into(),
        port: None,
    })
}

fn parameters(text: &str) -> Option<Vec<Param>> {
    parse_params(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_is_written_as_it_was_read() {
        for same in [
            "sip:%2372@127.0.0.1",
            "sips:a%20b:p%40w@[2001:db8::1]:5061;transport=TLS;lr?Subject=x&Priority=high",
            "sip:6001;phone-context=x@example.com",
            "tel:+15551000",
        ] {
            assert_eq!(text(&parse(same).unwrap()), same);
        }
        // What nobody escaped and has to be.
        assert_eq!(text(&parse("sip:#72@b").unwrap()), "sip:%2372@b");
        assert_eq!(text(&parse("sip:5%x@b").unwrap()), "sip:5%25x@b");
    }

    #[test]
    fn a_semicolon_of_the_user_is_the_users() {
        let uri = parse("sip:user;par=u%40example.net@example.com").unwrap();
        assert_eq!(uri.user(), Some("user;par=u%40example.net"));
        assert_eq!(uri.host().to_string(), "example.com");
        assert!(uri.params.is_empty());
    }

    #[test]
    fn addresses_are_read_and_written_alike() {
        for text in [
            "sip:6001@127.0.0.1:5060",
            "sips:a@example.com;transport=TCP",
            "sip:[::1]:5060",
            "sip:example.com?subject=x&priority=urgent",
            "tel:+15551234567",
        ] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
        for bad in [
            "",
            "sip:",
            "sip:@x",
            "<sip:a@b>",
            "sip:a b@c",
            "6001",
            "sip:a@",
            "sip:h:99999",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_and_addresses_come_apart() {
        let parts = name_addr(r#""A \"B\" <x>" <sip:a@b;lr>;tag=1;x="q;r""#).unwrap();
        assert_eq!(parts.name, "A \"B\" <x>");
        assert_eq!(parts.address, "sip:a@b;lr");
        assert_eq!(parts.param("tag"), Some("1"));
        assert_eq!(parts.param("x"), Some("q;r"));
        let bare = name_addr("sip:a@b;tag=2").unwrap();
        assert_eq!((bare.address, bare.param("tag")), ("sip:a@b", Some("2")));
        assert_eq!(name_addr("\"open"), None);
    }

    #[test]
    fn escapes() {
        assert_eq!(unescape("a%40b%"), "a@b%");
    }
}
