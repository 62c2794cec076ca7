//! JSON with the numbers as this program writes them: the shortest text, and words in quotes for what is not finite.

use std::fmt::{self, Display, Formatter};

use super::number::shortest;

/// A JSON value to be written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    Count(u64),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Null for nothing.
    pub(super) fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    pub(super) fn numbers(values: &[f64]) -> Self {
        Self::List(values.iter().copied().map(Self::Number).collect())
    }

    pub(super) fn object<const N: usize>(fields: [(&str, Json); N]) -> Self {
        Self::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl Display for Json {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Count(value) => write!(out, "{value}"),
            Self::Number(value) if !value.is_finite() => write!(out, "\"{}\"", shortest(*value)),
            // Readers take `-0` for the integer 0.
            Self::Number(value) if *value == 0.0 && value.is_sign_negative() => out.write_str("-0.0"),
            Self::Number(value) => out.write_str(&shortest(*value)),
            Self::Text(text) => out.write_str(&quoted(text)),
            Self::List(items) => {
                out.write_str("[")?;
                for (k, item) in items.iter().enumerate() {
                    write!(out, "{}{item}", if k > 0 { "," } else { "" })?;
                }
                out.write_str("]")
            }
            Self::Object(fields) => {
                out.write_str("{")?;
                for (k, (name, value)) in fields.iter().enumerate() {
                    write!(out, "{}{}:{value}", if k > 0 { "," } else { "" }, quoted(name))?;
                }
                out.write_str("}")
            }
        }
    }
}

/// A text as JSON; serde's own escapes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
