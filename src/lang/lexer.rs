//! Text to tokens. Goes on after every problem; knows no grammar but that of numbers and names.

use super::ast::Comparison;
use super::limits::{MAX_DIAGNOSTICS, MAX_LENGTH};
use super::token::{Bracket, Token, TokenKind};
use super::{Diagnostic, Problem, Span};

/// The tokens of a text, the last one [`TokenKind::End`], and what is wrong with their characters.
pub(super) fn tokenize(text: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), diagnostics: Vec::new() };
    if text.len() > MAX_LENGTH {
        let kind = Problem::TooLong { limit: MAX_LENGTH };
        lexer.diagnostics.push(Diagnostic { kind, span: Span::new(0, text.len()), suggestion: None });
    } else {
        lexer.run();
    }
    let end = Span::new(text.len(), text.len());
    lexer.tokens.push(Token { kind: TokenKind::End, span: end });
    (join_lines(&lexer.tokens), lexer.diagnostics)
}

/// Whether a character can begin a name. π never does: it is a token of its own.
pub(super) fn starts_name(c: char) -> bool {
    c.is_alphabetic() && c != 'π'
}

fn continues_name(c: char) -> bool {
    starts_name(c) || c.is_ascii_digit() || c == '_' || matches!(c, '₀'..='₉' | '\u{300}'..='\u{36f}')
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '⁻' => '-',
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(c as u32 - '⁴' as u32 + 4, 10)?,
        _ => return None,
    })
}

/// Characters that people paste, and the sign of the language that they stand for.
fn lookalike(c: char) -> Option<&'static str> {
    Some(match c {
        '（' => "(",
        '）' => ")",
        '，' | '、' => ",",
        '＋' => "+",
        '－' | '–' | '—' => "-",
        '＊' => "*",
        '／' => "/",
        '＾' => "^",
        '＝' => "=",
        _ => return None,
    })
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    diagnostics: Vec<Diagnostic>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn bump_while(&mut self, fits: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&fits) {
            self.bump();
        }
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token { kind, span: Span::new(start, self.at) });
    }

    fn report(&mut self, kind: Problem, start: usize, suggestion: Option<String>) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(Diagnostic { kind, span: Span::new(start, self.at), suggestion });
        }
    }

    fn run(&mut self) {
        while let Some(c) = self.peek() {
            let start = self.at;
            let second = self.peek_second();
            if c == '\n' || c == ';' {
                self.bump();
                self.push(TokenKind::LineEnd, start);
            } else if c == '#' {
                self.bump_while(|c| c != '\n');
            } else if c.is_whitespace() {
                self.bump();
            } else if c.is_ascii_digit() || (c == '.' && second.is_some_and(|d| d.is_ascii_digit())) {
                self.number();
            } else if starts_name(c) {
                self.bump_while(continues_name);
                let kind = match Span::new(start, self.at).of(self.text) {
                    "if" => TokenKind::If,
                    "then" => TokenKind::Then,
                    "else" => TokenKind::Else,
                    "param" => TokenKind::Param,
                    "state" => TokenKind::State,
                    _ => TokenKind::Name,
                };
                self.push(kind, start);
            } else if superscript(c).is_some() {
                self.superscripts();
            } else {
                self.bump();
                self.sign(c, second, start);
            }
        }
    }

    fn sign(&mut self, c: char, second: Option<char>, start: usize) {
        let double = |pair: char| second == Some(pair);
        let (kind, length) = match c {
            'π' => (TokenKind::Pi, 1),
            '+' => (TokenKind::Plus, 1),
            '-' | '−' => (TokenKind::Minus, 1),
            '*' if double('*') => (TokenKind::Caret, 2),
            '*' | '·' | '⋅' | '×' | '∗' => (TokenKind::Star, 1),
            '/' if double('/') => (TokenKind::Foreign, 2),
            '/' | '÷' => (TokenKind::Slash, 1),
            '^' => (TokenKind::Caret, 1),
            '√' => (TokenKind::Root, 1),
            '(' => (TokenKind::Open(Bracket::Round), 1),
            ')' => (TokenKind::Close(Bracket::Round), 1),
            '[' => (TokenKind::Open(Bracket::Square), 1),
            ']' => (TokenKind::Close(Bracket::Square), 1),
            '{' => (TokenKind::Open(Bracket::Curly), 1),
            '}' => (TokenKind::Close(Bracket::Curly), 1),
            ',' => (TokenKind::Comma, 1),
            '<' if double('=') => (TokenKind::Compare(Comparison::Le), 2),
            '<' => (TokenKind::Compare(Comparison::Lt), 1),
            '≤' => (TokenKind::Compare(Comparison::Le), 1),
            '>' if double('=') => (TokenKind::Compare(Comparison::Ge), 2),
            '>' => (TokenKind::Compare(Comparison::Gt), 1),
            '≥' => (TokenKind::Compare(Comparison::Ge), 1),
            '=' if double('=') => (TokenKind::Compare(Comparison::Eq), 2),
            '=' => (TokenKind::Equals, 1),
            '!' if double('=') => (TokenKind::Compare(Comparison::Ne), 2),
            '≠' => (TokenKind::Compare(Comparison::Ne), 1),
            '!' | '%' => (TokenKind::Foreign, 1),
            '&' if double('&') => (TokenKind::Foreign, 2),
            '|' => (TokenKind::Bar, 1),
            '.' if double('.') => (TokenKind::Range, 2),
            _ => {
                let cure = lookalike(c);
                self.report(Problem::UnknownCharacter { character: c }, start, cure.map(str::to_owned));
                // Read on as if the cure stood there, so that one wrong sign is one problem.
                if let Some(c) = cure.and_then(|cure| cure.chars().next()) {
                    self.sign(c, None, start);
                }
                return;
            }
        };
        if length == 2 {
            self.bump();
        }
        self.push(kind, start);
    }

    fn superscripts(&mut self) {
        let start = self.at;
        let digits: String = self.rest().chars().map_while(superscript).collect();
        self.bump_while(|c| superscript(c).is_some());
        match digits.parse::<i32>() {
            Ok(value) => self.push(TokenKind::Superscript(value), start),
            Err(_) if digits.trim_start_matches('-').len() > 9 => self.report(Problem::NumberTooLarge, start, None),
            Err(_) => self.report(Problem::UnknownCharacter { character: '⁻' }, start, None),
        }
    }

    /// `1 .5 1. 1e-3`; a point that begins `..` belongs to the range.
    fn number(&mut self) {
        let start = self.at;
        let digit = |c: char| c.is_ascii_digit();
        self.bump_while(digit);
        if self.peek() == Some('.') && self.peek_second() != Some('.') {
            self.bump();
            self.bump_while(digit);
        }
        let mantissa = Span::new(start, self.at);
        if self.prefixed_or_grouped(mantissa) {
            return;
        }
        let mut exponent = false;
        if let Some(letter @ ('e' | 'E')) = self.peek() {
            let after: String = self.rest().chars().skip(1).take(2).collect();
            let digits = after.trim_start_matches(['+', '-', '−']);
            exponent = digits.starts_with(digit) && after.chars().count() - digits.chars().count() <= 1;
            if exponent {
                self.bump();
                self.bump();
                self.bump_while(digit);
            } else if !self.rest().chars().nth(1).is_some_and(continues_name) {
                // `2e`: half of an exponent, or two times e?
                self.bump();
                let text = Span::new(start, self.at).of(self.text).to_owned();
                let cure = format!("{}*{letter}", mantissa.of(self.text));
                self.report(Problem::MalformedNumber { text }, start, Some(cure));
            }
        }
        let literal = Span::new(start, self.at).of(self.text).replace('−', "-");
        let value: f64 = literal.parse().unwrap_or(0.0);
        if value.is_infinite() {
            self.report(Problem::NumberTooLarge, start, None);
        }
        self.push(TokenKind::Number(value), start);
        if exponent && self.peek().is_some_and(starts_name) {
            let number_end = self.at;
            let name: String = self.rest().chars().take_while(|c| continues_name(*c)).collect();
            self.at += name.len();
            let text = format!("{literal}{name}");
            self.report(Problem::MalformedNumber { text }, start, Some(format!("{literal}*{name}")));
            self.at = number_end;
        }
    }

    /// `0x10` and `1_000`: reported here, and read as the number that was probably meant.
    fn prefixed_or_grouped(&mut self, mantissa: Span) -> bool {
        let start = mantissa.start;
        let rest = self.rest();
        let (radix, skip) = match (mantissa.of(self.text), rest.chars().next()) {
            ("0", Some('x' | 'X')) => (16, 1),
            ("0", Some('o' | 'O')) => (8, 1),
            ("0", Some('b' | 'B')) => (2, 1),
            (_, Some('_')) => (10, 0),
            _ => return false,
        };
        let body: String = rest.chars().skip(skip).take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let digits = body.replace('_', "");
        if !digits.starts_with(|c: char| c.is_digit(radix)) {
            return false;
        }
        self.at += skip + body.len();
        let text = Span::new(start, self.at).of(self.text).to_owned();
        let cure = if radix == 10 {
            Some(text.replace('_', "")).filter(|t| t.parse::<f64>().is_ok())
        } else {
            u64::from_str_radix(&digits, radix).ok().map(|value| value.to_string())
        };
        let value = cure.as_deref().and_then(|cure| cure.parse().ok()).unwrap_or(0.0);
        self.report(Problem::MalformedNumber { text }, start, cure);
        self.push(TokenKind::Number(value), start);
        true
    }
}

/// Drops the line ends at which a statement goes on: inside brackets, after an operator, before an operator. A line
/// that begins like a statement (`name =`, `param`, `state`) is always a new one, so that one bracket left open does not
/// swallow the rest of an update rule.
fn join_lines(tokens: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if token.kind != TokenKind::LineEnd {
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            kept.push(*token);
            continue;
        }
        let next = tokens.get(at).map_or(TokenKind::End, |t| t.kind);
        let after = tokens.get(at + 1).map_or(TokenKind::End, |t| t.kind);
        let statement = matches!(next, TokenKind::Param | TokenKind::State | TokenKind::End)
            || (next == TokenKind::Name && after == TokenKind::Equals);
        let goes_on =
            |k: TokenKind| k.is_infix() || matches!(k, TokenKind::Open(_) | TokenKind::Equals | TokenKind::If);
        let before = kept.last().map(|t| t.kind);
        let open = depth > 0 || before.is_some_and(goes_on) || next.is_infix();
        if next == TokenKind::LineEnd || (open && !statement) {
            continue;
        }
        depth = 0;
        if before.is_some_and(|k| k != TokenKind::LineEnd) {
            kept.push(*token);
        }
    }
    kept
}
