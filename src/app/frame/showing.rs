//! How the window is shown: theme, size of everything, presentation, the widths of the panels.

use egui::{Rect, Ui, ViewportCommand, pos2};

use super::App;
use crate::app::keys::Action;
use crate::app::state::PANELS;
use crate::app::theme::{self, Theme};
use crate::app::widgets::{self, Edge, Splitter};
use crate::i18n::text;

/// The least and the most of a panel, in points: the sides', and the lower one's.
const SIDES: [f32; 2] = [272.0, 440.0];
const BELOW: [f32; 2] = [140.0, 440.0];
/// What is left of the view, in points.
const VIEW: f32 = 280.0;
/// Percents of the size of everything.
const ZOOM: [u16; 2] = [50, 300];

impl App {
    /// Before a frame: the sizes in force, the size of everything, and one theme, whatever the host of the window has
    /// chosen meanwhile.
    pub(super) fn dress(&mut self, ui: &mut Ui) {
        widgets::speak(ui.ctx(), self.view.lang);
        let presenting = self.view.presenting;
        theme::present(presenting);
        let more = if presenting { theme::presentation().zoom } else { 1.0 };
        ui.ctx().set_zoom_factor(self.view.zoom * more);
        let name = self.view.theme;
        let dark = ui.visuals().dark_mode;
        if self.dressed != Some((name, presenting)) || theme::chosen(ui.ctx()) != name || dark != Theme::get(name).dark
        {
            theme::choose(ui.ctx(), name);
            ui.set_style(ui.ctx().global_style());
            self.dressed = Some((name, presenting));
        }
        if presenting && !self.view.covered() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            self.view.presenting = false;
        }
    }

    /// Does what a key or a menu asks for.
    pub(super) fn show(&mut self, ui: &Ui, action: Action) {
        let percent = (self.view.zoom * 100.0).round() as u16;
        let magnify = |percent: u16| f32::from(percent.clamp(ZOOM[0], ZOOM[1])) / 100.0;
        match action {
            Action::Theme => self.view.theme = self.view.theme.next(),
            Action::SetTheme(name) => self.view.theme = name,
            Action::Magnify(percent) => self.view.zoom = magnify(percent),
            // Ten percent each, onto whole tens.
            Action::MagnifyBy(1) => self.view.zoom = magnify(percent / 10 * 10 + 10),
            Action::MagnifyBy(_) => self.view.zoom = magnify(percent.div_ceil(10) * 10 - 10),
            Action::Present => {
                self.view.presenting = !self.view.presenting;
                return;
            }
            Action::FullScreen => {
                self.view.full_screen = !self.view.full_screen;
                ui.ctx().send_viewport_cmd(ViewportCommand::Fullscreen(self.view.full_screen));
                return;
            }
            _ => return,
        }
        self.keep();
    }

    /// The sizes of the panels that fit into the window: left, right, lower.
    pub(super) fn panel_sizes(&self, room: Rect) -> [f32; 3] {
        let [left, right, below] = self.view.panels;
        let folds = self.view.folds;
        let wide = if folds[0] || folds[1] { room.width() - VIEW } else { (room.width() - VIEW) / 2.0 };
        let side = |width: f32| width.min(wide.max(PANELS[0])).clamp(SIDES[0], SIDES[1]);
        [side(left), side(right), below.min(room.height() / 2.0).clamp(BELOW[0], BELOW[1])]
    }

    /// The edges between the panels, to be dragged; `edges` are the panels that are open.
    pub(super) fn splitters(&mut self, ui: &Ui, panels: [Option<Rect>; 3], sizes: [f32; 3]) {
        let lang = self.view.lang;
        let names = ["app.edge_left", "app.edge_right", "app.edge_bottom"].map(|key| text(lang, key));
        for (index, panel) in panels.into_iter().enumerate() {
            let Some(panel) = panel else { continue };
            let (edge, line) = match index {
                0 => (Edge::Right, Rect::from_min_max(pos2(panel.right(), panel.top()), panel.max)),
                1 => (Edge::Left, Rect::from_min_max(panel.min, pos2(panel.left(), panel.bottom()))),
                _ => (Edge::Top, Rect::from_min_max(panel.min, pos2(panel.right(), panel.top()))),
            };
            let splitter = Splitter {
                name: names[index],
                hint: text(lang, "app.edge_hint"),
                edge,
                size: sizes[index],
                range: if index == 2 { BELOW } else { SIDES },
                default: PANELS[index],
            };
            if let Some(size) = splitter.show(ui, line) {
                self.view.panels[index] = size;
                self.preferences.panels = Some(self.view.panels);
            }
        }
    }
}
