//! What a key or a button asks for: commands for the session, or what is the window's own.

use egui::Ui;

use super::App;
use crate::app::keys::Action;
use crate::app::state::Lab;
use crate::app::{look, widgets};
use crate::explain;
use crate::i18n::Lang;
use crate::session::Command;
use crate::session::net::NetCommand;

impl App {
    /// Does what a key or a button asks for: window matters at once, the rest as commands.
    pub(super) fn act(&mut self, ui: &Ui, action: Action, commands: &mut Vec<Command>) {
        let document = self.session.document();
        match action {
            Action::PlayPause => commands.push(Command::TogglePlay),
            Action::Step => commands.push(Command::Step),
            Action::StepBack => commands.push(Command::StepBack),
            Action::Reset => commands.push(Command::Reset),
            Action::End => commands.extend([Command::Pause, Command::Seek(self.session.last_step() as f64)]),
            Action::Faster => commands.push(Command::SetSpeed(widgets::next_speed(document.transport.speed, true))),
            Action::Slower => commands.push(Command::SetSpeed(widgets::next_speed(document.transport.speed, false))),
            Action::MoveStart(x, y) => {
                let mut start = self.session.shown_start().to_vec();
                for (k, by) in [x, y].into_iter().enumerate() {
                    let domain = self.session.surface().domain.get(k).copied().unwrap_or([-1.0, 1.0]);
                    if let Some(value) = start.get_mut(k) {
                        *value += f64::from(by) * (domain[1] - domain[0]) / 100.0;
                    }
                }
                commands.push(self.session.move_start(start));
            }
            Action::Select(index) => {
                commands.extend(document.racers.get(index).map(|racer| Command::SelectRacer(racer.id)));
            }
            Action::Loop => commands.push(Command::SetLooping(!document.transport.looping)),
            Action::Fork => commands.push(Command::Fork(document.selected)),
            Action::Join => commands.push(Command::Join(document.selected)),
            Action::Undo => commands.push(Command::Undo),
            Action::Redo => commands.push(Command::Redo),
            Action::Fit => commands.push(Command::FitSurface),
            Action::FitPaths => commands.push(Command::FitPaths),
            Action::Follow => commands.push(Command::SetFollow(!document.picture.follow)),
            Action::NextView => commands.push(look::next_view(&self.session)),
            Action::Motion => commands.push(look::other_motion(&self.session)),
            Action::Turn(right, up) => commands.push(look::turned(&self.session, right, up)),
            Action::Pan(right, up) => commands.push(look::panned(&self.session, right, up)),
            Action::Zoom(nearer) => commands.push(look::zoomed(&self.session, nearer)),
            Action::Language => {
                self.view.lang = match self.view.lang {
                    Lang::En => Lang::Ko,
                    Lang::Ko => Lang::En,
                };
                self.keep();
            }
            Action::Theme
            | Action::SetTheme(_)
            | Action::Magnify(_)
            | Action::MagnifyBy(_)
            | Action::Present
            | Action::FullScreen => self.show(ui, action),
            Action::Examples
            | Action::Open
            | Action::OpenRecent(_)
            | Action::Save
            | Action::SaveAs
            | Action::Export
            | Action::CopyPicture
            | Action::CopyText
            | Action::PasteText => self.file(ui, action),
            Action::FoldLeft => self.fold(0),
            Action::FoldRight => self.fold(1),
            Action::FoldBottom => self.fold(2),
            Action::Slow => commands.push(Command::SetSlow(!document.transport.slow)),
            Action::Tab(tab) => {
                self.view.why = tab;
                self.view.folds[1] = false;
            }
            Action::Lab(lab) => self.open_lab(lab),
            Action::OtherLab => self.open_lab(self.view.lab.other()),
            Action::Epoch(_) => {}
            Action::KeyList => self.view.keys_open = !self.view.keys_open,
            Action::BestRates => self.view.rates_open = !self.view.rates_open,
        }
    }

    fn fold(&mut self, panel: usize) {
        self.view.folds[panel] = !self.view.folds[panel];
        self.keep();
    }

    /// Does what the views of the network laboratory ask for.
    pub(super) fn apply_net(&mut self, commands: Vec<NetCommand>) {
        for command in commands {
            let travels = matches!(command, NetCommand::Undo | NetCommand::Redo);
            match self.net.apply(command) {
                Ok(()) if travels => self.net_desk.returned(self.net.session().document()),
                Ok(()) => {}
                Err(refusal) => self.view.refusal = Some((explain::net_refusal(self.view.lang, &refusal), None)),
            }
        }
    }

    /// Opens a laboratory; in the other one time stands still.
    pub(super) fn open_lab(&mut self, lab: Lab) {
        if self.view.lab == lab {
            return;
        }
        // To let time stand still is never refused.
        match self.view.lab {
            Lab::Descent => _ = self.session.apply(Command::Pause),
            Lab::Net => _ = self.net.apply(NetCommand::Pause),
        }
        self.net.rest();
        self.view.lab = lab;
        self.keep();
    }
}
