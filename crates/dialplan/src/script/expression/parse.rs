//! From the text of an expression to the steps that work it out.

use super::{ExpressionError, MAX_DEPTH};

/// One step on a stack of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'e> {
    /// Push a number, as it was written.
    Number(&'e str),
    /// Push a word.
    Word(&'e str),
    /// Push a quoted string, with its quotes.
    Quoted(&'e str),
    /// `-a`
    Negate,
    /// `!a`
    Not,
    /// `a operator b`
    Binary(Operator),
    /// `a ? b :: c`
    Choose,
    /// `name(a, b, …)`
    Call { name: &'e str, arguments: usize },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    /// `:`, a regular expression that must match from the start.
    Match,
    /// `=~`, a regular expression that may match anywhere.
    Search,
    /// `~~`
    Join,
}

impl Operator {
    /// How tightly it binds. The unary operators, at [`UNARY`], bind less than the last three.
    fn strength(self) -> u8 {
        match self {
            Operator::Or => 2,
            Operator::And => 3,
            Operator::Equal
            | Operator::NotEqual
            | Operator::Less
            | Operator::Greater
            | Operator::LessOrEqual
            | Operator::GreaterOrEqual => 4,
            Operator::Plus | Operator::Minus => 5,
            Operator::Times | Operator::Divide | Operator::Modulo => 6,
            Operator::Match | Operator::Search | Operator::Join => 8,
        }
    }
}

const CHOICE: u8 = 1;
const UNARY: u8 = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'e> {
    Number(&'e str),
    Word(&'e str),
    Quoted(&'e str),
    Operator(Operator),
    Not,
    Question,
    ColonColon,
    Open,
    Close,
    Comma,
    End,
}

/// Translates an expression; no steps for an empty one.
pub(super) fn parse(text: &str) -> Result<Vec<Step<'_>>, ExpressionError> {
    let mut parser = Parser {
        text,
        next: Token::End,
        from: 0,
        at: 0,
        depth: 0,
        steps: Vec::new(),
    };
    parser.advance()?;
    if parser.next != Token::End {
        parser.expression(0)?;
        parser.expect(Token::End)?;
    }
    Ok(parser.steps)
}

struct Parser<'e> {
    text: &'e str,
    /// The token that comes next, where it begins and where it ends.
    next: Token<'e>,
    from: usize,
    at: usize,
    depth: usize,
    steps: Vec<Step<'e>>,
}

impl<'e> Parser<'e> {
    /// Reads operands joined by operators that bind at least so tightly.
    fn expression(&mut self, weakest: u8) -> Result<(), ExpressionError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ExpressionError::TooDeep);
        }
        self.operand()?;
        loop {
            match self.next {
                Token::Operator(operator) if operator.strength() >= weakest => {
                    self.advance()?;
                    self.expression(operator.strength() + 1)?;
                    self.steps.push(Step::Binary(operator));
                }
                Token::Question if CHOICE >= weakest => {
                    self.advance()?;
                    self.expression(CHOICE)?;
                    self.expect(Token::ColonColon)?;
                    self.expression(CHOICE + 1)?;
                    self.steps.push(Step::Choose);
                }
                _ => break,
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn operand(&mut self) -> Result<(), ExpressionError> {
        let token = self.next;
        match token {
            Token::Number(text) => self.push(Step::Number(text)),
            Token::Quoted(text) => self.push(Step::Quoted(text)),
            Token::Word(name) => {
                self.advance()?;
                if self.next == Token::Open {
                    return self.call(name);
                }
                self.steps.push(Step::Word(name));
                Ok(())
            }
            Token::Open => {
                self.advance()?;
                self.expression(0)?;
                self.expect(Token::Close)
            }
            Token::Not | Token::Operator(Operator::Minus) => {
                self.advance()?;
                self.expression(UNARY)?;
                self.steps.push(if token == Token::Not {
                    Step::Not
                } else {
                    Step::Negate
                });
                Ok(())
            }
            _ => Err(self.error()),
        }
    }

    fn call(&mut self, name: &'e str) -> Result<(), ExpressionError> {
        self.expect(Token::Open)?;
        let mut arguments = 0;
        while self.next != Token::Close {
            self.expression(0)?;
            arguments += 1;
            if self.next != Token::Close {
                self.expect(Token::Comma)?;
            }
        }
        self.advance()?;
        self.steps.push(Step::Call { name, arguments });
        Ok(())
    }

    fn push(&mut self, step: Step<'e>) -> Result<(), ExpressionError> {
        self.steps.push(step);
        self.advance()
    }

    fn expect(&mut self, token: Token<'e>) -> Result<(), ExpressionError> {
        if self.next != token {
            return Err(self.error());
        }
        self.advance()
    }

    fn error(&self) -> ExpressionError {
        ExpressionError::Syntax { at: self.from }
    }

    fn advance(&mut self) -> Result<(), ExpressionError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.from = self.at + (rest.len() - trimmed.len());
        let (token, length) = token(trimmed).ok_or(self.error())?;
        self.next = token;
        self.at = self.from + length;
        Ok(())
    }
}

/// The characters that a word or a number cannot hold.
const SPECIAL: [char; 19] = [
    ' ', '\t', '\r', '\n', '"', '|', '&', '=', '!', '<', '>', '+', '-', '*', '/', '%', '(', ')',
    ',',
];

/// The first token and its length; `None` for a quote that is not closed or a lone `~`.
fn token(text: &str) -> Option<(Token<'_>, usize)> {
    const SYMBOLS: [(&str, Token<'static>); 24] = [
        ("::", Token::ColonColon),
        ("=~", Token::Operator(Operator::Search)),
        ("~~", Token::Operator(Operator::Join)),
        ("==", Token::Operator(Operator::Equal)),
        ("!=", Token::Operator(Operator::NotEqual)),
        ("<=", Token::Operator(Operator::LessOrEqual)),
        (">=", Token::Operator(Operator::GreaterOrEqual)),
        ("||", Token::Operator(Operator::Or)),
        ("&&", Token::Operator(Operator::And)),
        ("|", Token::Operator(Operator::Or)),
        ("&", Token::Operator(Operator::And)),
        ("=", Token::Operator(Operator::Equal)),
        ("<", Token::Operator(Operator::Less)),
        (">", Token::Operator(Operator::Greater)),
        ("+", Token::Operator(Operator::Plus)),
        ("-", Token::Operator(Operator::Minus)),
        ("*", Token::Operator(Operator::Times)),
        ("/", Token::Operator(Operator::Divide)),
        ("%", Token::Operator(Operator::Modulo)),
        (":", Token::Operator(Operator::Match)),
        ("?", Token::Question),
        ("!", Token::Not),
        ("(", Token::Open),
        (")", Token::Close),
    ];
    if text.is_empty() {
        return Some((Token::End, 0));
    }
    if let Some((symbol, token)) = SYMBOLS.iter().find(|(symbol, _)| text.starts_with(symbol)) {
        return Some((*token, symbol.len()));
    }
    if text.starts_with(',') {
        return Some((Token::Comma, 1));
    }
    if text.starts_with('"') {
        let length = quoted(text)?;
        return Some((Token::Quoted(&text[..length]), length));
    }
    let mut length = 0;
    for c in text.chars() {
        let rest = &text[length..];
        if SPECIAL.contains(&c) || c == ':' || c == '?' || rest.starts_with("~~") {
            break;
        }
        length += c.len_utf8();
    }
    let word = &text[..length];
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = digits(whole) && digits(part);
    Some((
        if number {
            Token::Number(word)
        } else {
            Token::Word(word)
        },
        length,
    ))
}

/// The length of a quoted string. A backslash guards the quote after it, unless then no quote is left.
fn quoted(text: &str) -> Option<usize> {
    let mut guarded = false;
    let close = text.bytes().enumerate().skip(1).find(|(_, b)| {
        let end = *b == b'"' && !guarded;
        guarded = *b == b'\\' && !guarded;
        end
    });
    let close = close
        .map(|(at, _)| at)
        .or_else(|| Some(text.get(1..)?.find('"')? + 1));
    close.map(|at| at + 1)
}
