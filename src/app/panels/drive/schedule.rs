//! The learning-rate schedule: which kind, its arguments, its text, its curve.

use egui::{Id, Rect, Sense, Ui, pos2, vec2};

use super::lists::list;
use super::{DriveAsk, DriveControls};
use crate::app::paint::{elided_text, face};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{Choice, Chooser, Editor, Mark, NumberField, ROW, caption, named_row, switch};
use crate::explain;
use crate::i18n::{self, Lang};
use crate::lang::{Dialect, Scope};
use crate::schedule::{self, Form, Kind, Param, ParamKind, ScheduleError, ScheduleProblem};

/// What the entry for a formula of one's own begins with.
const FORMULA: &str = "lr/(1 + 0.1*t)";
/// The names that such a formula may use.
const NAMES: Scope<'static> = Scope { variables: &["t", "lr"], columns: &[] };
/// The kind that is no schedule at all, which the first entry stands for.
const CONSTANT: &str = "constant";

impl DriveControls<'_> {
    /// Draws the chooser; of a schedule that is chosen also its curve, its arguments and its text.
    pub(in crate::app) fn schedule(&self, ui: &mut Ui, curve: impl FnOnce(&mut Ui)) -> Option<DriveAsk> {
        let (lang, shown) = (self.lang, self.schedule_text);
        let mut asked = chooser(ui, shown, lang);
        if asked.is_some() && shown.is_empty() {
            Editor::grab_focus(ui.ctx(), self.schedule_box());
        }
        if !shown.is_empty() {
            curve(ui);
            asked = self.arguments(ui).or(asked);
            asked = self.line(ui).or(asked);
        }
        asked.map(DriveAsk::Schedule)
    }

    /// A control for each argument that has one; gives the text with the one that was changed.
    fn arguments(&self, ui: &mut Ui) -> Option<String> {
        let form = Form::read(self.schedule_text)?;
        let mut asked = None;
        ui.push_id(("arguments", self.salt), |ui| {
            for param in &form.kind().params {
                match param.kind {
                    ParamKind::List { .. } | ParamKind::Pairs => {
                        asked = list(ui, &form, param, self.lang).or(asked.take())
                    }
                    ParamKind::Schedules => nested(ui, param, self.lang),
                    _ => {
                        if let Some(value) = argument(ui, &form, param, self.lang) {
                            asked = Some(form.with(&param.name, &value));
                        }
                    }
                }
            }
        });
        asked
    }

    /// The text itself, with what is wrong below it.
    fn line(&self, ui: &mut Ui) -> Option<String> {
        let (lang, shown) = (self.lang, self.schedule_text);
        let marks: Vec<Mark> = self.schedule_draft.map_or_else(Vec::new, |draft| marks(lang, &draft.problems, shown));
        let form = Form::read(shown);
        let hint = form.as_ref().map_or(i18n::text(lang, "app.schedule_hint"), |form| form.kind().meaning.get(lang));
        ui.add_space(4.0);
        let editor = Editor {
            name: i18n::text(lang, "app.schedule"),
            salt: self.schedule_box(),
            hint,
            example: FORMULA,
            dialect: form.is_none().then_some(Dialect::Formula(NAMES)),
            marks: &marks,
            rows: 1,
            lines: false,
        };
        editor.show(ui, lang, shown)
    }

    fn schedule_box(&self) -> Id {
        self.salt.with("schedule")
    }
}

/// The name and the list of kinds in one row; gives the text of the kind that was chosen.
fn chooser(ui: &mut Ui, shown: &str, lang: Lang) -> Option<String> {
    let name = i18n::text(lang, "app.schedule");
    let rect = named_row(ui, name, i18n::text(lang, "app.schedule_hint"));
    let kinds: Vec<&'static Kind> = schedule::catalogue().iter().filter(|kind| kind.id != CONSTANT).collect();
    let kind = Form::read(shown).map(|form| form.kind());
    let chosen = match kind {
        None if shown.is_empty() => Some(0),
        None => Some(1),
        Some(kind) => kinds.iter().position(|known| known.id == kind.id).map(|index| index + 2),
    };
    let constant = schedule::find(CONSTANT).map_or("", |kind| kind.name.get(lang));
    let own = i18n::text(lang, "app.schedule_formula");
    let current = kind.map_or(if shown.is_empty() { constant } else { own }, |kind| kind.name.get(lang));
    let field = Chooser { name, shown: (current, ""), picture: None, chosen };
    let picked = field.show_in(ui, rect, |_| {
        let first = |name, hint| Choice {
            group: i18n::text(lang, "app.group_own"),
            name,
            note: String::new(),
            picture: None,
            hint,
        };
        let entry = |kind: &&'static Kind| Choice {
            group: group(kind, lang),
            name: kind.name.get(lang),
            note: String::new(),
            picture: None,
            hint: kind.meaning.get(lang),
        };
        let hint = i18n::text(lang, "app.schedule_hint");
        [first(constant, hint), first(own, hint)].into_iter().chain(kinds.iter().map(entry)).collect()
    });
    match picked? {
        0 => Some(String::new()),
        1 => Some(FORMULA.to_owned()),
        index => kinds.get(index - 2).map(|kind| kind.example()),
    }
}

fn group(kind: &Kind, lang: Lang) -> &'static str {
    match kind.framework() {
        Some("torch") => "PyTorch",
        Some("keras") => "Keras",
        Some("optax") => "Optax",
        _ => i18n::text(lang, "app.group_schedules"),
    }
}

/// A field for an argument that is a number, a switch for one that is on or off; others are changed in the text. Gives
/// the new value as it is written.
fn argument(ui: &mut Ui, form: &Form, param: &Param, lang: Lang) -> Option<String> {
    let theme = Theme::of(ui);
    let meaning = param.meaning.get(lang);
    let value = form.value(&param.name)?;
    if param.kind == ParamKind::Switch {
        let on = value.eq_ignore_ascii_case("true") || value == "1";
        return switch(ui, &param.name, meaning, on).map(|on| on.to_string());
    }
    if let ParamKind::Choice(words) = &param.kind {
        return choice(ui, param, words, value, lang);
    }
    let count = matches!(param.kind, ParamKind::Count { .. });
    if !count && param.kind != ParamKind::Number {
        return None;
    }
    let number = plain_number(value)?;
    let (row, label) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let field = Rect::from_center_size(pos2(row.right() - 33.0, row.center().y), vec2(66.0, 22.0));
    let body = face(sizes().body, false);
    let named = elided_text(ui.painter(), row.left_center(), 120.0, &param.name, body, theme.text);
    let small = face(sizes().caption, false);
    let at = pos2(named.right() + 8.0, row.center().y);
    elided_text(ui.painter(), at, field.left() - 8.0 - at.x, meaning, small, theme.faint);
    label.on_hover_text(meaning);
    let least = if let ParamKind::Count { min } = param.kind { min as f64 } else { f64::NEG_INFINITY };
    let number = NumberField {
        name: &param.name,
        value: number,
        range: [least, f64::INFINITY],
        speed: if count { 0.2 } else { number.abs().max(1e-3) * 0.01 },
        digits: if count { 16 } else { 4 },
    };
    let entered = number.show(ui, field, ui.make_persistent_id(&param.name))?;
    Some(if count { entered.round().to_string() } else { entered.to_string() })
}

/// A number as it is written, a fraction of two as well; none for a formula.
fn plain_number(text: &str) -> Option<f64> {
    match text.split_once('/') {
        Some((over, under)) => Some(over.trim().parse::<f64>().ok()? / under.trim().parse::<f64>().ok()?),
        None => text.parse().ok(),
    }
}

/// What is said of an argument that is made of schedules.
fn nested(ui: &mut Ui, param: &Param, lang: Lang) {
    ui.add_space(4.0);
    caption(ui, &i18n::fill(lang, "app.schedule_nested", &[("name", &param.name)]));
}

/// An argument that is one of a few words.
fn choice(ui: &mut Ui, param: &Param, words: &[String], value: &str, lang: Lang) -> Option<String> {
    let meaning = param.meaning.get(lang);
    let rect = named_row(ui, &param.name, meaning);
    let chosen = words.iter().position(|word| word == value);
    let field = Chooser { name: &param.name, shown: (value, ""), picture: None, chosen };
    let picked = field.show_in(ui, rect, |_| {
        let entry = |word| Choice { group: "", name: word, note: String::new(), picture: None, hint: meaning };
        words.iter().map(|word| entry(word.as_str())).collect()
    });
    picked.and_then(|index| words.get(index)).cloned()
}

/// What is wrong with the text, each problem in its place.
fn marks(lang: Lang, error: &ScheduleError, text: &str) -> Vec<Mark> {
    let whole = error.span.unwrap_or(crate::lang::Span::new(0, text.len()));
    if let ScheduleProblem::Formula { text: formula, problems } = &error.problem {
        // The formula stands at the end of its argument.
        let begin = whole.end.saturating_sub(formula.len());
        let shifted = |mark: Mark| Mark { span: mark.span.shifted(begin), ..mark };
        return problems.iter().map(|problem| shifted(Mark::of(lang, problem, formula))).collect();
    }
    let words = explain::schedule_problem(lang, &error.problem);
    vec![Mark { span: whole, words, cure: error.cure(text) }]
}
