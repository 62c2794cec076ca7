//! Why a file holds no weights of a net, in words.

use crate::i18n::{Lang, fill};
use crate::nn::TensorsError;

use super::number;

/// Why bytes are not the parameters of a net.
pub fn tensors(lang: Lang, error: &TensorsError) -> String {
    match error {
        TensorsError::Unreadable(cause) => fill(lang, "tensors.unreadable", &[("cause", cause)]),
        TensorsError::Missing { name, found } => {
            let found = found.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
            fill(lang, "tensors.missing", &[("name", name), ("found", &found)])
        }
        TensorsError::Shape { name, wanted, found } => {
            let [wanted, found] = [wanted, found].map(|shape| sizes(shape));
            fill(lang, "tensors.shape", &[("name", name), ("wanted", &wanted), ("found", &found)])
        }
        TensorsError::Kind { name, kind } => fill(lang, "tensors.kind", &[("name", name), ("kind", kind)]),
        TensorsError::TooMany { name } => fill(lang, "tensors.too_many", &[("name", name)]),
        TensorsError::NotFinite { name, value } => {
            fill(lang, "tensors.not_finite", &[("name", name), ("value", &number(*value))])
        }
    }
}

/// `[8, 2]`.
fn sizes(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    format!("[{}]", sizes.join(", "))
}
