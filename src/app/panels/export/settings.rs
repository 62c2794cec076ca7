//! What can be chosen of an export.

use egui::{Id, Margin, Rect, TextEdit, Ui, pos2, vec2};

use crate::app::export::{Export, Exports, Format, RATE, SCALE, SECONDS, SIDE, Settings, Unit, moves, views};
use crate::app::paint::face;
use crate::app::theme::sizes;
use crate::app::widgets::{
    Choice, Chooser, NumberField, Segment, caption, heading, named_row, segmented, switch, word_switch,
};
use crate::figure::{Parts, ThemeName, View};
use crate::i18n::{self, Lang};

/// Draws what can be chosen.
pub(super) fn settings(ui: &mut Ui, export: &mut Export, exports: &Exports, lang: Lang) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let t = |key| i18n::text(lang, key);
    format(ui, &mut export.settings, lang);
    what(ui, export, lang);
    ui.add_space(6.0);
    heading(ui, t("app.export.look"));
    let asked = &mut export.settings;
    let themes = [
        segment(ThemeName::Light, t("app.export.light"), t("app.export.light_hint")),
        segment(ThemeName::Dark, t("app.export.dark"), t("app.export.dark_hint")),
        segment(ThemeName::Print, t("app.export.print"), t("app.export.print_hint")),
    ];
    row(ui, t("app.export.theme"), |ui| asked.theme = segmented(ui, asked.theme, &themes).unwrap_or(asked.theme));
    let languages = Lang::ALL.map(|lang| segment(lang, lang.name(), t("app.export.language_hint")));
    row(ui, t("app.export.language"), |ui| asked.lang = segmented(ui, asked.lang, &languages).unwrap_or(asked.lang));
    let rect = named_row(ui, t("app.export.own_title"), t("app.export.own_title_hint"));
    let edit = TextEdit::singleline(&mut asked.title)
        .id(Id::unique("export title"))
        .font(face(sizes().body, false))
        .hint_text(t("app.export.usual_title"))
        .margin(Margin::symmetric(6, 3));
    ui.put(rect, edit).accessible_name(t("app.export.own_title"));
    parts(ui, &mut asked.parts, lang);
    size(ui, asked, exports, lang);
}

fn format(ui: &mut Ui, asked: &mut Settings, lang: Lang) {
    let t = |key| i18n::text(lang, key);
    let groups: [(&str, &[Format]); 3] = [
        (t("app.export.picture"), &Format::PICTURES),
        (t("app.export.film"), &Format::FILMS),
        (t("app.export.numbers"), &Format::TABLES),
    ];
    for (name, formats) in groups {
        let films = formats.iter().all(|format| format.is_film());
        let segments: Vec<_> =
            formats.iter().map(|format| segment(*format, format.name(), hint(*format, lang))).collect();
        row(ui, name, |ui| {
            if films && !moves(asked.view) {
                ui.disable();
            }
            asked.format = segmented(ui, asked.format, &segments).unwrap_or(asked.format);
        });
    }
    if asked.format.is_film() && !moves(asked.view) {
        asked.format = Format::default();
    }
    if asked.format.is_film() {
        let name = t("app.export.seconds");
        let fields = [(name, SECONDS, &mut asked.seconds), (t("app.export.rate"), RATE, &mut asked.rate)];
        let rect = named_row(ui, name, t("app.export.seconds_hint"));
        for (place, (name, range, value)) in halves(rect).into_iter().zip(fields) {
            number(ui, place, name, range, value);
        }
        caption(ui, t("app.export.film_note"));
    }
}

fn hint(format: Format, lang: Lang) -> &'static str {
    match format {
        Format::Svg => i18n::text(lang, "app.export.svg_hint"),
        Format::Pdf => i18n::text(lang, "app.export.pdf_hint"),
        Format::Png => i18n::text(lang, "app.export.png_hint"),
        Format::Gif => i18n::text(lang, "app.export.gif_hint"),
        Format::Apng => i18n::text(lang, "app.export.apng_hint"),
        Format::Webp => i18n::text(lang, "app.export.webp_hint"),
        Format::Csv => i18n::text(lang, "app.export.csv_hint"),
        Format::Json => i18n::text(lang, "app.export.json_hint"),
        Format::Tex => i18n::text(lang, "app.export.tex_hint"),
    }
}

/// The view, and which moment of it.
fn what(ui: &mut Ui, export: &mut Export, lang: Lang) {
    let t = |key| i18n::text(lang, key);
    ui.add_space(6.0);
    let asked = &mut export.settings;
    let known: Vec<View> = views(export.dimension).collect();
    let rect = named_row(ui, t("app.export.view"), t("app.export.view_hint"));
    let chosen = known.iter().position(|view| *view == asked.view);
    let name = view_name(asked.view, lang);
    let field = Chooser { name: t("app.export.view"), shown: (name, ""), picture: None, chosen };
    let choice =
        |view: &View| Choice { group: "", name: view_name(*view, lang), note: String::new(), picture: None, hint: "" };
    let picked = field.show_in(ui, rect, |_| known.iter().map(choice).collect());
    if let Some(view) = picked.and_then(|picked| known.get(picked)) {
        asked.view = *view;
    }
    let moments = [
        segment(false, t("app.export.now"), t("app.export.now_hint")),
        segment(true, t("app.export.end"), t("app.export.end_hint")),
    ];
    row(ui, t("app.export.moment"), |ui| asked.end = segmented(ui, asked.end, &moments).unwrap_or(asked.end));
}

/// The name of a view.
fn view_name(view: View, lang: Lang) -> &'static str {
    match view {
        View::Curve => i18n::text(lang, "app.view.curve"),
        View::Contour => i18n::text(lang, "app.view.map"),
        View::Relief => i18n::text(lang, "app.view.relief"),
        View::Loss => i18n::text(lang, "app.loss_plot"),
        View::Basins => i18n::text(lang, "app.view.basins"),
        View::Sweep => i18n::text(lang, "app.view.sweep"),
        View::Stability => i18n::text(lang, "app.export.stability"),
        View::Computation => i18n::text(lang, "app.export.computation"),
    }
}

/// What stands around the data, in two rows of three.
fn parts(ui: &mut Ui, parts: &mut Parts, lang: Lang) {
    let t = |key| i18n::text(lang, key);
    let axes = parts.ticks || parts.names;
    let mut shown = [parts.title, parts.legend, parts.caption, axes, parts.scale, parts.balls];
    let words = [
        t("app.export.part_title"),
        t("app.export.part_legend"),
        t("app.export.part_caption"),
        t("app.export.part_axes"),
        t("app.export.part_scale"),
        t("app.export.part_balls"),
    ];
    ui.add_space(2.0);
    for line in 0..2 {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), egui::Sense::hover());
        let wide = (rect.width() - 12.0) / 3.0;
        for column in 0..3 {
            let k = 3 * line + column;
            let left = rect.left() + column as f32 * (wide + 6.0);
            let place = Rect::from_min_size(pos2(left, rect.top()), vec2(wide, rect.height()));
            let id = Id::unique(("export part", k));
            shown[k] = word_switch(ui, place, id, words[k], words[k], shown[k]).unwrap_or(shown[k]);
        }
    }
    let [title, legend, caption, now, scale, balls] = shown;
    (parts.title, parts.legend, parts.caption, parts.scale, parts.balls) = (title, legend, caption, scale, balls);
    if now != axes {
        (parts.ticks, parts.names) = (now, now);
    }
}

/// The size, its unit, and the pixels to it.
fn size(ui: &mut Ui, asked: &mut Settings, exports: &Exports, lang: Lang) {
    let t = |key| i18n::text(lang, key);
    ui.add_space(6.0);
    heading(ui, t("app.export.size"));
    // What suits is shown, so that it is where changes begin.
    let natural = exports.shown_size();
    if let Some(suits) = switch(ui, t("app.export.suits"), t("app.export.suits_hint"), asked.size.is_none()) {
        asked.size = if suits { None } else { natural.or(Some([432.0, 324.0])) };
    }
    let unit = asked.unit.points();
    let points = asked.size.or(natural).unwrap_or([432.0, 324.0]);
    let mut sides = points.map(|side| (side / unit * 1000.0).round() / 1000.0);
    ui.add_enabled_ui(asked.size.is_some(), |ui| {
        let rect = named_row(ui, t("app.export.sides"), t("app.export.sides_hint"));
        let names = [t("app.export.width"), t("app.export.height")];
        let places = halves(rect);
        for k in 0..2 {
            let range = SIDE.map(|side| side / unit);
            if number(ui, places[k], names[k], range, &mut sides[k]) {
                let mut size = points;
                size[k] = (sides[k] * unit).clamp(SIDE[0], SIDE[1]);
                asked.size = Some(size);
            }
        }
    });
    let units = Unit::ALL.map(|unit| segment(unit, unit.name(), t("app.export.unit_hint")));
    row(ui, t("app.export.unit"), |ui| asked.unit = segmented(ui, asked.unit, &units).unwrap_or(asked.unit));
    if asked.format.has_pixels() {
        let rect = named_row(ui, t("app.export.scale"), t("app.export.scale_hint"));
        let [place, _] = halves(rect);
        number(ui, place, t("app.export.scale"), SCALE, &mut asked.scale);
    }
}

/// A field for a number; true when another one was entered.
fn number(ui: &mut Ui, place: Rect, name: &str, range: [f64; 2], value: &mut f64) -> bool {
    let id = Id::unique(("export number", name));
    let entered =
        NumberField { name, value: *value, range, speed: range[1].min(100.0) / 500.0, digits: 4 }.show(ui, place, id);
    *value = entered.unwrap_or(*value);
    entered.is_some()
}

fn segment<T>(value: T, word: &'static str, hint: &'static str) -> Segment<'static, T> {
    Segment { value, word, hint }
}

/// A row with a name and a control of its own width.
fn row(ui: &mut Ui, name: &str, control: impl FnOnce(&mut Ui)) {
    let rect = named_row(ui, name, name);
    let place = egui::UiBuilder::new().max_rect(rect).layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(place.id_salt(name), control);
}

/// The two halves of a place, with air between them.
fn halves(rect: Rect) -> [Rect; 2] {
    let (left, right) = rect.split_left_right_at_fraction(0.5);
    [left.with_max_x(left.right() - 3.0), right.with_min_x(right.left() + 3.0)]
}
