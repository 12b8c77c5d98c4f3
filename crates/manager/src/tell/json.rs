//! The JSON of a channel event's `Extra` line, flat and in a fixed order.

/// An object being written into a buffer that is kept.
pub(crate) struct Object<'a>(&'a mut String);

impl<'a> Object<'a> {
    /// Begins an object in place of what the buffer held.
    pub(crate) fn begin(buffer: &'a mut String) -> Object<'a> {
        buffer.clear();
        buffer.push('{');
        Object(buffer)
    }

    /// A string.
    pub(crate) fn text(mut self, key: &str, value: &str) -> Object<'a> {
        self.key(key);
        quote(value, self.0);
        self
    }

    /// A whole number.
    pub(crate) fn number(mut self, key: &str, value: u32) -> Object<'a> {
        self.key(key);
        self.0.push_str(itoa::Buffer::new().format(value));
        self
    }

    /// Closes the object.
    pub(crate) fn end(self) {
        self.0.push('}');
    }

    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(key, self.0);
        self.0.push(':');
    }
}

/// Appends a string with its quotes, escaped as RFC 8259 section 7 has it.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_within_their_quotes() {
        let mut buffer = "left over".to_owned();
        Object::begin(&mut buffer)
            .text("a", "say \"hi\"\n\u{1}")
            .number("b", 7)
            .end();
        assert_eq!(buffer, r#"{"a":"say \"hi\"\n\u0001","b":7}"#);
        Object::begin(&mut buffer).end();
        assert_eq!(buffer, "{}");
    }
}
