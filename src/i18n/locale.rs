//! The embedded locale files: parsed once a language, looked up by key, filled with values.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::sync::LazyLock;

use super::Lang;
use super::particle::particle;

type Texts = BTreeMap<String, String>;

static EN: LazyLock<Texts> = LazyLock::new(|| parse(include_str!("../../assets/locales/en.toml")));
static KO: LazyLock<Texts> = LazyLock::new(|| parse(include_str!("../../assets/locales/ko.toml")));

fn texts(lang: Lang) -> &'static Texts {
    match lang {
        Lang::En => &EN,
        Lang::Ko => &KO,
    }
}

/// The file's tables flattened to dotted keys. A file that is not TOML yields no texts, and then every key shows
/// itself; the tests hold that this does not happen.
fn parse(source: &str) -> Texts {
    let mut flat = Texts::new();
    if let Ok(table) = source.parse::<toml::Table>() {
        flatten("", table, &mut flat);
    }
    flat
}

fn flatten(prefix: &str, table: toml::Table, flat: &mut Texts) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, flat),
            toml::Value::String(text) => _ = flat.insert(key, text),
            _ => {}
        }
    }
}

/// The text of `key` in `lang`; the key itself where there is none.
pub fn text(lang: Lang, key: &'static str) -> &'static str {
    texts(lang).get(key).map_or(key, String::as_str)
}

/// The text of `key` in `lang` with its placeholders filled, see [`fill_template`].
pub fn fill(lang: Lang, key: &'static str, values: &[(&str, &dyn Display)]) -> String {
    fill_template(text(lang, key), values)
}

/// `template` with each `{name}` replaced by its value, and each `{name:을/를}` by the value and the Korean
/// particle that fits it ([`particle`]). `{{` and `}}` stand for braces; a name without a value stays as it is.
pub fn fill_template(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
            filled.push_str(&rest[..1]);
            rest = after;
            continue;
        }
        let close = if rest.starts_with('{') { rest.find('}') } else { None };
        let end = close.map_or(1, |close| close + 1);
        let inner = close.map_or("", |close| &rest[1..close]);
        let (name, particles) = inner.split_once(':').unwrap_or((inner, ""));
        match values.iter().find(|(known, _)| !name.is_empty() && *known == name) {
            Some((_, value)) => {
                let start = filled.len();
                // Writing to a String cannot fail; a Display that reports an error leaves what it wrote.
                _ = write!(filled, "{value}");
                if let Some((closed, open)) = particles.split_once('/') {
                    let fitting = particle(&filled[start..], closed, open).to_owned();
                    filled.push_str(&fitting);
                }
            }
            None => filled.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    filled.push_str(rest);
    filled
}

/// Every key of `lang` with its text, sorted by key: for the tests, and for whoever needs all characters that can
/// appear on the screen.
pub fn keys(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    texts(lang).iter().map(|(key, text)| (key.as_str(), text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled() {
        for (template, want) in [
            ("a {x} b", "a 3 b"),
            ("{x}{y}", "3adam"),
            ("{y:을/를} 고름", "adam을 고름"),
            ("{x:으로/로}", "3으로"),
            ("{{x}} = {x}", "{x} = 3"),
            ("{unknown} {x", "{unknown} {x"),
            ("} { {} {:을/를}", "} { {} {:을/를}"),
            ("", ""),
        ] {
            assert_eq!(fill_template(template, &[("x", &3), ("y", &"adam")]), want, "{template}");
        }
    }
}
