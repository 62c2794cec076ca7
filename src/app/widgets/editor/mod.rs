//! A box for a text of the language: colored by the language's own lexer, what is wrong underlined in its place and
//! said below with the cure, what could be meant offered at the cursor, brackets that belong together marked.
//!
//! The text that is being typed is the box's while it has the focus; else it shows what its owner says.

mod keys;
mod layout;
mod list;
mod message;

pub(in crate::app) use layout::color as code_color;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::{TextEditOutput, TextEditState};
use egui::{Context, CornerRadius, EventFilter, Frame, Id, Margin, Pos2, Rect, Stroke, StrokeKind, TextEdit, Ui};

use crate::app::paint::face;
use crate::app::theme::{Theme, sizes};
use crate::explain;
use crate::i18n::{self, Lang};
use crate::lang::{Completion, Diagnostic, Dialect, Span, complete};

/// Something that is wrong, with its place.
#[derive(Clone, Debug)]
pub(in crate::app) struct Mark {
    /// Where.
    pub span: Span,
    /// What is wrong and how to cure it.
    pub words: String,
    /// The text that, in place of the span, cures it.
    pub cure: Option<String>,
}

impl Mark {
    /// A problem of the language in words.
    pub(in crate::app) fn of(lang: Lang, problem: &Diagnostic, source: &str) -> Self {
        let words = explain::diagnostic(lang, problem, source).text;
        Self { span: problem.span, words, cure: problem.suggestion.clone() }
    }
}

/// The box.
pub(in crate::app) struct Editor<'a> {
    /// Its accessible name.
    pub name: &'a str,
    /// What tells it from other boxes of that name.
    pub salt: Id,
    /// What is said below while nothing is wrong.
    pub hint: &'a str,
    /// What stands in it while it is empty.
    pub example: &'a str,
    /// The kind of text; none where nothing is offered.
    pub dialect: Option<Dialect<'a>>,
    /// What is wrong with the text that is shown.
    pub marks: &'a [Mark],
    /// Lines that it has room for at least.
    pub rows: usize,
    /// Whether it holds more than one line: then Enter begins the next one.
    pub lines: bool,
}

/// What is remembered of a box that has the focus.
#[derive(Clone, Default)]
struct Typing {
    text: String,
    /// What the owner showed last: when that changes by itself, the box gives in.
    shown: String,
    /// Whether the list is open, and which of its entries is chosen.
    list: Option<usize>,
}

impl Editor<'_> {
    /// Gives the box of that salt the focus when it is next drawn.
    pub(in crate::app) fn grab_focus(ctx: &Context, salt: Id) {
        ctx.data_mut(|data| data.insert_temp(salt.with("grab"), true));
    }

    /// Draws the box with `shown` in it and the line below it; gives the text when it was changed.
    pub(in crate::app) fn show(self, ui: &mut Ui, lang: Lang, shown: &str) -> Option<String> {
        let id = ui.make_persistent_id(self.salt);
        let mut typing = typing(ui, id, shown);
        let keys = keys::take(ui, id, typing.list.is_some());
        let mut text = std::mem::take(&mut typing.text);
        let output = self.text_edit(ui, id, &mut text, typing.list.is_some());
        let response = output.response.response.clone().accessible_name(self.name);
        super::describe(ui, response.id, i18n::text(lang, "app.control.editor"));
        if ui.data_mut(|data| data.remove_temp::<bool>(self.salt.with("grab"))).is_some() {
            response.request_focus();
        }
        self.outline(ui, &response);

        let cursor = output.cursor_range.map(|range| byte(&text, range.primary.index.0));
        let mut changed = response.changed();
        let mut go_to = None;
        let current = message::current(self.marks, cursor);
        let mut replace = |text: &mut String, span: Span, by: &str| {
            if let Some((next, end)) = span.replaced(text, by) {
                go_to = Some(next[..end].chars().count());
                *text = next;
                changed = true;
            }
        };
        if keys.cure
            && let Some((span, cure)) = current.and_then(|mark| Some((mark.span, mark.cure.as_deref()?)))
        {
            replace(&mut text, span, cure);
        }

        let offer = self.offer(&text, cursor, keys.ask, response.changed(), &typing);
        typing.list = None;
        if let Some((offer, chosen)) = offer.filter(|_| !keys.close) {
            let chosen = keys.moved(chosen, offer.candidates.len());
            let anchor = place_of(&output, &text, offer.span.start);
            let picked = if keys.accept { Some(chosen) } else { list::show(ui, lang, id, anchor, &offer, chosen) };
            match picked.and_then(|index| offer.candidates.get(index)) {
                Some(candidate) => replace(&mut text, offer.span, &candidate.insert),
                None => typing.list = Some(chosen),
            }
        }
        hover(&response, &output, &text, self.marks);
        if message::show(ui, lang, id, current, self.marks.len(), self.hint)
            && let Some((span, cure)) = current.and_then(|mark| Some((mark.span, mark.cure.as_deref()?)))
        {
            replace(&mut text, span, cure);
        }
        if let Some(index) = go_to {
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(index))));
            state.store(ui.ctx(), id);
            response.request_focus();
        }
        let focused = ui.memory(|memory| memory.has_focus(id));
        let given = changed.then(|| text.clone());
        if focused {
            let typing = Typing { text, shown: shown.to_owned(), list: typing.list };
            ui.data_mut(|data| data.insert_temp(id, typing));
        } else {
            ui.data_mut(|data| data.remove::<Typing>(id));
        }
        given
    }

    fn text_edit(&self, ui: &mut Ui, id: Id, text: &mut String, list: bool) -> TextEditOutput {
        let theme = Theme::of(ui);
        let before = TextEditState::load(ui.ctx(), id).and_then(|state| state.cursor.char_range());
        let focused = ui.memory(|memory| memory.has_focus(id));
        let cursor = before.filter(|_| focused).map(|range| range.primary.index.0);
        let marks = self.marks;
        let mut layouter = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
            let job = layout::job(text.as_str(), marks, cursor, theme, width);
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let frame =
            Frame::new().fill(theme.canvas).corner_radius(CornerRadius::same(6)).inner_margin(Margin::symmetric(8, 6));
        let edit = TextEdit::multiline(text)
            .id(id)
            .desired_rows(self.rows)
            .desired_width(f32::INFINITY)
            .font(face(sizes().number, true))
            .hint_text(self.example)
            .frame(frame)
            .event_filter(EventFilter { tab: list, escape: list, horizontal_arrows: true, vertical_arrows: true })
            .layouter(&mut layouter);
        let edit = if self.lines { edit } else { edit.return_key(None) };
        list::keep_focus(ui, id, list, |ui| edit.show(ui))
    }

    fn outline(&self, ui: &Ui, response: &egui::Response) {
        let theme = Theme::of(ui);
        let outline = match (self.marks.is_empty(), response.has_focus()) {
            (false, _) => Stroke::new(1.5, theme.bad),
            (true, true) => Stroke::new(1.5, theme.accent),
            (true, false) => Stroke::new(1.0, theme.line_strong),
        };
        ui.painter().rect_stroke(response.rect, CornerRadius::same(6), outline, StrokeKind::Inside);
    }

    /// What is offered at the cursor, and which entry is chosen: while a word is begun, and when it is asked for.
    fn offer(
        &self,
        text: &str,
        cursor: Option<usize>,
        asked: bool,
        typed: bool,
        typing: &Typing,
    ) -> Option<(Completion, usize)> {
        let open = typing.list.is_some();
        if !(asked || typed || open) {
            return None;
        }
        let offer = complete(text, cursor?, self.dialect.as_ref()?)?;
        let begun = offer.span.start < offer.span.end && !offer.complete;
        let wanted = asked || begun || (open && !typed);
        wanted.then(|| (offer, if typed { 0 } else { typing.list.unwrap_or(0) }))
    }
}

/// The state of a box: what is being typed, or what its owner shows.
fn typing(ui: &Ui, id: Id, shown: &str) -> Typing {
    let focused = ui.memory(|memory| memory.has_focus(id));
    let kept = ui.data(|data| data.get_temp::<Typing>(id)).filter(|_| focused);
    let fresh = || Typing { text: shown.to_owned(), ..Typing::default() };
    let mut typing = kept.unwrap_or_else(fresh);
    if typing.shown != shown && typing.text.trim() != shown.trim() {
        typing = fresh();
    }
    typing
}

/// The byte of a character.
fn byte(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}

/// Where on the screen a byte of the text stands.
fn place_of(output: &TextEditOutput, text: &str, at: usize) -> Rect {
    let index = text.get(..at).map_or(0, |before| before.chars().count());
    output.galley.pos_from_cursor(CCursor::new(index)).translate(output.galley_pos.to_vec2())
}

/// Says what is wrong with the piece under the pointer.
fn hover(response: &egui::Response, output: &TextEditOutput, text: &str, marks: &[Mark]) {
    let under = |pointer: Pos2| {
        let at = byte(text, output.galley.cursor_from_pos(pointer - output.galley_pos).index.0);
        marks.iter().find(|mark| (mark.span.start..=mark.span.end).contains(&at))
    };
    if let Some(mark) = response.hover_pos().and_then(under) {
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(280.0);
            ui.label(&mark.words);
        });
    }
}
