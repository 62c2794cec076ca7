//! The locale files against each other and against the sources: nothing missing, nothing left over.

use std::collections::{BTreeMap, BTreeSet};

use downhill::i18n::{Lang, keys};

use crate::sources::{self, Source};

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let [en, ko] = Lang::ALL.map(|lang| keys(lang).collect::<BTreeMap<_, _>>());
    assert!(!en.is_empty(), "the English texts do not parse");
    assert_eq!(en.keys().collect::<Vec<_>>(), ko.keys().collect::<Vec<_>>());
    for (key, english) in &en {
        assert_eq!(placeholders(english), placeholders(ko[key]), "placeholders of {key}");
        for text in [english, &ko[key]] {
            assert!(!text.trim().is_empty(), "{key} is empty");
            assert_eq!(text.trim(), *text, "blanks around {key}");
        }
    }
}

#[test]
fn every_key_in_the_sources_has_a_text_and_every_text_a_use() {
    let known: BTreeMap<_, _> = keys(Lang::En).collect();
    let mut used = BTreeSet::new();
    for source in sources::all() {
        for (at, key) in keys_in(&source) {
            assert!(known.contains_key(key.as_str()), "{}: no text for {key:?}", source.place(at));
            used.insert(key);
        }
    }
    let unused: Vec<_> = known.keys().filter(|key| !used.contains(**key)).collect();
    assert!(unused.is_empty(), "texts that nothing uses: {unused:?}");
}

#[test]
fn calls_give_what_their_template_asks_for() {
    let known: BTreeMap<_, _> = keys(Lang::En).collect();
    for source in sources::all() {
        for (call, arguments) in calls(&source, "fill").chain(calls(&source, "text")) {
            let literals: Vec<_> = source.literals.iter().filter(|l| arguments.contains(&l.start)).collect();
            let Some(template) = literals.first().and_then(|l| known.get(&source.text[(**l).clone()])) else {
                continue;
            };
            let named = literals.iter().filter(|l| source.code[..l.start - 1].trim_end().ends_with('('));
            let given: BTreeSet<_> = named.map(|l| source.text[(**l).clone()].to_owned()).collect();
            let wanted = placeholders(template);
            let literal_list = source.code[arguments.clone()].contains("&[");
            if literal_list || !source.code[call..].starts_with("fill") {
                let missing: Vec<_> = wanted.difference(&given).collect();
                assert!(missing.is_empty(), "{}: no value for {missing:?}", source.place(call));
            }
        }
    }
}

/// The names in braces.
fn placeholders(template: &str) -> BTreeSet<String> {
    let plain = template.replace("{{", "").replace("}}", "");
    let names = plain.split('{').skip(1).filter_map(|part| part.split_once('}'));
    names.map(|(name, _)| name.split(':').next().unwrap_or_default().to_owned()).collect()
}

/// Every key that a source names: literals of the shape `room.key`, and the literal that is the key of a call.
fn keys_in(source: &Source) -> Vec<(usize, String)> {
    let tables: BTreeSet<_> = keys(Lang::En).filter_map(|(key, _)| key.split('.').next()).collect();
    let shaped = source.literals.iter().filter(|literal| {
        let text = &source.text[(*literal).clone()];
        let file = [".toml", ".csv", ".png", ".rs", ".json", ".svg", ".ttf", ".otf"].iter().any(|e| text.ends_with(e));
        let mut parts = text.split('.');
        !file
            && text.contains('.')
            && tables.contains(parts.next().unwrap_or_default())
            && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
    });
    let mut found: Vec<_> = shaped.map(|l| (l.start, source.text[l.clone()].to_owned())).collect();
    for (call, arguments) in calls(source, "fill").chain(calls(source, "text")) {
        let literal = source.literals.iter().find(|literal| arguments.contains(&literal.start));
        let Some(literal) = literal else { continue };
        // The key is the second argument: a literal further inside belongs to something else.
        let before = &source.code[arguments.start..literal.start - 1];
        if before.matches(',').count() == 1 && !before.contains(['(', '{', '[']) {
            found.push((call, source.text[literal.clone()].to_owned()));
        }
    }
    found
}

/// Calls of the function `name` (not of a method): where they start, and what is between their parentheses.
fn calls<'a>(source: &'a Source, name: &'a str) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> + 'a {
    source.words(name).filter_map(move |at| {
        let open = at + name.len();
        let before = &source.code[..at];
        if !source.code[open..].starts_with('(') || before.ends_with('.') || before.ends_with("fn ") {
            return None;
        }
        let mut depth = 0usize;
        let close = source.code[open..].char_indices().find(|&(_, c)| {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        Some((at, open + 1..open + close.0))
    })
}
