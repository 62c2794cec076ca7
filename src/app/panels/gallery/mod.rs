//! The gallery: the prepared examples as cards, each with a picture, its title and its point. One press opens one and
//! lets it move.

mod picture;

use std::collections::BTreeMap;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, CornerRadius, Frame, Id, Layout, Margin, Modal, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
};
use egui::{WidgetInfo, vec2};

use crate::app::net::Card;
use crate::app::paint::{Icon, face, strong};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, ThemeName, sizes};
use crate::app::widgets::{ButtonKind, focus_ring, heading, icon_button};
use crate::i18n::{self, Lang};
use crate::scenario::{Example, Scenario, chapters};
use crate::session::Session;
use picture::Picture;

/// The pictures that were made so far.
#[derive(Default)]
pub(in crate::app) struct Gallery {
    pictures: BTreeMap<(&'static str, ThemeName), Option<Shown>>,
}

/// The picture of an example of either laboratory.
enum Shown {
    Descent(Picture),
    Net(Card),
}

impl Shown {
    fn of(ctx: &egui::Context, theme: &Theme, example: &Example) -> Option<Self> {
        match example.scenario().ok()? {
            Scenario::Descent(document) => {
                Session::open(*document).ok().map(|session| Self::Descent(Picture::of(ctx, theme, session)))
            }
            Scenario::Net(document) => Card::of(ctx, theme, *document).map(Self::Net),
        }
    }

    fn paint(&self, painter: &egui::Painter, theme: &Theme, rect: Rect) {
        match self {
            Self::Descent(picture) => picture.paint(painter, theme, rect),
            Self::Net(card) => card.paint(painter, theme, rect),
        }
    }
}

/// What came of the gallery.
pub(in crate::app) enum Chosen {
    /// It goes on.
    Nothing,
    /// It was closed.
    Closed,
    /// An example.
    Example(&'static Example),
}

const CARD: f32 = 252.0;
const GAP: f32 = 16.0;
const PICTURE: f32 = 144.0;
const WORDS: f32 = 84.0;
const MARGIN: f32 = 24.0;
const BAR: f32 = 12.0;

impl Gallery {
    /// Draws the gallery over the window.
    pub(in crate::app) fn show(&mut self, ui: &Ui, view: &mut ViewState) -> Chosen {
        let theme = Theme::of(ui);
        let lang = view.lang;
        let room = ui.ctx().content_rect().size() - vec2(64.0, 56.0);
        let columns = (((room.x - 2.0 * MARGIN + GAP) / (CARD + GAP)) as usize).clamp(1, 4);
        // The bar that scrolls stands in the margin.
        let width = columns as f32 * (CARD + GAP) - GAP + BAR;
        let margin = Margin { right: (MARGIN - BAR) as i8, ..Margin::same(MARGIN as i8) };
        let modal = Modal::new(Id::unique("gallery"))
            .backdrop_color(theme.shadow)
            .frame(Frame::popup(ui.style()).inner_margin(margin));
        let shown = modal.show(ui.ctx(), |ui| {
            let height = (room.y - 2.0 * MARGIN).max(160.0);
            ui.set_width(width);
            ui.set_min_height(height);
            let close = title(ui, lang);
            ui.add_space(8.0);
            let mut chosen = None;
            ScrollArea::vertical().max_height(height - 44.0).auto_shrink([false, false]).show(ui, |ui| {
                ui.set_width(width);
                for chapter in chapters() {
                    ui.add_space(4.0);
                    heading(ui, chapter.name.get(lang));
                    ui.add_space(8.0);
                    for row in chapter.examples.chunks(columns) {
                        ui.horizontal(|ui| {
                            ui.spacing_mut().item_spacing.x = GAP;
                            for example in row {
                                if self.card(ui, example, view) {
                                    chosen = Some(example);
                                }
                            }
                        });
                        ui.add_space(GAP - 4.0);
                    }
                }
            });
            (chosen, close)
        });
        match shown.inner {
            (Some(example), _) => Chosen::Example(example),
            (None, true) => Chosen::Closed,
            (None, false) if shown.should_close() => Chosen::Closed,
            (None, false) => Chosen::Nothing,
        }
    }

    /// Draws a card; true when it was pressed.
    fn card(&mut self, ui: &mut Ui, example: &'static Example, view: &mut ViewState) -> bool {
        let theme = Theme::of(ui);
        let lang = view.lang;
        let (rect, response) = ui.allocate_exact_size(vec2(CARD, PICTURE + WORDS), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, example.title.get(lang)));
        // What is chosen first by keys is the first card.
        if std::mem::replace(&mut view.gallery_fresh, false) {
            response.request_focus();
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        let clicked = response.clicked();
        if ui.is_rect_visible(rect) {
            let hot = response.hovered() || response.has_focus();
            let painter = ui.painter();
            let (fill, outline) =
                if hot { (theme.raised_hover, theme.line_strong) } else { (theme.raised, theme.line) };
            painter.rect_filled(rect, CornerRadius::same(8), fill);
            let place = Rect::from_min_size(rect.min, vec2(CARD, PICTURE)).shrink(1.0);
            if let Some(picture) = self.picture(ui, theme, example) {
                picture.paint(painter, theme, place);
            }
            painter.rect_stroke(rect, CornerRadius::same(8), Stroke::new(1.0, outline), StrokeKind::Outside);
            words(ui, theme, Rect::from_min_max(place.left_bottom(), rect.max), example, lang);
            if response.has_focus() {
                focus_ring(ui, rect, 8);
            }
        }
        response.on_hover_text(example.point.get(lang));
        clicked
    }

    fn picture(&mut self, ui: &Ui, theme: &Theme, example: &'static Example) -> Option<&Shown> {
        let make = || Shown::of(ui.ctx(), theme, example);
        self.pictures.entry((&example.id, theme.name)).or_insert_with(make).as_ref()
    }
}

/// The title and the button that closes.
fn title(ui: &mut Ui, lang: Lang) -> bool {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new(i18n::text(lang, "app.examples")).font(strong(sizes().display)).color(theme.text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            icon_button(ui, Icon::Close, i18n::text(lang, "app.close"), "Esc", ButtonKind::Quiet, 28.0).clicked()
        })
        .inner
    })
    .inner
}

/// The title and the point of an example below its picture.
fn words(ui: &Ui, theme: &Theme, rect: Rect, example: &Example, lang: Lang) {
    let inner = rect.shrink2(vec2(12.0, 8.0));
    let painter = ui.painter();
    let layout = |text: &str, font, color, rows| {
        let mut job = LayoutJob::simple(text.to_owned(), font, color, inner.width());
        job.wrap = TextWrapping { max_width: inner.width(), max_rows: rows, ..TextWrapping::default() };
        painter.layout_job(job)
    };
    let named = layout(example.title.get(lang), strong(sizes().body), theme.text, 1);
    let below = inner.min + vec2(0.0, named.size().y + 2.0);
    painter.galley(inner.min, named, theme.text);
    painter.galley(below, layout(example.point.get(lang), face(sizes().caption, false), theme.muted, 3), theme.muted);
}
