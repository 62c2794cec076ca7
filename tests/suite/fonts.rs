//! The embedded fonts can draw every character that the program shows: none becomes a box, on any machine.

use downhill::app::fonts::{definitions, strong};
use egui::{Context, FontFamily, FontId, RawInput};
use std::collections::BTreeMap;
use std::path::Path;

/// What views write themselves: formulas, units, transport, ticks.
const SYMBOLS: &str = "∇∂ηθμβγελσρφψωαδκπτΔΣΠΩ√∞≈≠≤≥±×·−÷→←↑↓↔▶◀▲▼■●○◆◇•…–—‖∈⊤∑∏∫²³⁰¹⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉ₜ₊₋°½′ĝ‘’“”";

/// The context of a window whose fonts are in use.
fn context() -> Context {
    let context = Context::default();
    context.set_fonts(definitions());
    context.run_ui(RawInput::default(), |_| {}).drop_without_applying_deltas();
    context
}

fn lacks(context: &Context, family: FontFamily, c: char) -> bool {
    !context.fonts_mut(|fonts| fonts.has_glyph(&FontId::new(14.0, family), c))
}

/// Every character of the files under a folder, with a file that has it.
fn collect(folder: &Path, found: &mut BTreeMap<char, String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "toml") {
            for c in std::fs::read_to_string(&path).unwrap().chars().filter(|c| !c.is_whitespace()) {
                found.entry(c).or_insert_with(|| path.display().to_string());
            }
        }
    }
}

#[test]
fn every_character_has_a_glyph() {
    let mut wanted: BTreeMap<char, String> = SYMBOLS.chars().map(|c| (c, "the symbols".to_owned())).collect();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets"), &mut wanted);
    assert!(wanted.len() > SYMBOLS.chars().count() + 100, "the texts were read");
    let context = context();
    for family in [FontFamily::Proportional, FontFamily::Monospace, strong()] {
        let missing: Vec<_> = wanted.iter().filter(|(c, _)| lacks(&context, family.clone(), **c)).collect();
        assert!(missing.is_empty(), "{family:?} cannot draw {missing:?}");
    }
    assert!(lacks(&context, FontFamily::Proportional, '\u{10400}'), "what no font has is noticed");
}

#[test]
fn figures_have_one_width_and_typing_is_left_alone() {
    let context = context();
    let width = |text: &str, family: FontFamily| {
        context.fonts_mut(|fonts| {
            let galley = fonts.layout_no_wrap(text.to_owned(), FontId::new(64.0, family), egui::Color32::WHITE);
            galley.rect.width()
        })
    };
    for family in [FontFamily::Proportional, strong(), FontFamily::Monospace] {
        let eights = width("888888", family.clone());
        for digit in '0'..='9' {
            let digits: String = std::iter::repeat_n(digit, 6).collect();
            assert!((width(&digits, family.clone()) - eights).abs() < 0.6, "{digit} in {family:?}");
        }
    }
    // No ligature makes an arrow of a minus and a comparison.
    let apart = width("-", FontFamily::Proportional) + width(">", FontFamily::Proportional);
    assert!((width("->", FontFamily::Proportional) - apart).abs() < 3.0);
    assert!(width("가", strong()) > 20.0);
}
