//! A rule of the catalogue as a text that stands alone, to be changed.

use std::fmt::Write as _;

use super::spec::{Hyperparameter, OptimizerSpec, Scale};
use super::{Method, built_in};

impl OptimizerSpec {
    /// The rule with its settings (one per hyperparameter) as defaults of `param` lines, named by a comment on the first
    /// line: [`OptimizerSpec::from_rule`] makes an optimizer of it that steps alike. None for native methods.
    pub fn own_text(&self, title: &str, settings: &[f64]) -> Option<String> {
        let Method::Rule { source, rule } = &self.method else { return None };
        if !rule.params.is_empty() {
            return Some(source.clone());
        }
        let mut text = format!("# {title}\n");
        for (declared, &value) in self.hyperparameters.iter().zip(settings).skip(1) {
            _ = writeln!(text, "param {} = {}{}", declared.name, number(value), range(declared, value));
        }
        text.push_str(source.trim());
        Some(text)
    }
}

/// What a `param` line says besides the default: nothing where the glossary gives the name that slider anyway.
fn range(declared: &Hyperparameter, value: f64) -> String {
    let known = built_in().ok().and_then(|catalogue| catalogue.hyperparameter(&declared.name));
    let same = known.is_some_and(|known| {
        known.range == declared.range && known.scale == declared.scale && known.zero == declared.zero
    });
    if same && declared.offers(value) {
        return String::new();
    }
    let [low, high] = declared.range.map(number);
    format!(" in {low}..{high}{}", if declared.scale == Scale::Log { " log" } else { "" })
}

/// A number as the language reads it.
fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-4 { format!("{value:e}") } else { value.to_string() }
}
