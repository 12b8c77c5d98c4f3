/// One line of a CSV file, field by field.
pub(crate) struct Line<'a> {
    out: &'a mut Vec<u8>,
    first: bool,
}

impl<'a> Line<'a> {
    pub(crate) fn begin(out: &'a mut Vec<u8>) -> Self {
        Line { out, first: true }
    }

    /// A field in double quotes, its own quotes doubled. Line breaks stay: the quotes hold them.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.separate();
        self.out.push(b'"');
        let mut pieces = text.split('"');
        text::encode(pieces.next().unwrap_or_default(), self.out);
        for piece in pieces {
            self.out.extend_from_slice(b"\"\"");
            text::encode(piece, self.out);
        }
        self.out.push(b'"');
        self
    }

    /// A field without quotes.
    pub(crate) fn number(mut self, number: impl Into<u64>) -> Self {
        self.separate();
        self.out
            .extend_from_slice(number.into().to_string().as_bytes());
        self
    }

    /// A field in quotes if there is one, else nothing between the commas.
    pub(crate) fn optional(mut self, text: Option<&str>) -> Self {
        if let Some(text) = text {
            return self.text(text);
        }
        self.separate();
        self
    }

    pub(crate) fn end(self) {
        self.out.push(b'\n');
    }

    fn separate(&mut self) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_bytes_come_out_as_they_came_in() {
        let mut out = Vec::new();
        Line::begin(&mut out)
            .text(r#""Ann" <1>"#)
            .number(7_u64)
            .optional(None)
            .text(&text::decode(b"caf\xe9\n,"))
            .text("")
            .end();
        assert_eq!(out, b"\"\"\"Ann\"\" <1>\",7,,\"caf\xe9\n,\",\"\"\n");
    }
}
