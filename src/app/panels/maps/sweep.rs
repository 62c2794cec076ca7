//! A sweep: the map of the fates over two settings (or over the starts of one variable and the rate), with the limit of
//! stability, the best cell and the setting that is now.

use egui::{Align2, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::picture::show;
use super::pointer::{cross_hair, hand, on_screen};
use super::work::Drawn;
use super::{Maps, Stage, words};
use crate::app::cache::Cache;
use crate::app::paint::{face, haloed_path, text};
use crate::app::theme::{Theme, sizes};
use crate::app::views::Plane;
use crate::app::widgets::show_number;
use crate::chart::ticks::{Tick, log_ticks, ticks};
use crate::descent::map::{Axis, Varied};
use crate::i18n;
use crate::optim::Scale;
use crate::session::{Command, View};

impl Stage<'_> {
    /// Draws the sweep. Its sides are settings, so there is no place of the surface under the pointer.
    pub(super) fn sweep(
        &self,
        ui: &Ui,
        (cache, maps): (&mut Cache, &mut Maps),
        axes: [Axis; 2],
        drawn: Option<&Drawn>,
        commands: &mut Vec<Command>,
    ) -> Option<[f64; 2]> {
        let theme = Theme::of(ui);
        let (rect, lang) = (self.rect, self.view.lang);
        let name = match self.session.document().picture.view {
            View::Basins => i18n::text(lang, "app.maps.basins"),
            _ => i18n::text(lang, "app.maps.sweep"),
        };
        let hand = hand(ui, rect, name, &mut maps.cross);
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, theme.canvas);
        let inside = painter.with_clip_rect(rect.intersect(ui.clip_rect()));
        // A map of other axes says nothing about these.
        let drawn = drawn.filter(|drawn| [0, 1].iter().all(|&k| drawn.map.spec.axes[k].what == axes[k].what));
        if let Some(drawn) = drawn {
            let texture = maps.picture.texture(ui.ctx(), theme, drawn, rect);
            show(&inside, theme, texture, rect);
            self.limit(&inside, theme, drawn);
            if let Some(best) = drawn.best.filter(|_| self.session.document().picture.view == View::Sweep) {
                let values = drawn.map.spec.values(best);
                star(&inside, theme, on_screen(rect, [0, 1].map(|k| axes[k].position(values[k]))));
            }
        }
        self.arcs(&inside, theme, axes);
        self.present(&inside, theme, axes);
        self.inset(ui, cache, hand.response.hover_pos());
        let names = axes.map(|axis| words::axis_symbol(&axis, self.optimizer, &self.session.surface().variables));
        frame(painter, theme, rect, axes, &names);
        cross_hair(ui, &inside, theme, rect, &hand, maps.cross);
        let (Some(place), Some(drawn)) = (hand.place, drawn) else { return None };
        let index = drawn.map.cell_of([0, 1].map(|k| axes[k].scale.value_at(axes[k].range, place[k])));
        let values = drawn.map.spec.values(index);
        if hand.run && [0, 1].iter().any(|&k| self.value(axes[k]) != Some(values[k])) {
            self.run(axes, values, commands);
        }
        let cell = drawn.map.cells.get(index).copied().unwrap_or_default();
        let setting = [0, 1].map(|k| format!("{} {}", names[k], show_number(values[k], 4)));
        hand.response.on_hover_text_at_pointer(format!("{}\n{}", setting.join("   "), words::cell(drawn, cell, lang)));
        None
    }

    /// The value of the selected racer now.
    pub(super) fn value(&self, axis: Axis) -> Option<f64> {
        let racer = self.session.selected()?;
        match axis.what {
            Varied::Start(k) => self.start().get(k).copied(),
            Varied::Hyper(index) => racer.settings.get(index).copied(),
        }
    }

    /// Sets what a cell stands for.
    fn run(&self, axes: [Axis; 2], values: [f64; 2], commands: &mut Vec<Command>) {
        let racer = self.session.document().selected;
        let mut start = self.start().to_vec();
        for (axis, value) in axes.into_iter().zip(values) {
            match axis.what {
                Varied::Start(k) => start.iter_mut().skip(k).take(1).for_each(|slot| *slot = value),
                Varied::Hyper(index) => {
                    if let Some(hyper) = self.optimizer.hyperparameters.get(index) {
                        commands.push(Command::SetHyper { racer, name: hyper.name.clone(), value });
                    }
                }
            }
        }
        if start != self.start() {
            commands.push(self.move_start(start));
        }
    }

    /// A ring where the selected racer is.
    fn present(&self, painter: &Painter, theme: &Theme, axes: [Axis; 2]) {
        let [Some(across), Some(up)] = axes.map(|axis| self.value(axis)) else { return };
        let at = on_screen(self.rect, [axes[0].position(across), axes[1].position(up)]);
        for (width, ink) in [(4.0, theme.halo), (1.75, theme.accent)] {
            painter.circle_stroke(at, 6.0, Stroke::new(width, ink));
        }
    }

    /// The path with the present setting, small, in the corner of the slow settings; it gives way to the pointer.
    fn inset(&self, ui: &Ui, cache: &mut Cache, pointer: Option<Pos2>) {
        const SIZE: Vec2 = vec2(126.0, 84.0);
        let surface = self.session.surface();
        let rect = Rect::from_min_size(pos2(self.rect.left() + 8.0, self.rect.bottom() - SIZE.y - 8.0), SIZE);
        let free = pointer.is_none_or(|at| !rect.expand(4.0).contains(at)) && self.rect.width() > 2.5 * SIZE.x;
        let (&[x, y], true) = (&surface.domain[..], free) else { return };
        let theme = Theme::of(ui);
        let plane = Plane { rect, x, y };
        let inside = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        inside.rect_filled(rect, 0.0, theme.canvas);
        if let Some(texture) = cache.thumbnail(ui.ctx(), theme, surface) {
            show(&inside, theme, texture, rect);
        }
        if let Some(track) = self.model.tracks.iter().find(|track| track.selected) {
            let points: Vec<Pos2> = track.points.iter().map(|&[x, y]| plane.to_screen(x, y)).collect();
            haloed_path(&inside, &points, track.look.dash, Stroke::new(1.5, track.look.color), theme.halo);
        }
        if let [x, y] = *self.start() {
            inside.circle(plane.to_screen(x, y), 3.5, theme.halo, Stroke::new(1.5, theme.accent));
        }
        ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line_strong), StrokeKind::Outside);
    }

    /// The largest stable rate, as a line.
    fn limit(&self, painter: &Painter, theme: &Theme, drawn: &Drawn) {
        let points: Vec<Pos2> = drawn.limit.iter().map(|at| on_screen(self.rect, *at)).collect();
        if points.len() > 1 {
            haloed_path(painter, &points, &[6.0, 3.0], Stroke::new(1.5, theme.text), theme.halo);
        }
    }
}

/// The mark of the best cell: a star of four rays.
pub(super) fn star(painter: &Painter, theme: &Theme, at: Pos2) {
    for (width, ink) in [(4.5, theme.halo), (1.75, theme.text)] {
        for way in [vec2(7.0, 0.0), vec2(0.0, 7.0), vec2(4.0, 4.0), vec2(4.0, -4.0)] {
            painter.line_segment([at - way, at + way], Stroke::new(width, ink));
        }
    }
}

/// The marks of an axis.
fn marks(axis: &Axis, most: usize) -> Vec<Tick> {
    let [low, high] = axis.range;
    if axis.scale == Scale::Log { log_ticks(low, high, most) } else { ticks(low, high, most) }
}

/// The frame with the numbers of both axes and their names.
fn frame(painter: &Painter, theme: &Theme, rect: Rect, axes: [Axis; 2], names: &[String; 2]) {
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line_strong), StrokeKind::Outside);
    let font = face(sizes().caption, true);
    let tick = Stroke::new(1.0, theme.axis);
    let mut free = rect.left() - 48.0;
    for Tick { value, label, major } in marks(&axes[0], (rect.width() / 70.0) as usize) {
        let at = on_screen(rect, [axes[0].position(value), 0.0]).x;
        painter.vline(at.round() + 0.5, rect.bottom()..=rect.bottom() + if major { 4.0 } else { 2.0 }, tick);
        let half = label.chars().count() as f32 * 3.4;
        // The last number gives way to the axis' name.
        if major && at - half > free && at + half < rect.right() - 16.0 {
            text(painter, pos2(at, rect.bottom() + 7.0), Align2::CENTER_TOP, label, font.clone(), theme.muted);
            free = at + half + 8.0;
        }
    }
    for Tick { value, label, major } in marks(&axes[1], (rect.height() / 50.0) as usize) {
        let at = on_screen(rect, [0.0, axes[1].position(value)]).y;
        painter.hline(rect.left() - if major { 4.0 } else { 2.0 }..=rect.left(), at.round() + 0.5, tick);
        if major && at > rect.top() + 18.0 {
            text(painter, pos2(rect.left() - 8.0, at), Align2::RIGHT_CENTER, label, font.clone(), theme.muted);
        }
    }
    let name = face(sizes().body, true);
    let [across, up] = names;
    text(painter, pos2(rect.right() - 2.0, rect.bottom() + 5.0), Align2::RIGHT_TOP, across, name.clone(), theme.text);
    text(painter, pos2(rect.left() - 8.0, rect.top() + 6.0), Align2::RIGHT_CENTER, up, name, theme.text);
}
