//! What a switch answers.

use ami::Packet;

use crate::Error;

/// The answer to one action, with its list if it has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// The packet that begins with `Response`.
    pub response: Packet,
    /// The items of the list, in order.
    pub items: Vec<Packet>,
    /// The event that ended the list, with what it says of the whole.
    pub complete: Option<Packet>,
}

impl Reply {
    /// Whether the switch did what it was asked.
    pub fn is_ok(&self) -> bool {
        !self.get("Response").eq_ignore_ascii_case("Error")
    }

    /// Makes an error of a refusal.
    ///
    /// # Errors
    /// [`Error::Refused`] with the switch's words.
    pub fn ok(self) -> Result<Self, Error> {
        if self.is_ok() {
            return Ok(self);
        }
        let message = self.message();
        let message = match self.output().next() {
            // What a refused command says of it stands in its first line.
            Some(line) if !line.is_empty() => line,
            _ => message,
        };
        Err(Error::Refused {
            message: message.to_owned(),
        })
    }

    /// The switch's words, or `""`.
    pub fn message(&self) -> &str {
        self.get("Message")
    }

    /// The first value of a key of the response, or `""`.
    pub fn get(&self, key: &str) -> &str {
        self.response.get(key)
    }

    /// The lines that a command printed, in either dialect.
    pub fn output(&self) -> impl Iterator<Item = &str> {
        self.response.all("Output")
    }

    /// Response, items and the completing event, as they came.
    pub fn packets(&self) -> impl Iterator<Item = &Packet> {
        std::iter::once(&self.response)
            .chain(&self.items)
            .chain(&self.complete)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_an_answer_until_somebody_asks() {
        let reply = |response: Packet| Reply {
            response,
            ..Reply::default()
        };
        let done = reply(Packet::new().with("Response", "Success"));
        assert!(done.is_ok() && done.ok().is_ok());
        let follows = reply(
            Packet::new()
                .with("Response", "Follows")
                .with("Output", "a"),
        );
        assert!(follows.is_ok());
        let refused = reply(
            Packet::new()
                .with("Response", "Error")
                .with("Message", "No such channel"),
        );
        assert_eq!(
            refused.ok().unwrap_err().to_string(),
            "the switch refused: No such channel"
        );
        let command = reply(
            Packet::new()
                .with("Response", "Error")
                .with("Message", "Command output follows")
                .with("Output", "No such command 'x'"),
        );
        assert_eq!(
            command.ok().unwrap_err().to_string(),
            "the switch refused: No such command 'x'"
        );
    }
}
