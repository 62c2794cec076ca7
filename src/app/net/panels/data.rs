//! What is learned from: the data set, how many rows, noise, what is kept for testing, the inputs that the net is given;
//! or points of one's own.

use egui::{Id, Rect, Sense, Ui, pos2, vec2};

use crate::app::net::paint;
use crate::app::net::plane::NetPlane;
use crate::app::net::state::NetState;
use crate::app::widgets::{
    Choice, Chooser, Editor, Mark, ROW, Rail, Slider, caption, count_row, seed_row, switch, word_switch,
};
use crate::i18n::{self, Lang};
use crate::lang::{Dialect, Scope};
use crate::nn::data::{DataEntry, DataError, DataSpec, FEATURES, Source, Task, datasets, find_dataset};
use crate::optim::Scale;
use crate::session::net::{NetCommand, NetSession};

/// The formula that a curve of one's own begins with.
const CURVE: &str = "sin(2*x) + 0.3*x";

/// Draws the controls.
pub(super) fn controls(
    ui: &mut Ui,
    session: &NetSession,
    state: &mut NetState,
    plane: Option<&NetPlane>,
    lang: Lang,
    commands: &mut Vec<NetCommand>,
) {
    let spec = &session.document().data;
    chooser(ui, spec, plane, lang, commands);
    match spec.source {
        Source::Painted { .. } => brushes(ui, spec, state, lang, commands),
        _ => state.brush = None,
    }
    let entry = match &spec.source {
        Source::Entry(id) => find_dataset(id).ok(),
        _ => None,
    };
    if let Source::Formula { text, range } = &spec.source {
        formula(ui, spec, (text, *range), lang, commands);
    }
    let with = |change: &dyn Fn(&mut DataSpec)| {
        let mut next = spec.clone();
        change(&mut next);
        NetCommand::SetData(next)
    };
    let drawn = matches!(spec.source, Source::Entry(_) | Source::Formula { .. });
    if drawn {
        let digits = entry.is_some_and(|entry| entry.digits);
        let most = if digits { 20_000 } else { 100_000 };
        let (name, hint) = (i18n::text(lang, "net.rows"), i18n::text(lang, "net.rows_hint"));
        if let Some(rows) = count_row(ui, name, hint, spec.rows, [2, most], 2.0) {
            commands.push(with(&|next| next.rows = rows));
        }
        if let Some(classes) = entry.and_then(|entry| entry.classes()).filter(|classes| classes.max > 2) {
            let (name, hint) = (i18n::text(lang, "net.classes"), i18n::text(lang, "net.classes_hint"));
            if entry.is_some_and(|entry| !entry.digits && entry.columns.is_empty())
                && let Some(count) = count_row(ui, name, hint, spec.classes, [2, classes.max], 0.05)
            {
                commands.push(with(&|next| next.classes = count));
            }
        }
        let slider = Slider {
            name: i18n::text(lang, "net.noise"),
            symbol: "σ",
            hint: entry.map_or(i18n::text(lang, "net.noise_hint"), |entry| entry.noise.about.get(lang)),
            value: spec.noise,
            rail: Rail { range: [0.0, entry.map_or(1.0, |entry| entry.noise.max)], scale: Scale::Linear, zero: false },
            default: entry.map(|entry| entry.noise.default),
            limit: None,
            wide: false,
        };
        if let Some(noise) = slider.show(ui) {
            commands.push(with(&|next| next.noise = noise.max(0.0)));
        }
    }
    let slider = Slider {
        name: i18n::text(lang, "net.test_share"),
        symbol: "",
        hint: i18n::text(lang, "net.test_share_hint"),
        value: spec.test,
        rail: Rail { range: [0.0, 0.9], scale: Scale::Linear, zero: false },
        default: Some(0.5),
        limit: None,
        wide: false,
    };
    if let Some(test) = slider.show(ui) {
        commands.push(with(&|next| next.test = test.clamp(0.0, 0.99)));
    }
    if drawn {
        let (name, hint) = (i18n::text(lang, "net.data_seed"), i18n::text(lang, "net.data_seed_hint"));
        let another = i18n::fill(lang, "data.another", &[("name", &name)]);
        if let Some(seed) = seed_row(ui, name, hint, spec.seed, &another) {
            commands.push(with(&|next| next.seed = seed));
        }
    }
    features(ui, spec, lang, commands);
    let picture = &session.document().picture;
    let (name, hint) = (i18n::text(lang, "net.show_test"), i18n::text(lang, "net.show_test_hint"));
    commands.extend(switch(ui, name, hint, picture.test_points).map(NetCommand::ShowTest));
    if spec.task().is_ok_and(|task| task != Task::Regression) {
        let (name, hint) = (i18n::text(lang, "net.discrete"), i18n::text(lang, "net.discrete_hint"));
        commands.extend(switch(ui, name, hint, picture.discrete).map(NetCommand::SetDiscrete));
    }
}

/// The field with the list of data sets.
fn chooser(ui: &mut Ui, spec: &DataSpec, plane: Option<&NetPlane>, lang: Lang, commands: &mut Vec<NetCommand>) {
    let name = i18n::text(lang, "net.data");
    let entries = datasets();
    let (shown, note, chosen) = match &spec.source {
        Source::Entry(id) => {
            let place = entries.iter().position(|entry| entry.id == *id);
            let entry = place.and_then(|place| entries.get(place));
            (entry.map_or(id.as_str(), |entry| entry.name.get(lang)), id.as_str(), place.map(|place| place + 2))
        }
        Source::Formula { text, .. } => (i18n::text(lang, "net.own_curve"), text.as_str(), Some(0)),
        Source::Table(table) => (table.name.as_str(), i18n::text(lang, "net.own_table"), None),
        Source::Painted { .. } => (i18n::text(lang, "net.painted"), "", Some(1)),
    };
    let field = Chooser { name, shown: (shown, note), picture: None, chosen };
    let picked = field.show(ui, |_| {
        let own = Choice {
            group: i18n::text(lang, "app.group_own"),
            name: i18n::text(lang, "net.own_curve"),
            note: CURVE.to_owned(),
            picture: None,
            hint: i18n::text(lang, "net.own_curve_hint"),
        };
        let painted = Choice {
            group: i18n::text(lang, "app.group_own"),
            name: i18n::text(lang, "net.painted"),
            note: String::new(),
            picture: None,
            hint: i18n::text(lang, "net.painted_hint"),
        };
        let entry = |entry: &'static DataEntry| Choice {
            group: match entry.task {
                Task::Binary => i18n::text(lang, "net.group_binary"),
                Task::Classes => i18n::text(lang, "net.group_classes"),
                Task::Regression => i18n::text(lang, "net.group_regression"),
            },
            name: entry.name.get(lang),
            note: entry.id.clone(),
            picture: None,
            hint: entry.about.get(lang),
        };
        [own, painted].into_iter().chain(entries.iter().map(entry)).collect()
    });
    let asked = picked.map(|index| match index.checked_sub(2).and_then(|index| entries.get(index)) {
        Some(entry) => DataSpec::of(entry),
        None if index == 1 => paint::own(plane, spec),
        None => curve(CURVE.to_owned(), [-3.0, 3.0]),
    });
    commands.extend(asked.map(NetCommand::SetData));
    if let Source::Entry(id) = &spec.source
        && let Ok(entry) = find_dataset(id)
    {
        caption(ui, entry.about.get(lang));
    }
}

/// The brushes: a class each, and one that wipes; and a way to begin anew.
fn brushes(ui: &mut Ui, spec: &DataSpec, state: &mut NetState, lang: Lang, commands: &mut Vec<NetCommand>) {
    caption(ui, i18n::text(lang, "net.painted_hint"));
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let width = (row.width() - 3.0 * 4.0) / 4.0;
    let place = |k: usize| {
        let at = pos2(row.left() + k as f32 * (width + 4.0), row.top() + 2.0);
        Rect::from_min_size(at, vec2(width, 22.0))
    };
    for class in 0..=paint::CLASSES {
        let wipes = class == paint::CLASSES;
        let word = if wipes {
            i18n::text(lang, "net.wipe").to_owned()
        } else {
            i18n::fill(lang, "net.brush", &[("class", &class)])
        };
        let spoken = if wipes { i18n::text(lang, "net.wipe_hint") } else { i18n::text(lang, "net.brush_hint") };
        let spoken = if wipes { spoken.to_owned() } else { format!("{word}: {spoken}") };
        let on = state.brush == Some(class);
        if let Some(on) = word_switch(ui, place(class), Id::unique(("net brush", class)), &word, &spoken, on) {
            state.brush = on.then_some(class);
        }
    }
    let word = i18n::text(lang, "net.clear");
    let spoken = i18n::text(lang, "net.clear_hint");
    if word_switch(ui, place(paint::CLASSES + 1), Id::unique("net clear"), word, spoken, false).is_some() {
        commands.push(NetCommand::SetData(paint::with(spec, paint::first(), spec.test)));
    }
}

/// A curve of one's own, as it usually is.
fn curve(text: String, range: [f64; 2]) -> DataSpec {
    let source = Source::Formula { text, range };
    DataSpec { source, rows: 100, noise: 0.1, classes: 0, seed: 0, test: 0.5, features: Vec::new() }
}

/// The box of the formula. What is no formula yet is the box's own: the data stays.
fn formula(ui: &mut Ui, spec: &DataSpec, (text, range): (&str, [f64; 2]), lang: Lang, commands: &mut Vec<NetCommand>) {
    let id = Id::unique("net curve draft");
    let draft: Option<String> = ui.data(|data| data.get_temp(id));
    let shown = draft.as_deref().unwrap_or(text).to_owned();
    let wrong = draft.as_ref().and_then(|draft| curve(draft.clone(), range).rows().err());
    let marks: Vec<Mark> = match &wrong {
        Some(DataError::Formula { text, problems }) => {
            problems.iter().map(|problem| Mark::of(lang, problem, text)).collect()
        }
        _ => Vec::new(),
    };
    ui.add_space(4.0);
    let editor = Editor {
        name: i18n::text(lang, "app.formula"),
        salt: Id::unique("net curve"),
        hint: i18n::text(lang, "net.own_curve_hint"),
        example: CURVE,
        dialect: Some(Dialect::Formula(Scope { variables: &["x"], columns: &[] })),
        marks: &marks,
        rows: 1,
        lines: true,
    };
    if let Some(next) = editor.show(ui, lang, &shown) {
        let source = Source::Formula { text: next.clone(), range };
        let whole = DataSpec { source, ..spec.clone() };
        if whole.rows().is_ok() {
            ui.data_mut(|data| data.remove::<String>(id));
            commands.push(NetCommand::SetData(whole));
        } else {
            ui.data_mut(|data| data.insert_temp(id, next));
        }
    }
}

/// Switches for extra inputs, where there are two inputs to make them of.
fn features(ui: &mut Ui, spec: &DataSpec, lang: Lang, commands: &mut Vec<NetCommand>) {
    if !spec.input_names().is_ok_and(|names| names.len() == 2) {
        return;
    }
    /// What the net is given unless somebody chooses.
    const PLAIN: [&str; 2] = ["x1", "x2"];
    ui.add_space(4.0);
    caption(ui, i18n::text(lang, "net.features"));
    let given = |feature: &str| {
        if spec.features.is_empty() { PLAIN.contains(&feature) } else { spec.features.iter().any(|f| f == feature) }
    };
    let columns = 4;
    let rows = FEATURES.len().div_ceil(columns);
    let (chips, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW * rows as f32), Sense::hover());
    let width = (chips.width() - 4.0 * (columns as f32 - 1.0)) / columns as f32;
    for (k, feature) in FEATURES.into_iter().enumerate() {
        let (column, row) = (k % columns, k / columns);
        let at = pos2(chips.left() + column as f32 * (width + 4.0), chips.top() + 2.0 + ROW * row as f32);
        let rect = Rect::from_min_size(at, vec2(width, 22.0));
        let spoken = i18n::fill(lang, "net.feature", &[("name", &feature)]);
        let id = Id::unique(("net feature", feature));
        if let Some(on) = word_switch(ui, rect, id, &sign_of(feature), &spoken, given(feature)) {
            let chosen: Vec<String> = FEATURES
                .iter()
                .filter(|known| if **known == feature { on } else { given(known) })
                .map(|known| (*known).to_owned())
                .collect();
            // A net needs an input; the plain ones alone are no formulas.
            let plain = chosen == PLAIN;
            let next = DataSpec { features: if plain { Vec::new() } else { chosen.clone() }, ..spec.clone() };
            if !chosen.is_empty() {
                commands.push(NetCommand::SetData(next));
            }
        }
    }
}

/// A formula as it is written on a button.
fn sign_of(feature: &str) -> String {
    feature.replace("^2", "²").replace('*', "·").replace("x1", "x₁").replace("x2", "x₂")
}
